//! The public API of generated files as a short text with one line for each item, so that a reviewer quickly sees what changed
//! for consumers.
//!
//! It lists what a consumer can name: types with their fields and variants, functions, constants. The lines are sorted by name, so
//! that moved code makes no difference. A setter is on the line of its field, so that one added field is one added line.

mod item;
mod signature;
mod tables;
mod visible;
mod whole;
pub use whole::outline_of_crate;

use std::collections::BTreeSet;

pub(crate) use signature::of_type;

/// The outline of generated files. Each file is given with the path of its module: `types`, `types::pack`, or the empty path for
/// the root.
///
/// The items of a private module are listed only if the module around it re-exports them, under the name of the re-export.
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
    let files: Vec<(&str, syn::File)> = files
        .iter()
        .map(|(path, file)| (*path, tables::expand(file)))
        .collect();
    let files: Vec<(&str, &syn::File)> = files.iter().map(|(path, file)| (*path, file)).collect();
    let mut lines = BTreeSet::new();
    for module in visible::modules(&files) {
        item::outline(&module, &mut lines);
    }
    let mut text = String::new();
    for Line { text: line, .. } in lines {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// A line and its sort key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    module: String,
    /// The item of the module.
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
