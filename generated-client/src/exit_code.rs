//! The exit code of a program that made a release: one table for every error and every result.
//!
//! | code | name | when |
//! |---|---|---|
//! | 0 | [`Done`](ExitCode::Done) | the release was made, is done, or is scheduled |
//! | 1 | [`Failed`](ExitCode::Failed) | the platform refused it or could not be called, the release failed, or it was not made |
//! | 2 | [`Invalid`](ExitCode::Invalid) | the settings, the release or an id are not valid; nothing was sent |
//! | 3 | [`Look`](ExitCode::Look) | somebody must look: it is unknown whether the release was made, or how it ended |
//! | 75 | [`TryAgain`](ExitCode::TryAgain) | the same command may succeed later: nothing was done, or the release still runs |
//!
//! The numbers are stable: a pipeline can rely on them. 75 is `EX_TEMPFAIL` of `sysexits.h`. In detail:
//!
//! | type | value | code |
//! |---|---|---|
//! | [`BuildError`] | all | 2 |
//! | [`Error`] | the request is not valid | 2 |
//! | | it is unknown whether the platform carried it out | 3 |
//! | | another attempt is safe and may succeed | 75 |
//! | | all others | 1 |
//! | [`ReleaseError`] | `Invalid` | 2 |
//! | | `AlreadyRunning` | 75 |
//! | | `Refused`, `PackUnread` | that of the [`Error`] in it |
//! | | `OutcomeUnknown`, `NoRequestId` | 3 |
//! | [`WaitError`] | `Failed` | 1 |
//! | | `Deadline`, `Interrupted` (the release continues: wait again) | 75 |
//! | | `Call`, if the request id is not valid | 2 |
//! | | `Call`, if the failure may pass (wait again) | 75 |
//! | | all other `Call`: the release continues, but its status cannot be read | 3 |
//! | [`Outcome`] | `Released`, `Scheduled` | 0 |
//! | [`Reconciled`] | `Made` | 0 |
//! | | `NotMade` | 1 |
//! | | `CannotTell` | 3 |
//!
//! ```no_run
//! use std::process::ExitCode;
//! use releasepack_client::Client;
//! use releasepack_client::release::{Release, ReleaseError};
//!
//! async fn release(client: &Client) -> ExitCode {
//!     match client.release(&Release::now("f0f7face")).await {
//!         Ok(accepted) => {
//!             println!("{}", accepted.request_id());
//!             ExitCode::SUCCESS
//!         }
//!         Err(error) => {
//!             eprintln!("error: {error}");
//!             error.exit_code().into()
//!         }
//!     }
//! }
//! ```

use std::process::{self, Termination};

use crate::release::{Outcome, Reconciled, ReleaseError, WaitError};
use crate::runtime::{self, Effect};
use crate::{BuildError, ErrorKind};

#[allow(unused_imports, reason = "for the links of the documentation")]
use crate::Error;

/// The exit code of a program: see the [table](self).
///
/// ```
/// use releasepack_client::exit_code::ExitCode;
///
/// assert_eq!(ExitCode::TryAgain.code(), 75);
/// assert_eq!(u8::from(ExitCode::Look), 3);
/// let code: std::process::ExitCode = ExitCode::Failed.into();
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum ExitCode {
    /// 0: the release was made, is done, or is scheduled.
    Done = 0,
    /// 1: the release was refused, failed, or was not made.
    Failed = 1,
    /// 2: the settings, the release or an id are not valid. Nothing was sent.
    Invalid = 2,
    /// 3: somebody must look into the platform.
    Look = 3,
    /// 75: the same command may succeed later.
    TryAgain = 75,
}

impl ExitCode {
    /// The number.
    pub fn code(self) -> u8 {
        self as u8
    }
}

impl From<ExitCode> for u8 {
    fn from(code: ExitCode) -> Self {
        code.code()
    }
}

impl From<ExitCode> for process::ExitCode {
    fn from(code: ExitCode) -> Self {
        Self::from(code.code())
    }
}

impl Termination for ExitCode {
    fn report(self) -> process::ExitCode {
        self.into()
    }
}

impl BuildError {
    /// The [exit code](crate::exit_code) for a program that ends with this error: always [`ExitCode::Invalid`].
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::Invalid
    }
}

impl runtime::Error<crate::types::ErrorMessage> {
    /// The [exit code](crate::exit_code) for a program that ends with this error.
    pub fn exit_code(&self) -> ExitCode {
        if self.kind() == ErrorKind::Request {
            ExitCode::Invalid
        } else if self.is_retryable() {
            ExitCode::TryAgain
        } else if self.is_outcome_unknown() {
            ExitCode::Look
        } else {
            ExitCode::Failed
        }
    }

    /// Whether the status of a release may be read later, after this failure.
    fn may_pass(&self) -> bool {
        self.is_retryable() || self.effect() != Effect::Nothing
    }
}

impl ReleaseError {
    /// The [exit code](crate::exit_code) for a program that ends with this error.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Invalid(_) => ExitCode::Invalid,
            Self::AlreadyRunning { .. } => ExitCode::TryAgain,
            Self::Refused(call) | Self::PackUnread { source: call, .. } => call.exit_code(),
            Self::OutcomeUnknown { .. } | Self::NoRequestId { .. } => ExitCode::Look,
        }
    }
}

impl WaitError {
    /// The [exit code](crate::exit_code) for a program that ends with this error.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Failed { .. } => ExitCode::Failed,
            Self::Deadline { .. } | Self::Interrupted { .. } => ExitCode::TryAgain,
            Self::Call { source, .. } if source.kind() == ErrorKind::Request => ExitCode::Invalid,
            Self::Call { source, .. } if source.may_pass() => ExitCode::TryAgain,
            Self::Call { .. } => ExitCode::Look,
        }
    }
}

impl Outcome {
    /// The [exit code](crate::exit_code) for a program that ends with this result: always [`ExitCode::Done`].
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Released(_) | Self::Scheduled(_) => ExitCode::Done,
        }
    }
}

impl Reconciled {
    /// The [exit code](crate::exit_code) for a program that ends with this result.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Made { .. } => ExitCode::Done,
            Self::NotMade => ExitCode::Failed,
            Self::CannotTell(_) => ExitCode::Look,
        }
    }
}
