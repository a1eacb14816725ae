//! What a stage has to say about a document: what, where, why, and what to do about it.
//!
//! Stages know JSON pointers only. [`crate::Document::locate`] turns a pointer into a line and a column of the user's
//! file, once, when a diagnostic leaves the pipeline.

mod code;
mod render;
mod shorten;

pub use code::Code;
pub use render::{Style, render, sort, to_report_json};
use serde::Serialize;
pub(crate) use shorten::{brief, kind_of};

use crate::Pointer;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing, and no reason to change the document: how something is understood that can be written otherwise.
    Note,
    /// The step did what it was asked for, and something was changed or left out that the reader should know.
    Warning,
    /// The step could not do what it was asked for.
    Error,
}

/// A place in a file as people name it; both count from one, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Location {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Which rule; each has a page of documentation.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line, without the place. Long texts of the document are quoted by their beginnings.
    pub message: String,
    /// The file, as the user named it.
    pub file: String,
    /// Where in the file; `None` while it is not yet known, or when the file as a whole is meant.
    pub location: Option<Location>,
    /// Where in the document.
    #[serde(serialize_with = "as_text")]
    pub pointer: Pointer,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

fn as_text<S: serde::Serializer>(pointer: &Pointer, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(pointer.as_str())
}

impl Diagnostic {
    /// An error at a place; the file and the location are filled in by [`crate::Document::place`].
    pub fn error(code: Code, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, pointer, message.into())
    }

    /// A warning at a place; the file and the location are filled in by [`crate::Document::place`].
    pub fn warning(code: Code, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, pointer, message.into())
    }

    /// A note at a place; the file and the location are filled in by [`crate::Document::place`].
    pub fn note(code: Code, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Note, code, pointer, message.into())
    }

    fn new(severity: Severity, code: Code, pointer: Pointer, message: String) -> Self {
        Self {
            code,
            severity,
            message: shorten::message(message),
            file: String::new(),
            location: None,
            pointer,
            help: None,
        }
    }

    /// The same finding with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shorten::message(help.into()));
        self
    }

    /// The same finding in other words.
    #[must_use]
    pub(crate) fn saying(mut self, message: String) -> Self {
        self.message = shorten::message(message);
        self
    }
}
