//! The errors of making a release and of waiting for it.

use std::time::Duration;

use jiff::civil::Date;

use super::Status;
use crate::operations::UPDATE_RELEASE_INTEGRATION_PACK;
use crate::types::ReleaseIntegrationPack;
use crate::{Error, ErrorKind};

/// The reason why a [`Release`](super::Release) is not valid. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
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
/// ```
/// use releasepack_client::release::ReleaseError;
///
/// fn exit_code(error: &ReleaseError) -> u8 {
///     match error {
///         ReleaseError::Invalid(_) => 2,
///         // Nothing happened, so a pipeline may try again.
///         ReleaseError::Refused(call) if call.is_retryable() => 75,
///         ReleaseError::Refused(_) => 1,
///         // A person must check in the platform first.
///         _ => 3,
///     }
/// }
/// ```
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReleaseError {
    /// The release is not valid. Nothing was sent.
    #[error("the release is not valid: {0}")]
    Invalid(#[from] InvalidRelease),
    /// The platform refused the request or could not be reached. The release was not made, or not changed.
    #[error("{}", describe_refusal(.0))]
    Refused(#[source] Error),
    /// It is unknown whether the release was made, or changed: the connection was lost, or the response did not arrive in
    /// time or cannot be decoded. The call was not repeated, because that could release twice.
    #[non_exhaustive]
    #[error("{}", describe_unknown_outcome(pack_id, source))]
    OutcomeUnknown {
        /// The id of the integration pack.
        pack_id: String,
        /// How the call failed.
        source: Error,
    },
    /// The release was made, or changed, but the response has no request id, so its status cannot be read.
    #[non_exhaustive]
    #[error(
        "the release of pack {pack_id} was accepted, but the response has no request id, so its status cannot be read; \
         check the releases of the pack in the platform"
    )]
    NoRequestId {
        /// The id of the integration pack.
        pack_id: String,
        /// The body of the response.
        answer: Box<ReleaseIntegrationPack>,
    },
}

impl ReleaseError {
    /// The release error for a failed call.
    pub(super) fn of_call(pack_id: &str, source: Error) -> Self {
        // The platform may have made the release before it sent a response that cannot be decoded, or a 5xx status.
        let unknown = source.is_outcome_unknown()
            || matches!(
                source.kind(),
                ErrorKind::Decode | ErrorKind::TooLarge | ErrorKind::Server
            );
        if unknown {
            return Self::OutcomeUnknown {
                pack_id: pack_id.to_owned(),
                source,
            };
        }
        Self::Refused(source)
    }

    /// Whether the release was made, or may have been made. Check in the platform before you try again.
    pub fn may_have_been_made(&self) -> bool {
        matches!(self, Self::OutcomeUnknown { .. } | Self::NoRequestId { .. })
    }

    /// The error of the call, if a call was made and failed.
    pub fn call(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) | Self::OutcomeUnknown { source: error, .. } => Some(error),
            Self::Invalid(_) | Self::NoRequestId { .. } => None,
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

fn describe_unknown_outcome(pack_id: &str, call: &Error) -> String {
    if is_update(call) {
        return format!(
            "it is unknown whether the scheduled release of pack {pack_id} was changed ({call}); check it in the platform \
             before you try again: a release that has started cannot be changed any more"
        );
    }
    format!(
        "it is unknown whether the release of pack {pack_id} was made ({call}); check the releases of the pack in the \
         platform before you try again, or it may be released twice"
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
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WaitError {
    /// The release failed.
    #[non_exhaustive]
    #[error("the release {request_id} failed: {}", .status.excerpt())]
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

impl WaitError {
    /// The last status of the release that was received.
    pub fn last_seen(&self) -> Option<&Status> {
        match self {
            Self::Failed { status, .. } => Some(status),
            Self::Deadline { last, .. } | Self::Call { last, .. } => last.as_ref(),
        }
    }
}
