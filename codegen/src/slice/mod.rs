//! Slices a document: keeps the selected operations and everything that they refer to, and removes the rest.
//!
//! Slicing follows bundling. A vendor's document has hundreds of operations, and a client needs a few. What is kept stays as it
//! was published, in its order, so slices of two versions differ only where the selected operations differ.

mod cut;
mod reach;
mod select;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// Selects the operations that at least one of the patterns matches.
///
/// A pattern is a name, or a glob: `*` is any text, `?` one character, `[a-c]` one of several, `{a,b}` one of two, and in
/// paths only `**` matches `/`. `{petId}` is the template of a path, not a glob.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Tags of operations, e.g. `pets`.
    pub tags: Vec<String>,
    /// Operation ids, e.g. `listPets` or `*Pets`.
    pub operations: Vec<String>,
    /// Paths as the document writes them, e.g. `/pets/{petId}` or `/pets/**`.
    pub paths: Vec<String>,
}

impl Selection {
    /// Each pattern as a selection of its own.
    pub fn each(&self) -> impl Iterator<Item = Self> {
        let list = |pattern: &String| vec![pattern.clone()];
        let tags = self.tags.iter().map(move |it| Self {
            tags: list(it),
            ..Self::default()
        });
        let operations = self.operations.iter().map(move |it| Self {
            operations: list(it),
            ..Self::default()
        });
        let paths = self.paths.iter().map(move |it| Self {
            paths: list(it),
            ..Self::default()
        });
        tags.chain(operations).chain(paths)
    }

    /// Adds the patterns of another selection.
    pub fn add(&mut self, other: &Self) {
        self.tags.extend_from_slice(&other.tags);
        self.operations.extend_from_slice(&other.operations);
        self.paths.extend_from_slice(&other.paths);
    }
}

/// The result of [`slice()`].
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// The sliced document. All nodes keep their pointers, except for the elements of `tags`.
    pub document: Value,
    /// How many operations were selected.
    pub operations: usize,
    /// An operation that was kept without being selected, or a link that was removed; with pointers of the original document.
    pub warnings: Vec<Diagnostic>,
}

/// An operation of the document, below a path or a webhook.
struct Operation<'d> {
    /// `paths` or `webhooks`.
    section: &'static str,
    /// The path, or the name of the webhook.
    path: &'d str,
    value: &'d Value,
    /// Its place. It is not below `path` if the path item is a reference.
    pointer: Pointer,
}

/// Reduces a document to the selected operations and what they need: the components that they reach through references,
/// mappings of discriminators and names of security schemes, the shared members of their path items, and their tags. A
/// discriminator without a mapping needs every schema that extends its schema.
///
/// `document` is Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2 without references to other files (see [`bundle`](crate::bundle())). It does not have to be
/// valid.
///
/// # Errors
///
/// The selection has no pattern. A pattern is not valid, or matches no operation; the help has the most similar name.
///
/// ```
/// use releasepack_codegen::{Selection, slice};
/// use serde_json::json;
///
/// let whole = json!({
///     "openapi": "3.0.3",
///     "info": {"title": "Zoo", "version": "1"},
///     "paths": {
///         "/pets": {"get": {"operationId": "listPets", "responses": {"default": {"$ref": "#/components/responses/Pets"}}}},
///         "/cages": {"get": {"operationId": "listCages", "responses": {}}},
///     },
///     "components": {"responses": {"Pets": {"description": "All pets"}, "Cages": {"description": "All cages"}}},
/// });
/// let selection = Selection { operations: vec!["listPets".to_owned()], ..Selection::default() };
/// let slice = slice(&whole, &selection).unwrap();
/// assert!(slice.document["paths"].get("/cages").is_none());
/// assert_eq!(slice.document["components"], json!({"responses": {"Pets": {"description": "All pets"}}}));
/// ```
pub fn slice(document: &Value, selection: &Selection) -> Result<Slice, Vec<Diagnostic>> {
    let all = select::operations(document);
    let selected = select::select(document, &all, selection)?;
    let reached = reach::reach(document, &selected);
    Ok(Slice {
        document: cut::cut(document, &reached),
        operations: selected.len(),
        warnings: reached.warnings,
    })
}

/// The components (and other nodes) that the operations of a document use; `None` for a document without operations.
pub(crate) fn used_components(document: &Value) -> Option<std::collections::HashSet<Pointer>> {
    let all = select::operations(document);
    let all: Vec<_> = all.iter().collect();
    (!all.is_empty()).then(|| reach::reach(document, &all).units)
}
