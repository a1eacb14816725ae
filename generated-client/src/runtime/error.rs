//! The error of a call: the request could not be sent, no response came, or the response reports a failure.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::Redaction;
use super::error_text::{escape, message, shorten};
use super::{
    Chain, DecodeError, Effect, ErrorKind, Observed, Operation, Reply, Sender, TransportError,
    TransportErrorKind, Verdict, effect, server_request_id, verdict,
};

/// The maximum number of bytes of a response body that an excerpt shows.
const EXCERPT: usize = 512;

/// A failed call: the operation that was called, and how it failed. `E` is the type that the API description declares
/// for the body of an error response.
///
/// Its `Display` text is one line. [`source`](std::error::Error::source) returns the cause. Its `Debug` text is the `Display`
/// text and the causes, a line each; [`failure`](Self::failure) has the details.
pub struct Error<E> {
    // Boxed to keep it small: a `Result` is as large as the larger of its two variants.
    inner: Box<Inner<E>>,
}

struct Inner<E> {
    operation: &'static Operation,
    failure: Failure<E>,
    attempts: u32,
    /// For the texts of causes, which a server may repeat secrets in.
    redaction: Redaction,
}

impl<E> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |f: &mut fmt::Formatter<'_>| Chain::new(self, self.cause()).fmt(f);
        self.inner.redaction.debug(show, f)
    }
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
    /// The request is not valid. Nothing was sent.
    Request(RequestError),
    /// No complete response was received.
    Transport(TransportError),
    /// The status of the response is not 2xx.
    #[non_exhaustive]
    Status {
        /// The status of the response.
        status: StatusCode,
        /// The headers of the response.
        headers: HeaderMap,
        /// The decoded body; `None` when it does not have the form that the API description declares.
        body: Option<E>,
        /// The server's error message; see [`Error::message`].
        message: Option<String>,
        /// The beginning of the body; see [`Error::excerpt`].
        excerpt: String,
        /// The body as it arrived; see [`Error::received`].
        received: Received,
        /// Who wrote the response.
        sender: Sender,
    },
    /// The status of the response is 2xx, but its body cannot be decoded.
    #[non_exhaustive]
    Decode {
        /// The status of the response.
        status: StatusCode,
        /// The headers of the response.
        headers: HeaderMap,
        /// The beginning of the body; see [`Error::excerpt`].
        excerpt: String,
        /// The body as it arrived; see [`Error::received`].
        received: Received,
        /// The reason why the body cannot be decoded.
        source: DecodeError,
    },
}

impl<E> Error<E> {
    /// The error of a call of `operation`.
    pub fn new(operation: &'static Operation, failure: Failure<E>) -> Self {
        let attempts = match &failure {
            Failure::Request(_) => 0,
            Failure::Transport(error) => error.attempts(),
            Failure::Status { .. } | Failure::Decode { .. } => 1,
        };
        Self {
            inner: Box::new(Inner {
                operation,
                failure,
                attempts,
                redaction: Redaction::default(),
            }),
        }
    }

    fn with(mut self, attempts: u32, redaction: &Redaction) -> Self {
        self.inner.attempts = attempts;
        self.inner.redaction = redaction.clone();
        self
    }

    /// The error for a response whose status is not 2xx; `body` is the decoded body, if it could be decoded.
    pub(super) fn status_of(
        operation: &'static Operation,
        mut reply: Reply,
        body: Option<E>,
        redact: &Redaction,
    ) -> Self {
        redact.headers(&mut reply.headers);
        let attempts = reply.attempts();
        let failure = Failure::Status {
            status: reply.status,
            body,
            message: message(&reply).map(|text| shorten(&escape(&redact.text(&text)), EXCERPT)),
            excerpt: redact.excerpt(&reply.body, EXCERPT),
            sender: Sender::of(&reply),
            received: Received(reply.body),
            headers: reply.headers,
        };
        Self::new(operation, failure).with(attempts, redact)
    }

    /// The error for a 2xx response whose body cannot be decoded.
    pub(super) fn undecodable(
        operation: &'static Operation,
        mut reply: Reply,
        source: DecodeError,
        redact: &Redaction,
    ) -> Self {
        redact.headers(&mut reply.headers);
        let attempts = reply.attempts();
        let failure = Failure::Decode {
            status: reply.status,
            excerpt: redact.excerpt(&reply.body, EXCERPT),
            received: Received(reply.body),
            headers: reply.headers,
            source: source.redacted(redact),
        };
        Self::new(operation, failure).with(attempts, redact)
    }

    /// The error for a response that did not arrive completely.
    pub(super) fn transport(
        operation: &'static Operation,
        error: TransportError,
        redact: &Redaction,
    ) -> Self {
        let attempts = error.attempts();
        let failure = Failure::Transport(redact.error(error));
        Self::new(operation, failure).with(attempts, redact)
    }

    fn cause(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.failure() {
            Failure::Request(error) => Some(error),
            Failure::Transport(error) => Some(error),
            Failure::Decode { source, .. } => Some(source),
            Failure::Status { .. } => None,
        }
    }

    /// The operation that was called.
    pub fn operation(&self) -> &'static Operation {
        self.inner.operation
    }

    /// How the call failed, with the details.
    pub fn failure(&self) -> &Failure<E> {
        &self.inner.failure
    }

    /// How the call failed, with the details, by value.
    pub fn into_failure(self) -> Failure<E> {
        self.inner.failure
    }

    /// How many attempts were made; 0 if the request is not valid, so that nothing was sent. The failure is that of the last one.
    pub fn attempts(&self) -> u32 {
        self.inner.attempts
    }

    /// The status of the response, if one was received, even when the call failed later.
    pub fn status(&self) -> Option<StatusCode> {
        match self.failure() {
            Failure::Request(_) => None,
            Failure::Transport(error) => error.status(),
            Failure::Status { status, .. } | Failure::Decode { status, .. } => Some(*status),
        }
    }

    /// The kind of failure, for matching.
    pub fn kind(&self) -> ErrorKind {
        match self.failure() {
            Failure::Request(_) => ErrorKind::Request,
            Failure::Transport(error) => error.kind().into(),
            Failure::Status { status, .. } => (*status).into(),
            Failure::Decode { .. } => ErrorKind::Decode,
        }
    }

    /// Whether making the call again is safe and may succeed: the server was busy or could not be reached, or a call
    /// with an idempotent method (such as GET) failed on the way. See [`verdict`] for the whole table.
    pub fn is_retryable(&self) -> bool {
        self.verdict() == Verdict::Repeatable
    }

    /// Whether it is unknown if the server carried out the request. Check before you call again, because the server
    /// could carry it out twice. See [`verdict`] for the whole table.
    pub fn is_outcome_unknown(&self) -> bool {
        self.verdict() == Verdict::OutcomeUnknown
    }

    /// What the failure says about the request: whether the server carried it out. See [`effect`] for the whole table.
    pub fn effect(&self) -> Effect {
        effect(self.observed())
    }

    fn verdict(&self) -> Verdict {
        verdict(&self.operation().method, self.observed())
    }

    /// How the call ended, as the table of verdicts takes it.
    pub fn observed(&self) -> Observed {
        match self.failure() {
            Failure::Request(_) => Observed::Invalid,
            Failure::Transport(error) => Observed::Transport(error.kind()),
            Failure::Status { status, sender, .. } => Observed::Status(*status, *sender),
            Failure::Decode { source, .. } if source.is_unreadable() => Observed::Unreadable,
            Failure::Decode { .. } => Observed::Unexpected,
        }
    }

    /// The headers of the response, if they were received, even when the call failed later.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self.failure() {
            Failure::Status { headers, .. } | Failure::Decode { headers, .. } => Some(headers),
            Failure::Transport(error) => error.received().map(|reply| &reply.headers),
            Failure::Request(_) => None,
        }
    }

    /// The id that the server gave to the last attempt, for a support ticket; see
    /// [`server_request_id`](super::server_request_id).
    pub fn server_request_id(&self) -> Option<&str> {
        server_request_id(self.headers()?)
    }

    /// The body of the response as it arrived, or as much of it as arrived. Unlike [`excerpt`](Self::excerpt) and
    /// [`message`](Self::message), it is not made safe to be shown: a server may have repeated the credentials in it.
    pub fn received(&self) -> Option<&Bytes> {
        match self.failure() {
            Failure::Status { received, .. } | Failure::Decode { received, .. } => {
                Some(&received.0)
            }
            Failure::Transport(error) => error.received().map(|reply| &reply.body),
            Failure::Request(_) => None,
        }
    }

    /// The decoded body of a response whose status is not 2xx; `None` when it does not have the form that the API
    /// description declares.
    pub fn body(&self) -> Option<&E> {
        match self.failure() {
            Failure::Status { body, .. } => body.as_ref(),
            _ => None,
        }
    }

    /// The server's error message: the first non-empty string among the members `message`, `error.message`, `error`,
    /// `detail` and `title` of a JSON body. It is one line, with control characters escaped.
    pub fn message(&self) -> Option<&str> {
        match self.failure() {
            Failure::Status { message, .. } => message.as_deref(),
            _ => None,
        }
    }

    /// The beginning of the response body (at most 512 bytes) as text on one line, with control characters escaped.
    pub fn excerpt(&self) -> Option<&str> {
        match self.failure() {
            Failure::Status { excerpt, .. } | Failure::Decode { excerpt, .. } => Some(excerpt),
            Failure::Request(_) | Failure::Transport(_) => None,
        }
    }
}

/// A body as it arrived. `Debug` does not show it.
#[derive(Clone)]
pub struct Received(Bytes);

impl Received {
    /// The bytes.
    pub fn bytes(&self) -> &Bytes {
        &self.0
    }
}

impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
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
                    // An HTML page of a gateway adds nothing to the status that a person could read.
                    text if text.is_empty() || text.starts_with('<') => Ok(()),
                    text => write!(f, ": {}", shorten(text, 200)),
                }?;
                match TransportErrorKind::ProxyAuthentication.advice() {
                    Some(advice) if self.kind() == ErrorKind::ProxyAuthentication => {
                        write!(f, "; {advice}")
                    }
                    _ => Ok(()),
                }
            }
            Failure::Decode { status, source, .. } => {
                write!(f, "the response ({status}) cannot be decoded: {source}")
            }
        }?;
        if self.attempts() > 1 {
            write!(f, " (after {} attempts)", self.attempts())?;
        }
        if self.is_outcome_unknown() {
            f.write_str(
                " (outcome unknown: the server may have carried it out; check before you repeat it)",
            )?;
        }
        Ok(())
    }
}

impl<E> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause()
    }
}

/// The reason why a request cannot be sent. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// The value of a path parameter is empty or blank. The path would address another resource.
    #[error("the path parameter `{0}` is empty")]
    EmptyPathValue(&'static str),
    /// A path segment would be `.` or `..`. A URL cannot carry such a segment as data, so the path would address another
    /// resource.
    #[error(
        "the path parameter `{0}` makes a path segment `.` or `..`, which would address another resource"
    )]
    DotSegment(&'static str),
    /// The value of a path parameter has a control character, plain or percent-encoded. URL parsers remove some of them, and
    /// servers differ in what they do with the others, so the path may address another resource.
    #[error("the path parameter `{0}` has a control character, so it may address another resource")]
    ControlCharacter(&'static str),
    /// A parameter in the path template was not given a value.
    #[error("the path parameter `{0}` has no value")]
    MissingPathValue(&'static str),
    /// The value of a header holds a character that is not allowed in headers.
    #[error("the value of the header `{0}` holds a character that is not allowed in headers")]
    Header(&'static str),
    /// A parameter is NaN or an infinity. No text stands for them in a request.
    #[error("the number `{0}` is NaN or an infinity, which cannot be sent")]
    NotFinite(&'static str),
    /// A parameter or a part of the body cannot be written.
    #[error("`{0}` cannot be written: {1}")]
    Value(String, String),
    /// The body cannot be serialized as JSON.
    #[error("the body cannot be serialized as JSON: {0}")]
    Body(String),
}
