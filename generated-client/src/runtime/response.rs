//! A decoded response with a 2xx status.

use std::ops::Deref;

use http::{HeaderMap, StatusCode};

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
}

impl<T> Response<T> {
    /// A response with these parts, for tests that need one without a server.
    pub fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self {
            status,
            headers,
            body,
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
