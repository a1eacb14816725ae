//! What changed between two documents, for the users of a client.
//!
//! Both documents are normalized and read into models; the models are compared, never the text. So what means the same is no
//! change: a schema inline or by reference, another order, OpenAPI 3.0 or 3.1. Each change has two verdicts: what happens on the
//! wire, between a deployed client and the changed server and between a new client and a server that has not changed yet; and
//! whether code that uses the generated client still compiles.
//!
//! The module `rules` has what is looked at, a family of rules in each file. The module `walk` finds what is compared with what.

mod aliases;
mod breaks;
mod change;
mod explain;
mod found;
pub(crate) mod item;
mod label;
mod operations;
mod page;
mod prose;
mod rule;
mod rules;
mod rust;
mod sample;
mod schemas;
mod side;
mod walk;
mod witness;

pub use breaks::Break;
pub use change::{Change, Direction, Use};
pub use rule::{Bump, Effect, Mirror, Rule, RustEffect};
pub use rules::RULES;
pub use rust::{RustChange, RustChangeKind, outline_changes};
pub use sample::Samples;
pub use witness::witness;

use crate::bundle::Bundle;
use crate::diagnostic::Diagnostic;
use crate::public_names::PublicNames;
use side::Names;

/// The changes between two documents.
#[derive(Clone, Debug)]
pub struct Diff {
    /// The changes of the API, in the order of the new document; those that break first.
    pub changes: Vec<Change>,
    /// The changes of the generated Rust API, in the order of its outline.
    pub rust: Vec<RustChange>,
    /// How many texts for readers changed: descriptions, titles, summaries and examples.
    pub prose: usize,
    /// Names of the public names that an item could not keep, each with what can be done about it.
    pub lost_names: Vec<Diagnostic>,
    /// Actions of overlays that fit only one of the documents. [`compare`] knows no overlays: who applies them adds these.
    pub misfits: Vec<Diagnostic>,
}

impl Diff {
    /// The bump of the version that the changes need.
    #[must_use]
    pub fn bump(&self) -> Bump {
        let changes = self.changes.iter().map(|change| change.rule.bump);
        let rust = self.rust.iter().map(RustChange::bump);
        let prose = if self.prose > 0 {
            Bump::Patch
        } else {
            Bump::None
        };
        changes.chain(rust).max().unwrap_or(Bump::None).max(prose)
    }

    /// The worst that happens between clients that are in use and the changed server.
    #[must_use]
    pub fn calls(&self) -> Effect {
        let effects = self.changes.iter().map(|change| change.rule.deployed);
        let severity = |effect: &Effect| match effect {
            Effect::Nothing => 0,
            Effect::Harmless(_) => 1,
            Effect::Risk(_) => 2,
            Effect::Break(_) => 3,
        };
        effects.max_by_key(severity).unwrap_or(Effect::Nothing)
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.rust.is_empty() && self.prose == 0
    }
}

/// Compares two documents whose overlays are applied. Whatever is in both has the same name in Rust. Parts that no client can be generated for are left out of both, and each
/// is a change of its own (`not-compared`) if the documents differ there.
///
/// # Errors
///
/// The diagnostics of the document that cannot be read at all; each has the name of its file.
///
/// ```
/// use releasepack_codegen::diff::{Bump, compare};
/// use releasepack_codegen::{Bundle, Document};
///
/// let read = |name: &str, properties: &str| {
///     let text = format!("{{
///         \"openapi\": \"3.0.3\", \"info\": {{\"title\": \"Pets\", \"version\": \"1\"}},
///         \"paths\": {{\"/pet\": {{\"get\": {{\"operationId\": \"getPet\", \"responses\": {{\"200\": {{
///             \"description\": \"A pet\", \"content\": {{\"application/json\": {{\"schema\": {{
///                 \"type\": \"object\", \"properties\": {properties}
///             }} }} }} }} }} }} }} }}
///     }}");
///     Bundle::from(Document::parse(name, text.as_bytes()).unwrap())
/// };
/// let base = read("base.json", "{\"name\": {\"type\": \"string\"}}");
/// let revision = read("revision.json", "{\"name\": {\"type\": \"string\"}, \"age\": {\"type\": \"integer\"}}");
/// let diff = compare(&base, &revision).unwrap();
/// assert_eq!(diff.changes[0].rule.id, "response-property-added");
/// assert_eq!(diff.bump(), Bump::Minor);
/// ```
pub fn compare(base: &Bundle, revision: &Bundle) -> Result<Diff, Vec<Diagnostic>> {
    let names = Names {
        base: &PublicNames::default(),
        revision: None,
    };
    compare_named(base, revision, &names)
}

/// As [`compare`], with the public names that the client of each document has.
///
/// # Errors
///
/// As [`compare`].
pub fn compare_with_names(
    base: (&Bundle, &PublicNames),
    revision: (&Bundle, &PublicNames),
) -> Result<Diff, Vec<Diagnostic>> {
    let names = Names {
        base: base.1,
        revision: Some(revision.1),
    };
    compare_named(base.0, revision.0, &names)
}

fn compare_named(base: &Bundle, revision: &Bundle, names: &Names) -> Result<Diff, Vec<Diagnostic>> {
    side::with_both(base, revision, names, |base, revision| {
        let ((rust, prose), changes) = side::both(
            || (rust::changes(base, revision), prose::count(base, revision)),
            || walk::compare(base, revision).finish(base, revision),
        );
        Diff {
            changes,
            rust,
            prose,
            lost_names: revision.lost_names.clone(),
            misfits: Vec::new(),
        }
    })
}
