//! Responses whose body is read as it arrives: [`Chunks`].

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode};

use super::arriving::Arriving;
use super::{Decode, Error, Opened, Request, TransportError, TransportErrorKind};

/// A response with a 2xx status, whose body is read chunk by chunk as it arrives. It is never in memory as a whole, and has no size
/// limit unless one is [set](Self::limit).
///
/// It is also a `Stream` of chunks, for the combinators of `futures` and for whatever writes streams. The chunks are cut as they
/// arrive, and not where the server cut them.
///
/// ```
/// use std::io::Write;
/// use releasepack_client::runtime::Chunks;
///
/// async fn save(mut chunks: Chunks, file: &mut std::fs::File) -> Result<(), Box<dyn std::error::Error>> {
///     while let Some(chunk) = chunks.next().await? {
///         file.write_all(&chunk)?;
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug)]
#[must_use = "the body is not read until its chunks are"]
pub struct Chunks {
    status: StatusCode,
    headers: HeaderMap,
    body: Arriving,
    /// How many bytes may still come, and the limit.
    limit: Option<(u64, u64)>,
}

impl Chunks {
    fn new(opened: Opened) -> Self {
        Self {
            status: opened.status,
            headers: opened.headers,
            body: Arriving::new(opened.body),
            limit: None,
        }
    }

    /// Sets the maximum size of the body in bytes. A longer one is an error
    /// ([`TooLarge`](TransportErrorKind::TooLarge)).
    pub fn limit(self, bytes: u64) -> Self {
        Self {
            limit: Some((bytes, bytes)),
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

    /// Waits for the next chunk; `None` at the end of the body. A call that is dropped while it waits loses nothing.
    ///
    /// # Errors
    ///
    /// Returns a [`TransportError`] if the connection is lost before the end of the body, or if the body is longer than the limit.
    /// Nothing comes after it.
    pub async fn next(&mut self) -> Result<Option<Bytes>, TransportError> {
        poll_fn(|cx| self.poll_chunk(cx)).await.transpose()
    }

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let chunk = ready!(self.body.poll_piece(cx));
        if let (Some(Ok(chunk)), Some((rest, limit))) = (&chunk, &mut self.limit) {
            let length = u64::try_from(chunk.len()).unwrap_or(u64::MAX);
            let Some(left) = rest.checked_sub(length) else {
                self.body.end();
                let limit = format!("the limit is {limit} bytes");
                let error = TransportError::new(TransportErrorKind::TooLarge, limit);
                return Poll::Ready(Some(Err(error.with_status(self.status))));
            };
            *rest = left;
        }
        Poll::Ready(chunk)
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(cx)
    }
}

impl Request<'_> {
    /// Sends the request, and gives the body of the response chunk by chunk as it arrives. The timeout of an attempt ends with the
    /// head of the response.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send): with `E`, the body of a response whose status is not 2xx is decoded.
    pub async fn stream<E: Decode>(self) -> Result<Chunks, Error<E::Output>> {
        self.open::<E>(None).await.map(Chunks::new)
    }
}
