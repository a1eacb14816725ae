//! Finds the references in a part of a document.

use std::collections::HashSet;

use serde_json::Value;

use crate::bundle::origin::Origins;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::read::walk;
use crate::openapi::reference::anchors;
use crate::pointer::Pointer;

/// A reference that a walk found.
pub(super) struct Found {
    pub(super) place: Pointer,
    pub(super) holds: Holds,
    pub(super) text: String,
    /// The reference is a value of a discriminator's `mapping`.
    pub(super) is_mapping: bool,
}

impl Found {
    pub(super) fn place_of_text(&self) -> Pointer {
        if self.is_mapping {
            self.place.clone()
        } else {
            self.place.join("$ref")
        }
    }
}

/// The addresses that schemas of the document have.
pub(super) fn ids(document: &Value) -> HashSet<String> {
    let mut ids = HashSet::new();
    anchors::each(document, |name, _| {
        ids.insert(name.trim_end_matches('#').to_owned());
    });
    ids
}

/// The text of a reference: that of a node with `$ref`, or the node itself.
pub(super) fn text_of(node: &Value, is_mapping: bool) -> Option<&String> {
    match if is_mapping { node } else { node.get("$ref")? } {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// The references in a part, in the order of the document.
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
        // What was taken in before is a job of its own.
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
