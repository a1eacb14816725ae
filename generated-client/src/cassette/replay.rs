//! The transport that replays.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::entry::{Exchanged, Request, head};
use super::{CassetteError, Fault};
use crate::runtime::{Call, Exchange, Reply, Transport, TransportError, TransportErrorKind};

/// A transport that replays a cassette: it gives the recorded responses and errors, in their order, and calls nobody.
///
/// Each attempt must be the recorded one: method, path, query and body (JSON is compared by value). An attempt that is not is an
/// error of kind [`Request`](TransportErrorKind::Request), which says what the cassette has at this place. Cloning is cheap: all
/// clones are at the same place.
///
/// ```no_run
/// use releasepack_client::{Cassette, Client, Credentials};
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let cassette = Cassette::open("tests/pack.jsonl")?;
/// let client = Client::builder("any", Credentials::api_token("me@example.com", "any-token"))
///     .build_over(cassette.clone())?;
/// client.pack("f0f7face").await?;
/// assert_eq!(cassette.remaining(), 0, "the client made all calls of the cassette");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Cassette {
    path: Arc<PathBuf>,
    rest: Arc<Mutex<Rest>>,
}

#[derive(Debug)]
struct Rest {
    exchanges: VecDeque<Exchanged>,
    /// How many exchanges were replayed.
    replayed: usize,
}

impl Cassette {
    /// Opens a cassette.
    ///
    /// # Errors
    ///
    /// Returns a [`CassetteError`] when the file cannot be read, or is not a cassette in a version that this crate knows.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, CassetteError> {
        let path = path.as_ref();
        let error = |fault| CassetteError::new(path, fault);
        let text = fs::read_to_string(path).map_err(|fault| error(Fault::File(fault)))?;
        let mut lines = text.lines().enumerate();
        let first = lines.next().map(|(_, line)| serde_json::from_str(line));
        let first: Option<Value> = first.and_then(Result::ok);
        if first != Some(head()) {
            return Err(error(Fault::Format));
        }
        let exchanges = lines.filter(|(_, line)| !line.trim().is_empty());
        let exchanges = exchanges.map(|(index, line)| {
            Exchanged::of_line(line).map_err(|why| error(Fault::Line(index + 1, why)))
        });
        let rest = Rest {
            exchanges: exchanges.collect::<Result<_, _>>()?,
            replayed: 0,
        };
        Ok(Self {
            path: Arc::new(path.to_owned()),
            rest: Arc::new(Mutex::new(rest)),
        })
    }

    /// How many exchanges have not been replayed yet.
    pub fn remaining(&self) -> usize {
        let rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner);
        rest.exchanges.len()
    }

    fn replay(&self, call: &Call) -> Result<Reply, TransportError> {
        let request = Request::of(call);
        let mut rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner);
        let number = rest.replayed + 1;
        let expected = match rest.exchanges.pop_front() {
            Some(exchanged) if exchanged.request.is_same(&request) => {
                rest.replayed = number;
                return exchanged.result();
            }
            Some(exchanged) => {
                let expected = describe(&exchanged.request, &request);
                rest.exchanges.push_front(exchanged);
                expected
            }
            None => "has no more calls".to_owned(),
        };
        let message = format!(
            "call {number} is {}, but the cassette {} {expected}",
            request.name(),
            self.path.display(),
        );
        Err(TransportError::new(TransportErrorKind::Request, message))
    }
}

/// Says what the cassette has in place of `actual`.
fn describe(expected: &Request, actual: &Request) -> String {
    if expected.name() == actual.name() {
        let body = expected.body.as_deref().unwrap_or_default();
        let body = String::from_utf8_lossy(body);
        return format!("has another body there: {body}");
    }
    format!("has {} there", expected.name())
}

impl Transport for Cassette {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(async move { self.replay(&call) })
    }
}
