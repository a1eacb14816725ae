//! Corrections of a document that is not ours to edit: OpenAPI Overlay 1.0.
//!
//! Stands between reading and everything else, so that later steps see one document. An action that has become useless is
//! an error: when the vendor mends a fault, the correction goes.

mod apply;
mod read;

pub use apply::{Applied, apply};
use serde_json::Value;
use serde_json_path::JsonPath;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::pointer::Pointer;

/// An overlay, checked: every target is a JSON path and every action says what to do.
///
/// ```
/// use releasepack_codegen::{Overlay, apply_overlay};
/// use serde_json::json;
///
/// let overlay = Overlay::parse("overlay.yaml", b"
/// overlay: 1.0.0
/// info: {title: Corrections, version: '1'}
/// actions:
///   - target: $.info
///     description: The vendor left the licence out.
///     update: {license: {name: MIT}}
/// ").unwrap();
///
/// let (document, applied) = apply_overlay(json!({"info": {"title": "Pets"}}), &overlay).unwrap();
/// assert_eq!(document, json!({"info": {"title": "Pets", "license": {"name": "MIT"}}}));
/// assert_eq!(applied[0].changed, 1);
/// ```
#[derive(Clone, Debug)]
pub struct Overlay {
    document: Document,
    title: String,
    extends: Option<(String, Pointer)>,
    actions: Vec<Action>,
}

/// One correction.
#[derive(Clone, Debug)]
struct Action {
    /// Where it stands in the overlay.
    pointer: Pointer,
    target: String,
    path: JsonPath,
    description: Option<String>,
    effect: Effect,
}

#[derive(Clone, Debug)]
enum Effect {
    Update(Value),
    Remove,
}

impl Action {
    /// What diagnostics call it: its description if it has one, for people wrote that one for people.
    fn name(&self) -> String {
        match &self.description {
            Some(text) => {
                let line = text.trim().lines().next().unwrap_or_default();
                format!("`{}` ({line})", self.target)
            }
            None => format!("`{}`", self.target),
        }
    }
}

impl Overlay {
    /// The overlay as a document: its name, its text, its value.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How many actions it has.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// Whether it has no actions.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// A warning if `extends` names another file than `document`. Nothing is fetched, and the overlay is applied to the
    /// document that it is given with. Names in angle brackets, as standard input has, are no files.
    pub fn check_extends(&self, document: &str) -> Option<Diagnostic> {
        let (extends, pointer) = self.extends.as_ref()?;
        let file = |path: &str| {
            let path = path.split(['?', '#']).next().unwrap_or_default();
            path.rsplit(['/', '\\'])
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        (!document.starts_with('<') && file(extends) != file(document)).then(|| {
            let message = format!(
                "the overlay says that it is for `{extends}`, and is applied to `{document}`"
            );
            let help = "mend `extends`, or give the overlay with the document that it is for";
            let warning = Diagnostic::warning(Code::OVERLAY_EXTENDS, pointer.clone(), message);
            self.document.place(warning.help(help))
        })
    }
}
