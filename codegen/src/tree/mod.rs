//! The generated files as a tree: renders them to text, compares them with a folder, and writes them in one step.
//!
//! This is the last step of the pipeline, and the only one that uses the file system. A folder of generated files belongs to the
//! generator: a file that is no longer generated is removed.

mod compare;
mod file;
mod render;
mod swap;
mod write;

use std::io;
use std::path::PathBuf;

pub use compare::{Difference, State, compare, read};
pub use file::write_file;
pub use render::render;
pub use write::{Written, write};

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The path in its folder; relative, with `/` between the parts.
    pub path: String,
    /// The content.
    pub text: String,
}

impl File {
    /// A file with this path and content.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }
}

/// A folder could not be read or written. A folder that could not be written keeps its old content.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TreeError {
    /// The operating system reported an error.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// The action that failed, e.g. `read`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The path of a file leads out of its folder, or two files have the same path.
    #[error(
        "`{0}` is not a valid path of a generated file: it must be relative, without `.` or `..`, and unique"
    )]
    Path(String),
    /// The path of the folder exists, but is not a folder.
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
}

impl TreeError {
    fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }
}
