//! Failures by what a caller can do about them.

use std::fmt;

use http::StatusCode;

use super::TransportErrorKind;

/// What kind of failure an [`Error`](super::Error) is.
///
/// ```
/// use releasepack_client::runtime::{ErrorKind, StatusCode};
/// assert_eq!(ErrorKind::from(StatusCode::GONE), ErrorKind::Gone);
/// assert_eq!(ErrorKind::Unauthorized.to_string(), "unauthorized");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request cannot be sent as it is (an empty id, say); nothing was.
    Request,
    /// 400 or 422: the server does not accept what was sent.
    Invalid,
    /// 401: the credentials are missing, wrong or expired.
    Unauthorized,
    /// 403: the credentials are good but not for this.
    Forbidden,
    /// 404: there is no such thing.
    NotFound,
    /// 409: it does not go with the state that things are in.
    Conflict,
    /// 410: there is no such thing any more.
    Gone,
    /// Any 3xx: it is elsewhere. Redirects are not followed.
    Moved,
    /// 429 or 503: busy, or called too often.
    Busy,
    /// 502 or 504: a gateway did not get an answer from the server behind it.
    Gateway,
    /// Any other 5xx.
    Server,
    /// Any other status that is not 2xx.
    Status,
    /// No connection to the server; nothing was sent.
    Connect,
    /// No whole answer in time.
    Timeout,
    /// The connection was lost after the request was sent, or while it was.
    Lost,
    /// The answer is longer than allowed.
    TooLarge,
    /// The answer has a 2xx status but cannot be read.
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
            Self::Request => "request that cannot be sent",
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
            Self::Timeout => "timeout",
            Self::Lost => "connection lost",
            Self::TooLarge => "answer too long",
            Self::Decode => "unreadable answer",
        })
    }
}
