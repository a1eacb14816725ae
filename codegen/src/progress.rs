//! How far a run has come, for those who show it or measure it.

use std::fmt;

/// A part of [`generate`](crate::generate()) that takes its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// The passes over the document.
    Normalize,
    /// Reading what the normalized document says.
    Read,
    /// Deciding the Rust types.
    Types,
    /// Writing the code, as syntax.
    Emit,
    /// Printing the code, as text.
    Print,
}

impl Stage {
    /// Every stage, in the order in which they run.
    pub const ALL: &'static [Self] = &[
        Self::Normalize,
        Self::Read,
        Self::Types,
        Self::Emit,
        Self::Print,
    ];

    /// Its name, in small letters.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normalize => "normalize",
            Self::Read => "read",
            Self::Types => "types",
            Self::Emit => "emit",
            Self::Print => "print",
        }
    }
}

/// What is about to be done.
///
/// ```
/// use releasepack_codegen::{Progress, Stage};
///
/// let progress = Progress { stage: Stage::Normalize, done: 3, of: 40 };
/// assert_eq!(progress.to_string(), "normalizing (3 of 40)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The stage that goes on.
    pub stage: Stage,
    /// How many of its steps are done: passes, or files that are printed.
    pub done: usize,
    /// How many steps it has; 1 for a stage that is done in one go.
    pub of: usize,
}

impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.stage {
            Stage::Normalize => "normalizing",
            Stage::Read => "reading operations and schemas",
            Stage::Types => "deciding types",
            Stage::Emit => "writing code",
            Stage::Print => "printing code",
        })?;
        if self.of > 1 {
            write!(f, " ({} of {})", self.done, self.of)?;
        }
        Ok(())
    }
}
