//! Finds the references in a node and below it.

use std::collections::HashSet;

use serde_json::Value;

use crate::bundle::origin::Origins;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::read::walk;
use crate::openapi::reference::anchors;
use crate::pointer::Pointer;

/// A reference in the document.
pub(super) struct Found {
    /// The node that is the reference.
    pub(super) place: Pointer,
    pub(super) holds: Holds,
    pub(super) text: String,
    /// The reference is a value of a discriminator's `mapping`.
    pub(super) is_mapping: bool,
}

impl Found {
    /// The place of the string.
    pub(super) fn place_of_text(&self) -> Pointer {
        if self.is_mapping {
            self.place.clone()
        } else {
            self.place.join("$ref")
        }
    }
}

/// The `$id`s and anchors of the schemas.
pub(super) fn ids(document: &Value) -> HashSet<String> {
    let mut ids = HashSet::new();
    anchors::each(document, |name, _| {
        ids.insert(name.trim_end_matches('#').to_owned());
    });
    ids
}

/// The string of a reference: that of `$ref`, or the node itself if it is a value of a `mapping`.
pub(super) fn text_of(node: &Value, is_mapping: bool) -> Option<&String> {
    match if is_mapping { node } else { node.get("$ref")? } {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// The references in a node and below it, in the order of the document.
pub(super) fn references(
    value: &Value,
    holds: Holds,
    begin: &Pointer,
    origins: &Origins,
) -> Vec<Found> {
    let mut found = Vec::new();
    let mut is_begin = true;
    walk(value, holds, begin, &mut |holds, place, node| {
        if holds.kind().is_none() {
            return false;
        }
        // A copied node is a job of its own.
        let is_outermost = std::mem::replace(&mut is_begin, false);
        if !is_outermost && node.is_object() && origins.contains(place) {
            return false;
        }
        if let Some(text) = text_of(node, false) {
            found.push(Found {
                place: place.pointer(),
                holds,
                text: text.clone(),
                is_mapping: false,
            });
        }
        if holds == Holds::One(Kind::Discriminator)
            && let Some(Value::String(text)) = node.get("defaultMapping")
        {
            found.push(Found {
                place: place.pointer().join("defaultMapping"),
                holds: Holds::One(Kind::Schema),
                text: text.clone(),
                is_mapping: true,
            });
        }
        if holds == Holds::One(Kind::Discriminator)
            && let Some(Value::Object(mapping)) = node.get("mapping")
        {
            let mapped = place.pointer().join("mapping");
            for (name, target) in mapping {
                let Value::String(text) = target else {
                    continue;
                };
                found.push(Found {
                    place: mapped.join(name),
                    holds: Holds::One(Kind::Schema),
                    text: text.clone(),
                    is_mapping: true,
                });
            }
        }
        true
    });
    found
}
