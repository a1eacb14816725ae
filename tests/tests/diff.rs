//! What changed between two documents: each rule has a pair of documents that shows it, and equal meaning is no change.

mod diff {
    mod equal;
    pub(crate) mod pair;
    mod rules;
    mod rust;
}
