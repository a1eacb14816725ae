//! What a run of the pipeline gives: the files, the outline of their public API, and what there is to say about them.

use crate::{Applied, Change, Diagnostic, tree};

/// Everything that the pipeline made of one document.
#[derive(Clone, Debug)]
pub struct Generation {
    /// The generated files, in the order of their paths.
    pub files: Vec<tree::File>,
    /// The public API of these files, a line an item.
    pub outline: String,
    /// What the overlays did, in their order: the name of each, and its actions.
    pub corrections: Vec<(String, Vec<Applied>)>,
    /// What the passes changed, in the order in which they ran.
    pub changes: Vec<Change>,
    /// What the reader should know and what stopped nothing; placed, but not sorted.
    pub warnings: Vec<Diagnostic>,
}
