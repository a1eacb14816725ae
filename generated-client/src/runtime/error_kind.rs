//! Kinds of failures, grouped by what a caller can do about them.

use std::fmt;

use http::StatusCode;

use super::TransportErrorKind;

/// The kind of failure of an [`Error`](super::Error).
///
/// ```
/// use releasepack_client::runtime::{ErrorKind, StatusCode};
/// assert_eq!(ErrorKind::from(StatusCode::GONE), ErrorKind::Gone);
/// assert_eq!(ErrorKind::Unauthorized.to_string(), "unauthorized");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request is not valid (an empty id, for example). Nothing was sent.
    Request,
    /// 400 or 422: the server does not accept the content of the request.
    Invalid,
    /// 401: the credentials are missing, wrong or expired.
    Unauthorized,
    /// 403: the credentials are valid, but do not permit this operation.
    Forbidden,
    /// 404: the resource does not exist.
    NotFound,
    /// 409: the request conflicts with the current state of the resource.
    Conflict,
    /// 410: the resource no longer exists.
    Gone,
    /// Any 3xx: the resource is at another URL. Redirects are not followed.
    Moved,
    /// 429 or 503: the server is busy, or the rate limit is exceeded.
    Busy,
    /// 502 or 504: a gateway did not get a response from the server behind it.
    Gateway,
    /// Any other 5xx.
    Server,
    /// Any other status that is not 2xx.
    Status,
    /// The connection to the server failed. Nothing was sent.
    Connect,
    /// The server cannot be called over TLS: its certificate is not trusted, for example. Nothing was sent.
    Tls,
    /// There is no host with this name. Nothing was sent.
    NameNotFound,
    /// The proxy wants a user and a password (407). Nothing was sent.
    ProxyAuthentication,
    /// There are no credentials to send: the provider of tokens failed. Nothing was sent.
    Credentials,
    /// The call would have begun too late for its deadline: it waited for the rate limit of the client, for example. Nothing was
    /// sent.
    NotBegun,
    /// The complete response did not arrive in time.
    Timeout,
    /// The connection was lost while the request was sent, or afterwards.
    Lost,
    /// The response is longer than the limit.
    TooLarge,
    /// The status of the response is 2xx, but its body cannot be decoded.
    Decode,
}

impl From<StatusCode> for ErrorKind {
    fn from(status: StatusCode) -> Self {
        match status.as_u16() {
            300..=399 => Self::Moved,
            400 | 422 => Self::Invalid,
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            407 => Self::ProxyAuthentication,
            409 => Self::Conflict,
            410 => Self::Gone,
            429 | 503 => Self::Busy,
            502 | 504 => Self::Gateway,
            500..=599 => Self::Server,
            _ => Self::Status,
        }
    }
}

impl From<TransportErrorKind> for ErrorKind {
    fn from(kind: TransportErrorKind) -> Self {
        match kind {
            TransportErrorKind::Request => Self::Request,
            TransportErrorKind::Connect => Self::Connect,
            TransportErrorKind::Tls => Self::Tls,
            TransportErrorKind::NameNotFound => Self::NameNotFound,
            TransportErrorKind::ProxyAuthentication => Self::ProxyAuthentication,
            TransportErrorKind::Credentials => Self::Credentials,
            TransportErrorKind::NotBegun => Self::NotBegun,
            TransportErrorKind::Timeout => Self::Timeout,
            TransportErrorKind::Lost => Self::Lost,
            TransportErrorKind::TooLarge => Self::TooLarge,
            TransportErrorKind::Redirected => Self::Moved,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "invalid request",
            Self::Invalid => "invalid",
            Self::Unauthorized => "unauthorized",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not found",
            Self::Conflict => "conflict",
            Self::Gone => "gone",
            Self::Moved => "moved",
            Self::Busy => "busy",
            Self::Gateway => "gateway failure",
            Self::Server => "server failure",
            Self::Status => "unexpected status",
            Self::Connect => "no connection",
            Self::Tls => "no connection over TLS",
            Self::NameNotFound => "no such host",
            Self::ProxyAuthentication => "proxy authentication",
            Self::Credentials => "no credentials",
            Self::NotBegun => "not begun in time",
            Self::Timeout => "timeout",
            Self::Lost => "connection lost",
            Self::TooLarge => "response too long",
            Self::Decode => "undecodable response",
        })
    }
}
