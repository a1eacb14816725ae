//! The last pass: proves that every schema is one of the kinds of the normal form, so that `normal_form` can read each of
//! them without a second way.
//!
//! | kind | where |
//! |---|---|
//! | `{}`: anything | anywhere |
//! | `{$ref}`, or `{allOf: [{$ref}]}` with annotations | anywhere |
//! | string, integer, number, boolean | anywhere |
//! | array with `items` | anywhere |
//! | object with `additionalProperties` and no `properties`: a map | anywhere |
//! | string with `enum` | component |
//! | object with `properties` | component |
//! | `oneOf` or `anyOf` of two or more variants | component |
//!
//! What is anything else is rejected at its place. No document should get here with such a schema: the passes before turn
//! each into one of these or reject it themselves.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new("check", "proves the normal form of every schema", apply);

fn apply(document: &mut Value, log: &mut Log) {
    let names: HashSet<String> = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .map(|schemas| schemas.keys().cloned().collect())
        .unwrap_or_default();
    walk::top_down(document, |schema, place| {
        if let Some(message) = fault(schema, place.is_component(), &names) {
            log.reject(
                Code::UNSUPPORTED_SCHEMA,
                &place.pointer(),
                message,
                "describe it with fewer words in an overlay",
            );
            *schema = Value::Object(Map::new());
        }
    });
}

/// What keeps a schema from being of the normal form.
fn fault(schema: &Value, is_component: bool, names: &HashSet<String>) -> Option<String> {
    let Some(members) = schema.as_object() else {
        return Some("a schema is an object".to_owned());
    };
    if members.contains_key("$ref") || members.contains_key("allOf") {
        let Some(name) = reference::target(schema) else {
            return Some("a reference stands alone or with annotations".to_owned());
        };
        return (!names.contains(&name)).then(|| format!("there is no component `{name}`"));
    }
    if let Some((keyword, variants)) = keywords::union(members) {
        return if variants.len() < 2 {
            Some("a union has two variants or more".to_owned())
        } else if !is_component {
            Some("a union has no name".to_owned())
        } else {
            stray(members, &[keyword, "discriminator"])
        };
    }
    match keywords::type_of(members) {
        None if members.contains_key("type") => Some("a type is one word".to_owned()),
        None => stray(members, &[]),
        Some("string") => match members.get("enum") {
            None => scalar(members),
            Some(_) if !is_component => Some("an enum has no name".to_owned()),
            Some(values) => enum_fault(values).or_else(|| scalar(members)),
        },
        Some("integer" | "number" | "boolean") => scalar(members),
        Some("array") if members.contains_key("items") => stray(
            members,
            &["type", "items", "minItems", "maxItems", "uniqueItems"],
        ),
        Some("array") => Some("an array has no items".to_owned()),
        Some("object") => object(members, is_component),
        Some(other) => Some(format!("`{other}` is no type")),
    }
}

fn scalar(members: &Map<String, Value>) -> Option<String> {
    const WORDS: &[&str] = &[
        "type",
        "format",
        "enum",
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "multipleOf",
    ];
    stray(members, WORDS)
}

fn enum_fault(values: &Value) -> Option<String> {
    let mut seen = HashSet::new();
    let is_sound = values.as_array().is_some_and(|values| {
        !values.is_empty()
            && values
                .iter()
                .all(|value| value.as_str().is_some_and(|value| seen.insert(value)))
    });
    (!is_sound).then(|| "the values of an enum are unique strings".to_owned())
}

fn object(members: &Map<String, Value>, is_component: bool) -> Option<String> {
    let additional = members.get("additionalProperties");
    let Some(properties) = members.get("properties") else {
        return if additional.is_some_and(Value::is_object) {
            stray(
                members,
                &[
                    "type",
                    "additionalProperties",
                    "minProperties",
                    "maxProperties",
                ],
            )
        } else {
            Some("a map says what its values are".to_owned())
        };
    };
    let Some(properties) = properties.as_object() else {
        return Some("properties are an object".to_owned());
    };
    if !is_component {
        return Some("an object has no name".to_owned());
    }
    let mut seen = HashSet::new();
    let required = members.get("required");
    let is_listed = required.is_none_or(|list| {
        list.as_array().is_some_and(|list| {
            list.iter().all(|name| {
                name.as_str()
                    .is_some_and(|name| properties.contains_key(name) && seen.insert(name))
            })
        })
    });
    if !is_listed {
        return Some("`required` names properties, each once".to_owned());
    }
    match additional {
        None | Some(Value::Bool(true) | Value::Object(_)) => {}
        Some(_) => return Some("`additionalProperties` is true or a schema".to_owned()),
    }
    stray(
        members,
        &[
            "type",
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "discriminator",
        ],
    )
}

/// A word that has no place in its kind.
fn stray(members: &Map<String, Value>, allowed: &[&str]) -> Option<String> {
    members
        .keys()
        .find(|keyword| !allowed.contains(&keyword.as_str()) && !keywords::is_annotation(keyword))
        .map(|keyword| format!("`{keyword}` has no meaning here"))
}
