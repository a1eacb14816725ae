//! Where the nodes of the new document are in the author's, and the other way round.

use std::collections::HashMap;

use serde_json::Value;

use crate::openapi::place::Place;
use crate::pointer::Pointer;

/// The moves of nodes. A node that was not moved itself is where its parent is.
#[derive(Default)]
pub(super) struct Places {
    /// By the place in the author's document. A node that was copied is at the first of its places.
    new: HashMap<Pointer, Pointer>,
    /// By the place in the new document.
    origins: HashMap<Pointer, Pointer>,
}

impl Places {
    /// Adds a node of the author's document that is at `to` in the new one.
    pub(super) fn add(&mut self, from: &Pointer, to: &Pointer) {
        self.new.entry(from.clone()).or_insert_with(|| to.clone());
        self.origins.insert(to.clone(), from.clone());
    }

    /// Adds a node that was made from another one, to which references do not lead.
    pub(super) fn made(&mut self, from: &Pointer, to: &Pointer) {
        self.origins.insert(to.clone(), from.clone());
    }

    /// The new place of a node of the author's document.
    pub(super) fn new_place(&self, author: &Pointer) -> Pointer {
        let mut ancestor = Some(author.clone());
        while let Some(from) = ancestor {
            if let Some(to) = self.new.get(&from) {
                let rest = author.below(&from).expect("it lies below its ancestors");
                return to.append(&rest);
            }
            ancestor = from.parent();
        }
        author.clone()
    }

    /// All moves (from, to). Each node of the new document has an origin that the author's document has: if it has nothing in its
    /// place, it is the nearest node around it.
    pub(super) fn complete(&self, author: &Value, document: &Value) -> Vec<(Pointer, Pointer)> {
        let mut complete = Complete {
            places: self,
            author,
            moves: Vec::new(),
        };
        let origin = (Pointer::root(), author);
        complete.below(document, &mut Place::root(), &origin);
        complete.moves
    }
}

struct Complete<'p> {
    places: &'p Places,
    author: &'p Value,
    moves: Vec<(Pointer, Pointer)>,
}

impl<'p> Complete<'p> {
    fn below(&mut self, node: &Value, place: &mut Place, origin: &(Pointer, &'p Value)) {
        match node {
            Value::Object(members) => {
                for (name, member) in members {
                    place.below(name, |place| self.node(name, member, place, origin));
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    let name = index.to_string();
                    place.element(index, |place| self.node(&name, element, place, origin));
                }
            }
            _ => {}
        }
    }

    fn node(&mut self, name: &str, node: &Value, place: &mut Place, around: &(Pointer, &'p Value)) {
        let to = place.pointer();
        let origin = if let Some(from) = self.places.origins.get(&to) {
            let origin = self.nearest(from);
            self.moves.push((origin.0.clone(), to));
            origin
        } else if let Some(member) = member(around.1, name) {
            (around.0.join(name), member)
        } else {
            self.moves.push((around.0.clone(), to));
            around.clone()
        };
        self.below(node, place, &origin);
    }

    /// The node at a place of the author's document, or the nearest one around it.
    fn nearest(&self, place: &Pointer) -> (Pointer, &'p Value) {
        let mut at = Some(place.clone());
        while let Some(place) = at {
            if let Some(node) = place.get(self.author) {
                return (place, node);
            }
            at = place.parent();
        }
        (Pointer::root(), self.author)
    }
}

fn member<'v>(node: &'v Value, name: &str) -> Option<&'v Value> {
    match node {
        Value::Object(members) => members.get(name),
        Value::Array(elements) => elements.get(name.parse::<usize>().ok()?),
        _ => None,
    }
}
