//! Response bodies for faults: slow, cut off, or endless.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_core::Stream;
use tokio::time::{Instant, Sleep, sleep};

/// A body that sends the bytes in pieces, with a pause before each piece.
pub(in crate::sandbox) fn drip(bytes: Bytes, piece: usize, pause: Duration) -> Body {
    Body::from_stream(Drip {
        rest: bytes,
        piece,
        pause,
        sleep: Box::pin(sleep(pause)),
    })
}

/// A body that sends the bytes and then breaks the connection.
pub(in crate::sandbox) fn broken(bytes: Bytes) -> Body {
    Body::from_stream(Broken {
        bytes: Some(bytes),
        flushes: 2,
    })
}

/// A body that starts like an object of the API and never ends.
pub(in crate::sandbox) fn endless() -> Body {
    Body::from_stream(Endless { started: false })
}

struct Drip {
    rest: Bytes,
    piece: usize,
    pause: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Stream for Drip {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        ready!(self.sleep.as_mut().poll(context));
        let piece = self.piece.min(self.rest.len());
        let piece = self.rest.split_to(piece);
        let next = Instant::now() + self.pause;
        self.sleep.as_mut().reset(next);
        Poll::Ready(Some(Ok(piece)))
    }
}

struct Broken {
    bytes: Option<Bytes>,
    flushes: u8,
}

impl Stream for Broken {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(bytes) = self.bytes.take()
            && !bytes.is_empty()
        {
            return Poll::Ready(Some(Ok(bytes)));
        }
        // When a body fails, the server drops bytes that it has not flushed. It flushes when a body is pending.
        if self.flushes > 0 {
            self.flushes -= 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::ErrorKind::ConnectionReset.into())))
    }
}

struct Endless {
    started: bool,
}

impl Stream for Endless {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        static MORE: [u8; 8192] = [b'e'; 8192];
        if self.started {
            return Poll::Ready(Some(Ok(Bytes::from_static(&MORE))));
        }
        self.started = true;
        Poll::Ready(Some(Ok(Bytes::from_static(b"{\"name\":\""))))
    }
}
