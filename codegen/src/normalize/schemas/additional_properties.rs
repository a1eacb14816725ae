//! Objects: with properties, or maps with values of one schema.
//!
//! `additionalProperties: false` is removed: otherwise a client would reject properties that a newer server adds. Without
//! properties it means an object without members.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::quoted;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::walk;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "additional-properties",
    "distinguishes objects with properties from maps",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        if keywords::type_of(members) != Some("object") || keywords::is_composed(members) {
            // `all_of` merges these first.
            return;
        }
        settle(log, members, &|| place.pointer());
    });
}

/// Brings an object schema into the normal form.
fn settle(log: &mut Log, members: &mut Map<String, Value>, here: &dyn Fn() -> Pointer) {
    let has_properties = members
        .get("properties")
        .and_then(Value::as_object)
        .is_some_and(|properties| !properties.is_empty());
    let additional = members.get("additionalProperties").cloned();
    match additional {
        Some(Value::Bool(false)) => {
            members.shift_remove("additionalProperties");
            if has_properties {
                log.change(
                    &here(),
                    "`additionalProperties: false` was removed: it does not change the type",
                );
            } else {
                members.insert("properties".to_owned(), json!({}));
            }
        }
        Some(Value::Object(additional)) if has_properties && is_any_object(&additional) => {
            members.insert("additionalProperties".to_owned(), Value::Bool(true));
            log.change(
                &here(),
                "additional properties without a type allow any value",
            );
        }
        Some(Value::Bool(true)) if !has_properties => {
            members.insert("additionalProperties".to_owned(), json!({}));
            members.shift_remove("properties");
        }
        None if !has_properties => {
            members.shift_remove("properties");
            members.insert("additionalProperties".to_owned(), json!({}));
            log.change(
                &here(),
                "an object without properties became a map of any values",
            );
        }
        Some(_) if !has_properties => {
            members.shift_remove("properties");
        }
        _ => {}
    }
    settle_required(log, members, here);
}

/// Whether a schema has only `type: object`. Next to properties, generators of documents write that for any value, and servers
/// also send strings.
fn is_any_object(schema: &Map<String, Value>) -> bool {
    let words = schema.keys().filter(|word| !keywords::is_annotation(word));
    keywords::type_of(schema) == Some("object") && words.count() == 1
}

/// Removes names from `required` that are duplicates or not properties.
fn settle_required(log: &mut Log, members: &mut Map<String, Value>, here: &dyn Fn() -> Pointer) {
    let Some(Value::Array(list)) = members.get_mut("required") else {
        return;
    };
    let mut list = std::mem::take(list);
    let empty = Map::new();
    let properties = members
        .get("properties")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let mut seen = HashSet::new();
    let mut missing = Vec::new();
    list.retain(|name| {
        let Some(name) = name.as_str() else {
            return false;
        };
        if !seen.insert(name.to_owned()) {
            return false;
        }
        let is_there = properties.contains_key(name);
        if !is_there {
            missing.push(name.to_owned());
        }
        is_there
    });
    if !missing.is_empty() {
        let names = quoted(missing);
        log.change(
            &here(),
            format!("removed from `required`, because these are not properties: {names}"),
        );
    }
    if list.is_empty() {
        members.shift_remove("required");
    } else {
        members.insert("required".to_owned(), Value::Array(list));
    }
}
