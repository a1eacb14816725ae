//! The progress of a run, for callers that show or measure it.

use std::fmt;

/// A stage of [`generate`](crate::generate()).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Stage {
    /// The passes change the document into the normal form.
    Normalize,
    /// The model is read from the normal form.
    Read,
    /// progenitor decides the Rust types.
    Types,
    /// The code of each schema and operation is written.
    Emit,
    /// The files are put together.
    Print,
}

impl Stage {
    /// All stages, in the order in which they run.
    pub const ALL: &'static [Self] = &[
        Self::Normalize,
        Self::Read,
        Self::Types,
        Self::Emit,
        Self::Print,
    ];

    /// The name of the stage, in lower case.
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

/// The step that begins now.
///
/// ```
/// use releasepack_codegen::{Progress, Stage};
///
/// let progress = Progress { stage: Stage::Normalize, done: 3, of: 40 };
/// assert_eq!(progress.to_string(), "normalizing (3 of 40)");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The current stage.
    pub stage: Stage,
    /// How many steps of the stage are done. A step is a pass or a file.
    pub done: usize,
    /// How many steps the stage has; 1 for a stage without steps.
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
