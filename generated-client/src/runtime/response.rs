//! A decoded response with a 2xx status.

use std::fmt;
use std::ops::Deref;

use http::{HeaderMap, StatusCode};

use super::Redaction;
use super::data::{Note, Notes};

/// A decoded response: its status, headers and body. It dereferences to the body.
///
/// ```
/// use releasepack_client::runtime::{HeaderMap, Response, StatusCode};
/// let response = Response::new(StatusCode::OK, HeaderMap::new(), vec![1, 2]);
/// assert_eq!(response.len(), 2);
/// assert_eq!(response.into_body(), [1, 2]);
/// ```
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    attempts: u32,
    notes: Notes,
    redaction: Redaction,
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    /// Shows no secrets of the service, even if the server repeats them in the body.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |f: &mut fmt::Formatter<'_>| {
            f.debug_struct("Response")
                .field("status", &self.status)
                .field("headers", &self.headers)
                .field("body", &self.body)
                .field("attempts", &self.attempts)
                .field("notes", &self.notes())
                .finish()
        };
        self.redaction.debug(show, f)
    }
}

impl<T> Response<T> {
    /// A response with these parts, for tests that need one without a server.
    pub fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self {
            status,
            headers,
            body,
            attempts: 1,
            notes: Notes::default(),
            redaction: Redaction::default(),
        }
    }

    pub(super) fn with(self, attempts: u32, notes: Notes, redaction: Redaction) -> Self {
        Self {
            attempts,
            notes,
            redaction,
            ..self
        }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    pub fn body(&self) -> &T {
        &self.body
    }

    /// How many attempts were made until this response came, with the one that brought it.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// What in the response is not as the API description says. It is empty unless the service has an
    /// [observer](super::Service::with_observer).
    pub fn notes(&self) -> &[Note] {
        self.notes.as_slice()
    }

    /// The body, by value.
    pub fn into_body(self) -> T {
        self.body
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.body
    }
}
