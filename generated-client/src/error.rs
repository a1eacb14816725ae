//! What can go wrong with a call.

use http::header::LOCATION;

use crate::runtime;
use crate::transport::Notice;
use crate::types::ErrorMessage;

pub use crate::runtime::ErrorKind;

/// A call that failed: which operation, and how.
///
/// Displayed, it is one line; the causes are its sources.
///
/// ```
/// use releasepack_client::{Error, ErrorKind};
///
/// fn advice(error: &Error) -> &'static str {
///     match error.kind() {
///         _ if error.is_outcome_unknown() => "look whether it was released before you try again",
///         ErrorKind::Unauthorized => "the token has expired",
///         ErrorKind::Forbidden => "ask for the API access privilege",
///         _ if error.is_retryable() => "try again later",
///         _ => "read the message",
///     }
/// }
/// ```
pub type Error = runtime::Error<ErrorMessage>;

impl runtime::Error<ErrorMessage> {
    /// Where it is now, if the server says so: the `Location` of a 301 or 308, which a retired object with a replacement
    /// answers. It is told, never followed: credentials go nowhere that the caller did not name.
    ///
    /// ```
    /// # use releasepack_client::Error;
    /// fn explain(error: &Error) -> String {
    ///     match error.moved_to() {
    ///         Some(place) => format!("{error}; it is at {place} now"),
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

    /// What the answer says about the end of the operation's life, if it says something.
    pub fn notice(&self) -> Option<Notice> {
        Notice::of(self.headers()?)
    }
}

impl<T> runtime::Response<T> {
    /// What the answer says about the end of the operation's life, if it says something.
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
