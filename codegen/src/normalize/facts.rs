//! Facts about nodes that OpenAPI has no members for.
//!
//! Passes keep them here and not in the document: there, all names that begin with `x-` belong to the vendor.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::pointer::Pointer;

/// What is known about one node. The default is nothing.
#[derive(Clone, Debug, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is about another kind of node"
)]
pub(crate) struct Fact {
    /// Of an operation: the path template of its requests, if it differs from the key of its path.
    pub(crate) sent_path: Option<String>,
    /// Of an operation: the names and values that are in the query of every request.
    pub(crate) fixed_query: Vec<(String, String)>,
    /// Of a path parameter: slashes in its value are not encoded.
    pub(crate) is_segments: bool,
    /// Of a path parameter: reserved characters in its value are not encoded.
    pub(crate) is_reserved: bool,
    /// Of a query parameter: its value is the whole query, without its name.
    pub(crate) is_query_string: bool,
    /// Of a component: it becomes a type even if it adds nothing to the component that it extends.
    pub(crate) stays_apart: bool,
    /// Of the `content` of a response: it may be an event stream.
    pub(crate) is_event_stream: bool,
    /// Of a component that has the properties of a base: the base, which is a union now.
    pub(crate) base_of: Option<String>,
    /// Of a request body: the encodings of its parts have styles, although OpenAPI 3.0 has none there.
    pub(crate) has_part_styles: bool,
    /// Of a component that was made of several equal schemas: their places in the original document.
    pub(crate) uses: Vec<Pointer>,
    /// Of a union: the values of its tag that are not strings. A mapping only has strings, which are the keys here.
    pub(crate) tags: BTreeMap<String, Value>,
}

/// The facts about a document, by the current places of the nodes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts(BTreeMap<Pointer, Fact>);

impl Facts {
    /// The facts about the node at a place.
    pub(crate) fn of(&self, place: &Pointer) -> &Fact {
        static NOTHING: Fact = Fact {
            sent_path: None,
            fixed_query: Vec::new(),
            is_segments: false,
            is_reserved: false,
            is_query_string: false,
            stays_apart: false,
            is_event_stream: false,
            base_of: None,
            has_part_styles: false,
            uses: Vec::new(),
            tags: BTreeMap::new(),
        };
        self.0.get(place).unwrap_or(&NOTHING)
    }

    /// The facts about the node at a place, to change them.
    pub(crate) fn note(&mut self, place: &Pointer) -> &mut Fact {
        self.0.entry(place.clone()).or_default()
    }

    /// Moves and copies facts with their nodes. All moves happen at once: no move sees the result of another.
    pub(crate) fn follow(&mut self, moves: &[(Pointer, Pointer)]) {
        if self.0.is_empty() {
            return;
        }
        let mut arrived = Vec::new();
        for (from, to) in moves {
            for place in self.inside(from) {
                let rest = place.below(from).expect("it is in the node");
                arrived.push((to.append(&rest), self.0[&place].clone()));
            }
        }
        for (_, to) in moves {
            for place in self.inside(to) {
                self.0.remove(&place);
            }
        }
        self.0.extend(arrived);
    }

    /// The places in a node, and its own, that have facts.
    fn inside(&self, node: &Pointer) -> Vec<Pointer> {
        let from = self.0.range(node..).map(|(place, _)| place);
        from.take_while(|place| place.as_str().starts_with(node.as_str()))
            .filter(|place| place.below(node).is_some())
            .cloned()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(index: usize) -> Pointer {
        Pointer::from_tokens(["parameters"]).index(index)
    }

    #[test]
    fn facts_follow_nodes_that_change_places() {
        let mut facts = Facts::default();
        facts.note(&place(0).join("schema")).is_segments = true;
        facts.note(&place(1)).stays_apart = true;
        facts.follow(&[(place(0), place(1)), (place(1), place(0))]);
        assert!(facts.of(&place(0)).stays_apart);
        assert!(facts.of(&place(1).join("schema")).is_segments);
        assert!(!facts.of(&place(1)).stays_apart);
        assert!(!facts.of(&place(0).join("schema")).is_segments);
    }

    #[test]
    fn names_that_begin_alike_are_other_nodes() {
        let mut facts = Facts::default();
        facts.note(&place(10)).is_segments = true;
        facts.follow(&[(place(1), place(2))]);
        assert!(facts.of(&place(10)).is_segments);
        assert!(!facts.of(&place(2)).is_segments);
    }
}
