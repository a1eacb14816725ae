//! Texts for readers: counted, not shown.

use std::collections::HashMap;

use serde_json::Value;

use crate::openapi::read;

use super::side::Side;

/// The members that are texts for readers, in any object of OpenAPI.
const PROSE: &[&str] = &[
    "title",
    "description",
    "summary",
    "example",
    "examples",
    "externalDocs",
    "termsOfService",
    "contact",
    "license",
    "$comment",
];

/// How many texts differ.
pub(super) fn count(base: &Side, revision: &Side) -> usize {
    let mut counts: HashMap<(&str, String), isize> = HashMap::new();
    for (side, step) in [(base, 1), (revision, -1)] {
        read::nodes(side.original(), |_, _, node| {
            for name in PROSE {
                if let Some(text) = node.get(*name) {
                    let text = sorted(text).to_string();
                    *counts.entry((name, text)).or_default() += step;
                }
            }
        });
    }
    let version = |side: &Side| side.original().pointer("/info/version").cloned();
    if version(base) != version(revision) {
        let both = [(base, 1), (revision, -1)];
        for (side, step) in both {
            let text = version(side).unwrap_or_default().to_string();
            *counts.entry(("version", text)).or_default() += step;
        }
    }
    let lost: isize = counts.values().filter(|count| **count > 0).sum();
    let more: isize = counts.values().filter(|count| **count < 0).sum();
    lost.max(-more).unsigned_abs()
}

/// A node without texts for readers and vendor extensions, and with its members in one order.
pub(super) fn without_prose(node: Value) -> Value {
    match node {
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members
                .into_iter()
                .filter(|(name, value)| {
                    let is_text = PROSE.contains(&name.as_str()) && !is_schema(value);
                    !is_text && !name.starts_with("x-")
                })
                .map(|(name, value)| (name, without_prose(value)))
                .collect();
            members.sort_by(|one, other| one.0.cmp(&other.0));
            Value::Object(members.into_iter().collect())
        }
        Value::Array(elements) => elements.into_iter().map(without_prose).collect(),
        other => other,
    }
}

/// An example with the members of its objects in one order: another order is no change.
fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            let members = members.into_iter();
            members
                .map(|(name, value)| (name.clone(), sorted(value)))
                .collect()
        }
        Value::Array(elements) => elements.iter().map(sorted).collect(),
        other => other.clone(),
    }
}

/// Whether a member is a schema: an object may have a property that is called `title`.
fn is_schema(value: &Value) -> bool {
    let names = [
        "type",
        "$ref",
        "properties",
        "items",
        "oneOf",
        "anyOf",
        "allOf",
        "enum",
        "format",
    ];
    value
        .as_object()
        .is_some_and(|members| names.iter().any(|name| members.contains_key(*name)))
}
