//! Faults that a test injects: what goes wrong, for which operation, how often.

use std::collections::VecDeque;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

/// The operations of the sandbox, as targets of a [`Fault`] and in a [record](super::Recorded).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Target {
    /// `POST /ReleaseIntegrationPack`: makes a release.
    Create,
    /// `POST /ReleaseIntegrationPack/{id}`: changes a scheduled release.
    Update,
    /// `GET /ReleaseIntegrationPackStatus/{id}`: gets the status of a release.
    Status,
    /// `GET /PublisherIntegrationPack/{id}`: gets a pack with the versions of its components.
    Pack,
    /// Any request, including one for a path that does not exist.
    Any,
}

/// Something that goes wrong with one request, or with several.
///
/// A fault waits in a queue for a request of its operation; see [`Sandbox::inject`](super::Sandbox::inject). Some faults
/// replace the response, and the request is not carried out. Others change the correct response.
///
/// ```
/// use std::time::Duration;
/// use releasepack_client::sandbox::{Fault, HeaderValue, StatusCode, header::RETRY_AFTER};
///
/// // Two responses "busy" of a gateway, which ask for a pause of one second.
/// let busy = Fault::answer(StatusCode::SERVICE_UNAVAILABLE, "text/html", "<h1>Busy</h1>")
///     .header(RETRY_AFTER, HeaderValue::from_static("1"))
///     .times(2);
/// // The request is carried out, but the connection is lost before the response: the outcome is unknown.
/// let lost = Fault::reset_after_request().applied();
/// // The third response takes a minute.
/// let slow = Fault::delay(Duration::from_secs(60)).after(2);
/// # let _ = (busy, lost, slow);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a fault does nothing until it is injected"]
pub struct Fault {
    pub(super) effect: Effect,
    pub(super) applied: bool,
    pub(super) headers: HeaderMap,
    times: u32,
    after: u32,
}

/// What a fault does.
#[derive(Clone)]
pub(super) enum Effect {
    Respond { status: StatusCode, body: Bytes },
    ResetBeforeRequest,
    ResetAfterRequest,
    Endless,
    // The effects below change the correct response.
    Delay(Duration),
    Drip { piece: usize, pause: Duration },
    Truncate { keep: usize },
    Edit(Arc<dyn Fn(&mut Value) + Send + Sync>),
    Headers,
}

impl fmt::Debug for Effect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Respond { status, body } => {
                write!(formatter, "Respond({status}, {} bytes)", body.len())
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
    fn new(effect: Effect) -> Self {
        Self {
            effect,
            applied: false,
            headers: HeaderMap::new(),
            times: 1,
            after: 0,
        }
    }

    /// Responds with `status` and an empty body. The request is not carried out, unless [`applied`](Self::applied) is set.
    pub fn status(status: StatusCode) -> Self {
        Self::new(Effect::Respond {
            status,
            body: Bytes::new(),
        })
    }

    /// Responds with `status` and `body`. The request is not carried out, unless [`applied`](Self::applied) is set.
    ///
    /// If `content_type` holds a character that is not allowed in headers, the header is left out.
    pub fn answer(status: StatusCode, content_type: &str, body: impl Into<Bytes>) -> Self {
        let mut fault = Self::new(Effect::Respond {
            status,
            body: body.into(),
        });
        if let Ok(content_type) = HeaderValue::from_str(content_type) {
            fault.headers.insert(CONTENT_TYPE, content_type);
        }
        fault
    }

    /// Responds as the platform does when it is busy, or when the account's rate limit is exceeded: 503, with its error message.
    /// The request is not carried out, so the client repeats it.
    ///
    /// ```
    /// # use releasepack_client::sandbox::{Fault, Sandbox, Target};
    /// # fn inject(sandbox: &Sandbox) {
    /// sandbox.inject(Target::Create, Fault::busy().times(2));
    /// # }
    /// ```
    pub fn busy() -> Self {
        let body = r#"{"message": "The Boomi server is currently unavailable or your account's rate limits have been exceeded. Retry later."}"#;
        Self::answer(StatusCode::SERVICE_UNAVAILABLE, "application/json", body)
    }

    /// Responds as a gateway in front of the platform does when its connection to the platform breaks: 503, in plain text. That
    /// may happen after the platform carried out the request ([`applied`](Self::applied)), so a release has an unknown outcome.
    ///
    /// ```
    /// # use releasepack_client::sandbox::{Fault, Sandbox, Target};
    /// # fn inject(sandbox: &Sandbox) {
    /// sandbox.inject(Target::Create, Fault::gateway_busy().applied());
    /// # }
    /// ```
    pub fn gateway_busy() -> Self {
        let body = "upstream connect error or disconnect/reset before headers. reset reason: connection termination";
        Self::answer(StatusCode::SERVICE_UNAVAILABLE, "text/plain", body)
    }

    /// Responds with a redirect (301 or 308, for example) to the URL `location`. The request is not carried out.
    ///
    /// If `location` holds a character that is not allowed in headers, the header is left out.
    pub fn redirect(status: StatusCode, location: &str) -> Self {
        let mut fault = Self::status(status);
        if let Ok(location) = HeaderValue::from_str(location) {
            fault.headers.insert(LOCATION, location);
        }
        fault
    }

    /// Resets the connection after the head of the request was read, and before its body is read. The request is not carried
    /// out.
    ///
    /// [`Sandbox::reset_connections`](super::Sandbox::reset_connections) resets a connection before anything is read.
    pub fn reset_before_request() -> Self {
        Self::new(Effect::ResetBeforeRequest)
    }

    /// Resets the connection after the complete request was read, without a response. The request is not carried out, unless
    /// [`applied`](Self::applied) is set.
    pub fn reset_after_request() -> Self {
        Self::new(Effect::ResetAfterRequest)
    }

    /// Responds with 200 and a body that never ends. The request is not carried out, unless [`applied`](Self::applied) is
    /// set.
    pub fn endless() -> Self {
        Self::new(Effect::Endless)
    }

    /// Carries out the request, and sends the correct response after a delay (on tokio's clock).
    pub fn delay(time: Duration) -> Self {
        Self::new(Effect::Delay(time)).applied()
    }

    /// Carries out the request, and sends the correct body in pieces of `piece` bytes, with a pause before each piece (on
    /// tokio's clock).
    pub fn drip(piece: usize, pause: Duration) -> Self {
        Self::new(Effect::Drip {
            piece: piece.max(1),
            pause,
        })
        .applied()
    }

    /// Carries out the request, and announces the complete length of the response, but ends the connection after `keep`
    /// bytes of the body.
    pub fn truncate(keep: usize) -> Self {
        Self::new(Effect::Truncate { keep }).applied()
    }

    /// Carries out the request, and sends the correct response with another `Content-Type` header.
    ///
    /// If `content_type` holds a character that is not allowed in headers, nothing is changed.
    pub fn content_type(content_type: &str) -> Self {
        let mut fault = Self::new(Effect::Headers).applied();
        if let Ok(content_type) = HeaderValue::from_str(content_type) {
            fault.headers.insert(CONTENT_TYPE, content_type);
        }
        fault
    }

    /// Carries out the request, and sends the response after `edit` has changed its body: for example to an unknown value,
    /// or with one more or one less member. `edit` receives the body as JSON, even if the response is written as XML.
    ///
    /// ```
    /// use releasepack_client::sandbox::Fault;
    ///
    /// let unknown_status = Fault::edit(|body| body["releaseStatus"] = "PAUSED".into());
    /// # let _ = unknown_status;
    /// ```
    pub fn edit(edit: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        Self::new(Effect::Edit(Arc::new(edit))).applied()
    }

    /// Carries out the request before the fault.
    pub fn applied(mut self) -> Self {
        self.applied = true;
        self
    }

    /// Sets a header of the response. It replaces a header of the same name.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the number of requests that the fault affects, one after the other. The default is one. With zero, the fault has
    /// no effect.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Sets the number of requests for the operation that are handled normally before the fault. The default is zero.
    pub fn after(mut self, requests: u32) -> Self {
        self.after = requests;
        self
    }
}

/// The waiting faults, in the order in which they were injected.
#[derive(Debug, Default)]
pub(super) struct Queue(VecDeque<(Target, Fault)>);

impl Queue {
    pub(super) fn push(&mut self, target: Target, fault: Fault) {
        if fault.times > 0 {
            self.0.push_back((target, fault));
        }
    }

    /// The fault for the current request of `operation`, if one is due.
    ///
    /// Only the first fault in the queue for the operation counts. The faults behind it wait until it is used up.
    pub(super) fn next_for(&mut self, operation: Target) -> Option<Fault> {
        let index = self
            .0
            .iter()
            .position(|(target, _)| *target == operation || *target == Target::Any)?;
        let (_, fault) = &mut self.0[index];
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        let due = fault.clone();
        fault.times -= 1;
        if fault.times == 0 {
            self.0.remove(index);
        }
        Some(due)
    }

    pub(super) fn waiting(&self) -> usize {
        self.0.iter().map(|(_, fault)| fault.times as usize).sum()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}
