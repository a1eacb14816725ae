//! Visits the nodes of a document outside its schemas, to change them.

use serde_json::{Map, Value};

use crate::Pointer;
use crate::normalize::Work;
use crate::openapi::grammar::{Holds, Kind};

/// The methods that a path item may have an operation for.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The sections of `components` whose nodes are put where they are used.
pub(crate) const SECTIONS: [(&str, Kind); 6] = [
    ("pathItems", Kind::PathItem),
    ("parameters", Kind::Parameter),
    ("requestBodies", Kind::RequestBody),
    ("responses", Kind::Response),
    ("headers", Kind::Header),
    ("examples", Kind::Example),
];

/// The section that holds nodes of a kind.
pub(crate) fn section(kind: Kind) -> Option<&'static str> {
    let section = SECTIONS.iter().find(|(_, other)| *other == kind);
    section.map(|(section, _)| *section)
}

/// What a member holds, if that is a node (or several) that the passes for operations look at.
pub(crate) fn held(kind: Kind, name: &str) -> Option<Holds> {
    kind.member(name).filter(|holds| {
        matches!(
            holds,
            Holds::One(inner) | Holds::List(inner) | Holds::Map(inner) if matches!(
                inner,
                Kind::PathItem
                    | Kind::Operation
                    | Kind::Parameter
                    | Kind::RequestBody
                    | Kind::Responses
                    | Kind::Response
                    | Kind::Header
                    | Kind::MediaType
                    | Kind::Encoding
                    | Kind::Example
            )
        )
    })
}

/// Visits every node of a kind, in components as well as in operations, that is an object and no `$ref`. While it runs,
/// the document holds its schemas but not what is visited.
pub(crate) fn each(
    work: &mut Work,
    wanted: Kind,
    mut visit: impl FnMut(&mut Work, &Pointer, &mut Map<String, Value>),
) {
    let sections = SECTIONS.iter().map(|(section, kind)| {
        (
            Pointer::from_tokens(["components", section]),
            Holds::Map(*kind),
        )
    });
    let paths = (Pointer::root().join("paths"), Holds::One(Kind::Paths));
    for (place, holds) in std::iter::once(paths).chain(sections) {
        let Some(mut part) = place.get_mut(&mut work.document).map(Value::take) else {
            continue;
        };
        let mut walk = Walk {
            work,
            wanted,
            visit: &mut visit,
        };
        walk.go(holds, &place, &mut part);
        if let Some(slot) = place.get_mut(&mut work.document) {
            *slot = part;
        }
    }
}

/// Visits every operation; see [`each`].
pub(crate) fn each_operation(
    work: &mut Work,
    visit: impl FnMut(&mut Work, &Pointer, &mut Map<String, Value>),
) {
    each(work, Kind::Operation, visit);
}

struct Walk<'w, V> {
    work: &'w mut Work,
    wanted: Kind,
    visit: &'w mut V,
}

impl<V: FnMut(&mut Work, &Pointer, &mut Map<String, Value>)> Walk<'_, V> {
    fn go(&mut self, holds: Holds, place: &Pointer, value: &mut Value) {
        match (holds, value) {
            (Holds::One(kind), Value::Object(members)) => self.node(kind, place, members),
            (Holds::List(kind), Value::Array(elements)) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    self.go(Holds::One(kind), &place.index(index), element);
                }
            }
            (Holds::Map(kind), Value::Object(members)) => {
                for (name, member) in members.iter_mut() {
                    self.go(Holds::One(kind), &place.join(name), member);
                }
            }
            _ => {}
        }
    }

    fn node(&mut self, kind: Kind, place: &Pointer, members: &mut Map<String, Value>) {
        if kind == self.wanted {
            if !members.contains_key("$ref") {
                (self.visit)(self.work, place, members);
            }
            return;
        }
        for (name, member) in members.iter_mut() {
            if let Some(holds) = held(kind, name) {
                self.go(holds, &place.join(name), member);
            }
        }
    }
}
