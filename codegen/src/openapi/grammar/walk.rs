//! A walk over a document that knows what stands where.

use serde_json::Value;

use super::Holds::{List, Map, One};
use super::{Holds, Kind};
use crate::Pointer;

/// Where a walk stands, without a copy of the names above.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    above: Option<&'p Place<'p>>,
    token: Token<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Token<'p> {
    Begin(&'p Pointer),
    Name(&'p str),
    Index(usize),
}

impl<'p> Place<'p> {
    /// Where a walk begins.
    pub(crate) fn begin(pointer: &'p Pointer) -> Self {
        Self {
            above: None,
            token: Token::Begin(pointer),
        }
    }

    pub(crate) fn join(&'p self, name: &'p str) -> Self {
        Self {
            above: Some(self),
            token: Token::Name(name),
        }
    }

    pub(crate) fn index(&'p self, index: usize) -> Self {
        Self {
            above: Some(self),
            token: Token::Index(index),
        }
    }

    pub(crate) fn pointer(&self) -> Pointer {
        let above = self.above.map(Self::pointer).unwrap_or_default();
        match self.token {
            Token::Begin(pointer) => pointer.clone(),
            Token::Name(name) => above.join(name),
            Token::Index(index) => above.index(index),
        }
    }
}

/// Visits a node and every node below it that is no data, outermost first, in the order of the document. `visit` gets
/// what should stand there, and says whether to go on below.
pub(crate) fn walk<'v>(
    value: &'v Value,
    holds: Holds,
    place: &Place<'_>,
    visit: &mut dyn FnMut(Holds, &Place<'_>, &'v Value) -> bool,
) {
    if !visit(holds, place, value) {
        return;
    }
    match (holds, value) {
        (One(kind), Value::Object(members)) => {
            for (name, member) in members {
                if let Some(holds) = kind.member(name) {
                    walk(member, holds, &place.join(name), visit);
                }
            }
        }
        // `items` of older JSON Schema is a list of schemas.
        (List(kind) | One(kind @ Kind::Schema), Value::Array(elements)) => {
            for (at, element) in elements.iter().enumerate() {
                walk(element, One(kind), &place.index(at), visit);
            }
        }
        (Map(kind), Value::Object(members)) => {
            for (name, member) in members {
                walk(member, One(kind), &place.join(name), visit);
            }
        }
        _ => {}
    }
}
