//! Responses of the sandbox, and how they are written: as JSON if the request accepts it, otherwise as XML.

use axum::body::Body;
use axum::response::Response;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::Value;

use crate::generated::types::ErrorMessage;

/// The namespace of the vendor's XML.
const NAMESPACE: &str = "http://api.platform.boomi.com/";

/// The reason why a request is not carried out.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) message: String,
}

impl Refusal {
    pub(super) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
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
    pub(super) body: Value,
}

impl ApiResponse {
    pub(super) fn new<T: Serialize>(status: StatusCode, body: &T) -> Self {
        let body = serde_json::to_value(body).expect(
            "the generated types hold only strings, numbers and lists, which JSON can hold",
        );
        Self { status, body }
    }
}

impl From<Refusal> for ApiResponse {
    fn from(refusal: Refusal) -> Self {
        let body = ErrorMessage {
            type_: Some("Error".to_owned()),
            message: Some(refusal.message),
            ..ErrorMessage::default()
        };
        Self::new(refusal.status, &body)
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
    if name == "Error" {
        let message = body
            .get("message")
            .and_then(Value::as_str)
            .unwrap_or_default();
        text.push_str("<error><message>");
        write_escaped(&mut text, message);
        text.push_str("</message></error>");
        return text;
    }
    write_element(&mut text, name, body, true);
    text
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
