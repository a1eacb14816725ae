//! Which file each part of a bundled document came from.

use std::collections::HashMap;

use crate::openapi::place::Place;
use crate::pointer::Pointer;

/// Nodes that were written in another file, or elsewhere in this one, than they stand now. What is below them is too.
#[derive(Clone, Debug, Default)]
pub(super) struct Origins(HashMap<Pointer, (usize, Pointer)>);

impl Origins {
    pub(super) fn insert(&mut self, place: Pointer, file: usize, pointer: Pointer) {
        self.0.insert(place, (file, pointer));
    }

    /// Whether this very node was written elsewhere.
    pub(super) fn contains(&self, place: &Place) -> bool {
        !self.0.is_empty() && self.0.contains_key(&place.pointer())
    }

    /// The file and the pointer at which a node is written.
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
