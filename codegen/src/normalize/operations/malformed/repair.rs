//! Repairs malformed values that have one plausible meaning.

use serde_json::{Map, Value, json};

use crate::diagnostic::kind_of;
use crate::openapi::grammar::{Holds, Kind};

/// Converts a value to the required type if it has only one plausible meaning. Returns what was done.
pub(super) fn reshape(holds: Holds, value: &mut Value) -> Option<String> {
    let (shape, what) = match (holds, &*value) {
        (Holds::Text, Value::Number(_) | Value::Bool(_)) => {
            let text = value.to_string();
            let what = format!("{} was read as the string `{text}`", kind_of(value));
            (Value::String(text), what)
        }
        (Holds::Flag, Value::String(text)) => {
            let flag = match text.trim().to_ascii_lowercase().as_str() {
                "true" => true,
                "false" => false,
                _ => return None,
            };
            (
                flag.into(),
                format!("the string `{text}` was read as {flag}"),
            )
        }
        (Holds::Texts, Value::String(text)) => (
            json!([text]),
            "a string was read as an array of one element".to_owned(),
        ),
        (Holds::List(kind), Value::Object(members)) => {
            if members.is_empty() {
                (
                    json!([]),
                    "an empty object was read as an empty array".to_owned(),
                )
            } else if is_one(kind, members) {
                let what = format!("one {} was read as an array of one element", kind.name());
                (json!([value]), what)
            } else {
                return None;
            }
        }
        (Holds::List(Kind::Server), Value::String(url)) => (
            json!([{ "url": url }]),
            "a string was read as the URL of the server".to_owned(),
        ),
        (Holds::One(_) | Holds::Map(_), Value::Array(elements)) if elements.is_empty() => (
            json!({}),
            "an empty array was read as an empty object".to_owned(),
        ),
        (Holds::One(Kind::Tag), Value::String(name)) => (
            json!({ "name": name }),
            "a string was read as the name of a tag".to_owned(),
        ),
        (Holds::One(Kind::Server), Value::String(url)) => (
            json!({ "url": url }),
            "a string was read as the URL of a server".to_owned(),
        ),
        (Holds::One(Kind::SecurityRequirement), Value::String(name)) => {
            let mut requirement = Map::new();
            requirement.insert(name.clone(), json!([]));
            let what = format!("a string was read as the security scheme `{name}`");
            (requirement.into(), what)
        }
        _ => return None,
    };
    *value = shape;
    Some(what)
}

/// Whether an object is clearly one element of the expected array.
fn is_one(kind: Kind, members: &Map<String, Value>) -> bool {
    match kind {
        Kind::Parameter => {
            members.contains_key("$ref")
                || (members.contains_key("name") && members.contains_key("in"))
        }
        Kind::SecurityRequirement => members.values().all(Value::is_array),
        Kind::Server => members.contains_key("url"),
        Kind::Tag => members.contains_key("name"),
        _ => false,
    }
}

/// Before OpenAPI 3.2, a media type cannot be a reference; the reference was meant for its schema.
pub(super) fn media_type_reference(kind: Kind, reference: &Value) -> Option<&'static str> {
    let of_schema = |text: &str| !text.contains("#/components/mediaTypes/");
    (kind == Kind::MediaType && reference.as_str().is_some_and(of_schema))
        .then_some("the `$ref` was moved to the schema")
}

/// The value of a required member that is missing.
pub(super) fn missing(kind: Kind, name: &str, members: &Map<String, Value>) -> Option<Value> {
    let other = |name| members.get(name).and_then(Value::as_str);
    Some(match (kind, name) {
        (Kind::Document, "info") => json!({"title": "", "version": ""}),
        (Kind::Response | Kind::Info, "description" | "title" | "version") => json!(""),
        (Kind::OAuthFlow, "scopes") => json!({}),
        // Of the security schemes, only API keys have `in`.
        (Kind::SecurityScheme, "type") if other("scheme").is_some() => json!("http"),
        (Kind::SecurityScheme, "type") if other("in").is_some() => json!("apiKey"),
        (Kind::SecurityScheme, "type") if members.contains_key("flows") => json!("oauth2"),
        _ => return None,
    })
}

/// Describes the expected value in a message.
pub(super) fn expected(holds: Holds) -> String {
    match holds {
        Holds::One(kind) => format!("{} (an object)", kind.with_article()),
        Holds::List(kind) => format!("an array of {}", plural(kind.name())),
        Holds::Map(kind) => format!("an object whose members are {}", plural(kind.name())),
        Holds::Text => "a string".to_owned(),
        Holds::Texts => "an array of strings".to_owned(),
        Holds::Flag => "`true` or `false`".to_owned(),
        Holds::Data => "anything".to_owned(),
    }
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{noun}s"),
    }
}
