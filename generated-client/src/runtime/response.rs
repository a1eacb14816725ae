//! An answer with a 2xx status.

use std::ops::Deref;

use http::{HeaderMap, StatusCode};

/// A decoded answer, with its status and headers. It dereferences to its body.
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
    /// An answer of these parts: what a test that stands in for a server needs.
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

    /// The body, without the rest.
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
