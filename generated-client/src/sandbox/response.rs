//! Responses of the sandbox, and how they are written: as JSON if the request accepts it, otherwise as XML.

use axum::body::Body;
use axum::response::Response;
use http::header::{ACCEPT, CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::Value;

use crate::generated::types::ErrorMessage;

/// The namespace of the vendor's XML.
const NAMESPACE: &str = "http://api.platform.boomi.com/";

/// The published texts of the errors 403, 410 and 503.
const FORBIDDEN: &str = "Access denied due to insufficient permissions.";
const GONE: &str = "Endpoint is invalid or no longer exists.";
pub(super) const BUSY: &str = "The Boomi server is currently unavailable or your account's rate limits have been exceeded. Retry later.";

/// The reason why a request is not carried out.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    message: String,
    location: Option<HeaderValue>,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            location: None,
        }
    }

    pub(super) fn forbidden() -> Self {
        Self::new(StatusCode::FORBIDDEN, FORBIDDEN)
    }

    pub(super) fn gone() -> Self {
        Self::new(StatusCode::GONE, GONE)
    }

    pub(super) fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, BUSY)
    }

    pub(super) fn moved(status: StatusCode, location: &str) -> Self {
        Self {
            location: HeaderValue::from_str(location).ok(),
            ..Self::new(status, "The object was replaced by another one.")
        }
    }

    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }
}

/// A response of the API before it is written as JSON or XML.
#[derive(Clone, Debug)]
pub(super) struct ApiResponse {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Value,
}

impl ApiResponse {
    pub(super) fn new<T: Serialize>(status: StatusCode, body: &T) -> Self {
        let body = serde_json::to_value(body).expect(
            "the generated types hold only strings, numbers and lists, which JSON can hold",
        );
        Self {
            status,
            headers: HeaderMap::new(),
            body,
        }
    }

    /// A response without a body.
    pub(super) fn empty(status: StatusCode, headers: HeaderMap) -> Self {
        Self {
            status,
            headers,
            body: Value::Null,
        }
    }

    /// Writes all numbers as strings.
    pub(super) fn spell_numbers(&mut self) {
        spell_numbers(&mut self.body);
    }
}

impl From<Refusal> for ApiResponse {
    fn from(refusal: Refusal) -> Self {
        // The published examples have no `@type`.
        let is_published = matches!(refusal.status.as_u16(), 403 | 410 | 503);
        let body = ErrorMessage {
            type_: (!is_published).then(|| "Error".to_owned()),
            message: Some(refusal.message),
            ..ErrorMessage::default()
        };
        Self {
            headers: refusal
                .location
                .into_iter()
                .map(|it| (LOCATION, it))
                .collect(),
            ..Self::new(refusal.status, &body)
        }
    }
}

fn spell_numbers(value: &mut Value) {
    match value {
        Value::Number(number) => *value = Value::String(number.to_string()),
        Value::Array(elements) => elements.iter_mut().for_each(spell_numbers),
        Value::Object(members) => members.values_mut().for_each(spell_numbers),
        Value::Null | Value::Bool(_) | Value::String(_) => {}
    }
}

/// The two formats of the vendor's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Xml,
}

impl Format {
    /// The format that the header `Accept` asks for. The vendor's default is XML.
    pub(super) fn accepted_by(headers: &HeaderMap) -> Self {
        let json = headers
            .get_all(ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(|range| range.split(';').next())
            .any(|range| range.trim().eq_ignore_ascii_case("application/json"));
        if json { Self::Json } else { Self::Xml }
    }

    pub(super) fn write(self, body: &Value) -> Vec<u8> {
        match self {
            _ if body.is_null() => Vec::new(),
            Self::Json => body.to_string().into_bytes(),
            Self::Xml => write_xml(body).into_bytes(),
        }
    }

    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
        })
    }

    /// An HTTP response in this format. [`write`](Self::write) usually wrote the body.
    pub(super) fn response(self, status: StatusCode, body: impl Into<Body>) -> Response {
        let mut response = Response::new(body.into());
        *response.status_mut() = status;
        response
            .headers_mut()
            .insert(CONTENT_TYPE, self.content_type());
        response
    }
}

/// Writes an object of the API in the vendor's XML: plain values become attributes, objects become elements.
///
/// An error is written as `<error><message>…</message></error>`.
fn write_xml(body: &Value) -> String {
    let name = body
        .get("@type")
        .and_then(Value::as_str)
        .unwrap_or("Object");
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>");
    if let Some(message) = error_message(body) {
        text.push_str("<error><message>");
        write_escaped(&mut text, message);
        text.push_str("</message></error>");
        return text;
    }
    write_element(&mut text, name, body, true);
    text
}

/// The message of an error; `None` for other objects. It may be one level deeper.
fn error_message(body: &Value) -> Option<&str> {
    let is_error = |body: &Value| body.get("@type").is_none_or(|name| name == "Error");
    let error = body.get("error").unwrap_or(body);
    (is_error(body) || is_error(error))
        .then(|| error.get("message")?.as_str())
        .flatten()
}

fn write_element(text: &mut String, name: &str, value: &Value, root: bool) {
    text.push_str("<bns:");
    text.push_str(name);
    if root {
        text.push_str(" xmlns:bns=\"");
        text.push_str(NAMESPACE);
        text.push('"');
    }
    let members = value.as_object().into_iter().flatten();
    let (objects, plain): (Vec<_>, Vec<_>) = members
        .filter(|(name, _)| *name != "@type")
        .partition(|(_, value)| value.is_object() || value.is_array());
    for (name, value) in plain {
        text.push(' ');
        text.push_str(name);
        text.push_str("=\"");
        match value {
            Value::String(value) => write_escaped(text, value),
            value => write_escaped(text, &value.to_string()),
        }
        text.push('"');
    }
    if objects.is_empty() {
        text.push_str("/>");
        return;
    }
    text.push('>');
    for (name, value) in objects {
        let several = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        for value in several {
            write_element(text, name, value, false);
        }
    }
    text.push_str("</bns:");
    text.push_str(name);
    text.push('>');
}

fn write_escaped(text: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '&' => text.push_str("&amp;"),
            '"' => text.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                text.push_str("&#");
                text.push_str(&u32::from(character).to_string());
                text.push(';');
            }
            // XML 1.0 cannot represent the other control characters.
            character if character.is_control() => text.push('\u{fffd}'),
            character => text.push(character),
        }
    }
}
