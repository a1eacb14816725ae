//! The body of a request: bytes, or a stream that is read while it is sent.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::reading::Reading;

/// The reason why the stream of a body failed.
pub(super) type Cause = Box<dyn StdError + Send + Sync>;

/// The bytes of a [`Body`], piece by piece.
pub type BodyStream = Pin<Box<dyn Stream<Item = Result<Bytes, Cause>> + Send>>;

/// The body of a request: bytes, or a stream that is read while it is sent, so that it is never in memory as a whole.
///
/// Whatever holds bytes converts into it. Cloning is cheap.
///
/// | body | its length | it can be sent |
/// |---|---|---|
/// | bytes, text: `Body::from` | is known | as often as is needed |
/// | [`file`](Self::file) | is known | as often as is needed |
/// | [`from_fn`](Self::from_fn) | with [`with_length`](Self::with_length) | as often as is needed |
/// | [`stream`](Self::stream), [`reader`](Self::reader) | with [`with_length`](Self::with_length) | once |
///
/// If the length is known, it is sent (`Content-Length`), and a stream of another length is an error. A call whose body can be sent
/// once is not repeated after any of it was read.
///
/// ```
/// use releasepack_client::runtime::Body;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let bytes = Body::from("a,b\n1,2\n");
/// assert_eq!(bytes.length(), Some(8));
/// let input = Body::reader(std::io::stdin());
/// assert_eq!(input.length(), None);
/// # std::fs::write(std::env::temp_dir().join("export-of-body.csv"), "a,b\n")?;
/// let file = Body::file(std::env::temp_dir().join("export-of-body.csv"))?;
/// assert_eq!(file.length(), Some(4));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Body {
    source: Source,
    length: Option<u64>,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    /// A stream that was not read yet.
    Once(Arc<Mutex<Option<BodyStream>>>),
    Again(Arc<dyn Fn() -> BodyStream + Send + Sync>),
    /// One after the other.
    Parts(Arc<[Body]>),
}

impl Body {
    /// The pieces of a stream, which can be sent once. If the stream fails, so does the call, and its outcome is unknown, because the
    /// server may have read a part.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Cause>,
    {
        let stream: BodyStream = Box::pin(Pieced(Box::pin(stream)));
        Self {
            source: Source::Once(Arc::new(Mutex::new(Some(stream)))),
            length: None,
        }
    }

    /// As [`stream`](Self::stream). The function makes the stream anew for each attempt, so that the call can be repeated.
    pub fn from_fn<F, S, B, E>(stream: F) -> Self
    where
        F: Fn() -> S + Send + Sync + 'static,
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Cause>,
    {
        Self {
            source: Source::Again(Arc::new(move || Box::pin(Pieced(Box::pin(stream()))))),
            length: None,
        }
    }

    /// What a reader gives, which can be sent once. A thread of its own reads it, because reading may block.
    pub fn reader(reader: impl std::io::Read + Send + 'static) -> Self {
        Self::stream(Reading::new(move || Ok(reader)))
    }

    /// The content of a file. It is opened and read for each attempt, in a thread of its own. If its length is not the one that it
    /// has now, the call fails.
    ///
    /// # Errors
    ///
    /// If its length cannot be read, for example because there is no such file.
    pub fn file(path: impl Into<PathBuf>) -> std::io::Result<Self> {
        let path = path.into();
        let length = std::fs::metadata(&path)?.len();
        let body = Self::from_fn(move || {
            let path = path.clone();
            Reading::new(move || std::fs::File::open(path))
        });
        Ok(body.with_length(length))
    }

    /// Bodies one after the other: a multipart body is made of them.
    pub fn joined(parts: Vec<Self>) -> Self {
        let lengths = parts.iter().map(|part| part.length);
        let length = lengths.sum();
        let whole: Option<Vec<&Bytes>> = parts.iter().map(Self::as_bytes).collect();
        if let Some(whole) = whole {
            let mut bytes = BytesMut::new();
            for part in whole {
                bytes.extend_from_slice(part);
            }
            return bytes.freeze().into();
        }
        Self {
            source: Source::Parts(parts.into()),
            length,
        }
    }

    /// Sets the length of a stream in bytes. A stream that is shorter or longer is an error of the call.
    #[must_use]
    pub fn with_length(mut self, length: u64) -> Self {
        if self.as_bytes().is_none() {
            self.length = Some(length);
        }
        self
    }

    /// Its length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The bytes; `None` if it is a stream.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// Whether it can be sent now: it can be sent as often as is needed, or no part of it was read yet.
    pub fn can_be_sent(&self) -> bool {
        match &self.source {
            Source::Bytes(_) | Source::Again(_) => true,
            Source::Once(stream) => lock(stream).is_some(),
            Source::Parts(parts) => parts.iter().all(Self::can_be_sent),
        }
    }

    /// The bytes to send, for a transport. `None` if they were taken already and cannot be made again.
    pub fn to_stream(&self) -> Option<BodyStream> {
        Some(match &self.source {
            Source::Bytes(bytes) => Box::pin(Whole(Some(bytes.clone()))),
            Source::Once(stream) => lock(stream).take()?,
            Source::Again(stream) => stream(),
            Source::Parts(parts) => {
                let parts: Option<VecDeque<_>> = parts.iter().map(Self::to_stream).collect();
                Box::pin(Chained(parts?))
            }
        })
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Body {
    /// Does not show the bytes, which may be anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.source {
            Source::Bytes(_) => "",
            _ => ", streamed",
        };
        match self.length {
            Some(length) => write!(f, "{length} bytes{kind}"),
            None => write!(f, "an unknown number of bytes{kind}"),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self {
            length: u64::try_from(bytes.len()).ok(),
            source: Source::Bytes(bytes),
        }
    }
}

/// What converts into [`Bytes`] converts into a body.
macro_rules! from_bytes {
    ($($ty:ty),*) => {$(
        impl From<$ty> for Body {
            fn from(bytes: $ty) -> Self {
                Bytes::from(bytes).into()
            }
        }
    )*};
}
from_bytes!(
    Vec<u8>,
    String,
    &'static str,
    &'static [u8],
    Box<[u8]>,
    BytesMut
);

/// A stream of anything that converts into bytes.
struct Pieced<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Pieced<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Cause>,
{
    type Item = Result<Bytes, Cause>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(piece.map(|piece| piece.map(B::into).map_err(E::into)))
    }
}

/// Bytes as a stream of one piece.
struct Whole(Option<Bytes>);

impl Stream for Whole {
    type Item = Result<Bytes, Cause>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Ok))
    }
}

/// Streams one after the other.
struct Chained(VecDeque<BodyStream>);

impl Stream for Chained {
    type Item = Result<Bytes, Cause>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(first) = self.0.front_mut() {
            let piece = ready!(first.as_mut().poll_next(cx));
            if piece.is_some() {
                return Poll::Ready(piece);
            }
            self.0.pop_front();
        }
        Poll::Ready(None)
    }
}

/// A stream that has the length that it was said to have.
pub(super) struct Measured {
    /// Never locked: a mutex is `Sync`, which the HTTP client wants.
    stream: Mutex<BodyStream>,
    /// How much is still to come.
    rest: Option<u64>,
    /// The last piece, which is held back until it is certain that nothing follows.
    last: Option<Bytes>,
    is_ended: bool,
}

impl Measured {
    pub(super) fn new(stream: BodyStream, length: Option<u64>) -> Self {
        Self {
            stream: Mutex::new(stream),
            rest: length,
            last: None,
            is_ended: false,
        }
    }

    fn poll_piece(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Cause>>> {
        let stream = self
            .stream
            .get_mut()
            .unwrap_or_else(PoisonError::into_inner);
        while !self.is_ended {
            let Some(piece) = ready!(stream.as_mut().poll_next(cx)).transpose()? else {
                self.is_ended = true;
                if self.rest.is_some_and(|rest| rest > 0) {
                    let why = "the body is shorter than its length";
                    return Poll::Ready(Some(Err(why.into())));
                }
                break;
            };
            let Some(rest) = &mut self.rest else {
                return Poll::Ready(Some(Ok(piece)));
            };
            let length = u64::try_from(piece.len()).unwrap_or(u64::MAX);
            let Some(left) = rest.checked_sub(length) else {
                self.is_ended = true;
                self.last = None;
                let why = "the body is longer than its length";
                return Poll::Ready(Some(Err(why.into())));
            };
            *rest = left;
            if left > 0 {
                return Poll::Ready(Some(Ok(piece)));
            }
            if length > 0 {
                self.last = Some(piece);
            }
        }
        Poll::Ready(self.last.take().map(Ok))
    }
}

impl http_body::Body for Measured {
    type Data = Bytes;
    type Error = Cause;

    fn poll_frame(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Cause>>> {
        let piece = ready!(self.get_mut().poll_piece(cx));
        Poll::Ready(piece.map(|piece| piece.map(http_body::Frame::data)))
    }

    fn size_hint(&self) -> http_body::SizeHint {
        let held = self.last.as_ref().map_or(0, Bytes::len);
        let held = u64::try_from(held).unwrap_or(u64::MAX);
        self.rest.map_or_else(http_body::SizeHint::default, |rest| {
            http_body::SizeHint::with_exact(rest.saturating_add(held))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    /// A stream of these pieces.
    struct Of(VecDeque<&'static str>);

    impl Stream for Of {
        type Item = Result<&'static str, Infallible>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready(self.0.pop_front().map(Ok))
        }
    }

    fn of(pieces: &[&'static str]) -> Body {
        Body::stream(Of(pieces.iter().copied().collect()))
    }

    /// What is sent of a body, and the error at its end.
    fn sent(body: &Body) -> (String, Option<String>) {
        let mut measured = Measured::new(body.to_stream().unwrap(), body.length());
        let mut text = String::new();
        let waker = std::task::Waker::noop();
        loop {
            match measured.poll_piece(&mut Context::from_waker(waker)) {
                Poll::Ready(Some(Ok(piece))) => text += std::str::from_utf8(&piece).unwrap(),
                Poll::Ready(Some(Err(error))) => return (text, Some(error.to_string())),
                Poll::Ready(None) => return (text, None),
                Poll::Pending => panic!("nothing here waits"),
            }
        }
    }

    #[test]
    fn a_stream_that_has_not_its_length_is_an_error() {
        for (length, whole, error) in [
            (5, "abcde", None),
            (6, "abcde", Some("the body is shorter than its length")),
            (4, "ab", Some("the body is longer than its length")),
            (2, "", Some("the body is longer than its length")),
        ] {
            let body = of(&["ab", "", "cde", ""]).with_length(length);
            let expected = (whole.to_owned(), error.map(str::to_owned));
            assert_eq!(sent(&body), expected, "{length}");
        }
        assert_eq!(sent(&of(&[]).with_length(0)), (String::new(), None));
    }

    #[test]
    fn a_stream_is_sent_once_and_a_function_makes_it_again() {
        let once = of(&["ab"]);
        assert!(once.can_be_sent() && once.as_bytes().is_none());
        assert_eq!(sent(&once.clone()).0, "ab");
        assert!(!once.can_be_sent() && once.to_stream().is_none());
        let again = Body::from_fn(|| Of(["cd"].into()));
        let joined = Body::joined(vec!["x-".into(), again]);
        for _ in 0..2 {
            assert!(joined.can_be_sent());
            assert_eq!(sent(&joined).0, "x-cd");
        }
        let joined = Body::joined(vec!["x-".into(), once]);
        assert!(!joined.can_be_sent() && joined.to_stream().is_none());
    }

    #[test]
    fn bodies_that_are_joined_have_a_length_if_each_has_one() {
        let known = Body::joined(vec!["x-".into(), of(&["ab"]).with_length(2)]);
        assert_eq!(known.length(), Some(4));
        assert_eq!(Body::joined(vec!["x-".into(), of(&["ab"])]).length(), None);
        let bytes = Body::joined(vec!["x-".into(), "y".into()]);
        assert_eq!(bytes.as_bytes().map(|it| &it[..]), Some(&b"x-y"[..]));
    }
}
