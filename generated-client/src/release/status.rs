//! How far a release is: the one place that reads an answer of the status call.

use std::fmt;

use http::StatusCode;
use jiff::civil::Date;
use serde_json::Value;

use crate::Notice;
use crate::runtime::{Decode, DecodeError, Json, Reply, Response};
use crate::types::{ReleaseIntegrationPackStatus, ReleaseStatus};

/// The most characters of an answer that a message shows.
const EXCERPT: usize = 2000;

/// How far a release is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// It runs.
    InProgress,
    /// It waits for its date.
    Scheduled,
    /// It is out.
    Released,
    /// It failed.
    Failed,
    /// The platform says something that this version does not know, here as it was sent; empty if it says nothing. It counts as
    /// not done.
    Unknown(String),
}

impl State {
    /// Whether nothing more will happen.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Released | Self::Failed)
    }

    fn of(http: StatusCode, said: Option<&ReleaseStatus>) -> Self {
        match said {
            Some(ReleaseStatus::InProgress) => Self::InProgress,
            Some(ReleaseStatus::Scheduled) => Self::Scheduled,
            Some(ReleaseStatus::Success) => Self::Released,
            Some(ReleaseStatus::Error) => Self::Failed,
            // The reference spells it so in its prose, and IN_PROGRESS in its enumeration:
            // https://developer.boomi.com/docs/APIs/PlatformSOAPAPI/APIObjects/Release_Integration_Pack_Status_object
            Some(other) if other.as_str() == "INPROGRESS" => Self::InProgress,
            Some(other) => Self::Unknown(other.as_str().to_owned()),
            // "If the request is still in progress or scheduled, it returns an HTTP 202 status code":
            // https://developer.boomi.com/docs/api/platformapi/ReleaseIntegrationPackStatus
            None if http == StatusCode::ACCEPTED => Self::InProgress,
            None => Self::Unknown(String::new()),
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InProgress => formatter.write_str("in progress"),
            Self::Scheduled => formatter.write_str("scheduled"),
            Self::Released => formatter.write_str("released"),
            Self::Failed => formatter.write_str("failed"),
            Self::Unknown(said) if said.is_empty() => {
                formatter.write_str("unknown: it says no status")
            }
            Self::Unknown(said) => write!(formatter, "unknown: {}", one_line(said, 80)),
        }
    }
}

/// What an answer says of a release.
///
/// Displayed, it is a few words: `in progress, 50 %`, `scheduled for 2026-12-01`.
#[derive(Clone, Debug)]
pub struct Status {
    // Boxed: errors carry it, and a `Result` is as large as the larger of its two sides.
    inner: Box<Inner>,
}

#[derive(Clone, Debug)]
struct Inner {
    state: State,
    http: StatusCode,
    answer: ReleaseIntegrationPackStatus,
    said: Value,
    notice: Option<Notice>,
}

impl Status {
    pub(super) fn new(response: Response<(ReleaseIntegrationPackStatus, Value)>) -> Self {
        let http = response.status();
        let notice = response.notice();
        let (answer, said) = response.into_body();
        let state = State::of(http, answer.release_status.as_ref());
        Self {
            inner: Box::new(Inner {
                state,
                http,
                answer,
                said,
                notice,
            }),
        }
    }

    /// How far it is.
    pub fn state(&self) -> &State {
        &self.inner.state
    }

    /// How much of it is done, in percent, if the answer says so in a way that can be read.
    pub fn percent(&self) -> Option<u8> {
        let said = self.inner.answer.release_progress.as_deref()?;
        let number: f64 = said.trim().trim_end_matches('%').trim_end().parse().ok()?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the range before it makes it fit"
        )]
        (0.0..=100.0).contains(&number).then_some(number as u8)
    }

    /// The day of the release, if the answer says one.
    pub fn release_on(&self) -> Option<Date> {
        self.inner.answer.release_on_date
    }

    /// The request id that the answer is about; empty if it does not say.
    pub fn request_id(&self) -> &str {
        self.inner.answer.request_id.as_deref().unwrap_or_default()
    }

    /// The HTTP status of the answer.
    pub fn http_status(&self) -> StatusCode {
        self.inner.http
    }

    /// The answer in the types of the API.
    pub fn answer(&self) -> &ReleaseIntegrationPackStatus {
        &self.inner.answer
    }

    /// All that the answer said, also what the types of the API do not know.
    pub fn said(&self) -> &Value {
        &self.inner.said
    }

    /// What the answer says about the end of the operation's life, if it says something.
    pub fn notice(&self) -> Option<&Notice> {
        self.inner.notice.as_ref()
    }

    /// The answer on one line, cut when it is long.
    pub(super) fn excerpt(&self) -> String {
        one_line(&self.inner.said.to_string(), EXCERPT)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.inner.state)?;
        match (&self.inner.state, self.percent(), self.release_on()) {
            (State::InProgress, Some(percent), _) => write!(formatter, ", {percent} %"),
            (State::Scheduled, _, Some(date)) => write!(formatter, " for {date}"),
            _ => Ok(()),
        }
    }
}

/// Decodes an answer twice: into the types, and as it is.
#[derive(Debug)]
pub(super) struct Whole;

impl Decode for Whole {
    type Output = (ReleaseIntegrationPackStatus, Value);

    fn decode(reply: &Reply) -> Result<Self::Output, DecodeError> {
        let answer = Json::<ReleaseIntegrationPackStatus>::decode(reply)?;
        let said = Json::<Value>::decode(reply)?;
        Ok((answer, said))
    }
}

/// At most `longest` characters of `text`, without those that move a terminal's cursor or turn the text around.
fn one_line(text: &str, longest: usize) -> String {
    let mut characters = text.chars();
    let shown = |character: char| match character {
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => '\u{fffd}',
        character if character.is_control() => '\u{fffd}',
        character => character,
    };
    let mut line: String = characters.by_ref().take(longest).map(shown).collect();
    if characters.next().is_some() {
        line.push('…');
    }
    line
}
