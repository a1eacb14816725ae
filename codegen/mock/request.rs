//! A request that came.

use std::fmt;

use http::{HeaderMap, Method};

use crate::runtime::Bytes;

/// A request that the server got.
///
/// Its `Debug` text has no headers, no query and no body, because they may have secrets.
#[derive(Clone)]
#[non_exhaustive]
pub struct Request {
    /// The `operationId`; `None` if no operation has this method and path.
    pub operation: Option<&'static str>,
    /// The HTTP method.
    pub method: Method,
    /// The path, as it was sent.
    pub path: String,
    /// The query, as it was sent, without `?`.
    pub query: String,
    /// The headers, with the credentials.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Request {
    /// The names and values in the query, decoded.
    pub fn pairs(&self) -> Vec<(String, String)> {
        let pairs = url::form_urlencoded::parse(self.query.as_bytes());
        pairs.into_owned().collect()
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// If it is not JSON, or not a `T`.
    pub fn json<T: serde::de::DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_slice(&self.body)
    }

    /// The values of the cookies, as they were sent.
    pub(super) fn cookies(&self) -> impl Iterator<Item = (&str, &str)> {
        let headers = self.headers.get_all(http::header::COOKIE).iter();
        let texts = headers.filter_map(|value| value.to_str().ok());
        let pairs = texts.flat_map(|text| text.split(';'));
        pairs.filter_map(|pair| pair.trim().split_once('='))
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
