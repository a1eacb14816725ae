//! Builds a request part by part, and sends it.

use std::fmt::Display;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Serialize;

use super::{
    Body, Call, Decode, Empty, Error, Exchange, Failure, Http, Opened, Operation, Reply,
    RequestError, Response, RetryPolicy, Service,
};

/// All characters except the unreserved ones, which need no encoding anywhere in a URL (RFC 3986, section 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The characters that a query cannot hold, without `%`.
const NOT_IN_QUERY: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'&')
    .remove(b'=')
    .remove(b'+');

/// The characters that a segment of a path cannot hold, without `%`.
const NOT_IN_SEGMENT: &AsciiSet = &NOT_IN_QUERY.add(b'/').add(b'?').add(b'[').add(b']');

/// Percent-encodes `text` for use in a URL: all characters but letters, digits, `-`, `.`, `_` and `~`.
///
/// ```
/// assert_eq!(releasepack_client::runtime::encode("a b/c"), "a%20b%2Fc");
/// ```
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Percent-encodes `text` for a query parameter with `allowReserved`: reserved characters and triplets that are percent-encoded
/// already stay as they are (RFC 6570, section 3.2.3). Only `#` is encoded, because it would end the query. A caller whose value
/// has a `&` or `+` that is data gives it as `%26` or `%2B`.
///
/// ```
/// use releasepack_client::runtime::encode_reserved;
/// assert_eq!(encode_reserved("List(1,a b)&50%25%"), "List(1,a%20b)&50%25%25");
/// ```
pub fn encode_reserved(text: &str) -> String {
    encode_but_triplets(text, NOT_IN_QUERY)
}

/// As [`encode_reserved`], for a path parameter: `/`, `?` and `#` are encoded too, because they would end the segment, and brackets,
/// which a path cannot have.
///
/// ```
/// use releasepack_client::runtime::encode_reserved_in_path;
/// assert_eq!(encode_reserved_in_path("List(1,a b)/50%25%"), "List(1,a%20b)%2F50%25%25");
/// ```
pub fn encode_reserved_in_path(text: &str) -> String {
    encode_but_triplets(text, NOT_IN_SEGMENT)
}

/// Percent-encodes characters. Triplets that are percent-encoded already stay as they are.
fn encode_but_triplets(text: &str, characters: &'static AsciiSet) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        encoded.extend(utf8_percent_encode(&rest[..at], characters));
        let triplet = rest.as_bytes().get(at + 1..at + 3);
        let length = match triplet {
            Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => 3,
            _ => 1,
        };
        match length {
            3 => encoded.push_str(&rest[at..at + 3]),
            _ => encoded.push_str("%25"),
        }
        rest = &rest[at + length..];
    }
    encoded.extend(utf8_percent_encode(rest, characters));
    encoded
}

/// A request that is being built. [`send`](Self::send) sends it, and returns the first error that was made while it was
/// built.
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct Request<'c> {
    pub(crate) service: &'c Service,
    pub(crate) operation: &'static Operation,
    /// Names and percent-encoded values.
    pub(crate) path: Vec<(&'static str, String)>,
    /// Percent-encoded.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    /// Its media type is among the headers.
    pub(crate) body: Option<Body>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) retry: Option<Box<RetryPolicy>>,
    pub(crate) is_idempotent: bool,
    /// The first error, for `send` to return.
    pub(crate) fault: Option<RequestError>,
}

impl<'c> Request<'c> {
    /// A request without parameters and body.
    pub(super) fn new(service: &'c Service, operation: &'static Operation) -> Self {
        Self {
            service,
            operation,
            path: Vec::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            body: None,
            timeout: None,
            retry: None,
            is_idempotent: false,
            fault: None,
        }
    }

    /// Sets the path parameter `name`. The value is percent-encoded, so the server receives it as one path segment,
    /// whatever characters it holds. These values are errors, because the path may address another resource: an empty or blank one
    /// ([`RequestError::EmptyPathValue`]) and dots ([`RequestError::DotSegment`]), if they are a whole segment, and one with a
    /// control character ([`RequestError::ControlCharacter`]).
    pub fn path(self, name: &'static str, value: impl Display) -> Self {
        self.path_encoded(name, encode(&value.to_string()))
    }

    /// As [`path`](Self::path), with a value that is already percent-encoded with [`encode`].
    pub fn path_encoded(mut self, name: &'static str, value: String) -> Self {
        self.path.push((name, value));
        self
    }

    /// Appends a query parameter. An empty value is sent as `name=`.
    pub fn query(self, name: &str, value: impl Display) -> Self {
        self.query_encoded(name, encode(&value.to_string()))
    }

    /// Appends a query parameter whose value is already percent-encoded with [`encode`]. A value with a control character is not,
    /// and is an error ([`RequestError::Value`]): URL parsers remove some of them.
    pub fn query_encoded(mut self, name: &str, value: impl AsRef<str>) -> Self {
        if value.as_ref().contains(char::is_control) {
            let why = "it has a control character that is not percent-encoded";
            return self.refuse(RequestError::Value(name.to_owned(), why.to_owned()));
        }
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(&encode(name));
        self.query.push('=');
        self.query.push_str(value.as_ref());
        self
    }

    /// Sets a query parameter: values that it was given before are removed.
    pub(super) fn replace_query(mut self, name: &str, value: &str) -> Self {
        let beginning = encode(name) + "=";
        let pairs = self.query.split('&');
        let others: Vec<&str> = pairs.filter(|it| !it.starts_with(&beginning)).collect();
        self.query = others.join("&");
        self.query(name, value)
    }

    /// Appends a value that is a query of its own: it is sent percent-encoded, without a name. `name` is the one that the API
    /// description has for it.
    pub fn query_string(mut self, name: &'static str, value: impl Display) -> Self {
        let _ = name;
        if !self.query.is_empty() {
            self.query.push('&');
        }
        self.query.push_str(&encode(&value.to_string()));
        self
    }

    /// Refuses a number that has no digits, NaN or an infinity, as the value of `name` ([`RequestError::NotFinite`]).
    pub fn finite(self, name: &'static str, number: f64) -> Self {
        if number.is_finite() {
            self
        } else {
            self.refuse(RequestError::NotFinite(name))
        }
    }

    /// Sets a header. A value with a character that is not allowed in headers is an error ([`RequestError::Header`]). `Debug`
    /// does not show the value of a header that is there for credentials.
    pub fn header(mut self, name: &'static str, value: impl Display) -> Self {
        let value = HeaderValue::from_maybe_shared(Bytes::from(value.to_string()));
        match (HeaderName::try_from(name), value) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(is_for_credentials(&name));
                self.headers.insert(name, value);
                self
            }
            _ => self.refuse(RequestError::Header(name)),
        }
    }

    /// Sets the body to `body` as JSON.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.body("application/json", bytes),
            Err(error) => self.refuse(RequestError::Body(error.to_string())),
        }
    }

    /// Sets the body to `body`: bytes, text, or a stream, and the header `Content-Type` to `content_type`. A media type with a character that is
    /// not allowed in headers is an error ([`RequestError::Header`]).
    pub fn body(mut self, content_type: &str, body: impl Into<Body>) -> Self {
        match HeaderValue::from_str(content_type) {
            Ok(content_type) => {
                self.headers.insert(CONTENT_TYPE, content_type);
                self.body = Some(body.into());
                self
            }
            Err(_) => self.refuse(RequestError::Header("content-type")),
        }
    }

    /// Sets the maximum time of each attempt of this call, instead of the one of the client. It is the time from connecting to the
    /// last byte of the response, or to its head if the response is read as it arrives. The deadline of the [`RetryPolicy`] also
    /// counts, so a longer time may need another [policy](Self::retry).
    ///
    /// ```
    /// use std::time::Duration;
    /// use releasepack_client::runtime::Request;
    ///
    /// fn patient(request: Request<'_>) -> Request<'_> {
    ///     request.timeout(Duration::from_secs(120)).header("x-priority", "low")
    /// }
    /// ```
    pub fn timeout(self, timeout: Duration) -> Self {
        Self {
            timeout: Some(timeout),
            ..self
        }
    }

    /// Sets how often this call is repeated, instead of the policy of the client. It has no effect without a transport that repeats
    /// calls ([`Repeating`](super::Repeating)); the builder of a client sets one up.
    ///
    /// ```
    /// use releasepack_client::runtime::{Request, RetryPolicy};
    ///
    /// fn once(request: Request<'_>) -> Request<'_> {
    ///     request.retry(RetryPolicy::never())
    /// }
    /// ```
    pub fn retry(self, policy: RetryPolicy) -> Self {
        Self {
            retry: Some(Box::new(policy)),
            ..self
        }
    }

    /// Says that the server carries out this request once, however often it receives it, although its method (POST or PATCH) does
    /// not say so. Then the call is repeated even if it is unknown whether the server carried out an attempt.
    ///
    /// Many APIs promise this for requests with a key, which they recognize:
    ///
    /// ```
    /// use releasepack_client::runtime::Request;
    ///
    /// fn once_for_sure<'c>(request: Request<'c>, order: &str) -> Request<'c> {
    ///     request.header("Idempotency-Key", order).idempotent()
    /// }
    /// ```
    ///
    /// A header alone changes nothing, because an API may ignore it, and an order would be carried out twice. The error of the last
    /// attempt still says that the outcome is unknown, if it is.
    pub fn idempotent(self) -> Self {
        Self {
            is_idempotent: true,
            ..self
        }
    }

    /// Sends the request and gives the response as it is, with any status: nothing is decoded, and an error status is not an error.
    /// All layers of the client count, for example repeats and the size limit. The body of a response whose status is not 2xx may
    /// be cut off ([`Reply::is_complete`]).
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] if the request cannot be sent, or if no complete response was received.
    ///
    /// ```
    /// use releasepack_client::runtime::{Error, Request};
    ///
    /// async fn is_there(request: Request<'_>) -> Result<bool, Error<()>> {
    ///     let reply = request.send_raw().await?;
    ///     Ok(reply.status != 404)
    /// }
    /// ```
    pub async fn send_raw(self) -> Result<Reply, Error<()>> {
        let (operation, service) = (self.operation, self.service);
        let exchange = self.begin();
        let exchange = exchange.map_err(|fault| Error::new(operation, Failure::Request(fault)))?;
        let reply = exchange.await;
        reply.map_err(|error| Error::transport(operation, error, service.redaction()))
    }

    /// Sends the request and decodes the response: with `D` if its status is 2xx, with `E` otherwise.
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] with a [`Failure`] that says which of these happened: the request cannot be sent, no complete
    /// response was received, the status of the response is not 2xx, or the body of a 2xx response cannot be decoded. An
    /// error response whose body cannot be decoded is a [`Failure::Status`] without `body`.
    pub async fn send<D: Decode, E: Decode>(self) -> Result<Response<D::Output>, Error<E::Output>> {
        let (operation, service) = (self.operation, self.service);
        let exchange = self.begin();
        let exchange = exchange.map_err(|fault| Error::new(operation, Failure::Request(fault)))?;
        let reply = exchange.await;
        let reply =
            reply.map_err(|error| Error::transport(operation, error, service.redaction()))?;
        service.decode::<D, E>(operation, reply)
    }

    /// Starts to send. It is apart from [`send`](Self::send) because it is the same for all operations, and so compiled once.
    fn begin(self) -> Result<Exchange<'c>, RequestError> {
        let service = self.service;
        Ok(service.send(self.into_call()?))
    }

    /// Sends the request, with this `Accept` header if it is given, and gives a response before its body if its status is 2xx. It
    /// is an error otherwise, with the body as `E` decodes it.
    pub(super) async fn open<E: Decode>(
        self,
        accept: Option<&'static str>,
    ) -> Result<Opened, Error<E::Output>> {
        let (operation, service) = (self.operation, self.service);
        let call = self.into_call();
        let mut call = call.map_err(|fault| Error::new(operation, Failure::Request(fault)))?;
        if let Some(accept) = accept {
            call.headers
                .insert(ACCEPT, HeaderValue::from_static(accept));
        }
        let opened = service.open(call).await;
        let opened =
            opened.map_err(|error| Error::transport(operation, error, service.redaction()))?;
        if opened.status.is_success() {
            return Ok(opened);
        }
        let reply = opened.finish(Http::ERROR_BODY_LIMIT).await;
        let (status, headers) = (reply.status, reply.headers.clone());
        // With this status, it is an error.
        service.decode::<Empty, E>(operation, reply)?;
        Ok(Opened::new(status, headers, Box::new(None)))
    }

    /// Makes `send` return an error instead of sending. The first error counts.
    pub fn refuse(mut self, fault: RequestError) -> Self {
        self.fault.get_or_insert(fault);
        self
    }

    pub(super) fn into_call(self) -> Result<Call, RequestError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let mut url = self.service.base_url().clone();
        let path =
            url.path().trim_end_matches('/').to_owned() + &fill(self.operation.path, &self.path)?;
        url.set_path(&path);
        if !self.query.is_empty() {
            let query = match url.query() {
                Some(base) if !base.is_empty() => format!("{base}&{}", self.query),
                _ => self.query,
            };
            url.set_query(Some(&query));
        }
        let mut headers = self.headers;
        if !self.operation.accept.is_empty() {
            headers.insert(ACCEPT, HeaderValue::from_static(self.operation.accept));
        }
        Ok(Call {
            operation: self.operation,
            url,
            headers,
            body: self.body,
            timeout: self.timeout,
            retry: self.retry.map(|policy| *policy),
            is_idempotent: self.is_idempotent,
            has_secret_query: false,
            deadline: None,
        })
    }
}

/// Whether a segment is one dot or two, which may be percent-encoded.
fn is_dots(segment: &str) -> bool {
    let plain = segment.replace("%2e", ".").replace("%2E", ".");
    matches!(plain.as_str(), "." | "..")
}

/// Whether a text has a control character, plain or percent-encoded.
fn has_control(text: &str) -> bool {
    let decoded = percent_decode_str(text).decode_utf8_lossy();
    decoded.contains(char::is_control)
}

/// Whether a percent-encoded segment is empty or has only spaces.
fn is_blank(segment: &str) -> bool {
    let decoded = percent_decode_str(segment).decode_utf8_lossy();
    decoded.trim().is_empty()
}

/// Whether a header of this name usually has a secret.
fn is_for_credentials(name: &HeaderName) -> bool {
    let name = name.as_str();
    let words = [
        "auth", "cookie", "key", "otp", "password", "secret", "token",
    ];
    words.iter().any(|word| name.contains(word))
}

/// Fills the path `template`: each name in braces is replaced by its value.
fn fill(template: &'static str, values: &[(&'static str, String)]) -> Result<String, RequestError> {
    let mut path = String::with_capacity(template.len() + 64);
    for segment in template.split_inclusive('/') {
        let start = path.len();
        let mut last_name = "";
        let mut rest = segment;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else {
                break;
            };
            let value = values.iter().rfind(|(given, _)| *given == name);
            let (_, value) = value.ok_or(RequestError::MissingPathValue(name))?;
            if has_control(value) {
                return Err(RequestError::ControlCharacter(name));
            }
            path.push_str(before);
            path.push_str(value);
            last_name = name;
            rest = after;
        }
        path.push_str(rest);
        if !last_name.is_empty() && is_blank(path[start..].trim_end_matches('/')) {
            return Err(RequestError::EmptyPathValue(last_name));
        }
        // A URL cannot carry these segments as data: `%2e` also counts as a dot (WHATWG URL, section 4.2).
        let mut segments = path[start..].split('/');
        if segments.any(is_dots) {
            return Err(RequestError::DotSegment(last_name));
        }
    }
    Ok(path)
}
