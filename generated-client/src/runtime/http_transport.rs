//! The basic transport: sends calls with a `reqwest::Client`.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, Method};
use url::{Position, Url};

use super::body::Measured;
use super::connect_error::kind_of_connect_error;
use super::{
    Body, Call, Exchange, NextPiece, Opened, Opening, Pieces, Reply, Transport, TransportError,
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
    /// For calls with a safe method.
    reader: reqwest::Client,
    body_limit: usize,
}

impl Http {
    /// The default of [`body_limit`](Self::body_limit): 8 MiB.
    pub const BODY_LIMIT: usize = 8 * 1024 * 1024;

    /// The maximum size of the body of a response whose status is not 2xx: 64 KiB. The rest is not read, because the status of
    /// an error response matters more than its body.
    pub const ERROR_BODY_LIMIT: usize = 64 * 1024;

    /// The maximum time to read such a body: 3 seconds. A server that sends it slowly does not delay the error.
    pub const ERROR_BODY_TIME: Duration = Duration::from_secs(3);

    /// A transport that sends calls with `client`.
    pub fn new(client: reqwest::Client) -> Self {
        Self {
            reader: client.clone(),
            client,
            body_limit: Self::BODY_LIMIT,
        }
    }

    /// Sets another client for calls with a safe method (GET, for example). Such a client may keep connections open and use them
    /// again. The client for all other calls should not (`pool_max_idle_per_host(0)`): the server may close an idle connection
    /// at the moment it is used again, and then it is unknown whether the server received the request.
    ///
    /// ```
    /// use releasepack_client::runtime::Http;
    ///
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let settings = || reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    /// let http = Http::new(settings().pool_max_idle_per_host(0).build()?).safe_calls_with(settings().build()?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn safe_calls_with(self, client: reqwest::Client) -> Self {
        Self {
            reader: client,
            ..self
        }
    }

    /// Sets the maximum size of a response body in bytes, counted after any decompression.
    ///
    /// A longer body is an error ([`Kind::TooLarge`]) when the status is 2xx. With any other status it is cut off, at
    /// [`ERROR_BODY_LIMIT`](Self::ERROR_BODY_LIMIT) if that is less.
    pub fn body_limit(self, bytes: usize) -> Self {
        Self {
            body_limit: bytes,
            ..self
        }
    }

    /// Sends a call, and returns the response before its body.
    async fn begin(&self, call: Call) -> Result<reqwest::Response, TransportError> {
        let method = &call.operation.method;
        let client = if method.is_safe() {
            &self.reader
        } else {
            &self.client
        };
        let mut request = client
            .request(method.clone(), call.url.clone())
            .headers(call.headers);
        if let Some(body) = call.body {
            request = request.body(outgoing(&body)?);
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
        let mut body = BytesMut::new();
        let end = if status.is_success() {
            read(&headers, &mut response, self.body_limit, &mut body).await
        } else {
            let limit = self.body_limit.min(Self::ERROR_BODY_LIMIT);
            let reading = read(&headers, &mut response, limit, &mut body);
            let end = tokio::time::timeout(Self::ERROR_BODY_TIME, reading).await;
            end.unwrap_or_else(|late| Err(TransportError::new(Kind::Timeout, late)))
        };
        let mut reply = Reply::new(status, headers, Bytes::new());
        match end {
            Ok(()) => reply.body = body.freeze(),
            Err(_) if !status.is_success() => {
                reply.body = body.freeze();
                reply.is_complete = false;
            }
            Err(error) => {
                if error.kind() == Kind::TooLarge {
                    body.truncate(Self::ERROR_BODY_LIMIT);
                }
                reply.body = Bytes::copy_from_slice(&body);
                return Err(error.with_received(reply));
            }
        }
        Ok(reply)
    }
}

/// The body of a request. The HTTP client sends its length, if it is known.
fn outgoing(body: &Body) -> Result<reqwest::Body, TransportError> {
    if let Some(bytes) = body.as_bytes() {
        return Ok(bytes.clone().into());
    }
    let Some(stream) = body.to_stream() else {
        let why = "the body is a stream that was sent already";
        return Err(TransportError::new(Kind::Request, why));
    };
    let measured = Measured::new(stream, body.length());
    Ok(reqwest::Body::wrap(measured))
}

/// Reads a body up to a limit. What was read before an error is in `body`.
async fn read(
    headers: &HeaderMap,
    response: &mut reqwest::Response,
    limit: usize,
    body: &mut BytesMut,
) -> Result<(), TransportError> {
    // Memory is never reserved by the announced length, because a server can announce any number.
    let announced = headers
        .get(CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if announced > Some(limit) {
        // What the server did may be known from the beginning of the body.
        let beginning = fill(response, limit.min(Http::ERROR_BODY_LIMIT), body);
        let _ = tokio::time::timeout(Http::ERROR_BODY_TIME, beginning).await;
        return Err(too_large(limit));
    }
    if fill(response, limit, body).await? {
        Ok(())
    } else {
        Err(too_large(limit))
    }
}

/// Reads until the body ends or is as long as the limit. Returns whether it ended.
async fn fill(
    response: &mut reqwest::Response,
    limit: usize,
    body: &mut BytesMut,
) -> Result<bool, TransportError> {
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        let room = limit - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return Ok(false);
        }
    }
    Ok(true)
}

fn too_large(limit: usize) -> TransportError {
    TransportError::new(Kind::TooLarge, format!("the limit is {limit} bytes"))
}

impl Transport for Http {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(self.exchange(call))
    }

    fn open(&self, mut call: Call) -> Opening<'_> {
        Box::pin(async move {
            // The timeout of a request of reqwest would include the body.
            let begun = match call.timeout.take() {
                None => Ok(self.begin(call).await),
                Some(timeout) => tokio::time::timeout(timeout, self.begin(call)).await,
            };
            let mut response = begun.map_err(|late| TransportError::new(Kind::Timeout, late))??;
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
        kind_of_connect_error(&error)
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
