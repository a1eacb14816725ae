//! The kinds of nodes that a document has outside its schemas, and which of them holds which.

use serde_json::{Map, Value};

use super::Work;
use crate::Pointer;

/// The methods that a path item may have an operation for.
pub(crate) const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A kind of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Node {
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Encoding,
    Example,
}

/// How a member holds nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    One,
    List,
    Map,
}

/// The sections of `components` that hold nodes of these kinds.
pub(super) const SECTIONS: [(&str, Node); 6] = [
    ("pathItems", Node::PathItem),
    ("parameters", Node::Parameter),
    ("requestBodies", Node::RequestBody),
    ("responses", Node::Response),
    ("headers", Node::Header),
    ("examples", Node::Example),
];

type Slot = (&'static str, Holds, Node);

impl Node {
    /// The members that hold further nodes.
    pub(super) fn slots(self) -> &'static [Slot] {
        const PATH_ITEM: &[Slot] = &[
            ("parameters", Holds::List, Node::Parameter),
            ("get", Holds::One, Node::Operation),
            ("put", Holds::One, Node::Operation),
            ("post", Holds::One, Node::Operation),
            ("delete", Holds::One, Node::Operation),
            ("options", Holds::One, Node::Operation),
            ("head", Holds::One, Node::Operation),
            ("patch", Holds::One, Node::Operation),
            ("trace", Holds::One, Node::Operation),
        ];
        match self {
            Self::PathItem => PATH_ITEM,
            Self::Operation => &[
                ("parameters", Holds::List, Self::Parameter),
                ("requestBody", Holds::One, Self::RequestBody),
                ("responses", Holds::Map, Self::Response),
            ],
            Self::Parameter | Self::Header => &[
                ("content", Holds::Map, Self::MediaType),
                ("examples", Holds::Map, Self::Example),
            ],
            Self::RequestBody => &[("content", Holds::Map, Self::MediaType)],
            Self::Response => &[
                ("headers", Holds::Map, Self::Header),
                ("content", Holds::Map, Self::MediaType),
            ],
            Self::MediaType => &[
                ("examples", Holds::Map, Self::Example),
                ("encoding", Holds::Map, Self::Encoding),
            ],
            Self::Encoding => &[("headers", Holds::Map, Self::Header)],
            Self::Example => &[],
        }
    }

    /// What the specification calls it.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::Response => "response",
            Self::Header => "header",
            Self::MediaType => "media type",
            Self::Encoding => "encoding",
            Self::Example => "example",
        }
    }

    /// The section of `components` that holds nodes of this kind, if there is one.
    pub(super) fn section(self) -> Option<&'static str> {
        SECTIONS
            .iter()
            .find(|(_, node)| *node == self)
            .map(|(section, _)| *section)
    }

    /// Whether a `$ref` may stand in its place.
    pub(super) fn may_be_reference(self) -> bool {
        self.section().is_some()
    }
}

/// Whether a member of `paths` or `responses` is an extension and not a node. Headers may be called so.
pub(super) fn is_extension(node: Node, name: &str) -> bool {
    matches!(node, Node::PathItem | Node::Response) && name.starts_with("x-")
}

/// Visits every node of a kind, in components as well as in operations, that is an object and no `$ref`. While it runs,
/// the document holds its schemas but not what is visited.
pub(super) fn each(
    work: &mut Work,
    wanted: Node,
    mut visit: impl FnMut(&mut Work, &Pointer, &mut Map<String, Value>),
) {
    let sections = SECTIONS
        .iter()
        .map(|(section, node)| (Pointer::from_tokens(["components", section]), *node));
    let paths = (Pointer::root().join("paths"), Node::PathItem);
    for (place, node) in std::iter::once(paths).chain(sections) {
        let Some(mut part) = place.get_mut(&mut work.document).map(Value::take) else {
            continue;
        };
        let is_paths = node == Node::PathItem && place.as_str() == "/paths";
        let mut walk = Walk {
            work,
            wanted,
            visit: &mut visit,
        };
        for (name, member) in part.as_object_mut().into_iter().flatten() {
            if !(is_paths && is_extension(node, name)) {
                walk.node(node, &place.join(name), member);
            }
        }
        if let Some(slot) = place.get_mut(&mut work.document) {
            *slot = part;
        }
    }
}

/// Visits every operation; see [`each`].
pub(super) fn each_operation(
    work: &mut Work,
    visit: impl FnMut(&mut Work, &Pointer, &mut Map<String, Value>),
) {
    each(work, Node::Operation, visit);
}

struct Walk<'w, V> {
    work: &'w mut Work,
    wanted: Node,
    visit: &'w mut V,
}

impl<V: FnMut(&mut Work, &Pointer, &mut Map<String, Value>)> Walk<'_, V> {
    fn node(&mut self, node: Node, place: &Pointer, value: &mut Value) {
        let Some(members) = value.as_object_mut() else {
            return;
        };
        if node == self.wanted {
            if !members.contains_key("$ref") {
                (self.visit)(self.work, place, members);
            }
            return;
        }
        for (name, holds, inner) in node.slots() {
            if let Some(value) = members.get_mut(*name) {
                self.held(*holds, *inner, &place.join(name), value);
            }
        }
    }

    fn held(&mut self, holds: Holds, node: Node, place: &Pointer, value: &mut Value) {
        match (holds, value) {
            (Holds::One, value) => self.node(node, place, value),
            (Holds::List, Value::Array(elements)) => {
                for (index, element) in elements.iter_mut().enumerate() {
                    self.node(node, &place.index(index), element);
                }
            }
            (Holds::Map, Value::Object(members)) => {
                for (name, member) in members.iter_mut() {
                    if !is_extension(node, name) {
                        self.node(node, &place.join(name), member);
                    }
                }
            }
            _ => {}
        }
    }
}
