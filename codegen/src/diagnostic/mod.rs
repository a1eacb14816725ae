//! Diagnostics: errors, warnings and notes about a place in a document.
//!
//! The stages use JSON pointers only. When a diagnostic leaves the pipeline, `Document::place` adds the file, the line
//! and the column.

mod code;
mod render;
mod shorten;

pub use code::Code;
pub use render::{Style, render, sort, to_report_json};
use serde::Serialize;
pub(crate) use shorten::{brief, kind_of};

use crate::lines::Location;
use crate::pointer::Pointer;

/// How serious a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// For information: how a part of the document was changed or understood. The document is correct.
    Note,
    /// The step succeeded, but it changed or left out something that the reader should know.
    Warning,
    /// The step failed.
    Error,
}

/// An error, a warning or a note about a place in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The kind of diagnostic; each code has a page of documentation.
    pub code: Code,
    /// How serious it is.
    pub severity: Severity,
    /// What is wrong, in one line, without the place. Long quotations from the document are cut.
    pub message: String,
    /// The name of the file, as the user wrote it.
    pub file: String,
    /// The line and column. `None` if it is not known yet, or if the diagnostic is about the whole file.
    pub location: Option<Location>,
    /// The node in the document.
    #[serde(serialize_with = "as_text")]
    pub pointer: Pointer,
    /// What the user can do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

fn as_text<S: serde::Serializer>(pointer: &Pointer, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(pointer.as_str())
}

impl Diagnostic {
    /// An error at a place; the file and the location are filled in by `Document::place`.
    pub fn error(code: Code, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, pointer, message.into())
    }

    /// A warning at a place; the file and the location are filled in by `Document::place`.
    pub fn warning(code: Code, pointer: Pointer, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, pointer, message.into())
    }

    /// A note at a place; the file and the location are filled in by `Document::place`.
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

    /// The same diagnostic with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(shorten::message(help.into()));
        self
    }

    /// The same diagnostic with another message.
    #[must_use]
    pub(crate) fn with_message(mut self, message: String) -> Self {
        self.message = shorten::message(message);
        self
    }
}
