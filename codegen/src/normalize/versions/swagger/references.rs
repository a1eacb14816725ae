//! References lead to the new places of their targets.

use serde_json::Value;

use super::Conversion;
use super::places::Places;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::reference;
use crate::openapi::reference::resolver::{follow, node_at, step};
use crate::openapi::reference::uri::pointer_in;
use crate::pointer::Pointer;

/// Rewrites all references to nodes that the author's document has. Those that are wrong stay as they are, and are reported as the
/// author wrote them.
pub(super) fn rewrite(author: &Value, places: &Places, document: &mut Value) {
    each(Holds::One(Kind::Document), document, &mut |kind, text| {
        if let Some(target) = target(author, text).filter(|target| may_be(kind, target)) {
            *text = reference_to(&places.new_place(&target));
        }
    });
}

/// Whether a reference to a node of a kind may lead to a place of the author's document.
fn may_be(kind: Kind, target: &Pointer) -> bool {
    match Holds::at(Kind::Swagger, target) {
        Holds::One(Kind::SwaggerSchema | Kind::SwaggerItems) => kind == Kind::Schema,
        Holds::One(_) => kind != Kind::Schema,
        _ => true,
    }
}

/// The string of a reference to a place.
pub(super) fn reference_to(place: &Pointer) -> String {
    format!("#{}", place.as_str().replace('%', "%25"))
}

/// The place in the author's document that a reference names.
fn target(author: &Value, text: &str) -> Option<Pointer> {
    // Some documents have `definitions/Pet`.
    let written = match pointer_in(text) {
        Some(place) => place,
        None => Pointer::parse(&format!("/{text}"))?,
    };
    node_at(author, &written).map(|(place, _)| place)
}

fn each(holds: Holds, value: &mut Value, change: &mut dyn FnMut(Kind, &mut String)) {
    match (holds, value) {
        (Holds::One(kind), Value::Object(members)) => {
            for (name, member) in members {
                match (name.as_str(), member) {
                    ("$ref", Value::String(text)) => change(kind, text),
                    ("mapping", Value::Object(mapping)) if kind == Kind::Discriminator => {
                        // A value is a reference or a name.
                        for target in mapping.values_mut() {
                            if let Value::String(text) = target
                                && text.contains('#')
                            {
                                change(Kind::Schema, text);
                            }
                        }
                    }
                    (name, member) => {
                        if let Some(holds) = kind.member(name) {
                            each(holds, member, change);
                        }
                    }
                }
            }
        }
        (Holds::List(kind) | Holds::One(kind @ Kind::Schema), Value::Array(elements)) => {
            for element in elements {
                each(Holds::One(kind), element, change);
            }
        }
        (Holds::Map(kind), Value::Object(members)) => {
            for member in members.values_mut() {
                each(Holds::One(kind), member, change);
            }
        }
        _ => {}
    }
}

impl<'a> Conversion<'a, '_> {
    /// The node at the end of a chain of references, and its place. A node without an end is itself the end.
    pub(super) fn resolved(&self, place: &Pointer, node: &'a Value) -> (Pointer, &'a Value) {
        let author = self.author;
        let last = follow(place.clone(), |at| {
            let text = reference::of(at.get(author)?)?;
            step(author, text).ok().map(|(place, _)| place)
        });
        let found = last.ok().and_then(|at| {
            let node = at.get(author)?;
            Some((at, node))
        });
        found.unwrap_or((place.clone(), node))
    }
}
