//! What can go wrong with a release and with waiting for it.

use std::time::Duration;

use jiff::civil::Date;

use super::Status;
use crate::operations::UPDATE_RELEASE_INTEGRATION_PACK;
use crate::types::ReleaseIntegrationPack;
use crate::{Error, ErrorKind};

/// Why a release cannot be sent as it is written. Nothing was sent.
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
        /// Its place among the components, from 0.
        position: usize,
    },
    /// The version of a component is empty or blank.
    #[non_exhaustive]
    #[error("component {component} has no version; say which one is to be released")]
    NoVersion {
        /// The id of the component.
        component: String,
    },
    /// A component is named more than once.
    #[non_exhaustive]
    #[error("component {component} is named twice; only one version of it can be released")]
    ComponentTwice {
        /// The id of the component.
        component: String,
    },
    /// The date is over in the time zone given.
    #[non_exhaustive]
    #[error("{date} is in the past: in the time zone of the release it is {today}")]
    PastDate {
        /// The date of the release.
        date: Date,
        /// The day that it is in the time zone of the release.
        today: Date,
    },
}

/// Why a release was not made, or may not have been.
///
/// ```
/// use releasepack_client::release::ReleaseError;
///
/// fn exit_code(error: &ReleaseError) -> u8 {
///     match error {
///         ReleaseError::Invalid(_) => 2,
///         // Nothing happened; a pipeline may start over.
///         ReleaseError::Refused(call) if call.is_retryable() => 75,
///         ReleaseError::Refused(_) => 1,
///         // Somebody has to look first.
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
    /// The platform was not reached or refused. The release was not made, or not changed.
    #[error("{}", refused(.0))]
    Refused(#[source] Error),
    /// The call failed in a way that leaves open whether the release was made, or changed: the connection broke, the
    /// answer was not in time or cannot be read. It was not repeated, because that could release twice.
    #[non_exhaustive]
    #[error("{}", unknown(pack_id, source))]
    OutcomeUnknown {
        /// The id of the integration pack.
        pack_id: String,
        /// How the call failed.
        source: Error,
    },
    /// The release was made, or changed, but the answer has no request id to follow it by.
    #[non_exhaustive]
    #[error(
        "the release of pack {pack_id} was accepted, but the answer has no request id to follow it by; look at the pack's \
         releases in the platform"
    )]
    NoRequestId {
        /// The id of the integration pack.
        pack_id: String,
        /// The answer.
        answer: Box<ReleaseIntegrationPack>,
    },
}

impl ReleaseError {
    /// What a failed call means for the release.
    pub(super) fn of_call(pack_id: &str, source: Error) -> Self {
        // A success that cannot be read, or a 500, may stand for a release that was made.
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

    /// Whether somebody must look before the release is tried again: it was made, or may have been.
    pub fn may_have_been_made(&self) -> bool {
        matches!(self, Self::OutcomeUnknown { .. } | Self::NoRequestId { .. })
    }

    /// The call that failed, if one was made and failed.
    pub fn call(&self) -> Option<&Error> {
        match self {
            Self::Refused(error) | Self::OutcomeUnknown { source: error, .. } => Some(error),
            Self::Invalid(_) | Self::NoRequestId { .. } => None,
        }
    }
}

fn is_change(call: &Error) -> bool {
    call.operation().id == UPDATE_RELEASE_INTEGRATION_PACK.id
}

fn refused(call: &Error) -> String {
    let what = if is_change(call) {
        "the scheduled release was not changed"
    } else {
        "the release was not made"
    };
    format!("{what}: {call}")
}

fn unknown(pack_id: &str, call: &Error) -> String {
    if is_change(call) {
        return format!(
            "nobody knows whether the scheduled release of pack {pack_id} was changed ({call}); look at it in the platform \
             before you try again: if it has begun by then, it cannot be changed any more"
        );
    }
    format!(
        "nobody knows whether the release of pack {pack_id} was made ({call}); look at the pack's releases in the platform \
         before you try again, or it may be released twice"
    )
}

/// Why a wait ended without the release being out. Except when it failed, the release goes on, and can be waited for again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WaitError {
    /// The release failed.
    #[non_exhaustive]
    #[error("the release {request_id} failed: {}", .status.excerpt())]
    Failed {
        /// The request id that was asked for.
        request_id: String,
        /// What the answer said, whole in [`Status::said`].
        status: Status,
    },
    /// The deadline came first.
    #[non_exhaustive]
    #[error(
        "the release {request_id} is not done after {waited:?} ({}); it goes on, and can be waited for again",
        last.as_ref().map_or("it never answered".to_owned(), |status| format!("last seen: {status}"))
    )]
    Deadline {
        /// The request id that was asked for.
        request_id: String,
        /// How long it was waited for, as far as it counts towards the deadline.
        waited: Duration,
        /// What was last seen of it.
        last: Option<Status>,
    },
    /// Asking does not work, and would not by trying again: the credentials expired, the request id is wrong, ….
    #[non_exhaustive]
    #[error("cannot tell how far the release {request_id} is: {source}")]
    Call {
        /// The request id that was asked for.
        request_id: String,
        /// How the call failed.
        source: Error,
        /// What was last seen of the release.
        last: Option<Status>,
    },
}

impl WaitError {
    /// What was last seen of the release.
    pub fn last_seen(&self) -> Option<&Status> {
        match self {
            Self::Failed { status, .. } => Some(status),
            Self::Deadline { last, .. } | Self::Call { last, .. } => last.as_ref(),
        }
    }
}
