//! The one event at the level INFO that each release has.

use std::time::Duration;

use tokio::time::Instant;

use super::{Accepted, ReleaseError};
use crate::runtime::Redaction;

/// A release that was sent. It logs one event when its result is known, or when its future is dropped before that: then it is
/// unknown whether the release was made.
pub(super) struct Sent<'r> {
    pack_id: &'r str,
    /// What a success is: a new release, or one that was changed.
    success: &'static str,
    begun: Instant,
    redaction: &'r Redaction,
    is_told: bool,
}

impl<'r> Sent<'r> {
    pub(super) fn new(pack_id: &'r str, success: &'static str, redaction: &'r Redaction) -> Self {
        Self {
            pack_id,
            success,
            begun: Instant::now(),
            redaction,
            is_told: false,
        }
    }

    /// Logs the result.
    pub(super) fn tell(mut self, result: &Result<Accepted, ReleaseError>) {
        self.is_told = true;
        match result {
            Ok(accepted) => {
                let id = Some(accepted.request_id());
                self.log(self.success, id, Some(accepted.attempts()), None);
            }
            Err(error) => {
                let outcome = if error.may_have_been_made() {
                    "unknown"
                } else {
                    "refused"
                };
                let attempts = error.attempts();
                self.log(outcome, error.request_id(), Some(attempts), Some(error));
            }
        }
    }

    fn log(
        &self,
        outcome: &str,
        request_id: Option<&str>,
        attempts: Option<u32>,
        error: Option<&ReleaseError>,
    ) {
        // A server may send anything as the id, also what it knows of the credentials.
        let request_id = request_id.map(|id| self.redaction.text(id).into_owned());
        tracing::info!(
            outcome,
            pack = self.pack_id,
            request_id,
            attempts,
            duration_ms = millis(self.begun.elapsed()),
            error = error.map(tracing::field::display),
            "release"
        );
    }
}

impl Drop for Sent<'_> {
    fn drop(&mut self) {
        if !self.is_told {
            self.log("unknown", None, None, None);
        }
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
