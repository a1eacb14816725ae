//! Words that the generated types cannot hold a value to: left out, and said so.
//!
//! They only forbid values, so a client that does not know them reads everything the server sends. What nobody knows
//! (words of other tools, misspelled ones) goes as well.

use serde_json::{Map, Value};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::walk;

pub(crate) const PASS: Pass =
    Pass::new("stray-keywords", "leaves out what types cannot hold", apply);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        if members.contains_key("properties") && keywords::union(members).is_none() {
            // An object is told by its properties even where the type was lost.
            members
                .entry("type")
                .or_insert_with(|| Value::from("object"));
        }
        let allowed = allowed(members);
        let stray: Vec<String> = members
            .keys()
            .filter(|keyword| {
                !allowed.contains(&keyword.as_str()) && !keywords::is_annotation(keyword)
            })
            .cloned()
            .collect();
        if stray.is_empty() {
            return;
        }
        for keyword in &stray {
            members.shift_remove(keyword);
        }
        let words: Vec<String> = stray.iter().map(|word| format!("`{word}`")).collect();
        log.change(
            &place.pointer(),
            format!("{} is not held by the generated types", words.join(", ")),
        );
    });
}

pub(crate) fn allowed(members: &Map<String, Value>) -> &'static [&'static str] {
    const SCALAR: &[&str] = &[
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
    if members.contains_key("$ref") {
        return &["$ref"];
    }
    if members.contains_key("allOf") {
        return &["allOf"];
    }
    if keywords::union(members).is_some() {
        return &["oneOf", "anyOf", "discriminator"];
    }
    match keywords::type_of(members) {
        Some("string" | "integer" | "number" | "boolean") => SCALAR,
        Some("array") => &["type", "items", "minItems", "maxItems", "uniqueItems"],
        Some("object") if members.contains_key("properties") => &[
            "type",
            "properties",
            "required",
            "additionalProperties",
            "minProperties",
            "maxProperties",
            "discriminator",
        ],
        Some("object") => &[
            "type",
            "additionalProperties",
            "minProperties",
            "maxProperties",
        ],
        _ => &[],
    }
}
