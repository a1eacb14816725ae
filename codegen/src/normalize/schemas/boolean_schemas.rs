//! Boolean schemas: `true` allows anything, `false` nothing.
//!
//! A property or a variant with the schema `false` is removed. In `additionalProperties` both stay.

use serde_json::{Map, Value};

use super::quoted;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new(
    "boolean-schemas",
    "replaces the schemas `true` and `false`",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    walk::top_down(document, |schema, place| {
        if schema.is_boolean() {
            let what = if schema == &Value::Bool(true) {
                "the schema `true` was replaced by `{}`"
            } else {
                "the schema `false` allows no value; it was replaced by any value"
            };
            *schema = Value::Object(Map::new());
            log.change(&place.pointer(), what);
            return;
        }
        let Some(members) = schema.as_object_mut() else {
            return;
        };
        let mut forbidden = Vec::new();
        if let Some(Value::Object(properties)) = members.get_mut("properties") {
            properties.retain(|name, schema| {
                let is_forbidden = *schema == Value::Bool(false);
                if is_forbidden {
                    forbidden.push(name.clone());
                }
                !is_forbidden
            });
        }
        if !forbidden.is_empty() {
            log.change(
                &place.pointer(),
                format!(
                    "properties removed, because their schemas allow no value: {}",
                    quoted(&forbidden)
                ),
            );
        }
        if let Some(Value::Array(required)) = members.get_mut("required") {
            required.retain(|name| {
                name.as_str()
                    .is_none_or(|name| !forbidden.iter().any(|other| other == name))
            });
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(Value::Array(variants)) = members.get_mut(keyword) {
                let before = variants.len();
                variants.retain(|variant| *variant != Value::Bool(false));
                if variants.len() < before {
                    log.change(
                        &place.pointer(),
                        "the variant `false` was removed: it allows no value",
                    );
                }
                if variants.is_empty() {
                    members.shift_remove(keyword);
                }
            }
        }
    });
}
