//! Values and types as messages name them.

use serde_json::Value;

use crate::diagnostic::kind_of;

pub(super) use crate::diagnostic::brief;

pub(super) fn describe(value: &Value) -> String {
    match value {
        Value::Bool(_) => format!("the boolean {value}"),
        Value::Number(_) => format!("the number {value}"),
        Value::String(text) => format!("the string `{}`", brief(text)),
        other => kind_of(other).to_owned(),
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
