//! A base URL and what sends calls to it: the service that requests are made for.

use std::fmt;
use std::sync::Arc;

use http::header::CONTENT_TYPE;
use url::Url;

use super::data::{Note, NoteKind, Notes};
use super::media_type::is_accepted;
use super::transport::without_password;
use super::{
    Call, Decode, DecodeError, Error, Exchange, Opening, Operation, Redaction, Reply, Request,
    Response, Transport,
};

/// A base URL and the transport for calls to it. Cloning is cheap.
///
/// Each generated client holds a service. You can also use a service to call an operation that was not generated:
///
/// ```
/// use releasepack_client::runtime::{Error, Http, Json, Method, Operation, Service};
/// use serde_json::Value;
///
/// static GET_PACK: Operation =
///     Operation::new("GetPack", Method::GET, "/packs/{id}").accept("application/json");
///
/// async fn name(service: &Service, id: &str) -> Result<String, Error<Value>> {
///     let request = service.request(&GET_PACK).path("id", id).query("fields", "name");
///     let pack = request.send::<Json<Value>, Json<Value>>().await?;
///     Ok(pack["name"].to_string())
/// }
///
/// # fn main() -> Result<(), url::ParseError> {
/// let service = Service::new(&"https://example.com/v1".parse()?, Http::new(reqwest::Client::new()));
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Service {
    inner: Arc<ServiceParts>,
    observer: Option<Arc<Observer>>,
    redact: Redaction,
}

/// The observer of a service, for the responses to one operation.
pub(super) struct Watcher {
    operation: &'static Operation,
    observer: Option<Arc<Observer>>,
}

impl Watcher {
    /// Collects notes only if there is someone to read them.
    pub(super) fn notes(&self) -> Notes {
        match self.observer {
            Some(_) => Notes::on(),
            None => Notes::default(),
        }
    }

    pub(super) fn observe(&self, notes: &Notes) {
        if let Some(observer) = &self.observer {
            notes
                .as_slice()
                .iter()
                .for_each(|note| observer(self.operation, note));
        }
    }
}

impl fmt::Debug for Watcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watcher")
            .field("is_observed", &self.observer.is_some())
            .finish_non_exhaustive()
    }
}

type Observer = dyn Fn(&'static Operation, &Note) + Send + Sync;

struct ServiceParts {
    base_url: Url,
    transport: Box<dyn Transport>,
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service")
            .field("base_url", &without_password(&self.inner.base_url).as_str())
            .field("transport", &self.inner.transport)
            .field("is_observed", &self.observer.is_some())
            .field("redact", &self.redact)
            .finish()
    }
}

impl Service {
    /// A service at `base_url`, with `transport` to send calls. The paths of the operations are appended to the path of
    /// `base_url`, which may end in a slash. The query of `base_url` comes before the query of each request. Its fragment
    /// is ignored.
    pub fn new(base_url: &Url, transport: impl Transport) -> Self {
        let mut base_url = base_url.clone();
        base_url.set_fragment(None);
        Self {
            inner: Arc::new(ServiceParts {
                base_url,
                transport: Box::new(transport),
            }),
            observer: None,
            redact: Redaction::default(),
        }
    }

    /// The same service with an observer. It is called for each thing in a response that is not as the API description
    /// says: a member or a value that is not listed, an optional member that was dropped because it
    /// does not fit, an undeclared status or media type; and where the value is that made a response unreadable. [`Response::notes`] has the same notes. Without an observer, nothing is noted.
    ///
    /// ```
    /// use releasepack_client::runtime::{Http, Service};
    ///
    /// # fn main() -> Result<(), url::ParseError> {
    /// let http = Http::new(reqwest::Client::new());
    /// let service = Service::new(&"https://example.com/v1".parse()?, http)
    ///     .with_observer(|operation, note| eprintln!("{}: {:?} at `{}`", operation.id, note.kind, note.pointer));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_observer(
        mut self,
        observer: impl Fn(&'static Operation, &Note) + Send + Sync + 'static,
    ) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// The same service with a function that removes secrets. It is called with each text that an error shows (a message, an
    /// excerpt, a header, a cause), and returns the text without secrets, or `None` if there are none in it.
    ///
    /// ```
    /// use releasepack_client::runtime::{Http, Service};
    ///
    /// # fn main() -> Result<(), url::ParseError> {
    /// let http = Http::new(reqwest::Client::new());
    /// let service = Service::new(&"https://example.com/v1".parse()?, http)
    ///     .with_redaction(|text| text.contains("s3cret").then(|| text.replace("s3cret", "[redacted]")));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn with_redaction(
        mut self,
        redaction: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.redact = Redaction::new(redaction);
        self
    }

    /// What removes secrets from the texts of errors.
    pub fn redaction(&self) -> &Redaction {
        &self.redact
    }

    /// What takes the notes of responses to this operation.
    pub(super) fn watcher(&self, operation: &'static Operation) -> Watcher {
        Watcher {
            operation,
            observer: self.observer.clone(),
        }
    }

    /// Sends a call, and gives the complete response.
    pub(super) fn send(&self, call: Call) -> Exchange<'_> {
        self.inner.transport.send(call)
    }

    /// Sends a call, and gives the response before its body.
    pub(super) fn open(&self, call: Call) -> Opening<'_> {
        self.inner.transport.open(call)
    }

    pub(super) fn decode<D: Decode, E: Decode>(
        &self,
        operation: &'static Operation,
        reply: Reply,
    ) -> Result<Response<D::Output>, Error<E::Output>> {
        let watcher = self.watcher(operation);
        let mut notes = watcher.notes();
        let decoded = if reply.status.is_success() {
            D::decode(&reply, &mut notes).map(Ok)
        } else {
            E::decode(&reply, &mut notes).map(Err)
        };
        if notes.is_on() {
            add_notes(operation, &reply, decoded.as_ref().err(), &mut notes);
        }
        watcher.observe(&notes);
        match decoded {
            Ok(Ok(body)) => {
                let attempts = reply.attempts();
                let response = Response::new(reply.status, reply.headers, body);
                Ok(response.with(attempts, notes, self.redact.clone()))
            }
            Ok(Err(body)) => Err(Error::status_of(operation, reply, Some(body), &self.redact)),
            Err(fault) if reply.status.is_success() => {
                Err(Error::undecodable(operation, reply, fault, &self.redact))
            }
            Err(_) => Err(Error::status_of(operation, reply, None, &self.redact)),
        }
    }

    /// The URL that the paths of the operations are appended to.
    pub fn base_url(&self) -> &Url {
        &self.inner.base_url
    }

    /// Starts a request for `operation`, without parameters and body.
    pub fn request(&self, operation: &'static Operation) -> Request<'_> {
        Request::new(self, operation)
    }
}

/// Notes what decoding does not note itself: the status, the media type, and the value that made a body unreadable.
#[cold]
fn add_notes(operation: &Operation, reply: &Reply, fault: Option<&DecodeError>, notes: &mut Notes) {
    let content_type = reply.headers.get(CONTENT_TYPE);
    let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()));
    if reply.status.is_success()
        && !reply.body.is_empty()
        && content_type.is_some_and(|given| !is_accepted(operation.accept, &given))
    {
        notes.add("", NoteKind::UnexpectedMediaType);
    }
    match fault {
        Some(fault) if fault.is_undeclared() => notes.add("", NoteKind::UndeclaredStatus),
        Some(fault) if reply.status.is_success() && !fault.is_unreadable() => {
            notes.add(fault.pointer().unwrap_or_default(), NoteKind::WrongValue);
        }
        _ => {}
    }
}
