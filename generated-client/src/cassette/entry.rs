//! One line of a cassette, as JSON.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::{Map, Value, json};

use crate::runtime::{Call, Reply, TransportError, TransportErrorKind as Kind};

/// The first line.
pub(super) fn head() -> Value {
    json!({ "format": "releasepack-cassette", "version": 1 })
}

/// A request, as far as a cassette has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Option<String>,
    pub(super) body: Option<Bytes>,
}

/// An exchange: a request, and what came of it.
#[derive(Debug)]
pub(super) struct Exchanged {
    pub(super) request: Request,
    pub(super) response: Option<Reply>,
    /// The kind and the message.
    pub(super) error: Option<(Kind, String)>,
}

impl Request {
    pub(super) fn of(call: &Call) -> Self {
        Self {
            method: call.operation.method.to_string(),
            path: path_below_base(call),
            query: own_query(call),
            // A streamed body is not recorded: to read it would send nothing.
            body: call.body.as_ref().and_then(|body| body.as_bytes().cloned()),
        }
    }

    /// Whether it is the same request. JSON is compared by value.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let json =
            |body: &Option<Bytes>| -> Option<Value> { serde_json::from_slice(body.as_ref()?).ok() };
        let same_body = self.body == other.body
            || json(&self.body).is_some_and(|value| Some(value) == json(&other.body));
        self.method == other.method
            && self.path == other.path
            && self.query == other.query
            && same_body
    }

    /// Method, path and query, to name the request.
    pub(super) fn name(&self) -> String {
        let query = self.query.as_deref();
        let query = query.map_or(String::new(), |query| format!("?{query}"));
        format!("{} {}{query}", self.method, self.path)
    }
}

/// The end of the path: as many segments as the path of the operation has.
fn path_below_base(call: &Call) -> String {
    let count = call.operation.path.matches('/').count();
    let path = call.url.path();
    let start = path.rmatch_indices('/').nth(count.saturating_sub(1));
    path[start.map_or(0, |(at, _)| at)..].to_owned()
}

/// The query without the account that the client acts for.
fn own_query(call: &Call) -> Option<String> {
    let pairs = call.url.query()?.split('&');
    let own: Vec<&str> = pairs
        .filter(|pair| !pair.starts_with("overrideAccount="))
        .collect();
    (!own.is_empty()).then(|| own.join("&"))
}

impl Exchanged {
    /// The line; `operation` is the id of the operation.
    pub(super) fn to_line(&self, operation: &str) -> Value {
        let mut request = Map::new();
        request.insert("operation".to_owned(), operation.into());
        request.insert("method".to_owned(), self.request.method.as_str().into());
        request.insert("path".to_owned(), self.request.path.as_str().into());
        if let Some(query) = &self.request.query {
            request.insert("query".to_owned(), query.as_str().into());
        }
        if let Some(body) = &self.request.body {
            add_body(&mut request, body);
        }
        let mut line = Map::new();
        line.insert("request".to_owned(), request.into());
        if let Some(reply) = &self.response {
            let headers: Vec<Value> = reply
                .headers
                .iter()
                .map(|(name, value)| {
                    json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())])
                })
                .collect();
            let mut response = Map::new();
            response.insert("status".to_owned(), reply.status.as_u16().into());
            response.insert("headers".to_owned(), headers.into());
            add_body(&mut response, &reply.body);
            if !reply.is_complete {
                response.insert("is_complete".to_owned(), false.into());
            }
            line.insert("response".to_owned(), response.into());
        }
        if let Some((kind, message)) = &self.error {
            let error = json!({ "kind": name_of(*kind), "message": message });
            line.insert("error".to_owned(), error);
        }
        line.into()
    }

    /// Reads a line.
    pub(super) fn of_line(line: &str) -> Result<Self, String> {
        let line: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let request = Request {
            method: text(&line, "/request/method")?.to_owned(),
            path: text(&line, "/request/path")?.to_owned(),
            query: text(&line, "/request/query").ok().map(str::to_owned),
            body: body(&line["request"])?,
        };
        let response = match line.get("response") {
            Some(response) => Some(reply(response)?),
            None => None,
        };
        let error = match line.get("error") {
            Some(_) => Some((
                kind_named(text(&line, "/error/kind")?)?,
                text(&line, "/error/message")?.to_owned(),
            )),
            None => None,
        };
        if response.is_none() && error.is_none() {
            return Err("it has neither a response nor an error".to_owned());
        }
        Ok(Self {
            request,
            response,
            error,
        })
    }

    /// What the transport gave.
    pub(super) fn result(&self) -> Result<Reply, TransportError> {
        match (&self.error, &self.response) {
            (Some((kind, message)), part) => {
                let error = TransportError::new(*kind, message.as_str());
                Err(match part {
                    Some(part) => error.with_received(part.clone()),
                    None => error,
                })
            }
            (None, Some(reply)) => Ok(reply.clone()),
            (None, None) => Err(TransportError::new(Kind::Request, "nothing was recorded")),
        }
    }
}

fn add_body(members: &mut Map<String, Value>, body: &Bytes) {
    match std::str::from_utf8(body) {
        Ok(text) => members.insert("body".to_owned(), text.into()),
        Err(_) => members.insert("body_base64".to_owned(), STANDARD.encode(body).into()),
    };
}

fn text<'v>(value: &'v Value, pointer: &str) -> Result<&'v str, String> {
    let text = value.pointer(pointer).and_then(Value::as_str);
    text.ok_or_else(|| format!("{pointer} is not a string"))
}

fn body(members: &Value) -> Result<Option<Bytes>, String> {
    if let Ok(text) = text(members, "/body") {
        return Ok(Some(text.to_owned().into()));
    }
    let Ok(encoded) = text(members, "/body_base64") else {
        return Ok(None);
    };
    let bytes = STANDARD.decode(encoded);
    bytes
        .map(|bytes| Some(bytes.into()))
        .map_err(|_| "body_base64 is not Base64".to_owned())
}

fn reply(response: &Value) -> Result<Reply, String> {
    let status = response["status"].as_u64();
    let status = status.and_then(|status| u16::try_from(status).ok());
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.ok_or("/response/status is not a status")?;
    let mut headers = HeaderMap::new();
    for pair in response["headers"].as_array().into_iter().flatten() {
        let name = HeaderName::try_from(text(pair, "/0")?);
        let value = HeaderValue::try_from(text(pair, "/1")?);
        let (Ok(name), Ok(value)) = (name, value) else {
            return Err("a header is not valid".to_owned());
        };
        headers.append(name, value);
    }
    let reply = Reply::new(status, headers, body(response)?.unwrap_or_default());
    Ok(if response["is_complete"] == false {
        reply.broken_off()
    } else {
        reply
    })
}

const KINDS: [Kind; 11] = [
    Kind::Request,
    Kind::Connect,
    Kind::Tls,
    Kind::NameNotFound,
    Kind::ProxyAuthentication,
    Kind::Timeout,
    Kind::Lost,
    Kind::TooLarge,
    Kind::Redirected,
    Kind::Credentials,
    Kind::NotBegun,
];

fn name_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Request => "request",
        Kind::Connect => "connect",
        Kind::Tls => "tls",
        Kind::NameNotFound => "name_not_found",
        Kind::ProxyAuthentication => "proxy_authentication",
        Kind::Timeout => "timeout",
        Kind::Lost => "lost",
        Kind::TooLarge => "too_large",
        Kind::Redirected => "redirected",
        Kind::Credentials => "credentials",
        Kind::NotBegun => "not_begun",
    }
}

fn kind_named(name: &str) -> Result<Kind, String> {
    let kind = KINDS.into_iter().find(|kind| name_of(*kind) == name);
    kind.ok_or_else(|| "/error/kind is not known".to_owned())
}
