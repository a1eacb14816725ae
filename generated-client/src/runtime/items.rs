//! Responses that are sequences of JSON values: items are read one by one, as they come.

use std::future::poll_fn;
use std::marker::PhantomData;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::arriving::Arriving;
use super::data::{Blank, ReadError, from_json};
use super::error_text::excerpt;
use super::service::Watcher;
use super::{Decode, Error, Http, Opened, Request, TransportError, TransportErrorKind};

/// The items of a response of a sequential media type: JSON Lines (`application/jsonl`, `application/x-ndjson`), where each line is
/// an item, and JSON text sequences (`application/json-seq`, RFC 7464), where a record separator is before each. They are also a
/// `Stream`.
///
/// ```
/// use releasepack_client::runtime::{ItemError, Items};
///
/// async fn print(mut items: Items<serde_json::Value>) -> Result<(), ItemError> {
///     while let Some(item) = items.next().await? {
///         println!("{item}");
///     }
///     Ok(())
/// }
/// ```
#[derive(Debug)]
pub struct Items<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: Arriving,
    watcher: Watcher,
    splitter: Splitter,
    /// The number of items before the next one.
    count: u64,
    is_ended: bool,
    item: PhantomData<fn() -> T>,
}

/// An item could not be read: its number, from one, and why.
#[derive(Debug, thiserror::Error)]
#[error("item {number} cannot be read: {fault}")]
pub struct ItemError {
    number: u64,
    #[source]
    fault: ItemFault,
}

/// Why an item could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ItemFault {
    /// The connection was lost, or the item is longer than [`Items::MOST`]. No more items come.
    #[error(transparent)]
    Transport(TransportError),
    /// It is not JSON, or does not fit its type. [`Items::next`] goes on with the item after it.
    #[error(transparent)]
    Read(ReadError),
}

impl ItemError {
    /// The number of the item. The first one is 1.
    pub fn number(&self) -> u64 {
        self.number
    }

    /// Why it could not be read.
    pub fn fault(&self) -> &ItemFault {
        &self.fault
    }
}

impl<T: Blank> Items<T> {
    /// The maximum size of an item in bytes.
    pub const MOST: usize = Http::BODY_LIMIT;

    fn new(opened: Opened, media_type: &str, watcher: Watcher) -> Self {
        let content_type = opened.headers.get(CONTENT_TYPE);
        let content_type = content_type.map(|value| excerpt(value.as_bytes(), 64));
        let is_said = |text: &str| text.to_ascii_lowercase().contains("json-seq");
        Self {
            status: opened.status,
            headers: opened.headers,
            body: Arriving::new(opened.body),
            watcher,
            splitter: Splitter {
                end: if is_said(content_type.as_deref().unwrap_or(media_type)) {
                    RECORD_SEPARATOR
                } else {
                    b'\n'
                },
                ..Splitter::default()
            },
            count: 0,
            is_ended: false,
            item: PhantomData,
        }
    }

    /// The status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Waits for the next item; `None` at the end of the response. Items are read leniently.
    ///
    /// # Errors
    ///
    /// Returns an [`ItemError`] if the connection is lost, if an item is longer than [`MOST`](Self::MOST), or if an item does not fit
    /// its type. After the last of these, the next call gives the item after it.
    pub async fn next(&mut self) -> Result<Option<T>, ItemError> {
        poll_fn(|cx| self.poll_item(cx)).await.transpose()
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<T, ItemError>>> {
        loop {
            if let Some(text) = self.splitter.take(self.is_ended) {
                if text.trim_ascii().is_empty() {
                    continue;
                }
                self.count += 1;
                // Some servers begin a response with a byte order mark.
                let text = match text.strip_prefix(b"\xEF\xBB\xBF") {
                    Some(rest) if self.count == 1 => rest,
                    _ => &text[..],
                };
                return Poll::Ready(Some(self.read(text)));
            }
            if self.is_ended {
                return Poll::Ready(None);
            }
            match ready!(self.body.poll_piece(cx)) {
                Some(Ok(piece)) => self.splitter.rest.extend_from_slice(&piece),
                None => self.is_ended = true,
                Some(Err(error)) => return Poll::Ready(Some(Err(self.lost(error)))),
            }
            if self.splitter.is_longer_than(Self::MOST) {
                let limit = format!("an item may have {} bytes", Self::MOST);
                let error = TransportError::new(TransportErrorKind::TooLarge, limit);
                let error = self.lost(error.with_status(self.status));
                return Poll::Ready(Some(Err(error)));
            }
        }
    }

    /// Reads an item. The observer of the service gets what is not as the API description says.
    fn read(&self, text: &[u8]) -> Result<T, ItemError> {
        let mut notes = self.watcher.notes();
        let item = from_json(text, &mut notes);
        self.watcher.observe(&notes);
        item.map_err(|error| ItemError {
            number: self.count,
            fault: ItemFault::Read(error),
        })
    }

    /// Ends the sequence with an error of the next item.
    fn lost(&mut self, error: TransportError) -> ItemError {
        self.is_ended = true;
        self.body.end();
        self.splitter = Splitter::default();
        ItemError {
            number: self.count + 1,
            fault: ItemFault::Transport(error),
        }
    }
}

impl<T: Blank> Stream for Items<T> {
    type Item = Result<T, ItemError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

impl Request<'_> {
    /// Sends the request, asks for this sequential media type, and gives the items of the response as they come.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send): with `E`, the body of a response whose status is not 2xx is decoded.
    pub async fn items<T: Blank, E: Decode>(
        self,
        media_type: &'static str,
    ) -> Result<Items<T>, Error<E::Output>> {
        let watcher = self.service.watcher(self.operation);
        let opened = self.open::<E>(Some(media_type)).await?;
        Ok(Items::new(opened, media_type, watcher))
    }
}

/// The byte before each item of a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1E;

/// Cuts a body into the texts of its items.
#[derive(Debug, Default)]
struct Splitter {
    /// The byte between two items. JSON has none of them inside a string.
    end: u8,
    /// What has arrived and was not cut off yet.
    rest: Vec<u8>,
    /// Where the next item begins in it.
    begin: usize,
    /// How much of it was searched for an end.
    searched: usize,
}

impl Splitter {
    /// The text of the next item that is complete; after the end of the body, also what is left.
    fn take(&mut self, is_ended: bool) -> Option<Vec<u8>> {
        let from = self.searched.max(self.begin);
        let found = self.rest[from..].iter().position(|byte| *byte == self.end);
        if let Some(at) = found {
            let end = from + at;
            let text = self.rest[self.begin..end].to_vec();
            self.begin = end + 1;
            self.searched = self.begin;
            return Some(text);
        }
        self.rest.drain(..mem::take(&mut self.begin));
        self.searched = self.rest.len();
        let text = (is_ended && !self.rest.is_empty()).then(|| mem::take(&mut self.rest));
        if text.is_some() {
            self.searched = 0;
        }
        text
    }

    /// Whether an item that is not complete is longer than this.
    fn is_longer_than(&self, most: usize) -> bool {
        let rest = &self.rest[self.begin..];
        rest.len() > most && !rest[..most].contains(&self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(end: u8, pieces: &[&[u8]]) -> Vec<String> {
        let mut splitter = Splitter {
            end,
            ..Splitter::default()
        };
        let mut texts = Vec::new();
        for (index, piece) in pieces.iter().enumerate() {
            splitter.rest.extend_from_slice(piece);
            while let Some(text) = splitter.take(index + 1 == pieces.len()) {
                texts.push(String::from_utf8_lossy(text.trim_ascii()).into_owned());
            }
        }
        texts.retain(|text| !text.is_empty());
        texts
    }

    #[test]
    fn items_are_the_same_however_the_body_is_cut() {
        let lines: &[u8] = b"{\"a\":1}\r\n\n{\"b\":\"\\n\"}\n3";
        let records: &[u8] = b"\x1E{\n\"a\": 1}\n\x1E\x1E[2]\n\x1E3\n";
        for (end, body, expected) in [
            (b'\n', lines, vec!["{\"a\":1}", "{\"b\":\"\\n\"}", "3"]),
            (RECORD_SEPARATOR, records, vec!["{\n\"a\": 1}", "[2]", "3"]),
        ] {
            assert_eq!(cut(end, &[body]), expected);
            for at in 0..body.len() {
                let (first, second) = body.split_at(at);
                assert_eq!(cut(end, &[first, second]), expected, "cut at {at}");
            }
            let bytes: Vec<&[u8]> = body.chunks(1).collect();
            assert_eq!(cut(end, &bytes), expected);
        }
    }
}
