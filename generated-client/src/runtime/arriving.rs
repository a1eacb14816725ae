//! The body of a response, to be polled: what [`Chunks`](super::Chunks), [`Events`](super::Events) and [`Items`](super::Items) read.

use std::fmt;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;

use super::{Pieces, TransportError};

/// A body that is read piece by piece. Unlike the future of [`Pieces::next`], it can be dropped while it waits, and goes on later.
pub(super) struct Arriving(State);

enum State {
    Idle(Box<dyn Pieces>),
    Waiting(Next),
    /// After the end and after an error, nothing comes.
    Ended,
}

/// The future of the next piece, which has the body until then.
type Next = Pin<Box<dyn Future<Output = (Box<dyn Pieces>, Piece)> + Send>>;

type Piece = Result<Option<Bytes>, TransportError>;

impl fmt::Debug for Arriving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            State::Idle(_) | State::Waiting(_) => "Arriving",
            State::Ended => "Ended",
        })
    }
}

impl Arriving {
    pub(super) fn new(body: Box<dyn Pieces>) -> Self {
        Self(State::Idle(body))
    }

    /// Drops what is still to come.
    pub(super) fn end(&mut self) {
        self.0 = State::Ended;
    }

    /// The next piece; `None` at the end.
    pub(super) fn poll_piece(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            match mem::replace(&mut self.0, State::Ended) {
                State::Ended => return Poll::Ready(None),
                State::Idle(mut body) => {
                    self.0 = State::Waiting(Box::pin(async move {
                        let piece = body.next().await;
                        (body, piece)
                    }));
                }
                State::Waiting(mut next) => {
                    let Poll::Ready((body, piece)) = next.as_mut().poll(cx) else {
                        self.0 = State::Waiting(next);
                        return Poll::Pending;
                    };
                    if matches!(piece, Ok(Some(_))) {
                        self.0 = State::Idle(body);
                    }
                    return Poll::Ready(piece.transpose());
                }
            }
        }
    }
}
