//! OpenAPI Overlay 1.0 and 1.1: corrections of a document that we do not edit, because it belongs to a vendor.
//!
//! Overlays are applied directly after reading, so that all later steps see the corrected document. An action without effect
//! is an error: when the vendor corrects a fault, the action must be removed.

mod apply;
mod read;

pub use apply::{Applied, apply, apply_each};
use serde_json::Value;
use serde_json_path::JsonPath;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::Document;
use crate::pointer::Pointer;

/// A valid overlay: every target is a JSON path, and every action is an update, a copy or a removal.
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
    /// The place of the action in the overlay.
    pointer: Pointer,
    target: String,
    path: JsonPath,
    description: Option<String>,
    effect: Effect,
}

#[derive(Clone, Debug)]
enum Effect {
    Update(Value),
    /// The node that this path selects is the update. Since Overlay 1.1.
    Copy(JsonPath),
    Remove,
}

impl Action {
    /// The name of the action in diagnostics: its target, and the first line of its description.
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
    /// The overlay as a document: name, text and value.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The title of the overlay.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The number of actions.
    pub fn len(&self) -> usize {
        self.actions.len()
    }

    /// Whether the overlay has no actions.
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
    }

    /// A warning if `extends` names another file than `document`. Only the file names are compared; nothing is downloaded. Names
    /// in angle brackets, such as `<stdin>`, are not file names and are not compared.
    pub fn check_extends(&self, document: &str) -> Option<Diagnostic> {
        let (extends, pointer) = self.extends.as_ref()?;
        let file_name = |path: &str| {
            let path = path.split(['?', '#']).next().unwrap_or_default();
            path.rsplit(['/', '\\'])
                .next()
                .unwrap_or_default()
                .to_owned()
        };
        (!document.starts_with('<') && file_name(extends) != file_name(document)).then(|| {
            let message =
                format!("the overlay is for `{extends}`, but it is applied to `{document}`");
            let help = "correct `extends`, or apply the overlay to the document that it is for";
            let warning = Diagnostic::warning(Code::OVERLAY_EXTENDS, pointer.clone(), message);
            self.document.place(warning.help(help))
        })
    }
}
