//! Faults on demand: what goes wrong, on which operation, how often.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

/// The operations that the sandbox knows, as targets of a [`Fault`] and in what it [recorded](super::Recorded).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Target {
    /// `POST /ReleaseIntegrationPack`: a new release.
    Create,
    /// `POST /ReleaseIntegrationPack/{id}`: a change of a scheduled release.
    Update,
    /// `GET /ReleaseIntegrationPackStatus/{id}`: how far a release is.
    Status,
    /// Whatever is asked, also paths that do not exist.
    Any,
}

/// Something that goes wrong with one exchange, or with several.
///
/// A fault waits in a queue until a request for its operation comes; see [`Sandbox::inject`](super::Sandbox::inject).
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::sandbox::{Fault, HeaderValue, StatusCode, header::RETRY_AFTER};
///
/// // Twice "busy", as a gateway says it, with a hint when to come back.
/// let busy = Fault::answer(StatusCode::SERVICE_UNAVAILABLE, "text/html", "<h1>Busy</h1>")
///     .header(RETRY_AFTER, HeaderValue::from_static("1"))
///     .times(2);
/// // The request is carried out, but the connection is gone before the answer: nobody knows.
/// let lost = Fault::reset_after_request().applied();
/// // The third answer takes a minute.
/// let slow = Fault::delay(Duration::from_secs(60)).after(2);
/// # let _ = (busy, lost, slow);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until it is injected"]
pub struct Fault {
    pub(super) kind: Kind,
    pub(super) applied: bool,
    pub(super) headers: HeaderMap,
    times: u32,
    after: u32,
}

#[derive(Clone)]
pub(super) enum Kind {
    Answer { status: StatusCode, body: Bytes },
    ResetBeforeRequest,
    ResetAfterRequest,
    Endless,
    // The kinds below spoil the answer that the sandbox would have given.
    Delay(Duration),
    Drip { piece: usize, pause: Duration },
    Truncate { keep: usize },
    Edit(Arc<dyn Fn(&mut Value) + Send + Sync>),
    Headers,
}

impl fmt::Debug for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Answer { status, body } => {
                write!(formatter, "Answer({status}, {} bytes)", body.len())
            }
            Self::ResetBeforeRequest => formatter.write_str("ResetBeforeRequest"),
            Self::ResetAfterRequest => formatter.write_str("ResetAfterRequest"),
            Self::Endless => formatter.write_str("Endless"),
            Self::Delay(time) => write!(formatter, "Delay({time:?})"),
            Self::Drip { piece, pause } => write!(formatter, "Drip({piece} bytes, {pause:?})"),
            Self::Truncate { keep } => write!(formatter, "Truncate({keep} bytes)"),
            Self::Edit(_) => formatter.write_str("Edit"),
            Self::Headers => formatter.write_str("Headers"),
        }
    }
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self {
            kind,
            applied: false,
            headers: HeaderMap::new(),
            times: 1,
            after: 0,
        }
    }

    /// An answer with this status and nothing in it. The request is not carried out, unless [`applied`](Self::applied).
    pub fn status(status: StatusCode) -> Self {
        Self::new(Kind::Answer {
            status,
            body: Bytes::new(),
        })
    }

    /// An answer with this status and body. The request is not carried out, unless [`applied`](Self::applied).
    ///
    /// A `content_type` that no header can hold is left out.
    pub fn answer(status: StatusCode, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut fault = Self::new(Kind::Answer {
            status,
            body: body.into(),
        });
        if let Ok(content_type) = HeaderValue::from_str(content_type) {
            fault.headers.insert(CONTENT_TYPE, content_type);
        }
        fault
    }

    /// A redirect (301, 308, …) to another place. The request is not carried out.
    ///
    /// A `location` that no header can hold is left out.
    pub fn redirect(status: StatusCode, location: &str) -> Self {
        let mut fault = Self::status(status);
        if let Ok(location) = HeaderValue::from_str(location) {
            fault.headers.insert(LOCATION, location);
        }
        fault
    }

    /// The connection is reset when the head of the request is read, before its body is. The request is not carried out.
    ///
    /// To reset a connection before anything is read, see [`Sandbox::reset_connections`](super::Sandbox::reset_connections).
    pub fn reset_before_request() -> Self {
        Self::new(Kind::ResetBeforeRequest)
    }

    /// The connection is reset when the whole request is read, before any answer. The request is not carried out, unless
    /// [`applied`](Self::applied).
    pub fn reset_after_request() -> Self {
        Self::new(Kind::ResetAfterRequest)
    }

    /// A 200 whose body never ends. The request is not carried out, unless [`applied`](Self::applied).
    pub fn endless() -> Self {
        Self::new(Kind::Endless)
    }

    /// The request is carried out and the answer is right, but it comes this much later (on tokio's clock).
    pub fn delay(time: Duration) -> Self {
        Self::new(Kind::Delay(time)).applied()
    }

    /// The request is carried out and the answer is right, but its body comes in pieces of so many bytes, with a pause
    /// before each (on tokio's clock).
    pub fn drip(piece: usize, pause: Duration) -> Self {
        Self::new(Kind::Drip {
            piece: piece.max(1),
            pause,
        })
        .applied()
    }

    /// The request is carried out and the answer promises its whole length, but the connection ends after `keep` bytes of
    /// the body.
    pub fn truncate(keep: usize) -> Self {
        Self::new(Kind::Truncate { keep }).applied()
    }

    /// The request is carried out and the answer is right, but it says that it is something else.
    ///
    /// A `content_type` that no header can hold changes nothing.
    pub fn content_type(content_type: &str) -> Self {
        let mut fault = Self::new(Kind::Headers).applied();
        if let Ok(content_type) = HeaderValue::from_str(content_type) {
            fault.headers.insert(CONTENT_TYPE, content_type);
        }
        fault
    }

    /// The request is carried out and `edit` changes the JSON of the answer: a value that nobody knows yet, one more
    /// field, one less. An answer in XML stays as it is.
    ///
    /// ```
    /// use releasepack_client::sandbox::Fault;
    ///
    /// let unheard_of = Fault::edit(|answer| answer["releaseStatus"] = "PAUSED".into());
    /// # let _ = unheard_of;
    /// ```
    pub fn edit(edit: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        Self::new(Kind::Edit(Arc::new(edit))).applied()
    }

    /// The request is carried out before things go wrong.
    pub fn applied(mut self) -> Self {
        self.applied = true;
        self
    }

    /// Adds a header to the answer, in place of one of the same name.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// For so many requests, one after the other, instead of one. Zero takes the fault back.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Lets so many requests for the operation pass before it strikes.
    pub fn after(mut self, requests: u32) -> Self {
        self.after = requests;
        self
    }
}

/// The faults that wait, in the order they were injected.
#[derive(Debug, Default)]
pub(super) struct Queue(VecDeque<(Target, Fault)>);

impl Queue {
    pub(super) fn push(&mut self, target: Target, fault: Fault) {
        if fault.times > 0 {
            self.0.push_back((target, fault));
        }
    }

    /// The fault for a request of this operation, if its turn has come.
    ///
    /// The first fault in the queue for the operation decides: those behind it wait until it is used up.
    pub(super) fn strike(&mut self, operation: Target) -> Option<Fault> {
        let place = self
            .0
            .iter()
            .position(|(target, _)| *target == operation || *target == Target::Any)?;
        let (_, fault) = &mut self.0[place];
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        let struck = fault.clone();
        fault.times -= 1;
        if fault.times == 0 {
            self.0.remove(place);
        }
        Some(struck)
    }

    pub(super) fn waiting(&self) -> usize {
        self.0.iter().map(|(_, fault)| fault.times as usize).sum()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
