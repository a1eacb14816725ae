//! A reader as a stream: a thread reads it, because reading may block.

use std::io::{self, ErrorKind, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// The size of a piece in bytes. So much is read at once.
const PIECE: usize = 64 * 1024;

/// How many pieces are read before they are needed.
const AHEAD: usize = 2;

/// What the thread sends: pieces, then `None`. A thread that ends without a `None` has panicked.
type Piece = io::Result<Option<Bytes>>;

/// The pieces that a reader gives. Its thread begins when the first one is needed.
pub(super) enum Reading<O> {
    /// Opens the reader.
    Waiting(Option<O>),
    Begun(Receiver<Piece>),
    Ended,
}

impl<R: Read, O: FnOnce() -> io::Result<R> + Send + 'static> Reading<O> {
    /// `open` is called in the thread.
    pub(super) fn new(open: O) -> Self {
        Self::Waiting(Some(open))
    }

    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Piece> {
        loop {
            match self {
                Self::Ended => return Poll::Ready(Ok(None)),
                Self::Waiting(open) => {
                    let Some(open) = open.take() else {
                        return Poll::Ready(Ok(None));
                    };
                    let (sender, receiver) = channel(AHEAD);
                    std::thread::Builder::new()
                        .name("body".to_owned())
                        .spawn(move || read(open, &sender))?;
                    *self = Self::Begun(receiver);
                }
                Self::Begun(pieces) => {
                    let piece = ready!(pieces.poll_recv(cx));
                    let panicked = || Err(io::Error::other("the reader panicked"));
                    return Poll::Ready(piece.unwrap_or_else(panicked));
                }
            }
        }
    }
}

// Nothing in it is pinned.
impl<O> Unpin for Reading<O> {}

impl<R: Read, O: FnOnce() -> io::Result<R> + Send + 'static> Stream for Reading<O> {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.poll_piece(cx)).transpose();
        if !matches!(piece, Some(Ok(_))) {
            *self = Self::Ended;
        }
        Poll::Ready(piece)
    }
}

/// Reads to the end, or until nobody needs the rest.
fn read<R: Read>(open: impl FnOnce() -> io::Result<R>, pieces: &Sender<Piece>) {
    let reading = || {
        let mut reader = open()?;
        loop {
            let mut piece = vec![0; PIECE];
            match reader.read(&mut piece) {
                Ok(0) => return Ok(None),
                Ok(length) => piece.truncate(length),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            if pieces.blocking_send(Ok(Some(piece.into()))).is_err() {
                return Ok(None);
            }
        }
    };
    let end = reading();
    // Nobody waits for the end of a body that was dropped.
    let _ = pieces.blocking_send(end);
}
