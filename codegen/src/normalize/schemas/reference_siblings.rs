//! Keywords next to a `$ref`: kept, in an `allOf`.
//!
//! In OpenAPI 3.0 they have no effect and in 3.1 they have, but authors of both expect it. In the normal form, annotations and
//! `nullable` are next to an `allOf` with the reference; other keywords become a second part of it.

use serde_json::{Map, Value};

use super::quoted;
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
        let names = quoted(outside.keys().chain(narrowing.keys()));
        parts.extend(own_parts);
        if !narrowing.is_empty() {
            parts.push(Value::Object(narrowing));
        }
        members.insert("allOf".to_owned(), Value::Array(parts));
        members.extend(outside);
        log.change(
            &place.pointer(),
            format!("kept next to the reference: {names}"),
        );
    });
}
