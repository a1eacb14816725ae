//! Keywords that no rule compares. Nothing is passed over: what is left here is told as "not classified".

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diff::found::{Here, Note, Place};
use crate::diff::prose::without_prose;
use crate::diff::rule::{Both, Bump, Effect, Rule, RustEffect};
use crate::diff::side::Side;
use crate::diff::walk::SchemaPair;
use crate::pointer::Pointer;

use super::{annotations, bounds};

pub(in crate::diff) const KEYWORD: Both = Both {
    request: &Rule::request("request-keyword-changed", "A keyword that clients do not use, or that no rule knows, has another value: not classified.")
        .rust(RustEffect::Depends)
        .deployed(Effect::Risk("a value that was accepted may be refused"))
        .bump(Bump::Patch)
        .mirror("response-keyword-changed"),
    response: &Rule::response("response-keyword-changed", "A keyword that clients do not use, or that no rule knows, has another value: not classified.")
        .rust(RustEffect::Depends)
        .deployed(Effect::Risk("responses may have values that they did not have"))
        .bump(Bump::Patch)
        .mirror("request-keyword-changed"),
};

pub(in crate::diff) const XML: Both = Both {
    request: &Rule::request(
        "request-xml-changed",
        "A value is written in another way in XML.",
    )
    .deployed(Effect::Harmless(
        "bodies of XML are texts that the caller writes",
    ))
    .mirror("response-xml-changed"),
    response: &Rule::response(
        "response-xml-changed",
        "A value is written in another way in XML.",
    )
    .deployed(Effect::Harmless(
        "bodies of XML are texts that the caller reads",
    ))
    .mirror("request-xml-changed"),
};

/// The keywords of a schema that other files compare, or that are for readers.
fn is_compared(keyword: &str) -> bool {
    matches!(
        keyword,
        "type"
            | "format"
            | "enum"
            | "properties"
            | "required"
            | "additionalProperties"
            | "items"
            | "oneOf"
            | "anyOf"
            | "allOf"
            | "$ref"
            | "discriminator"
            | "title"
            | "description"
            | "summary"
            | "example"
            | "examples"
            | "externalDocs"
    ) || annotations::KEYWORDS.contains(&keyword)
        || bounds::keywords().any(|it| it == keyword)
}

pub(super) fn check(pair: &SchemaPair, here: &mut Here) {
    let mut note = |keyword: &str| {
        let note = Note {
            subject: pair.subject.clone(),
            what: format!("`{keyword}` changed"),
            base: Some(Place::Normalized(pair.base.place.clone())),
            revision: Some(Place::Normalized(pair.revision.place.clone())),
        };
        here.add(if keyword == "xml" { &XML } else { &KEYWORD }, note);
    };
    let (old, new) = (pair.base.node, pair.revision.node);
    let keywords = old
        .keys()
        .chain(new.keys().filter(|name| !old.contains_key(*name)));
    for keyword in keywords.filter(|keyword| !is_compared(keyword)) {
        if old.get(keyword) != new.get(keyword) {
            note(keyword);
        }
    }
    let old = dropped_keywords(pair.base_side, &pair.base.place);
    let new = dropped_keywords(pair.revision_side, &pair.revision.place);
    let keywords = old
        .keys()
        .chain(new.keys().filter(|name| !old.contains_key(*name)));
    for keyword in keywords {
        if old.get(keyword) != new.get(keyword) {
            note(keyword);
        }
    }
}

/// The keywords that the normal form does not have, of an author's schema and of the schemas that it is composed of.
const DROPPED: &[&str] = &[
    "not",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependentRequired",
    "dependentSchemas",
    "if",
    "then",
    "else",
    "unevaluatedItems",
    "contentMediaType",
    "contentSchema",
    "xml",
    "additionalItems",
    "patternProperties",
    // An extension that servers check: the values of an enum that may grow.
    "x-extensible-enum",
];

/// What an author's schema says that the normal form does not.
fn dropped_keywords(side: &Side, place: &Pointer) -> BTreeMap<&'static str, Vec<Value>> {
    let mut found: BTreeMap<&'static str, Vec<Value>> = BTreeMap::new();
    for node in side.parts(&side.origin(place)) {
        for keyword in DROPPED {
            if let Some(value) = node.get(*keyword) {
                let value = without_prose(value.clone());
                found.entry(keyword).or_default().push(value);
            }
        }
    }
    for values in found.values_mut() {
        values.sort_by_cached_key(ToString::to_string);
        values.dedup();
    }
    found
}
