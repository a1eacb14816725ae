//! The last pass: checks that every schema is one of the kinds of the normal form. `normal_form` then reads each of them
//! without errors.
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
//! Any other schema is rejected. No document should contain one here: the earlier passes convert each schema to one of
//! these kinds, or reject it.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::schemas::stray_keywords;
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new("check", "checks the normal form of every schema", apply);

fn apply(document: &mut Value, log: &mut Log) {
    let names: HashSet<String> = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .map(|schemas| schemas.keys().cloned().collect())
        .unwrap_or_default();
    walk::top_down(document, |schema, place| {
        if let Err(message) = check(schema, place.is_component(), &names) {
            log.reject(
                Code::UNSUPPORTED_SCHEMA,
                &place.pointer(),
                message,
                "describe it with fewer keywords in an overlay",
            );
            *schema = Value::Object(Map::new());
        }
    });
}

/// Checks one schema, without those inside it. The error says what is wrong.
fn check(schema: &Value, is_component: bool, names: &HashSet<String>) -> Result<(), String> {
    let members = schema.as_object().ok_or("a schema must be an object")?;
    if members.contains_key("$ref") || members.contains_key("allOf") {
        let name = reference::target(schema);
        let name = name.ok_or("only annotations can stand next to a reference")?;
        return if names.contains(&name) {
            Ok(())
        } else {
            Err(format!("the component `{name}` does not exist"))
        };
    }
    if let Some((_, variants)) = keywords::union(members) {
        let is_both = members.contains_key("oneOf") && members.contains_key("anyOf");
        ensure(!is_both, "a union must be `oneOf` or `anyOf`, not both")?;
        ensure(
            variants.len() >= 2,
            "a union must have two variants or more",
        )?;
        ensure(is_component, "a union must be a component")?;
    } else {
        match keywords::type_of(members) {
            None => ensure(!members.contains_key("type"), "`type` must be a string")?,
            Some("string") => {
                if let Some(values) = members.get("enum") {
                    ensure(is_component, "an enum must be a component")?;
                    let message = "the values of an enum must be different strings";
                    let has_values = values.get(0).is_some();
                    ensure(has_values && are_unique_strings(values, |_| true), message)?;
                }
            }
            Some("integer" | "number" | "boolean") => {}
            Some("array") => ensure(members.contains_key("items"), "an array must have `items`")?,
            Some("object") => object(members, is_component)?,
            Some(other) => return Err(format!("`{other}` is not a valid type")),
        }
    }
    let allowed = stray_keywords::allowed(members);
    let mut keywords = members.keys();
    match keywords.find(|it| !allowed.contains(&it.as_str()) && !keywords::is_annotation(it)) {
        Some(keyword) => Err(format!("`{keyword}` has no meaning here")),
        None => Ok(()),
    }
}

fn object(members: &Map<String, Value>, is_component: bool) -> Result<(), String> {
    let additional = members.get("additionalProperties");
    let Some(properties) = members.get("properties") else {
        let message = "a map must have a schema as `additionalProperties`";
        return ensure(additional.is_some_and(Value::is_object), message);
    };
    let properties = properties
        .as_object()
        .ok_or("`properties` must be an object")?;
    ensure(is_component, "an object must be a component")?;
    let required = members.get("required");
    ensure(
        required.is_none_or(|it| are_unique_strings(it, |name| properties.contains_key(name))),
        "`required` must name properties, each once",
    )?;
    ensure(
        matches!(
            additional,
            None | Some(Value::Bool(true) | Value::Object(_))
        ),
        "`additionalProperties` must be true or a schema",
    )
}

fn ensure(holds: bool, message: &str) -> Result<(), String> {
    if holds {
        Ok(())
    } else {
        Err(message.to_owned())
    }
}

fn are_unique_strings(list: &Value, is_valid: impl Fn(&str) -> bool) -> bool {
    let mut seen = HashSet::new();
    list.as_array().is_some_and(|list| {
        let mut strings = list.iter().map(Value::as_str);
        strings.all(|it| it.is_some_and(|it| is_valid(it) && seen.insert(it)))
    })
}
