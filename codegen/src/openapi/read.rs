//! The walk that reads a document.

use serde_json::Value;

use super::grammar::Holds::{self, List, Map, One};
use super::grammar::Kind;
use super::place::Place;
use crate::pointer::Pointer;

/// Gets each node: what its place holds, its place and its value. Gives whether to visit the nodes below it.
pub(crate) type Visit<'f, 'v> = &'f mut dyn FnMut(Holds, &Place, &'v Value) -> bool;

/// Visits a node and every member below it, outermost first, in the order of the document. Nothing below data is visited: a
/// `$ref` in an example is not a reference.
pub(crate) fn walk<'v>(value: &'v Value, holds: Holds, begin: &Pointer, visit: Visit<'_, 'v>) {
    go(value, holds, &mut Place::at(begin), visit);
}

/// Visits every place of a document where OpenAPI defines an object, as [`walk`] does. The value may be anything.
pub(crate) fn nodes<'v>(document: &'v Value, mut visit: impl FnMut(Kind, &Place, &'v Value)) {
    let mut visit = |holds, place: &Place, node| {
        if let One(kind) = holds {
            visit(kind, place, node);
        }
        true
    };
    let place = &mut Place::root();
    go(document, One(Kind::root(document)), place, &mut visit);
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
        // In older JSON Schema, `items` is an array of schemas.
        (List(kind) | One(kind @ (Kind::Schema | Kind::SwaggerSchema)), Value::Array(elements)) => {
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
