//! A line of the journal.

use jiff::Timestamp;
use jiff::civil::Date;
use releasepack_client::release::Pack;
use serde::{Deserialize, Serialize};

use crate::arguments::Component;

/// A line: when, of which attempt, what happened.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Line {
    pub(super) time: Timestamp,
    /// The id of the attempt: random, and the same for all lines of one attempt.
    pub(super) attempt: String,
    #[serde(flatten)]
    pub(super) event: Event,
}

/// What happened. Later versions may add events and members.
#[derive(Debug, Deserialize, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum Event {
    /// A release, or another date for one, is about to be sent.
    Asked {
        /// `release` or `move`.
        command: String,
        /// Where it is sent; it has the account.
        url: String,
        pack: String,
        on: Option<Date>,
        components: Vec<Component>,
        /// The pack before the release.
        before: Box<Pack>,
    },
    /// The platform accepted it.
    Accepted { request_id: String },
    /// It was not made.
    Refused { exit_code: u8, error: String },
    /// It is unknown whether it was made.
    Unknown {
        request_id: Option<String>,
        error: String,
    },
    /// A wait saw its end, `released` or `failed`, or that it is `scheduled`.
    Ended { request_id: String, state: String },
    /// `releasepack reconcile` found out: `made`, `not_made` or `cannot_tell`.
    Reconciled {
        result: String,
        request_id: Option<String>,
    },
    /// Something that a later version wrote.
    #[serde(other)]
    Other,
}
