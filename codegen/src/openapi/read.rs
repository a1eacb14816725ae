//! The walk over a document to read it.

use serde_json::Value;

use super::grammar::Holds::{self, List, Map, One};
use super::grammar::Kind;
use super::place::Place;
use crate::pointer::Pointer;

/// What is called with each node: what should stand there, where it is and what it is. Says whether to go on below.
pub(crate) type Visit<'f, 'v> = &'f mut dyn FnMut(Holds, &Place, &'v Value) -> bool;

/// Visits a part of a document and every member below it, outermost first, in the order of the document. Nothing below data is
/// visited: a `$ref` in an example is a string.
pub(crate) fn walk<'v>(value: &'v Value, holds: Holds, begin: &Pointer, visit: Visit<'_, 'v>) {
    go(value, holds, &mut Place::at(begin), visit);
}

/// Visits every object of a document that OpenAPI knows, as [`walk`] does, and whatever stands in place of one.
pub(crate) fn nodes<'v>(document: &'v Value, mut visit: impl FnMut(Kind, &Place, &'v Value)) {
    let whole = One(Kind::Document);
    go(
        document,
        whole,
        &mut Place::root(),
        &mut |holds, place, node| {
            if let One(kind) = holds {
                visit(kind, place, node);
            }
            true
        },
    );
}

fn go<'v>(value: &'v Value, holds: Holds, place: &mut Place, visit: Visit<'_, 'v>) {
    if !visit(holds, place, value) {
        return;
    }
    match (holds, value) {
        (One(kind), Value::Object(members)) => {
            for (name, member) in members {
                if let Some(holds) = kind.member(name) {
                    place.below(name, |place| go(member, holds, place, visit));
                }
            }
        }
        // `items` of older JSON Schema is a list of schemas.
        (List(kind) | One(kind @ Kind::Schema), Value::Array(elements)) => {
            for (at, element) in elements.iter().enumerate() {
                place.element(at, |place| go(element, One(kind), place, visit));
            }
        }
        (Map(kind), Value::Object(members)) => {
            for (name, member) in members {
                place.below(name, |place| go(member, One(kind), place, visit));
            }
        }
        _ => {}
    }
}
