//! The errors of making a release and of waiting for it.

use std::fmt;
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use jiff::civil::Date;

use super::Status;
use super::accepted::request_id_in;
use crate::Error;
use crate::operations::UPDATE_RELEASE_INTEGRATION_PACK;
use crate::runtime::{Chain, Effect, server_request_id};
use crate::types::ReleaseIntegrationPack;

/// The reason why a [`Release`](super::Release) is not valid. Nothing was sent.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InvalidRelease {
    /// The id of the integration pack is empty or blank.
    #[error("the id of the integration pack is empty")]
    NoPackId,
    /// The id of a component is empty or blank.
    #[non_exhaustive]
    #[error("the id of component number {} is empty", .position + 1)]
    NoComponentId {
        /// The index of the component, from 0.
        position: usize,
    },
    /// The version of a component is empty or blank.
    #[non_exhaustive]
    #[error("the component {component} has no version; add the version to release")]
    NoVersion {
        /// The id of the component.
        component: String,
    },
    /// A component was added more than once.
    #[non_exhaustive]
    #[error("the component {component} was added twice; only one version of it can be released")]
    ComponentTwice {
        /// The id of the component.
        component: String,
    },
    /// The release must be complete ([`Release::require_complete`](super::Release::require_complete)), but leaves out components
    /// that are released or pending.
    #[non_exhaustive]
    #[error("the release leaves out {}, which the pack has; add them, or do without require_complete", .components.join(", "))]
    LeftOut {
        /// The ids of the components.
        components: Vec<String>,
    },
    /// The date of the release is in the past, in the time zone that was set.
    #[non_exhaustive]
    #[error(
        "the release date {date} is in the past: in the time zone of the release, today is {today}"
    )]
    PastDate {
        /// The date of the release.
        date: Date,
        /// The current date in the time zone of the release.
        today: Date,
    },
}

/// The reason why a release was not made, or may not have been made.
///
/// Its `Debug` text is the `Display` text and the causes, a line each, so `fn main() -> Result<(), ReleaseError>` prints something
/// readable. [`exit_code`](Self::exit_code) is for the exit code of a program.
///
/// ```
/// use releasepack_client::release::ReleaseError;
///
/// fn advice(error: &ReleaseError) -> &'static str {
///     match error {
///         ReleaseError::Invalid(_) => "correct the release",
///         // Nothing happened, so a pipeline may try again.
///         ReleaseError::Refused(call) if call.is_retryable() => "try again",
///         _ if error.may_have_been_made() => "somebody must check in the platform first",
///         _ => "read the message",
///     }
/// }
/// ```
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum ReleaseError {
    /// The release is not valid. Nothing was sent.
    #[error("the release is not valid: {0}")]
    Invalid(#[from] InvalidRelease),
    /// A release of the same pack, from the same client or a clone of it, has not ended yet. Nothing was sent. See
    /// [`ClientBuilder::allow_concurrent_releases`](crate::ClientBuilder::allow_concurrent_releases).
    #[non_exhaustive]
    #[error(
        "a release of pack {pack_id} from this client is being made at this moment, so nothing was sent; await its result first"
    )]
    AlreadyRunning {
        /// The id of the integration pack.
        pack_id: String,
    },
    /// The pack, which must be known first, cannot be read. No release was sent by this call.
    #[non_exhaustive]
    #[error("no release was sent, because the pack {pack_id} cannot be read: {source}")]
    PackUnread {
        /// The id of the integration pack.
        pack_id: String,
        /// How the call failed.
        source: Error,
    },
    /// The platform refused the request or could not be reached. The release was not made, or not changed.
    #[error("{}", describe_refusal(.0))]
    Refused(#[source] Error),
    /// It is unknown whether the release was made, or changed: the connection was lost, or the response did not arrive in
    /// time or cannot be decoded, or its status leaves it open. The call was not repeated, because that could release twice.
    #[non_exhaustive]
    #[error("{}", describe_unknown_outcome(pack_id, request_id.as_deref(), source))]
    OutcomeUnknown {
        /// The id of the integration pack.
        pack_id: String,
        /// The request id, if one is in what arrived of the response. Its status tells whether the release was made.
        request_id: Option<String>,
        /// How the call failed.
        source: Error,
    },
    /// The response has a status of success, but no request id. So it is unknown whether the release was made, or changed, and
    /// its status cannot be read.
    #[non_exhaustive]
    #[error(
        "it is unknown whether the release of pack {pack_id} was made: the response ({status}) has no request id; check the \
         releases of the pack in the platform before you try again, or it may be released twice"
    )]
    NoRequestId {
        /// The id of the integration pack.
        pack_id: String,
        /// The status of the response.
        status: StatusCode,
        /// The headers of the response.
        headers: Box<HeaderMap>,
        /// How many attempts were made until this response came.
        attempts: u32,
        /// The body of the response.
        answer: Box<ReleaseIntegrationPack>,
    },
}

impl ReleaseError {
    /// The release error for a failed call.
    pub(super) fn of_call(pack_id: &str, source: Error) -> Self {
        if source.effect() != Effect::Nothing {
            return Self::OutcomeUnknown {
                pack_id: pack_id.to_owned(),
                request_id: source.received().and_then(|body| request_id_in(body)),
                source,
            };
        }
        Self::Refused(source)
    }

    /// The release error for a question about a pack that failed.
    pub(super) fn of_question(pack_id: &str, source: Error) -> Self {
        Self::PackUnread {
            pack_id: pack_id.to_owned(),
            source,
        }
    }

    /// The request id, if one arrived although it is unknown whether the release was made.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::OutcomeUnknown { request_id, .. } => request_id.as_deref(),
            Self::Invalid(_)
            | Self::AlreadyRunning { .. }
            | Self::PackUnread { .. }
            | Self::Refused(_)
            | Self::NoRequestId { .. } => None,
        }
    }

    /// How many attempts were made; 0 if nothing was sent.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::NoRequestId { attempts, .. } => *attempts,
            _ => self.call().map_or(0, Error::attempts),
        }
    }

    /// The headers of the last response, if they were received.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::NoRequestId { headers, .. } => Some(headers),
            _ => self.call()?.headers(),
        }
    }

    /// The id that the server gave to the last attempt, for a support ticket; see
    /// [`server_request_id`](crate::runtime::server_request_id).
    pub fn server_request_id(&self) -> Option<&str> {
        server_request_id(self.headers()?)
    }

    /// Whether the release was made, or may have been made. Check in the platform before you try again.
    pub fn may_have_been_made(&self) -> bool {
        matches!(self, Self::OutcomeUnknown { .. } | Self::NoRequestId { .. })
    }

    /// The error of the call, if a call was made and failed.
    pub fn call(&self) -> Option<&Error> {
        match self {
            Self::Refused(error)
            | Self::PackUnread { source: error, .. }
            | Self::OutcomeUnknown { source: error, .. } => Some(error),
            Self::Invalid(_) | Self::AlreadyRunning { .. } | Self::NoRequestId { .. } => None,
        }
    }
}

fn is_update(call: &Error) -> bool {
    call.operation().id == UPDATE_RELEASE_INTEGRATION_PACK.id
}

fn describe_refusal(call: &Error) -> String {
    let outcome = if is_update(call) {
        "the scheduled release was not changed"
    } else {
        "the release was not made"
    };
    format!("{outcome}: {call}")
}

fn describe_unknown_outcome(pack_id: &str, request_id: Option<&str>, call: &Error) -> String {
    let (what, why) = if is_update(call) {
        (
            "the scheduled release",
            "a release that has started cannot be changed any more",
        )
    } else {
        ("the release", "it may be released twice")
    };
    let done = if is_update(call) { "changed" } else { "made" };
    let check = match request_id {
        Some(id) => format!("read the status of {id}, which the response names,"),
        None => "check the releases of the pack in the platform".to_owned(),
    };
    let or = if is_update(call) { ":" } else { ", or" };
    format!(
        "it is unknown whether {what} of pack {pack_id} was {done} ({call}); {check} before you try again{or} {why}"
    )
}

/// The reason why a wait ended before the release was done. Unless the release failed, it continues, and you can wait for
/// it again.
///
/// ```
/// use releasepack_client::release::WaitError;
///
/// fn advice(error: &WaitError) -> String {
///     match error {
///         WaitError::Failed { status, .. } => format!("the release failed: {}", status.said()),
///         WaitError::Deadline { request_id, .. } => format!("wait for {request_id} again"),
///         WaitError::Call { source, .. } => format!("correct this first: {source}"),
///         other => other.to_string(),
///     }
/// }
/// ```
///
/// Its `Debug` text is the `Display` text and the causes, a line each. [`exit_code`](Self::exit_code) is for the exit code of a
/// program.
#[derive(thiserror::Error)]
#[non_exhaustive]
pub enum WaitError {
    /// The release failed.
    #[non_exhaustive]
    #[error("{}", describe_failure(request_id, status))]
    Failed {
        /// The request id of the release.
        request_id: String,
        /// The last status. [`Status::said`] has the complete body of the response.
        status: Status,
    },
    /// The deadline passed before the release was done.
    #[non_exhaustive]
    #[error(
        "the release {request_id} is not done after {waited:?} ({}); it continues, and you can wait for it again",
        last.as_ref().map_or("no status was received".to_owned(), |status| format!("last status: {status}"))
    )]
    Deadline {
        /// The request id of the release.
        request_id: String,
        /// The time waited, without the time that does not count towards the deadline.
        waited: Duration,
        /// The last status that was received.
        last: Option<Status>,
    },
    /// Too many status calls in a row failed for temporary reasons ([`WaitPolicy::max_failures`](super::WaitPolicy::max_failures)):
    /// the platform cannot be reached, or something in front of it responds in its place.
    #[non_exhaustive]
    #[error(
        "the status of the release {request_id} cannot be read: {failures} calls in a row failed, at last: {source}; the release \
         continues, and you can wait for it again"
    )]
    Interrupted {
        /// The request id of the release.
        request_id: String,
        /// The number of calls that failed since the last status, or since the wait began.
        failures: u32,
        /// How the last call failed.
        source: Error,
        /// The last status that was received.
        last: Option<Status>,
    },
    /// The status cannot be read, and trying again would not help: the credentials are expired, or the request id is wrong,
    /// for example.
    #[non_exhaustive]
    #[error("the status of the release {request_id} cannot be read: {source}")]
    Call {
        /// The request id of the release.
        request_id: String,
        /// How the call failed.
        source: Error,
        /// The last status that was received.
        last: Option<Status>,
    },
}

/// Says which release failed, then what the platform says about it.
fn describe_failure(request_id: &str, status: &Status) -> String {
    let pack = match status.answer().integration_pack_id.as_deref() {
        Some(id) if !id.trim().is_empty() => format!(" of pack {}", status.shown(id)),
        _ => String::new(),
    };
    let state = match &status.answer().release_status {
        Some(state) => format!(" (state {})", status.shown(state.as_str())),
        None => String::new(),
    };
    let reason = status.message().unwrap_or_else(|| status.excerpt());
    format!("the release {request_id}{pack} failed{state}: {reason}")
}

impl fmt::Debug for InvalidRelease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Chain::of(self).fmt(f)
    }
}

impl fmt::Debug for ReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Chain::of(self).fmt(f)
    }
}

impl fmt::Debug for WaitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Chain::of(self).fmt(f)
    }
}

impl WaitError {
    /// The error of the call that ended the wait, if there is one.
    pub fn call(&self) -> Option<&Error> {
        match self {
            Self::Call { source, .. } | Self::Interrupted { source, .. } => Some(source),
            Self::Failed { .. } | Self::Deadline { .. } => None,
        }
    }

    /// The last status of the release that was received.
    pub fn last_seen(&self) -> Option<&Status> {
        match self {
            Self::Failed { status, .. } => Some(status),
            Self::Deadline { last, .. }
            | Self::Interrupted { last, .. }
            | Self::Call { last, .. } => last.as_ref(),
        }
    }
}
