//! The public API of generated files as a short text, a line an item, so that a reviewer sees in a minute what changed for
//! consumers.
//!
//! It says what a consumer can name: types with their fields and variants, functions, constants. Sorted by name, so that
//! what only moved does not show. A setter stands on the line of its field, so that one added field is one added line.

mod item;
mod signature;
mod visible;

use std::collections::BTreeSet;

pub(crate) use signature::of_type;

/// The outline of generated files, each given with the path of its module: the empty path is that of the root, `types` and
/// `types::pack` are others.
///
/// Modules that are not public show only what the module around them re-exports, under the name it has there.
///
/// ```
/// let root = syn::parse_str("pub mod types;").unwrap();
/// let types = syn::parse_str(
///     "#[derive(Clone, Debug)]
///      pub struct Pack { pub id: Option<String>, secret: u8 }
///      impl Pack { pub fn id(mut self, id: impl Into<String>) -> Self { self } }
///      pub enum Status { Done, Unknown(String) }",
/// )
/// .unwrap();
/// let outline = releasepack_codegen::outline(&[("", &root), ("types", &types)]);
/// assert_eq!(outline, "\
/// struct types::Pack: Clone + Debug
/// field types::Pack.id: Option<String> set by impl Into<String>
/// enum types::Status
/// variant types::Status::Done
/// variant types::Status::Unknown(String)
/// ");
/// ```
#[must_use]
pub fn outline(files: &[(&str, &syn::File)]) -> String {
    let mut lines = BTreeSet::new();
    for module in visible::modules(files) {
        item::outline(&module, &mut lines);
    }
    let mut text = String::new();
    for Line { text: line, .. } in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// A line and what it is sorted by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    module: String,
    /// The item that stands in the module.
    item: String,
    /// The item itself, then its fields or variants, then its functions.
    rank: Rank,
    member: String,
    text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Item,
    Data,
    Constant,
    Function,
    Implementation,
}
