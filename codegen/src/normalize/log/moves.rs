//! Where the nodes of the document that is worked on came from.

use std::collections::HashMap;

use crate::pointer::Pointer;

/// Every move and copy, in the order in which they were made, found by the place that the node went to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Moves {
    made: usize,
    by_target: HashMap<Pointer, Vec<(usize, Pointer)>>,
}

impl Moves {
    /// Notes moves that were made in one step: none of them sees the others' results.
    pub(crate) fn add(&mut self, moves: impl IntoIterator<Item = (Pointer, Pointer)>) {
        self.made += 1;
        for (from, to) in moves {
            self.by_target
                .entry(to)
                .or_default()
                .push((self.made, from));
        }
    }

    /// Where a node of the document as it is now stood at first.
    pub(crate) fn origin(&self, place: &Pointer) -> Pointer {
        let mut place = place.clone();
        let mut before = usize::MAX;
        while let Some((step, origin)) = self.last_move(&place, before) {
            place = origin;
            before = step;
        }
        place
    }

    /// Undoes the last move before a step that a place or one of its ancestors took part in.
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
