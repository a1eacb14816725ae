//! Why a client was not generated or written, as people read it: in the output of a build script, too.

use std::fmt::{self, Debug, Display, Formatter};
use std::io;
use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::generator::read::FileError;
use crate::package::InvalidName;
use crate::tree::TreeError;

/// Why a [`Generator`](super::Generator) or its [`Output`](super::Output) stopped.
///
/// `Debug` has the same text as `Display`: a build script whose `main` returns the error shows the faults of the document as the command
/// line does, with file, line, column and the line itself.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum GeneratorError {
    /// The document, an overlay or the file of names has faults. Nothing was written.
    #[error("the document cannot be generated\n{0}")]
    Faults(Faults),
    /// A file could not be read.
    #[error("{what}: {source}")]
    Read {
        /// What could not be done, and with which file.
        what: String,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A root that does not contain the document.
    #[error("{0}")]
    Root(String),
    /// The name is not a valid name of a crate, or path of a module.
    #[error(transparent)]
    Name(#[from] InvalidName),
    /// A folder or file could not be written; it has its old content.
    #[error("{}", with_source(.0))]
    Write(#[from] TreeError),
    /// The folder has code that this generator did not write. It was not touched.
    #[error(
        "{} contains code that this command did not generate: choose another folder, or remove that code",
        .0.display()
    )]
    Foreign(PathBuf),
    /// The `Cargo.toml` that is there could not be updated. Nothing was written.
    #[error("{}: {why}", path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// The checked-in code is not what would be generated now.
    #[error(
        "{} is not fresh; generate it again:\n{}",
        folder.display(),
        files.join("\n")
    )]
    Stale {
        /// The folder of the code.
        folder: PathBuf,
        /// The files that differ: each with how.
        files: Vec<String>,
    },
    /// There is no variable of this name: the code does not run in a build script.
    #[error("the variable {0} is not set: only Cargo's build scripts have it")]
    NoBuildScript(&'static str),
}

impl Debug for GeneratorError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(self, f)
    }
}

impl From<FileError> for GeneratorError {
    fn from(error: FileError) -> Self {
        Self::Read {
            what: error.to_string(),
            source: error.into_source(),
        }
    }
}

fn with_source(error: &TreeError) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}

/// The faults of a document, and their report.
#[derive(Clone, PartialEq, Eq)]
pub struct Faults {
    diagnostics: Vec<Diagnostic>,
    report: String,
}

impl Faults {
    pub(super) fn new(diagnostics: Vec<Diagnostic>, report: String) -> Self {
        Self {
            diagnostics,
            report,
        }
    }

    /// The faults, sorted by place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl Display for Faults {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}

impl Debug for Faults {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}
