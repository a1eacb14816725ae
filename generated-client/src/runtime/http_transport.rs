//! The plain transport, over a `reqwest::Client`.

use bytes::{Bytes, BytesMut};
use http::header::CONTENT_LENGTH;
use url::{Position, Url};

use super::{Call, Exchange, Reply, Transport, TransportError, TransportErrorKind as Kind};

/// Sends calls with a [`reqwest::Client`] and reads their answers up to a limit.
///
/// The client decides on redirects, timeouts and TLS. Redirects should be off
/// ([`reqwest::redirect::Policy::none`]): one that was followed is an error here, because the answer is then another
/// server's.
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
    /// How many bytes of an answer are read if nothing else is said: 8 MiB.
    pub const BODY_LIMIT: usize = 8 * 1024 * 1024;

    /// A transport over `client`.
    pub fn new(client: reqwest::Client) -> Self {
        Self {
            client,
            body_limit: Self::BODY_LIMIT,
        }
    }

    /// The most bytes that the body of an answer may have, counted after any decompression.
    ///
    /// A longer one is an error ([`Kind::TooLarge`]) for a 2xx status and is cut off for any other: what an error
    /// answer says is worth less than its status.
    pub fn body_limit(self, bytes: usize) -> Self {
        Self {
            body_limit: bytes,
            ..self
        }
    }

    async fn exchange(&self, call: Call) -> Result<Reply, TransportError> {
        let mut request = self
            .client
            .request(call.operation.method.clone(), call.url.clone())
            .headers(call.headers);
        if let Some(body) = call.body {
            request = request.body(body);
        }
        if let Some(timeout) = call.timeout {
            request = request.timeout(timeout);
        }
        let mut response = request.send().await.map_err(lost)?;
        let status = response.status();
        if !is_same_place(response.url(), &call.url) {
            let place = format!("the answer is from {}", response.url());
            return Err(TransportError::new(Kind::Redirected, place).with_status(status));
        }
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

    /// The whole body, or why there is none and what had come until then.
    async fn read(
        &self,
        headers: &http::HeaderMap,
        response: &mut reqwest::Response,
    ) -> Result<Bytes, (TransportError, Bytes)> {
        // What is announced is refused before it is read. It is no reason to reserve memory: anybody can announce.
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
        let limit = format!("more than the {} bytes allowed", self.body_limit);
        TransportError::new(Kind::TooLarge, limit)
    }
}

impl Transport for Http {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(self.exchange(call))
    }
}

/// Whether `answered` is `called`, apart from a user and a password, which are sent as a header.
fn is_same_place(answered: &Url, called: &Url) -> bool {
    answered.origin() == called.origin()
        && answered[Position::BeforePath..] == called[Position::BeforePath..]
}

/// What reqwest says, without the URL: an address can hold what a log must not.
fn lost(error: reqwest::Error) -> TransportError {
    // The order matters: a timeout while connecting is both, and then nothing was sent.
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
