//! The basic transport: sends calls with a `reqwest::Client`.

use bytes::{Bytes, BytesMut};
use http::Method;
use http::header::CONTENT_LENGTH;
use url::{Position, Url};

use super::{
    Call, Exchange, NextPiece, Opened, Opening, Pieces, Reply, Transport, TransportError,
    TransportErrorKind as Kind,
};

/// Sends calls with a [`reqwest::Client`], and reads each response up to a size limit.
///
/// The settings of the client decide on redirects, timeouts and TLS. Turn redirects off
/// ([`reqwest::redirect::Policy::none`]): a redirect that the client followed is an error here, because the response is
/// from another address than the one that was called.
///
/// ```
/// use releasepack_client::runtime::Http;
/// let http = Http::new(reqwest::Client::new()).body_limit(1024 * 1024);
/// ```
#[derive(Clone, Debug)]
pub struct Http {
    client: reqwest::Client,
    body_limit: usize,
}

impl Http {
    /// The default of [`body_limit`](Self::body_limit): 8 MiB.
    pub const BODY_LIMIT: usize = 8 * 1024 * 1024;

    /// A transport that sends calls with `client`.
    pub fn new(client: reqwest::Client) -> Self {
        Self {
            client,
            body_limit: Self::BODY_LIMIT,
        }
    }

    /// Sets the maximum size of a response body in bytes, counted after any decompression.
    ///
    /// A longer body is an error ([`Kind::TooLarge`]) when the status is 2xx. With any other status it is cut off,
    /// because the status of an error response matters more than its body.
    pub fn body_limit(self, bytes: usize) -> Self {
        Self {
            body_limit: bytes,
            ..self
        }
    }

    /// Sends a call, and returns the response before its body.
    async fn begin(&self, call: Call) -> Result<reqwest::Response, TransportError> {
        let mut request = self
            .client
            .request(call.operation.method.clone(), call.url.clone())
            .headers(call.headers);
        let method = &call.operation.method;
        if let Some(body) = call.body {
            request = request.body(body);
        } else if [Method::POST, Method::PUT, Method::PATCH].contains(method) {
            // Servers may expect a body of these methods, and refuse a request that does not say that it has none (RFC 9110,
            // section 8.6).
            request = request.header(CONTENT_LENGTH, 0);
        }
        if let Some(timeout) = call.timeout {
            request = request.timeout(timeout);
        }
        let response = request.send().await.map_err(lost)?;
        if !is_same_place(response.url(), &call.url) {
            let place = format!("the response is from {}", response.url());
            let error = TransportError::new(Kind::Redirected, place);
            return Err(error.with_status(response.status()));
        }
        Ok(response)
    }

    async fn exchange(&self, call: Call) -> Result<Reply, TransportError> {
        let mut response = self.begin(call).await?;
        let status = response.status();
        let headers = std::mem::take(response.headers_mut());
        let body = match self.read(&headers, &mut response).await {
            Ok(body) => body,
            Err((_, part)) if !status.is_success() => part,
            Err((error, _)) => return Err(error.with_status(status)),
        };
        Ok(Reply {
            status,
            headers,
            body,
        })
    }

    /// Reads the body. The error holds the bytes that were read before it happened.
    async fn read(
        &self,
        headers: &http::HeaderMap,
        response: &mut reqwest::Response,
    ) -> Result<Bytes, (TransportError, Bytes)> {
        // A body that is announced as too long is refused before it is read. Memory is never reserved by the announced
        // length, because a server can announce any number.
        let announced = headers
            .get(CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if response.status().is_success() && announced > Some(self.body_limit) {
            return Err((self.too_large(), Bytes::new()));
        }
        let mut body = BytesMut::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) => {
                    let room = self.body_limit - body.len();
                    body.extend_from_slice(&chunk[..chunk.len().min(room)]);
                    if chunk.len() > room {
                        return Err((self.too_large(), body.freeze()));
                    }
                }
                Ok(None) => return Ok(body.freeze()),
                Err(error) => return Err((lost(error), body.freeze())),
            }
        }
    }

    fn too_large(&self) -> TransportError {
        let limit = format!("the limit is {} bytes", self.body_limit);
        TransportError::new(Kind::TooLarge, limit)
    }
}

impl Transport for Http {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(self.exchange(call))
    }

    fn open(&self, call: Call) -> Opening<'_> {
        Box::pin(async move {
            let mut response = self.begin(call).await?;
            Ok(Opened {
                status: response.status(),
                headers: std::mem::take(response.headers_mut()),
                body: Box::new(response),
            })
        })
    }
}

impl Pieces for reqwest::Response {
    fn next(&mut self) -> NextPiece<'_> {
        Box::pin(async move {
            let piece = self.chunk().await;
            piece.map_err(|error| lost(error).with_status(self.status()))
        })
    }
}

/// Whether the URL that `answered` is the one that was `called`. A user and a password in the URL do not count: they are
/// sent as a header.
fn is_same_place(answered: &Url, called: &Url) -> bool {
    answered.origin() == called.origin()
        && answered[Position::BeforePath..] == called[Position::BeforePath..]
}

/// Converts an error of reqwest. Its URL is removed, because a URL can hold secrets that must not be logged.
fn lost(error: reqwest::Error) -> TransportError {
    // The order matters: for a timeout while connecting, `is_connect` and `is_timeout` are both true, and nothing was
    // sent.
    let kind = if error.is_connect() {
        Kind::Connect
    } else if error.is_builder() {
        Kind::Request
    } else if error.is_redirect() {
        Kind::Redirected
    } else if error.is_timeout() {
        Kind::Timeout
    } else {
        Kind::Lost
    };
    TransportError::new(kind, error.without_url())
}
