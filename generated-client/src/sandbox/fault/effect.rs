//! What a fault does to a request.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;

/// What a fault does.
#[derive(Clone)]
pub(in crate::sandbox) enum Effect {
    Respond {
        status: StatusCode,
        body: Bytes,
    },
    /// An error of the platform, in the format that the request accepts.
    Refuse {
        status: StatusCode,
        body: Value,
    },
    ResetBeforeRequest,
    ResetAfterRequest,
    Endless,
    // The effects below change the correct response.
    Delay(Duration),
    Drip {
        piece: usize,
        pause: Duration,
    },
    Truncate {
        keep: usize,
    },
    Edit(Arc<dyn Fn(&mut Value) + Send + Sync>),
    Status(StatusCode),
    Headers,
}

impl fmt::Debug for Effect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Respond { status, body } => {
                write!(formatter, "Respond({status}, {} bytes)", body.len())
            }
            Self::Refuse { status, .. } => write!(formatter, "Refuse({status})"),
            Self::Status(status) => write!(formatter, "Status({status})"),
            Self::ResetBeforeRequest => formatter.write_str("ResetBeforeRequest"),
            Self::ResetAfterRequest => formatter.write_str("ResetAfterRequest"),
            Self::Endless => formatter.write_str("Endless"),
            Self::Delay(time) => write!(formatter, "Delay({time:?})"),
            Self::Drip { piece, pause } => write!(formatter, "Drip({piece} bytes, {pause:?})"),
            Self::Truncate { keep } => write!(formatter, "Truncate({keep} bytes)"),
            Self::Edit(_) => formatter.write_str("Edit"),
            Self::Headers => formatter.write_str("Headers"),
        }
    }
}
