//! Finds the original places of nodes.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// All moves and copies in their order, by the new place of the node.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moves {
    made: usize,
    by_target: HashMap<Pointer, Vec<(usize, Pointer)>>,
}

impl Moves {
    /// Adds moves of one step: no move sees the result of another.
    pub(crate) fn add(&mut self, moves: impl IntoIterator<Item = (Pointer, Pointer)>) {
        self.made += 1;
        for (from, to) in moves {
            self.by_target
                .entry(to)
                .or_default()
                .push((self.made, from));
        }
    }

    /// The original place of a node.
    pub(crate) fn origin(&self, place: &Pointer) -> Pointer {
        let mut place = place.clone();
        let mut before = usize::MAX;
        while let Some((step, origin)) = self.last_move(&place, before) {
            place = origin;
            before = step;
        }
        place
    }

    /// Undoes the last move before a step that brought a node, or one of its ancestors, to its place.
    fn last_move(&self, place: &Pointer, before: usize) -> Option<(usize, Pointer)> {
        let mut last: Option<(usize, Pointer)> = None;
        let mut ancestor = Some(place.clone());
        while let Some(target) = ancestor {
            let moves = self.by_target.get(&target).map_or(&[][..], Vec::as_slice);
            let earlier = moves.partition_point(|(step, _)| *step < before);
            if let Some((step, from)) = moves[..earlier].last() {
                let is_later = last.as_ref().is_none_or(|(latest, _)| step > latest);
                if is_later {
                    let rest = place
                        .below(&target)
                        .expect("a place lies below its ancestors");
                    last = Some((*step, from.append(&rest)));
                }
            }
            ancestor = target.parent();
        }
        last
    }
}
