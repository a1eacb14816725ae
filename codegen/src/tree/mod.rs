//! The generated files as a tree: rendered to text, compared with what a folder holds, and written in one step.
//!
//! The last step of the pipeline, and the only one that knows of a file system. A folder of generated files belongs to
//! the generator as a whole: what nothing generates any more goes.

mod compare;
mod render;
mod swap;
mod write;

use std::io;
use std::path::PathBuf;

pub use compare::{Difference, State, compare, read};
pub use render::render;
pub use write::{Written, write};

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Where it stands in its folder; relative, the parts joined with `/`.
    pub path: String,
    /// What it holds.
    pub text: String,
}

impl File {
    /// A file of that path and text.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            text: text.into(),
        }
    }
}

/// Why a folder could not be read or written. When it could not be written, it holds what it held before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TreeError {
    /// The operating system refused.
    #[error("cannot {action} {}", path.display())]
    Io {
        /// What was tried, e.g. `read`.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The path of a file leads out of its folder, or two files have one path.
    #[error(
        "`{0}` is no path of a generated file: it must be relative, without `.` or `..`, and of one file only"
    )]
    Path(String),
    /// There is something else where the folder should be.
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
