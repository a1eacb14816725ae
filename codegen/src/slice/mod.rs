//! The smallest closed document that holds some operations.
//!
//! Stands after bundling. A vendor's document has hundreds of operations and a client needs a few: what is chosen stays
//! as it was published, in its order and with its text, and so does everything that it refers to. The rest goes, so that
//! slices of two versions differ only where the chosen operations do.

mod cut;
mod reach;
mod select;

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::pointer::Pointer;

/// Which operations to keep: all that one of the patterns matches.
///
/// A pattern is a name, or a glob: `*` is any text, `?` one character, `[a-c]` one of several, `{a,b}` one of two, and in
/// paths `*` and `?` do not match `/`, which `**` does. `{petId}` is the template of a path and no glob.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Tags of operations, e.g. `pets`.
    pub tags: Vec<String>,
    /// Operation ids, e.g. `listPets` or `*Pets`.
    pub operations: Vec<String>,
    /// Paths as the document writes them, e.g. `/pets/{petId}` or `/pets/**`.
    pub paths: Vec<String>,
}

/// A document that holds some operations of another.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// The document. What it has kept stands at the same places as before, except for elements of the list of tags.
    pub document: Value,
    /// How many operations were chosen.
    pub operations: usize,
    /// What was kept or left out otherwise than the selection says, with places of the whole document.
    pub warnings: Vec<Diagnostic>,
}

/// An operation of the document.
struct Operation<'d> {
    /// `paths` or `webhooks`.
    section: &'static str,
    /// The path, or the name of the webhook.
    path: &'d str,
    value: &'d Value,
    /// Where it is written; elsewhere than below its path if that is a reference.
    pointer: Pointer,
}

/// Cuts a document down to the operations that a selection names and what they need: the components that they reach
/// through references, mappings of discriminators and names of security schemes, the path-level parts of their paths, and
/// their tags. A discriminator without a mapping names every schema that extends its own.
///
/// `document` is an OpenAPI 3.0 or 3.1 document without references into other files.
///
/// # Errors
///
/// Each pattern that matches no operation, with the name that may have been meant, and each that is no pattern.
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
    let chosen = select::select(document, &all, selection)?;
    let reached = reach::reach(document, &chosen);
    Ok(Slice {
        document: cut::cut(document, &reached),
        operations: chosen.len(),
        warnings: reached.warnings,
    })
}

/// The components that operations use, and whatever else they reach; `None` for a document without operations.
pub(crate) fn used_components(document: &Value) -> Option<std::collections::HashSet<Pointer>> {
    let all = select::operations(document);
    let chosen: Vec<_> = all.iter().collect();
    (!chosen.is_empty()).then(|| reach::reach(document, &chosen).units)
}
