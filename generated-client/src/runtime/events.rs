//! Responses that are event streams: events are read one by one, as they come.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use super::arriving::Arriving;
use super::data::{Blank, Notes, ReadError, from_json};
use super::error_text::excerpt;
use super::{
    Decode, DecodeError, Error, Http, Opened, Request, TransportError, TransportErrorKind,
};

/// The events of a response of the media type `text/event-stream`. They are also a `Stream`.
///
/// ```
/// # async fn run(mut events: releasepack_client::runtime::Events) -> Result<(), Box<dyn std::error::Error>> {
/// while let Some(event) = events.next().await? {
///     let value: serde_json::Value = event.json()?;
///     println!("{}: {value}", event.kind);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Events {
    status: StatusCode,
    headers: HeaderMap,
    body: Arriving,
    parser: Parser,
}

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event {
    /// The field `event`; `message` if the server does not send one.
    pub kind: String,
    /// The fields `data`, one line each.
    pub data: String,
    /// The last field `id` that the server sent, with this event or one before it.
    pub id: Option<String>,
    /// The last field `retry`: how long to wait before the stream is asked for again.
    pub retry: Option<Duration>,
}

impl Event {
    /// Reads the data as JSON, leniently.
    ///
    /// # Errors
    ///
    /// Returns a [`ReadError`] if the data is not JSON, or does not fit the type. Some APIs end a stream with data that is not
    /// JSON, such as `[DONE]`.
    pub fn json<T: Blank>(&self) -> Result<T, ReadError> {
        from_json(self.data.as_bytes(), &mut Notes::default())
    }
}

impl Events {
    /// The maximum size of an event in bytes.
    pub const MOST: usize = Http::BODY_LIMIT;

    fn new(opened: Opened) -> Self {
        Self {
            status: opened.status,
            headers: opened.headers,
            body: Arriving::new(opened.body),
            parser: Parser::default(),
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

    /// Waits for the next event; `None` at the end of the stream. An event that the end of the stream cuts off is not one.
    ///
    /// # Errors
    ///
    /// Returns a [`TransportError`] if the connection is lost, or if an event is longer than [`MOST`](Self::MOST).
    pub async fn next(&mut self) -> Result<Option<Event>, TransportError> {
        poll_fn(|cx| self.poll_event(cx)).await.transpose()
    }

    fn poll_event(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Event, TransportError>>> {
        loop {
            if let Some(event) = self.parser.ready.pop_front() {
                return Poll::Ready(Some(Ok(event)));
            }
            let Some(piece) = ready!(self.body.poll_piece(cx)).transpose()? else {
                return Poll::Ready(None);
            };
            self.parser.read(&piece);
            if self.parser.size() > Self::MOST {
                self.body.end();
                self.parser = Parser::default();
                let limit = format!("an event may have {} bytes", Self::MOST);
                let error = TransportError::new(TransportErrorKind::TooLarge, limit);
                return Poll::Ready(Some(Err(error.with_status(self.status))));
            }
        }
    }
}

impl Stream for Events {
    type Item = Result<Event, TransportError>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(cx)
    }
}

impl Request<'_> {
    /// Sends the request, asks for an event stream, and gives its events as they come.
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send): with `E`, the body of a response whose status is not 2xx is decoded. It is a
    /// [`Failure::Decode`](super::Failure::Decode) if a 2xx response is of another media type.
    pub async fn events<E: Decode>(self) -> Result<Events, Error<E::Output>> {
        let (operation, service) = (self.operation, self.service);
        let opened = self.open::<E>(Some("text/event-stream")).await?;
        let content_type = opened.headers.get(CONTENT_TYPE);
        let content_type = content_type.map(|value| excerpt(value.as_bytes(), 64));
        if let Some(other) = content_type.filter(|it| !is_event_stream(it)) {
            let reply = opened.finish(Http::ERROR_BODY_LIMIT).await;
            return Err(Error::undecodable(
                operation,
                reply,
                DecodeError::no_events(other),
                service.redaction(),
            ));
        }
        Ok(Events::new(opened))
    }
}

fn is_event_stream(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("text/event-stream")
}

/// Reads the format of event streams (<https://html.spec.whatwg.org/multipage/server-sent-events.html>).
#[derive(Debug, Default)]
struct Parser {
    ready: VecDeque<Event>,
    /// The line that has not ended yet.
    line: Vec<u8>,
    /// Whether the last byte was a carriage return: a line feed after it belongs to it.
    after_return: bool,
    /// Whether the first line was read. A byte order mark may be before it.
    is_begun: bool,
    kind: String,
    data: Option<String>,
    id: Option<String>,
    retry: Option<Duration>,
}

impl Parser {
    /// The size of the event that is not complete.
    fn size(&self) -> usize {
        self.line.len() + self.data.as_ref().map_or(0, String::len)
    }

    fn read(&mut self, piece: &[u8]) {
        let mut rest = piece;
        if std::mem::take(&mut self.after_return) {
            rest = rest.strip_prefix(b"\n").unwrap_or(rest);
        }
        while let Some(end) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) {
            self.line.extend_from_slice(&rest[..end]);
            let is_return = rest[end] == b'\r';
            rest = &rest[end + 1..];
            if is_return {
                self.after_return = rest.is_empty();
                rest = rest.strip_prefix(b"\n").unwrap_or(rest);
            }
            let line = std::mem::take(&mut self.line);
            self.end_line(&line);
        }
        self.line.extend_from_slice(rest);
    }

    fn end_line(&mut self, line: &[u8]) {
        let is_first = !std::mem::replace(&mut self.is_begun, true);
        let line = match line.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) if is_first => rest,
            _ => line,
        };
        if line.is_empty() {
            let kind = std::mem::take(&mut self.kind);
            if let Some(data) = self.data.take() {
                self.ready.push_back(Event {
                    kind: if kind.is_empty() {
                        "message".to_owned()
                    } else {
                        kind
                    },
                    data,
                    id: self.id.clone(),
                    retry: self.retry,
                });
            }
            return;
        }
        let line = String::from_utf8_lossy(line);
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => match &mut self.data {
                Some(data) => data.extend(["\n", value]),
                None => self.data = Some(value.to_owned()),
            },
            "event" => value.clone_into(&mut self.kind),
            "id" if !value.contains('\0') => self.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis).or(self.retry);
            }
            // A comment, or a field that is not defined.
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pieces: &[&[u8]]) -> Vec<(String, String, Option<String>)> {
        let mut parser = Parser::default();
        for piece in pieces {
            parser.read(piece);
        }
        let events = parser.ready.into_iter();
        events
            .map(|event| (event.kind, event.data, event.id))
            .collect()
    }

    #[test]
    fn events_are_the_same_however_the_stream_is_cut() {
        let stream = b"\xEF\xBB\xBFdata: one\r\ndata:two\r\n\r\n: comment\nevent: add\nid: 7\ndata: {}\n\ndata\r\rid\ndata: \xC3\xBC\n\nretry: 5\nevent: none\n\ndata: cut off\n";
        let message = |data: &str, id: Option<&str>| {
            ("message".to_owned(), data.to_owned(), id.map(str::to_owned))
        };
        let expected = [
            message("one\ntwo", None),
            ("add".to_owned(), "{}".to_owned(), Some("7".to_owned())),
            message("", Some("7")),
            message("\u{fc}", Some("")),
        ];
        assert_eq!(parsed(&[stream]), expected);
        for at in 0..stream.len() {
            let (first, second) = stream.split_at(at);
            assert_eq!(parsed(&[first, second]), expected, "cut at {at}");
        }
        let bytes: Vec<&[u8]> = stream.chunks(1).collect();
        assert_eq!(parsed(&bytes), expected);
    }
}
