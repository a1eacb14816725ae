//! A decoded response with a 2xx status.

use std::ops::Deref;

use http::{HeaderMap, StatusCode};

use super::data::{Note, Notes};

/// A decoded response: its status, headers and body. It dereferences to the body.
///
/// ```
/// use releasepack_client::runtime::{HeaderMap, Response, StatusCode};
/// let response = Response::new(StatusCode::OK, HeaderMap::new(), vec![1, 2]);
/// assert_eq!(response.len(), 2);
/// assert_eq!(response.into_body(), [1, 2]);
/// ```
#[derive(Clone, Debug)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
    notes: Notes,
}

impl<T> Response<T> {
    /// A response with these parts, for tests that need one without a server.
    pub fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self {
            status,
            headers,
            body,
            notes: Notes::default(),
        }
    }

    pub(super) fn with_notes(mut self, notes: Notes) -> Self {
        self.notes = notes;
        self
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
