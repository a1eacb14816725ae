//! The file that each node of a bundled document comes from.

use std::collections::HashMap;

use crate::openapi::place::Place;
use crate::pointer::Pointer;

/// For each copied node: its file and its pointer there. They also hold for all nodes below it.
#[derive(Clone, Debug, Default)]
pub(super) struct Origins(HashMap<Pointer, (usize, Pointer)>);

impl Origins {
    pub(super) fn insert(&mut self, place: Pointer, file: usize, pointer: Pointer) {
        self.0.insert(place, (file, pointer));
    }

    /// Whether this node itself was copied.
    pub(super) fn contains(&self, place: &Place) -> bool {
        !self.0.is_empty() && self.0.contains_key(&place.pointer())
    }

    /// The file of a node, and its pointer there.
    pub(super) fn of(&self, place: &Pointer) -> (usize, Pointer) {
        if self.0.is_empty() {
            return (0, place.clone());
        }
        let mut above = Some(place.clone());
        while let Some(at) = above {
            if let Some((file, pointer)) = self.0.get(&at) {
                let rest = place
                    .below(&at)
                    .expect("a pointer lies below each of its parents");
                return (*file, pointer.append(&rest));
            }
            above = at.parent();
        }
        (0, place.clone())
    }
}
