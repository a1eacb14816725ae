//! What can go wrong with a call.

use std::fmt::{self, Write as _};

use http::{HeaderMap, StatusCode};

use super::{DecodeError, ErrorKind, Observed, Operation, Reply, TransportError, Verdict, verdict};

/// The most bytes of an answer that an excerpt of it shows.
const EXCERPT: usize = 512;

/// A call that failed: which operation, and how. `E` is the body that the description gives to error answers.
///
/// Displayed, it is one line; the causes are its sources.
#[derive(Debug)]
pub struct Error<E> {
    // Boxed: a `Result` is as large as the larger of its two sides.
    inner: Box<Inner<E>>,
}

#[derive(Debug)]
struct Inner<E> {
    operation: &'static Operation,
    failure: Failure<E>,
}

/// How a call failed.
///
/// ```
/// use releasepack_client::runtime::{Error, Failure};
///
/// fn was_sent<E>(error: &Error<E>) -> bool {
///     match error.failure() {
///         Failure::Request(_) => false,
///         Failure::Transport(error) => !error.kind().is_unsent(),
///         _ => true,
///     }
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure<E> {
    /// The request is not one that can be sent; nothing was.
    Request(RequestError),
    /// There is no answer to read.
    Transport(TransportError),
    /// The answer has another status than 2xx.
    #[non_exhaustive]
    Status {
        /// The status.
        status: StatusCode,
        /// The headers.
        headers: HeaderMap,
        /// The body, if it is what the description says.
        body: Option<E>,
        /// What the body says in words, if it does so in one of the usual places.
        message: Option<String>,
        /// The beginning of the body as text, with control characters escaped.
        excerpt: String,
    },
    /// The answer has a 2xx status but cannot be read.
    #[non_exhaustive]
    Decode {
        /// The status.
        status: StatusCode,
        /// The headers.
        headers: HeaderMap,
        /// The beginning of the body as text, with control characters escaped.
        excerpt: String,
        /// Why.
        source: DecodeError,
    },
}

impl<E> Error<E> {
    /// The failure of a call of `operation`.
    pub fn new(operation: &'static Operation, failure: Failure<E>) -> Self {
        Self {
            inner: Box::new(Inner { operation, failure }),
        }
    }

    /// The failure that is an answer with another status than 2xx, `body` being what could be read of it.
    pub(super) fn status_of(operation: &'static Operation, reply: Reply, body: Option<E>) -> Self {
        let failure = Failure::Status {
            status: reply.status,
            body,
            message: message(&reply.body),
            excerpt: excerpt(&reply.body, EXCERPT),
            headers: reply.headers,
        };
        Self::new(operation, failure)
    }

    /// The failure that is a 2xx answer which cannot be read.
    pub(super) fn undecodable(
        operation: &'static Operation,
        reply: Reply,
        source: DecodeError,
    ) -> Self {
        let failure = Failure::Decode {
            status: reply.status,
            excerpt: excerpt(&reply.body, EXCERPT),
            headers: reply.headers,
            source,
        };
        Self::new(operation, failure)
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.inner.operation
    }

    /// How it failed.
    pub fn failure(&self) -> &Failure<E> {
        &self.inner.failure
    }

    /// How it failed, by value.
    pub fn into_failure(self) -> Failure<E> {
        self.inner.failure
    }

    /// The status, if one came, however the call failed after that.
    pub fn status(&self) -> Option<StatusCode> {
        match self.failure() {
            Failure::Request(_) => None,
            Failure::Transport(error) => error.status(),
            Failure::Status { status, .. } | Failure::Decode { status, .. } => Some(*status),
        }
    }

    /// What kind of failure it is, by what can be done about it.
    pub fn kind(&self) -> ErrorKind {
        match self.failure() {
            Failure::Request(_) => ErrorKind::Request,
            Failure::Transport(error) => error.kind().into(),
            Failure::Status { status, .. } => (*status).into(),
            Failure::Decode { .. } => ErrorKind::Decode,
        }
    }

    /// Whether the call may be made again without harm, and that may help: the server was busy, could not be reached,
    /// or was only asked to tell something. See [`verdict`] for the whole table.
    pub fn is_retryable(&self) -> bool {
        self.verdict() == Verdict::Repeatable
    }

    /// Whether the server may or may not have done what was asked. Look before calling again: it could do it twice.
    /// See [`verdict`] for the whole table.
    pub fn is_outcome_unknown(&self) -> bool {
        self.verdict() == Verdict::OutcomeUnknown
    }

    fn verdict(&self) -> Verdict {
        let observed = match self.failure() {
            Failure::Transport(error) => Observed::Transport(error.kind()),
            Failure::Status { status, .. } => Observed::Status(*status),
            Failure::Request(_) | Failure::Decode { .. } => return Verdict::Final,
        };
        verdict(&self.operation().method, observed)
    }

    /// The headers of the answer, if there is one.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self.failure() {
            Failure::Status { headers, .. } | Failure::Decode { headers, .. } => Some(headers),
            Failure::Request(_) | Failure::Transport(_) => None,
        }
    }

    /// The body of an answer with another status than 2xx, if it is what the description says.
    pub fn body(&self) -> Option<&E> {
        match self.failure() {
            Failure::Status { body, .. } => body.as_ref(),
            _ => None,
        }
    }

    /// What the server says in words, if it does so in one of the usual places: the members `message`,
    /// `error.message`, `error`, `detail` or `title` of a JSON object.
    pub fn message(&self) -> Option<&str> {
        match self.failure() {
            Failure::Status { message, .. } => message.as_deref(),
            _ => None,
        }
    }

    /// The beginning of the answer's body as text (at most 512 bytes of it), with control characters escaped.
    pub fn excerpt(&self) -> Option<&str> {
        match self.failure() {
            Failure::Status { excerpt, .. } | Failure::Decode { excerpt, .. } => Some(excerpt),
            Failure::Request(_) | Failure::Transport(_) => None,
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.inner.operation.id)?;
        match self.failure() {
            Failure::Request(error) => write!(f, "nothing was sent: {error}"),
            Failure::Transport(error) => write!(f, "{error}"),
            Failure::Status {
                status,
                message,
                excerpt,
                ..
            } => {
                write!(f, "{status}")?;
                match message.as_deref().unwrap_or(excerpt) {
                    // Markup is not for people: a gateway's page says the status once more, at length.
                    text if text.is_empty() || text.starts_with('<') => Ok(()),
                    text => write!(f, ": {}", shorten(text, 200)),
                }
            }
            Failure::Decode { status, source, .. } => {
                write!(f, "the answer ({status}) cannot be read: {source}")
            }
        }?;
        if self.is_outcome_unknown() {
            f.write_str(" (outcome unknown: it may have been done; look before repeating)")?;
        }
        Ok(())
    }
}

impl<E: fmt::Debug + 'static> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.failure() {
            Failure::Request(error) => Some(error),
            Failure::Transport(error) => Some(error),
            Failure::Decode { source, .. } => Some(source),
            Failure::Status { .. } => None,
        }
    }
}

/// Why a request cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The value of a path parameter is empty or blank, which would address something else.
    #[error("the path parameter `{0}` is empty")]
    EmptyPathValue(&'static str),
    /// A segment of the path would be `.` or `..`, which no URL can say: it would address something else.
    #[error(
        "the path parameter `{0}` makes a path segment `.` or `..`, which would address something else"
    )]
    DotSegment(&'static str),
    /// The path names a parameter that was given no value.
    #[error("the path parameter `{0}` has no value")]
    MissingPathValue(&'static str),
    /// The value of a header holds a character that no header can.
    #[error("the header `{0}` cannot hold this value")]
    Header(&'static str),
    /// The body cannot be written as JSON.
    #[error("the body cannot be written as JSON: {0}")]
    Body(String),
}

/// The first `limit` bytes as text on one line: control characters escaped, runs of white space made one space.
pub(super) fn excerpt(bytes: &[u8], limit: usize) -> String {
    let cut = &bytes[..bytes.len().min(limit)];
    // A character that the cut has split is left out; one that was broken before is shown as such.
    let cut = match std::str::from_utf8(cut) {
        Err(error) if bytes.len() > limit && error.error_len().is_none() => {
            &cut[..error.valid_up_to()]
        }
        _ => cut,
    };
    let mut line = escape(&String::from_utf8_lossy(cut));
    if bytes.len() > limit {
        line.push('…');
    }
    line
}

/// `text` on one line.
fn escape(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.trim().chars() {
        if character.is_whitespace() {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else if character.is_control() || is_invisible(character) {
            write!(line, "{}", character.escape_default())
                .expect("a String takes all that is written");
        } else {
            line.push(character);
        }
    }
    line
}

/// Characters that change how a terminal shows the text around them.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", text[..end].trim_end_matches('…')),
        None => text.to_owned(),
    }
}

/// What an error body in JSON says in words.
fn message(body: &[u8]) -> Option<String> {
    let body: serde_json::Value = serde_json::from_slice(body).ok()?;
    ["/message", "/error/message", "/error", "/detail", "/title"]
        .into_iter()
        .filter_map(|pointer| body.pointer(pointer)?.as_str())
        .map(|text| shorten(&escape(text), EXCERPT))
        .find(|text| !text.is_empty())
}
