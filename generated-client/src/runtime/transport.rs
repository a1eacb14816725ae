//! One exchange with the server: a whole request in, a whole answer out.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use url::Url;

use super::Operation;

/// A request, complete and ready to be sent, as often as the transport sees fit: cloning it is cheap.
#[derive(Clone)]
pub struct Call {
    /// The operation that is called.
    pub operation: &'static Operation,
    /// The whole address.
    pub url: Url,
    /// The headers, `Accept` and `Content-Type` among them.
    pub headers: HeaderMap,
    /// The body, if there is one.
    pub body: Option<Bytes>,
    /// How long the exchange may take, from connecting to the last byte of the answer; without it, as long as the
    /// HTTP client allows.
    pub timeout: Option<Duration>,
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("url", &without_password(&self.url).as_str())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("timeout", &self.timeout)
            .finish()
    }
}

/// `url` as it may be shown.
pub(super) fn without_password(url: &Url) -> Url {
    let mut url = url.clone();
    if url.password().is_some() {
        // Refused only by a URL that can have none.
        let _ = url.set_password(Some("***"));
    }
    url
}

/// An answer, whatever its status.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, read to its end.
    pub body: Bytes,
}

/// The future that [`Transport::send`] returns.
pub type Exchange<'t> = Pin<Box<dyn Future<Output = Result<Reply, TransportError>> + Send + 't>>;

/// What carries a [`Call`] to the server and brings back its [`Reply`].
///
/// [`Http`](super::Http) is the plain one. A transport that does more (credentials, repeats, records for a test) wraps
/// another one:
///
/// ```
/// use releasepack_client::runtime::{Call, Exchange, Transport};
///
/// #[derive(Debug)]
/// struct Traced<T>(T);
///
/// impl<T: Transport> Transport for Traced<T> {
///     fn send(&self, call: Call) -> Exchange<'_> {
///         println!("{} {}", call.operation.method, call.url);
///         self.0.send(call)
///     }
/// }
/// ```
pub trait Transport: fmt::Debug + Send + Sync + 'static {
    /// Sends `call` and reads the answer to its end.
    ///
    /// An answer of any status is an answer; an error means that there is none to read.
    fn send(&self, call: Call) -> Exchange<'_>;
}

impl Transport for std::sync::Arc<dyn Transport> {
    fn send(&self, call: Call) -> Exchange<'_> {
        self.as_ref().send(call)
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The request could not be made; nothing was sent.
    Request,
    /// No connection to the server; nothing was sent.
    Connect,
    /// No answer, or not all of it, in the time allowed.
    Timeout,
    /// The connection was lost after the request was sent, or while it was.
    Lost,
    /// The answer is longer than allowed.
    TooLarge,
    /// The HTTP client followed a redirect that it was not to follow.
    Redirected,
}

impl TransportErrorKind {
    /// Whether it is certain that the server has seen nothing of the request.
    pub fn is_unsent(self) -> bool {
        matches!(self, Self::Request | Self::Connect)
    }
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "the request could not be made",
            Self::Connect => "could not connect",
            Self::Timeout => "no whole answer in time",
            Self::Lost => "the connection was lost",
            Self::TooLarge => "the answer is too long",
            Self::Redirected => "a redirect was followed",
        })
    }
}

/// No answer, and why.
///
/// Displayed, it is one line with the innermost cause; the causes between are its sources.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    status: Option<StatusCode>,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// An error of `kind`, caused by `source` (a text will do).
    ///
    /// ```
    /// use releasepack_client::runtime::{TransportError, TransportErrorKind};
    /// let error = TransportError::new(TransportErrorKind::Connect, "the cable is cut");
    /// assert_eq!(error.to_string(), "could not connect: the cable is cut");
    /// ```
    pub fn new(
        kind: TransportErrorKind,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            status: None,
            source: source.into(),
        }
    }

    /// The same error of an exchange that failed after the status had come.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The status, when it had come before the exchange failed.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut cause: &(dyn StdError + 'static) = self.source.as_ref();
        while let Some(deeper) = cause.source() {
            cause = deeper;
        }
        write!(f, "{}", self.kind)?;
        if let Some(status) = self.status {
            write!(f, " after the status {}", status.as_u16())?;
        }
        write!(f, ": {cause}")
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}
