//! The [`Error`] of a call, and the headers of the vendor that it makes readable.

use http::header::LOCATION;

use crate::runtime;
use crate::transport::Notice;
use crate::types::ErrorMessage;

pub use crate::runtime::ErrorKind;

/// A failed call: the operation that was called, and how it failed.
///
/// Its `Display` text is one line. [`source`](std::error::Error::source) returns the cause.
///
/// ```
/// use releasepack_client::{Error, ErrorKind};
///
/// fn advice(error: &Error) -> &'static str {
///     match error.kind() {
///         _ if error.is_outcome_unknown() => "check whether it was released before you try again",
///         ErrorKind::Unauthorized => "the token has expired",
///         ErrorKind::Forbidden => "ask for the API access privilege",
///         _ if error.is_retryable() => "try again later",
///         _ => "read the message",
///     }
/// }
/// ```
pub type Error = runtime::Error<ErrorMessage>;

impl runtime::Error<ErrorMessage> {
    /// The new URL of a resource that has moved: the header `Location` of a response with a 3xx status. The platform sends
    /// it (with 301 or 308) for a retired object that has a replacement. The client never follows it, so that credentials
    /// are only sent to the host that the caller named.
    ///
    /// ```
    /// # use releasepack_client::Error;
    /// fn explain(error: &Error) -> String {
    ///     match error.moved_to() {
    ///         Some(url) => format!("{error}; it has moved to {url}"),
    ///         None => error.to_string(),
    ///     }
    /// }
    /// ```
    pub fn moved_to(&self) -> Option<&str> {
        if self.kind() != ErrorKind::Moved {
            return None;
        }
        self.headers()?.get(LOCATION)?.to_str().ok()
    }

    /// The deprecation notice in the headers of the response, if there is one.
    pub fn notice(&self) -> Option<Notice> {
        Notice::of(self.headers()?)
    }
}

impl<T> runtime::Response<T> {
    /// The deprecation notice in the headers of the response, if there is one.
    ///
    /// ```
    /// use releasepack_client::runtime::{HeaderMap, Response, StatusCode};
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert("sunset", "Wed, 01 Jul 2026 00:00:00 GMT".parse()?);
    /// let notice = Response::new(StatusCode::OK, headers, ()).notice().expect("there is one");
    /// assert_eq!(notice.to_string(), "Sunset: Wed, 01 Jul 2026 00:00:00 GMT");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn notice(&self) -> Option<Notice> {
        Notice::of(self.headers())
    }
}
