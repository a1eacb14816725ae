//! A response whose body is read as it arrives.

use std::fmt;
use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::task::Poll;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};

use super::{Http, Reply, TransportError, TransportErrorKind};

/// A response whose body has not been read yet.
#[derive(Debug)]
#[non_exhaustive]
pub struct Opened {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Box<dyn Pieces>,
}

impl Opened {
    /// A response with this body. One that is there already is a body too: `Box::new(Some(bytes))`.
    pub fn new(status: StatusCode, headers: HeaderMap, body: Box<dyn Pieces>) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    /// Reads the body, up to `most` bytes and for a few seconds. What arrived until then, or before an error, is the body: only
    /// the status matters.
    pub(crate) async fn finish(mut self, most: usize) -> Reply {
        let mut body = BytesMut::new();
        let is_complete = ends(self.read(most, &mut body)).await;
        let reply = Reply::new(self.status, self.headers, body);
        if is_complete {
            reply
        } else {
            reply.broken_off()
        }
    }

    /// Reads up to `most` bytes. Gives whether the body ended.
    async fn read(&mut self, most: usize, body: &mut BytesMut) -> Result<bool, TransportError> {
        while let Some(piece) = self.body.next().await? {
            let room = most - body.len();
            body.extend_from_slice(&piece[..piece.len().min(room)]);
            if piece.len() > room {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Whether the body ends, within a few seconds.
async fn ends(reading: impl Future<Output = Result<bool, TransportError>>) -> bool {
    let mut reading = pin!(reading);
    // A body that is there already needs no timer, which works only in a runtime of tokio.
    let at_once = poll_fn(|context| match reading.as_mut().poll(context) {
        Poll::Ready(end) => Poll::Ready(Some(end)),
        Poll::Pending => Poll::Ready(None),
    });
    let end = match at_once.await {
        Some(end) => Ok(end),
        None => tokio::time::timeout(Http::ERROR_BODY_TIME, reading).await,
    };
    matches!(end, Ok(Ok(true)))
}

impl From<Reply> for Opened {
    /// A response whose body was read already.
    fn from(reply: Reply) -> Self {
        let body: Box<dyn Pieces> = if reply.is_complete {
            Box::new(Some(reply.body))
        } else {
            Box::new(BrokenOff(Some(reply.body)))
        };
        Self {
            status: reply.status,
            headers: reply.headers,
            body,
        }
    }
}

/// A body that is read piece by piece, as it arrives.
pub trait Pieces: fmt::Debug + Send {
    /// The next piece; `None` at the end of the body.
    ///
    /// # Errors
    ///
    /// The future returns a [`TransportError`] when the body does not arrive completely.
    fn next(&mut self) -> NextPiece<'_>;
}

/// The future that [`Pieces::next`] returns.
pub type NextPiece<'p> =
    Pin<Box<dyn Future<Output = Result<Option<Bytes>, TransportError>> + Send + 'p>>;

/// A body that is there already: one piece, then the end.
impl Pieces for Option<Bytes> {
    fn next(&mut self) -> NextPiece<'_> {
        Box::pin(ready(Ok(self.take())))
    }
}

/// A body that is there already, and is not complete.
#[derive(Debug)]
struct BrokenOff(Option<Bytes>);

impl Pieces for BrokenOff {
    fn next(&mut self) -> NextPiece<'_> {
        let kind = TransportErrorKind::Lost;
        let end = || TransportError::new(kind, "the rest of the body did not arrive");
        Box::pin(ready(self.0.take().map(Some).ok_or_else(end)))
    }
}
