//! Keywords that the generated types do not use: removed.
//!
//! They only restrict values, so without them a client still reads every response. Unknown keywords are removed too.

use serde_json::{Map, Value};

use super::quoted;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new(
    "stray-keywords",
    "removes keywords that types cannot express",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        if members.contains_key("properties") && keywords::union(members).is_none() {
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
        log.change(
            &place.pointer(),
            format!(
                "removed, because the generated types do not use them: {}",
                quoted(&stray)
            ),
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
