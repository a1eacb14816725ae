//! Values and types as messages name them.

use serde_json::Value;

pub(super) use crate::diagnostic::brief;

pub(super) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => format!("the boolean {value}"),
        Value::Number(_) => format!("the number {value}"),
        Value::String(text) => format!("the string `{}`", brief(text)),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

pub(super) fn article(name: &str) -> String {
    match name {
        "null" => name.to_owned(),
        "integer" | "array" | "object" => format!("an {name}"),
        other => format!("a {other}"),
    }
}

pub(super) fn show(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{}`", brief(text)),
        other => brief(&other.to_string()),
    }
}
