//! Answers as they go over the wire: JSON when it was asked for, XML otherwise.

use axum::body::Body;
use axum::response::Response;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::Serialize;
use serde_json::Value;

use crate::generated::types::ErrorMessage;

/// The namespace of the vendor's XML.
const NAMESPACE: &str = "http://api.platform.boomi.com/";

/// A request that is not carried out, and why.
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

/// An answer before it is bytes.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Value,
}

impl Answer {
    pub(super) fn new<T: Serialize>(status: StatusCode, body: &T) -> Self {
        let body = serde_json::to_value(body)
            .expect("the generated types are structs of strings, numbers and lists");
        Self { status, body }
    }
}

impl From<Refusal> for Answer {
    fn from(refusal: Refusal) -> Self {
        let body = ErrorMessage::default()
            .type_("Error")
            .message(refusal.message);
        Self::new(refusal.status, &body)
    }
}

/// The two notations of the vendor's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    Json,
    Xml,
}

impl Notation {
    /// XML is what the vendor sends to those who do not ask for JSON.
    pub(super) fn asked_for(headers: &HeaderMap) -> Self {
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
            Self::Xml => xml(body).into_bytes(),
        }
    }

    fn content_type(self) -> HeaderValue {
        HeaderValue::from_static(match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
        })
    }

    /// The answer with this body, which is usually [`write`](Self::write)'s.
    pub(super) fn response(self, status: StatusCode, body: impl Into<Body>) -> Response {
        let mut response = Response::new(body.into());
        *response.status_mut() = status;
        response
            .headers_mut()
            .insert(CONTENT_TYPE, self.content_type());
        response
    }
}

/// An object of the API as the vendor writes it in XML: its plain values are attributes, its objects are elements.
///
/// Errors are the exception: `<error><message>…</message></error>`.
fn xml(body: &Value) -> String {
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
        escape(&mut text, message);
        text.push_str("</message></error>");
        return text;
    }
    element(&mut text, name, body, true);
    text
}

fn element(text: &mut String, name: &str, value: &Value, root: bool) {
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
            Value::String(value) => escape(text, value),
            value => escape(text, &value.to_string()),
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
            element(text, name, value, false);
        }
    }
    text.push_str("</bns:");
    text.push_str(name);
    text.push('>');
}

fn escape(text: &mut String, value: &str) {
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
            // XML 1.0 has no way to write the other control characters.
            character if character.is_control() => text.push('\u{fffd}'),
            character => text.push(character),
        }
    }
}
