//! Visits the nodes of a document outside its schemas, to change them.

use serde_json::{Map, Value};

use crate::Pointer;
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

/// Visits every node of a kind, in components as well as in operations, that is an object and not a `$ref`.
pub(crate) fn each(
    document: &mut Value,
    wanted: Kind,
    mut visit: impl FnMut(&Pointer, &mut Map<String, Value>),
) {
    each_with_schemas(document, wanted, |_, place, members| visit(place, members));
}

/// Visits every operation; see [`each`].
pub(crate) fn each_operation(
    document: &mut Value,
    visit: impl FnMut(&Pointer, &mut Map<String, Value>),
) {
    each(document, Kind::Operation, visit);
}

/// As [`each`]; the visitor can also read the component schemas.
pub(crate) fn each_with_schemas(
    document: &mut Value,
    wanted: Kind,
    mut visit: impl FnMut(&Map<String, Value>, &Pointer, &mut Map<String, Value>),
) {
    let (mut paths, mut sections) = (None, Vec::new());
    let (no_schemas, mut schemas) = (Map::new(), None);
    for (name, member) in document.as_object_mut().into_iter().flatten() {
        match name.as_str() {
            "paths" => paths = Some(member),
            "components" => {
                for (name, section) in member.as_object_mut().into_iter().flatten() {
                    if name == "schemas" {
                        schemas = section.as_object();
                    } else if let Some(rank) = SECTIONS.iter().position(|(it, _)| it == name) {
                        sections.push((rank, section));
                    }
                }
            }
            _ => {}
        }
    }
    let schemas = schemas.unwrap_or(&no_schemas);
    let mut visit = |place: &Pointer, node: &mut Map<String, Value>| visit(schemas, place, node);
    let visit = &mut visit;
    let mut walk = Walk { wanted, visit };
    if let Some(paths) = paths {
        walk.go(
            Holds::One(Kind::Paths),
            &Pointer::root().join("paths"),
            paths,
        );
    }
    sections.sort_by_key(|(rank, _)| *rank);
    for (rank, section) in sections {
        let (name, kind) = SECTIONS[rank];
        let place = Pointer::from_tokens(["components", name]);
        walk.go(Holds::Map(kind), &place, section);
    }
}

struct Walk<'w, V> {
    wanted: Kind,
    visit: &'w mut V,
}

impl<V: FnMut(&Pointer, &mut Map<String, Value>)> Walk<'_, V> {
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
                (self.visit)(place, members);
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
