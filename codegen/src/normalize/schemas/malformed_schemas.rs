//! Malformed schemas, and keywords of schemas with values of the wrong type.
//!
//! A value with one plausible meaning is repaired: PHP writes an empty array for an object without properties, and some
//! authors write one name instead of an array. All others are rejected.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use crate::diagnostic::Code;
use crate::diagnostic::kind_of;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::walk;
use crate::pointer::Pointer;

const TYPES: &[&str] = &["string", "integer", "number", "boolean", "array", "object"];

/// The keywords for objects of schemas.
static NAMED: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let keywords = Kind::Schema.members_that_hold(Holds::Map(Kind::Schema));
    keywords.collect()
});

/// The keywords for arrays of schemas.
static LISTS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let keywords = Kind::Schema.members_that_hold(Holds::List(Kind::Schema));
    keywords.collect()
});

pub(crate) const PASS: Pass = Pass::new(
    "malformed-schemas",
    "repairs or rejects malformed schemas",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    walk::top_down(document, |schema, place| {
        match &*schema {
            Value::Object(_) | Value::Bool(_) => {}
            Value::Null => {
                *schema = Value::Object(Map::new());
                log.change(
                    &place.pointer(),
                    "an empty schema was replaced by `{}`: it allows any value",
                );
            }
            Value::Array(list) if list.is_empty() => {
                *schema = Value::Object(Map::new());
                log.change(
                    &place.pointer(),
                    "an empty array was replaced by an empty schema",
                );
            }
            Value::String(text) if TYPES.contains(&text.as_str()) => {
                let what = format!("the string `{text}` was replaced by a schema with this type");
                *schema = json!({ "type": text });
                log.change(&place.pointer(), what);
            }
            other => {
                let message = format!("{} is not a valid schema", kind_of(other));
                log.reject(
                    Code::MALFORMED_SCHEMA,
                    &place.pointer(),
                    message,
                    "write an object, or `{}` for any value",
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

fn named(log: &mut Log, members: &mut Map<String, Value>, here: &dyn Fn() -> Pointer) {
    for &keyword in NAMED.iter() {
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
                format!("`{keyword}` without members was replaced by an empty object"),
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
    for &keyword in LISTS.iter() {
        match members.get_mut(keyword) {
            None => {}
            Some(Value::Array(list)) if !list.is_empty() => {}
            Some(Value::Null | Value::Array(_)) => {
                members.shift_remove(keyword);
                log.change(
                    &here(),
                    format!("`{keyword}` was removed: it has no schemas"),
                );
            }
            Some(value @ Value::Object(_)) => {
                *value = Value::Array(vec![value.take()]);
                log.change(
                    &here(),
                    format!("the schema of `{keyword}` was put into an array"),
                );
            }
            Some(other) => {
                let message = format!("`{keyword}` is {}, not an array of schemas", kind_of(other));
                members.shift_remove(keyword);
                reject(
                    log,
                    &here().join(keyword),
                    message,
                    "write an array of schemas",
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
                    "values of `required` that are not strings were removed",
                );
            }
        }
        Some(value @ Value::String(_)) => {
            *value = Value::Array(vec![value.take()]);
            log.change(&here(), "the string in `required` was put into an array");
        }
        Some(Value::Bool(false) | Value::Null) => {
            members.shift_remove("required");
        }
        Some(_) => {
            members.shift_remove("required");
            log.warn(
                Code::MALFORMED_SCHEMA,
                &here(),
                "this `required` was ignored: it is not an array of property names",
                "write the names of the required properties in the schema of the object: `required: [name]`",
            );
        }
    }
}

fn reject(log: &mut Log, place: &Pointer, message: String, help: &str) {
    log.reject(Code::MALFORMED_SCHEMA, place, message, help);
}
