//! `nullable`: either `true` or absent.
//!
//! `x-nullable`, `"true"` and null in an enum become `nullable: true`. A schema that allows only null keeps `type: "null"`
//! here: `unions` turns it into `nullable` of the union, or into any value.

use serde_json::{Map, Value};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new("nullable", "allows null only with `nullable`", apply);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        if let Some(extension) = members.shift_remove("x-nullable")
            && means_true(&extension)
        {
            members.insert("nullable".to_owned(), Value::Bool(true));
            log.change(&place.pointer(), "`x-nullable` was renamed to `nullable`");
        }
        match members.get("nullable") {
            None | Some(Value::Bool(true)) => {}
            Some(Value::Bool(false)) => {
                members.shift_remove("nullable");
            }
            Some(other) if means_true(other) => {
                members.insert("nullable".to_owned(), Value::Bool(true));
                log.change(&place.pointer(), "`nullable` was changed to `true`");
            }
            Some(_) => {
                members.shift_remove("nullable");
                log.change(
                    &place.pointer(),
                    "`nullable` was removed: it is not `true` or `false`",
                );
            }
        }
        if null_among_values(members) {
            log.change(
                &place.pointer(),
                "null was removed from the enum values and became `nullable`",
            );
        }
    });
}

fn means_true(value: &Value) -> bool {
    match value {
        Value::Bool(value) => *value,
        Value::String(text) => text.eq_ignore_ascii_case("true"),
        Value::Number(number) => number.as_u64() == Some(1),
        _ => false,
    }
}

fn null_among_values(members: &mut Map<String, Value>) -> bool {
    let Some(Value::Array(values)) = members.get_mut("enum") else {
        return false;
    };
    let before = values.len();
    values.retain(|value| !value.is_null());
    if values.len() == before {
        return false;
    }
    if values.is_empty() {
        members.shift_remove("enum");
        members.shift_remove("nullable");
        members.insert("type".to_owned(), Value::from("null"));
    } else {
        members.insert("nullable".to_owned(), Value::Bool(true));
    }
    true
}
