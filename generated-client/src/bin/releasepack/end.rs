//! How a command ended: the exit code, and what is said about it.

use releasepack_client::exit_code::ExitCode;
use releasepack_client::release::{ReleaseError, WaitError};
use releasepack_client::runtime::Chain;
use releasepack_client::{BuildError, Error};

/// The end of a command, good or bad.
#[derive(Debug)]
pub(crate) struct End {
    /// The exit code.
    pub(crate) code: u8,
    /// One word for scripts.
    pub(crate) outcome: &'static str,
    /// What went wrong; `None` if the results say it all.
    pub(crate) message: Option<String>,
    /// The commands that go on from here.
    pub(crate) next: Vec<String>,
    /// The release that it is about.
    pub(crate) request_id: Option<String>,
}

impl End {
    /// A good end.
    pub(crate) fn done(outcome: &'static str) -> Self {
        Self::of(ExitCode::Done, outcome)
    }

    /// An end that the results explain.
    pub(crate) fn of(code: ExitCode, outcome: &'static str) -> Self {
        Self {
            code: code.code(),
            outcome,
            message: None,
            next: Vec::new(),
            request_id: None,
        }
    }

    /// The input is not valid, and nothing was sent.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::of(ExitCode::Invalid, "invalid").message(message)
    }

    /// A signal ended the command; `code` is 128 and its number.
    pub(crate) fn interrupted(code: u8, message: impl Into<String>) -> Self {
        Self {
            code,
            ..Self::done("interrupted").message(message)
        }
    }

    pub(crate) fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// Adds a command that goes on from here.
    pub(crate) fn next(mut self, command: impl Into<String>) -> Self {
        self.next.push(command.into());
        self
    }

    /// Says which release it is about.
    pub(crate) fn about(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }
}

/// The word for an exit code of an error.
fn word(code: ExitCode) -> &'static str {
    match code {
        ExitCode::Done => "done",
        ExitCode::Failed => "refused",
        ExitCode::Invalid => "invalid",
        ExitCode::Look => "unknown",
        ExitCode::TryAgain => "try-again",
    }
}

impl From<BuildError> for End {
    fn from(error: BuildError) -> Self {
        Self::invalid(Chain::of(&error).to_string())
    }
}

impl From<Error> for End {
    fn from(error: Error) -> Self {
        let code = error.exit_code();
        Self::of(code, word(code)).message(Chain::of(&error).to_string())
    }
}

impl From<ReleaseError> for End {
    fn from(error: ReleaseError) -> Self {
        let code = error.exit_code();
        let end = Self::of(code, word(code)).message(Chain::of(&error).to_string());
        match error.request_id() {
            Some(id) => end.about(id).next(wait_command(id)),
            None => end,
        }
    }
}

impl From<WaitError> for End {
    fn from(error: WaitError) -> Self {
        let code = error.exit_code();
        let message = Chain::of(&error).to_string();
        let end = match &error {
            WaitError::Failed { .. } => Self::of(code, "failed"),
            _ => Self::of(code, word(code)),
        };
        let end = end.message(message);
        match (&error, request_id(&error)) {
            (WaitError::Failed { .. }, Some(id)) => end.about(id),
            (_, Some(id)) => end.about(id).next(wait_command(id)),
            (_, None) => end,
        }
    }
}

fn request_id(error: &WaitError) -> Option<&str> {
    match error {
        WaitError::Failed { request_id, .. }
        | WaitError::Deadline { request_id, .. }
        | WaitError::Interrupted { request_id, .. }
        | WaitError::Call { request_id, .. } => Some(request_id),
        _ => None,
    }
}

/// The command that waits for a release.
pub(crate) fn wait_command(request_id: &str) -> String {
    format!("releasepack wait {}", quoted(request_id))
}

/// A word as a shell reads it.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |it: char| it.is_ascii_alphanumeric() || "-_./:=,@+".contains(it);
    if !word.is_empty() && word.chars().all(is_plain) && !word.starts_with('-') {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
