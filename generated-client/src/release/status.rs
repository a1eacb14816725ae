//! The status of a release: the one place that interprets the response of the status call.

use std::fmt;
use std::sync::OnceLock;

use bytes::Bytes;
use http::StatusCode;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::arrived::{Members, Object, Received};
use crate::Notice;
use crate::runtime::{Redaction, Reply, Response};
use crate::types::{ReleaseIntegrationPackStatus, ReleaseStatus};

/// The maximum number of characters of a response body, or of a text in it, that a message shows.
const EXCERPT: usize = 500;

/// The state of a release.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum State {
    /// The release is running.
    InProgress,
    /// The release is waiting for its date.
    Scheduled,
    /// The release is done.
    Released,
    /// The release failed.
    Failed,
    /// The platform sent a value that this version of the client does not know. The string is that value, or empty if the
    /// platform sent none. The release counts as not done.
    Unknown(String),
}

impl State {
    /// Whether the state can no longer change.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Released | Self::Failed)
    }

    fn of(http_status: StatusCode, release_status: Option<&ReleaseStatus>) -> Self {
        match release_status {
            Some(ReleaseStatus::InProgress) => Self::InProgress,
            Some(ReleaseStatus::Scheduled) => Self::Scheduled,
            Some(ReleaseStatus::Success) => Self::Released,
            Some(ReleaseStatus::Error) => Self::Failed,
            // The prose of the reference spells it INPROGRESS, its enumeration IN_PROGRESS:
            // https://developer.boomi.com/docs/APIs/PlatformSOAPAPI/APIObjects/Release_Integration_Pack_Status_object
            Some(ReleaseStatus::Unknown(value)) if value == "INPROGRESS" => Self::InProgress,
            // No arm for all others: when the vendor adds a value, the compiler asks what it means.
            Some(ReleaseStatus::Unknown(value)) => Self::Unknown(value.clone()),
            // A status of success alone does not say that the release is done.
            // "If the request is still in progress or scheduled, it returns an HTTP 202 status code":
            // https://developer.boomi.com/docs/api/platformapi/ReleaseIntegrationPackStatus
            None if http_status == StatusCode::ACCEPTED => Self::InProgress,
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
            Self::Unknown(value) if value.is_empty() => {
                formatter.write_str("unknown: the response has no status")
            }
            Self::Unknown(value) => write!(formatter, "unknown: {}", to_one_line(value, 80)),
        }
    }
}

/// The status of a release, from the response of one status call.
///
/// Its `Display` text is short: `in progress, 50 %`, `scheduled for 2026-12-01`.
///
/// ```no_run
/// # async fn run(client: releasepack_client::Client) -> Result<(), releasepack_client::Error> {
/// use releasepack_client::release::State;
///
/// let status = client.status("release-11031691").await?;
/// match status.state() {
///     State::Released => println!("done"),
///     State::Scheduled => println!("starts on {:?}", status.release_on()),
///     _ => println!("{status}"),
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Status {
    // Boxed to keep it small: errors hold it, and a `Result` is as large as the larger of its two variants.
    inner: Box<Inner>,
}

#[derive(Clone)]
struct Inner {
    state: State,
    http_status: StatusCode,
    received: Received<ReleaseIntegrationPackStatus>,
    /// The body as JSON, once somebody has asked for it.
    json: OnceLock<Value>,
    notice: Option<Notice>,
    redaction: Redaction,
}

impl Object for ReleaseIntegrationPackStatus {
    const ENOUGH: &'static str = "releaseStatus";

    /// The status call needs `releaseStatus` alone. The code is required, but samples of the vendor have it as text, and it says
    /// no more than the status of the response.
    fn complete(members: &mut Map<String, Value>, reply: &Reply) {
        let code = members.get("responseStatusCode");
        let code = match code {
            Some(Value::String(text)) => text.trim().parse().ok(),
            Some(value) => value.as_i64().and_then(|code| i32::try_from(code).ok()),
            None => None,
        };
        let code = code.unwrap_or_else(|| reply.status.as_u16().into());
        members.insert("responseStatusCode".to_owned(), code.into());
    }
}

impl Status {
    pub(super) fn new(
        response: Response<Received<ReleaseIntegrationPackStatus>>,
        redaction: &Redaction,
    ) -> Self {
        let http_status = response.status();
        let notice = response.notice();
        let received = response.into_body();
        let state = State::of(http_status, received.object.release_status.as_ref());
        Self {
            inner: Box::new(Inner {
                state,
                http_status,
                received,
                json: OnceLock::new(),
                notice,
                redaction: redaction.clone(),
            }),
        }
    }

    /// The state of the release.
    pub fn state(&self) -> &State {
        &self.inner.state
    }

    /// The progress of the release in percent (0 to 100), if the response has one that can be parsed.
    pub fn percent(&self) -> Option<u8> {
        let progress = self.answer().release_progress.as_deref()?.trim();
        let number: f64 = progress.trim_end_matches('%').trim_end().parse().ok()?;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a number from 0 to 100 fits a `u8`"
        )]
        (0.0..=100.0).contains(&number).then_some(number as u8)
    }

    /// The day of the release, if the response has one.
    pub fn release_on(&self) -> Option<Date> {
        self.answer().release_on_date.as_ref()?.value().ok()
    }

    /// The request id in the response; empty if the response has none.
    pub fn request_id(&self) -> &str {
        self.answer().request_id.as_deref().unwrap_or_default()
    }

    /// The HTTP status of the response.
    pub fn http_status(&self) -> StatusCode {
        self.inner.http_status
    }

    /// The body of the response, decoded into the generated type.
    pub fn answer(&self) -> &ReleaseIntegrationPackStatus {
        &self.inner.received.object
    }

    /// The body of the response as JSON, including members that the generated type does not have. Members that no JSON value can
    /// hold (a number that is too large, for example) are left out; [`received`](Self::received) has them.
    pub fn said(&self) -> &Value {
        let body = self.received();
        self.inner.json.get_or_init(|| {
            serde_json::from_slice(body).unwrap_or_else(|_| Members::of(body).members.into())
        })
    }

    /// The body of the response as it arrived.
    pub fn received(&self) -> &Bytes {
        &self.inner.received.body
    }

    /// The deprecation notice in the headers of the response, if there is one.
    pub fn notice(&self) -> Option<&Notice> {
        self.inner.notice.as_ref()
    }

    /// What the platform says about a failure, on one line: the first text among the members that other errors of the platform
    /// have, and those that look like it. The reference has no member for it.
    pub(super) fn message(&self) -> Option<String> {
        let texts = [
            "/errorMessage",
            "/message",
            "/error/message",
            "/error",
            "/statusMessage",
            "/reason",
        ];
        let texts = texts.into_iter();
        let mut texts = texts.filter_map(|pointer| self.said().pointer(pointer)?.as_str());
        let text = texts.find(|text| !text.trim().is_empty())?;
        let text = self.inner.redaction.text(text.trim());
        Some(to_one_line(&text, EXCERPT))
    }

    /// A short text of the response on one line, without secrets.
    pub(super) fn shown(&self, text: &str) -> String {
        to_one_line(&self.inner.redaction.text(text), 80)
    }

    /// The beginning of the response body on one line.
    pub(super) fn excerpt(&self) -> String {
        let text = self.said().to_string();
        to_one_line(&self.inner.redaction.text(&text), EXCERPT)
    }
}

impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.inner.state.to_string();
        formatter.write_str(&self.inner.redaction.text(&state))?;
        match (&self.inner.state, self.percent(), self.release_on()) {
            (State::InProgress, Some(percent), _) => write!(formatter, ", {percent} %"),
            (State::Scheduled, _, Some(date)) => write!(formatter, " for {date}"),
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |formatter: &mut fmt::Formatter<'_>| {
            formatter
                .debug_struct("Status")
                .field("state", self.state())
                .field("http_status", &self.http_status())
                .field("answer", self.answer())
                .field("notice", &self.notice())
                .finish()
        };
        self.inner.redaction.debug(show, formatter)
    }
}

/// The first `longest` characters of `text`. Characters that move the cursor of a terminal or change the direction of the
/// text are replaced.
pub(crate) fn to_one_line(text: &str, longest: usize) -> String {
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
