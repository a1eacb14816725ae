//! A response whose body is read as it arrives.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;

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
        let reading = async {
            while let Some(piece) = self.body.next().await? {
                let room = most - body.len();
                body.extend_from_slice(&piece[..piece.len().min(room)]);
                if piece.len() > room {
                    return Ok(false);
                }
            }
            Ok::<_, TransportError>(true)
        };
        let end = tokio::time::timeout(Http::ERROR_BODY_TIME, reading).await;
        let is_complete = matches!(end, Ok(Ok(true)));
        let reply = Reply::new(self.status, self.headers, body);
        if is_complete {
            reply
        } else {
            reply.broken_off()
        }
    }
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
