//! Schemas that are none, and words of a schema whose values are of the wrong kind.
//!
//! What has one plausible meaning is repaired (an empty list for no properties, as PHP writes it; one name instead of a
//! list of names); what has none is rejected.

use serde_json::{Map, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::walk;
use crate::{Code, Pointer};

const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

pub(crate) const PASS: Pass = Pass::new(
    "malformed-schemas",
    "repairs or rejects what is no schema",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    walk::top_down(document, |schema, place| {
        match &*schema {
            Value::Object(_) | Value::Bool(_) => {}
            Value::Null => {
                *schema = Value::Object(Map::new());
                log.change(&place.pointer(), "an empty schema allows anything");
            }
            Value::Array(list) if list.is_empty() => {
                *schema = Value::Object(Map::new());
                log.change(&place.pointer(), "an empty list is an empty schema");
            }
            Value::String(text) if TYPES.contains(&text.as_str()) => {
                let what = format!("the word `{text}` is a schema of that type");
                *schema = json!({ "type": text });
                log.change(&place.pointer(), what);
            }
            other => {
                let message = format!("{} stands where a schema is expected", kind_of(other));
                log.reject(
                    Code::MALFORMED_SCHEMA,
                    &place.pointer(),
                    message,
                    "write an object, `{}` for anything",
                );
                *schema = Value::Object(Map::new());
            }
        }
        if let Some(members) = schema.as_object_mut() {
            let here = || place.pointer();
            named(log, members, &here);
            lists(log, members, &here);
            required(log, members, &here);
        }
    });
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn named(log: &mut Log, members: &mut Map<String, Value>, here: &dyn Fn() -> Pointer) {
    for keyword in [
        "properties",
        "patternProperties",
        "$defs",
        "definitions",
        "dependentSchemas",
    ] {
        let Some(value) = members.get_mut(keyword) else {
            continue;
        };
        let is_empty = match &*value {
            Value::Object(_) => continue,
            Value::Null => true,
            Value::Array(list) => list.is_empty(),
            _ => false,
        };
        if is_empty {
            *value = Value::Object(Map::new());
            log.change(
                &here(),
                format!("`{keyword}` without members is an empty object"),
            );
        } else {
            let message = format!(
                "`{keyword}` is {}, not an object of schemas",
                kind_of(value)
            );
            members.shift_remove(keyword);
            reject(
                log,
                &here().join(keyword),
                message,
                "write each as `name: schema`",
            );
        }
    }
}

fn lists(log: &mut Log, members: &mut Map<String, Value>, here: &dyn Fn() -> Pointer) {
    for keyword in ["allOf", "oneOf", "anyOf", "prefixItems"] {
        match members.get_mut(keyword) {
            None => {}
            Some(Value::Array(list)) if !list.is_empty() => {}
            Some(Value::Null | Value::Array(_)) => {
                members.shift_remove(keyword);
                log.change(&here(), format!("`{keyword}` without schemas is left out"));
            }
            Some(value @ Value::Object(_)) => {
                *value = Value::Array(vec![value.take()]);
                log.change(
                    &here(),
                    format!("the one schema of `{keyword}` is a list of one"),
                );
            }
            Some(other) => {
                let message = format!("`{keyword}` is {}, not a list of schemas", kind_of(other));
                members.shift_remove(keyword);
                reject(
                    log,
                    &here().join(keyword),
                    message,
                    "write a list of schemas",
                );
            }
        }
    }
}

fn required(log: &mut Log, members: &mut Map<String, Value>, here: &dyn Fn() -> Pointer) {
    match members.get_mut("required") {
        None => {}
        Some(Value::Array(list)) => {
            let before = list.len();
            list.retain(Value::is_string);
            if list.len() < before {
                log.change(
                    &here(),
                    "`required` names properties; what is no text is left out",
                );
            }
        }
        Some(value @ Value::String(_)) => {
            *value = Value::Array(vec![value.take()]);
            log.change(&here(), "the one name of `required` is a list of one");
        }
        Some(Value::Bool(false) | Value::Null) => {
            members.shift_remove("required");
        }
        Some(_) => {
            members.shift_remove("required");
            log.warn(
                Code::MALFORMED_SCHEMA,
                &here(),
                "`required` is a list of property names; this one is ignored",
                "list the required properties in the object that holds them: `required: [name]`",
            );
        }
    }
}

fn reject(log: &mut Log, place: &Pointer, message: String, help: &str) {
    log.reject(Code::MALFORMED_SCHEMA, place, message, help);
}
