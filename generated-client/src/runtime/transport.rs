//! The interface between requests and the network: takes a complete request, returns a complete response.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use url::Url;

use super::{Body, Chain, Effect, Observed, Opened, Operation, RetryPolicy, effect};

/// A complete request, ready to be sent. A transport may send it more than once: cloning it is cheap.
#[derive(Clone)]
#[non_exhaustive]
pub struct Call {
    /// The operation that is called.
    pub operation: &'static Operation,
    /// The complete URL, with its query.
    pub url: Url,
    /// The headers, including `Accept` and `Content-Type`.
    pub headers: HeaderMap,
    /// The body, if there is one.
    pub body: Option<Body>,
    /// The maximum time from connecting to the last byte of the response, or to its head if it is [opened](Transport::open).
    /// `None` leaves it to the HTTP client.
    pub timeout: Option<Duration>,
    /// How often this call is repeated. `None` leaves it to the transport that repeats calls.
    pub retry: Option<RetryPolicy>,
    /// Whether the server carries out the request once, however often it receives it, although the method does not say so: see
    /// [`Request::idempotent`](super::Request::idempotent).
    pub is_idempotent: bool,
    /// Whether a credential is in the query, so that `Debug` does not show it.
    pub(super) has_secret_query: bool,
    /// The end of the call with all its attempts.
    pub(super) deadline: Option<tokio::time::Instant>,
}

impl Call {
    /// Whether the request is an order: to send it twice may do something twice.
    pub(super) fn is_order(&self) -> bool {
        !self.is_idempotent && !self.operation.method.is_idempotent()
    }

    /// The same call of another URL of the same server.
    pub(super) fn at(mut self, mut url: Url) -> Self {
        if url.username().is_empty() {
            // These fail only for URLs without a host, which are not called.
            let _ = url.set_username(self.url.username());
            let _ = url.set_password(self.url.password());
        }
        url.set_fragment(None);
        self.url = url;
        self
    }

    /// The URL without secrets.
    fn shown_url(&self) -> Url {
        let mut url = without_password(&self.url);
        if self.has_secret_query {
            url.set_query(Some("[redacted]"));
        }
        url
    }

    /// A call of `operation` at `url`, without headers, body and timeout. A test of a transport makes one; otherwise
    /// [`Request`](super::Request) does.
    ///
    /// ```
    /// use releasepack_client::runtime::{Call, Method, Operation};
    ///
    /// static PING: Operation = Operation::new("Ping", Method::GET, "/ping");
    /// # fn main() -> Result<(), url::ParseError> {
    /// let call = Call::new(&PING, "https://example.com/v1/ping".parse()?);
    /// assert!(call.headers.is_empty() && call.body.is_none());
    /// # Ok(())
    /// # }
    /// ```
    pub fn new(operation: &'static Operation, url: Url) -> Self {
        Self {
            operation,
            url,
            headers: HeaderMap::new(),
            body: None,
            timeout: None,
            retry: None,
            is_idempotent: false,
            has_secret_query: false,
            deadline: None,
        }
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("url", &self.shown_url().as_str())
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("timeout", &self.timeout)
            .field("retry", &self.retry)
            .field("is_idempotent", &self.is_idempotent)
            .finish_non_exhaustive()
    }
}

/// `url` with its password hidden.
pub(super) fn without_password(url: &Url) -> Url {
    let mut url = url.clone();
    if url.password().is_some() {
        // This fails only for a URL that cannot have a password.
        let _ = url.set_password(Some("***"));
    }
    url
}

/// A response before it is decoded, with any status.
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, or as much of it as arrived.
    pub body: Bytes,
    /// Whether the complete body arrived.
    pub is_complete: bool,
    attempts: u32,
}

impl Reply {
    /// A response with a complete body.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self {
            status,
            headers,
            body: body.into(),
            is_complete: true,
            attempts: 1,
        }
    }

    /// The same response, which came after so many attempts.
    pub fn after_attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// How many attempts were made until this response came, with the one that brought it.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The same response, of whose body only this part arrived.
    pub fn broken_off(self) -> Self {
        Self {
            is_complete: false,
            ..self
        }
    }
}

impl fmt::Debug for Reply {
    /// Does not show the body, which may hold anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("is_complete", &self.is_complete)
            .field("attempts", &self.attempts)
            .finish()
    }
}

/// The future that [`Transport::send`] returns.
pub type Exchange<'t> = Pin<Box<dyn Future<Output = Result<Reply, TransportError>> + Send + 't>>;

/// The future that [`Transport::open`] returns.
pub type Opening<'t> = Pin<Box<dyn Future<Output = Result<Opened, TransportError>> + Send + 't>>;

/// Sends a [`Call`] to the server and returns the [`Reply`].
///
/// [`Http`](super::Http) is the basic transport. A transport that adds something (credentials, repeats, a record for a
/// test) wraps another transport:
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
    /// Sends `call` and reads the complete response.
    ///
    /// # Errors
    ///
    /// The future returns a [`TransportError`] when no complete response was received. A response with an error status
    /// is returned as a [`Reply`].
    fn send(&self, call: Call) -> Exchange<'_>;

    /// Sends `call`, and gives the response before its body is read: for a response that does not end, such as an event stream.
    ///
    /// Without an implementation of its own, a transport [sends](Self::send) the call and gives the complete body as one piece.
    /// So implement it in a transport that wraps another one.
    ///
    /// # Errors
    ///
    /// The future returns a [`TransportError`] when no response was received.
    fn open(&self, call: Call) -> Opening<'_> {
        Box::pin(async move { self.send(call).await.map(Opened::from) })
    }
}

impl Transport for std::sync::Arc<dyn Transport> {
    fn send(&self, call: Call) -> Exchange<'_> {
        self.as_ref().send(call)
    }

    fn open(&self, call: Call) -> Opening<'_> {
        self.as_ref().open(call)
    }
}

/// The reason why no complete response was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The request is not valid. Nothing was sent.
    Request,
    /// The connection to the server failed. Nothing was sent.
    Connect,
    /// The server cannot be called over TLS: its certificate is not trusted, for example, or it does not speak TLS. Nothing was
    /// sent.
    Tls,
    /// There is no host with this name. Nothing was sent.
    NameNotFound,
    /// The proxy wants a user and a password (407). Nothing was sent.
    ProxyAuthentication,
    /// There are no credentials to send: the provider of tokens failed. Nothing was sent.
    Credentials,
    /// The call would have begun too late for its deadline: it waited for the rate limit, for example. Nothing was sent.
    NotBegun,
    /// The complete response did not arrive in the time allowed.
    Timeout,
    /// The connection was lost while the request was sent, or afterwards.
    Lost,
    /// The response is longer than the limit.
    TooLarge,
    /// The HTTP client followed a redirect, which it must not do.
    Redirected,
}

impl TransportErrorKind {
    /// Whether it is certain that the server received nothing of the request.
    pub fn is_unsent(self) -> bool {
        effect(Observed::Transport(self)) == Effect::Nothing
    }

    /// Whether the attempt ended before anybody was called.
    fn is_before_sending(self) -> bool {
        matches!(self, Self::Request | Self::Credentials | Self::NotBegun)
    }

    /// What the caller can do about it, where this is known.
    pub fn advice(self) -> Option<&'static str> {
        match self {
            Self::Tls => Some(
                "if the server has a certificate of your own CA, set SSL_CERT_FILE to the file of the CA's certificate, or add it \
                 to the HTTP client (`configure_http`, `add_root_certificate`)",
            ),
            Self::NameNotFound => {
                Some("check the host of the base URL, or name a proxy in HTTPS_PROXY")
            }
            Self::ProxyAuthentication => Some(
                "add the user and the password to the URL in HTTPS_PROXY, or set the proxy of the HTTP client \
                 (`configure_http`, `Proxy::basic_auth`)",
            ),
            _ => None,
        }
    }
}

impl fmt::Display for TransportErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "the request is not valid",
            Self::Connect => "could not connect",
            Self::Tls => "could not connect over TLS",
            Self::NameNotFound => "could not connect: there is no such host",
            Self::ProxyAuthentication => "could not connect: the proxy wants a user and a password",
            Self::Credentials => "could not get a token",
            Self::NotBegun => "the call did not begin in time",
            Self::Timeout => "the complete response did not arrive in time",
            Self::Lost => "the connection was lost",
            Self::TooLarge => "the response is too long",
            Self::Redirected => "the HTTP client followed a redirect",
        })
    }
}

/// No complete response was received.
///
/// Its `Display` text is one line with the innermost cause, and what to do about it where this is known. [`source`](StdError::source) returns the outermost
/// one. Its `Debug` text also has the causes, a line each.
pub struct TransportError {
    kind: TransportErrorKind,
    status: Option<StatusCode>,
    attempts: u32,
    /// Boxed to keep the error small.
    received: Option<Box<Reply>>,
    source: Box<dyn StdError + Send + Sync>,
}

impl TransportError {
    /// An error of `kind`, caused by `source`: another error, or a message.
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
            attempts: u32::from(!kind.is_before_sending()),
            received: None,
            source: source.into(),
        }
    }

    /// The same error, of the last one of so many attempts.
    pub fn after_attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// How many attempts were made. This is the error of the last one, or of what came before the first.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The same error for an exchange that failed after it received `status`.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self {
            status: Some(status),
            ..self
        }
    }

    /// The same error for an exchange that failed after it received a part of a response: its status, its headers, and the
    /// beginning of its body. What the server did may be known from that part.
    pub fn with_received(self, part: Reply) -> Self {
        Self {
            status: Some(part.status),
            received: Some(Box::new(part.broken_off())),
            ..self
        }
    }

    /// The part of the response that was received before the exchange failed.
    pub fn received(&self) -> Option<&Reply> {
        self.received.as_deref()
    }

    /// As [`received`](Self::received), to change it: a transport may remove secrets.
    pub fn received_mut(&mut self) -> Option<&mut Reply> {
        self.received.as_deref_mut()
    }

    /// The same error with another cause: a transport may remove secrets from it.
    pub fn with_source(self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            source: source.into(),
            ..self
        }
    }

    /// The kind of failure.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// The status of the response, if it was received before the exchange failed.
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
        write!(f, ": {cause}")?;
        match self.kind.advice() {
            Some(advice) => write!(f, "; {advice}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Chain::of(self), f)
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}
