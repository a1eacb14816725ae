//! Words beside a `$ref`: kept, in the form that says what they mean.
//!
//! OpenAPI 3.0 has readers ignore them, 3.1 gives them their meaning, and authors of both mean them. Annotations and
//! `nullable` stand around the reference in the normal form; words that narrow the schema become a part of an `allOf`
//! with it.

use serde_json::{Map, Value};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new(
    "reference-siblings",
    "keeps the keywords next to a reference",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        if members.len() < 2 || !members.contains_key("$ref") {
            return;
        }
        let mut parts = Vec::new();
        let mut outside = Map::new();
        let mut narrowing = Map::new();
        let mut own_parts = Vec::new();
        for (keyword, value) in std::mem::take(members) {
            match (keyword.as_str(), value) {
                ("$ref", value) => {
                    parts.push(Value::Object(Map::from_iter([(keyword, value)])));
                }
                ("allOf", Value::Array(list)) => own_parts = list,
                (_, value) if keywords::is_annotation(&keyword) => {
                    outside.insert(keyword, value);
                }
                (_, value) => {
                    narrowing.insert(keyword, value);
                }
            }
        }
        let names: Vec<String> = outside
            .keys()
            .chain(narrowing.keys())
            .map(|name| format!("`{name}`"))
            .collect();
        parts.extend(own_parts);
        if !narrowing.is_empty() {
            parts.push(Value::Object(narrowing));
        }
        members.insert("allOf".to_owned(), Value::Array(parts));
        members.extend(outside);
        log.change(
            &place.pointer(),
            format!("{} next to the reference was kept", names.join(", ")),
        );
    });
}
