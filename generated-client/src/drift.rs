//! Drift: what in the platform's responses is not as the API description says.
//!
//! The client reads such responses nevertheless. An observer ([`ClientBuilder::on_drift`](crate::ClientBuilder::on_drift)) is told
//! of each difference once, so that somebody can refresh the client before it matters.

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use http::StatusCode;

use crate::operations::{
    CREATE_RELEASE_INTEGRATION_PACK, GET_PUBLISHER_INTEGRATION_PACK,
    GET_RELEASE_INTEGRATION_PACK_STATUS, UPDATE_RELEASE_INTEGRATION_PACK,
};
use crate::release::to_one_line;
use crate::runtime::{
    Call, Exchange, Note, NoteKind, Opening, Operation, Redaction, Transport, TransportError,
};

/// The maximum number of differences that a client remembers, and so tells of. A server that makes up names must not fill the memory.
const MOST: usize = 1_000;

/// The maximum number of characters of a member's name.
const LONGEST_NAME: usize = 80;

/// The maximum number of steps of a pointer.
const MOST_STEPS: usize = 16;

/// A difference between the platform's responses and the API description. It never holds a value.
///
/// Its `Display` text is one line.
///
/// ```no_run
/// # use releasepack_client::{BuildError, Client, Credentials};
/// # fn main() -> Result<(), BuildError> {
/// # let credentials = Credentials::api_token("me@example.com", "a1b2c3d4");
/// let client = Client::builder("mycompany-A1B2C3", credentials)
///     .on_drift(|drift| eprintln!("drift: {drift}"))
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Drift {
    /// The id of the operation.
    pub operation: &'static str,
    /// The JSON pointer of the value in the body of the response; `*` stands for any index. It is empty if the difference is
    /// not in the body. Names are shortened, and control characters in them replaced.
    pub pointer: String,
    /// What is different.
    pub kind: DriftKind,
}

/// What is different: see [`Drift`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DriftKind {
    /// The description does not list this member. It was ignored.
    UnknownMember,
    /// The description does not list this value of an enumeration, or the string is not of its format. It was kept.
    UnknownValue,
    /// The value has another type, or an object in it lacks a required member. It was read as absent, or the response could not
    /// be decoded.
    WrongType,
    /// The description does not declare this status for the operation.
    UndeclaredStatus(StatusCode),
    /// The response of a success is of another media type.
    MediaType,
    /// The response of a success has no body.
    EmptyBody,
}

impl fmt::Display for DriftKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownMember => "a member that the description does not list",
            Self::UnknownValue => "a value that the description does not list",
            Self::WrongType => "a value of another type",
            Self::UndeclaredStatus(status) => {
                return write!(f, "the undeclared status {}", status.as_u16());
            }
            Self::MediaType => "another media type",
            Self::EmptyBody => "no body",
        })
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.kind)?;
        if self.pointer.is_empty() {
            return Ok(());
        }
        write!(f, " at {}", self.pointer)
    }
}

/// The function that is told of drift.
#[derive(Clone)]
pub(crate) struct Observer(Arc<dyn Fn(&Drift) + Send + Sync>);

impl Observer {
    pub(crate) fn new(observer: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        Self(Arc::new(observer))
    }
}

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
}

/// Tells the observer of each difference once.
#[derive(Clone, Debug)]
pub(crate) struct Watch {
    observer: Observer,
    /// A member's name can be a secret that the server repeats.
    redaction: Redaction,
    told: Arc<Mutex<HashSet<Drift>>>,
}

impl Watch {
    pub(crate) fn new(observer: Observer, redaction: Redaction) -> Self {
        Self {
            observer,
            redaction,
            told: Arc::default(),
        }
    }

    /// Tells of what was noted while a response was read.
    pub(crate) fn note(&self, operation: &Operation, note: &Note) {
        let kind = match note.kind {
            NoteKind::UnknownMember => DriftKind::UnknownMember,
            NoteKind::UnknownValue | NoteKind::SeveralVariants => DriftKind::UnknownValue,
            NoteKind::DroppedMember | NoteKind::WrongValue | NoteKind::MissingMember => {
                DriftKind::WrongType
            }
            NoteKind::UnexpectedMediaType => DriftKind::MediaType,
            NoteKind::EmptyBody => DriftKind::EmptyBody,
            // `Statuses` tells of it, with the status.
            NoteKind::UndeclaredStatus => return,
        };
        self.tell(
            operation.id,
            general(&self.redaction.pointer(&note.pointer)),
            kind,
        );
    }

    fn tell(&self, operation: &'static str, pointer: String, kind: DriftKind) {
        let drift = Drift {
            operation,
            pointer,
            kind,
        };
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let is_new = told.len() < MOST && told.insert(drift.clone());
        // The observer may call the client.
        drop(told);
        if is_new {
            (self.observer.0)(&drift);
        }
    }
}

/// The pointer without what differs from response to response, in characters that can be shown.
fn general(pointer: &str) -> String {
    let mut steps = pointer.split('/').skip(1);
    let mut general = String::new();
    for step in steps.by_ref().take(MOST_STEPS) {
        general.push('/');
        if !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) {
            general.push('*');
        } else {
            general.push_str(&to_one_line(step, LONGEST_NAME));
        }
    }
    if steps.next().is_some() {
        general.push_str("/…");
    }
    general
}

/// The statuses that the description declares for an operation; `None` for an operation that this crate does not have. A test
/// compares them with the description.
fn declared(operation: &str) -> Option<&'static [u16]> {
    if operation == GET_RELEASE_INTEGRATION_PACK_STATUS.id {
        return Some(&[200, 202, 403, 410, 503]);
    }
    let others = [
        GET_PUBLISHER_INTEGRATION_PACK.id,
        CREATE_RELEASE_INTEGRATION_PACK.id,
        UPDATE_RELEASE_INTEGRATION_PACK.id,
    ];
    others.contains(&operation).then_some(&[200, 403, 410, 503])
}

/// A transport that tells of statuses that are not declared.
#[derive(Debug)]
pub(crate) struct Statuses<T> {
    inner: T,
    watch: Watch,
}

impl<T: Transport> Statuses<T> {
    pub(crate) fn new(inner: T, watch: Watch) -> Self {
        Self { inner, watch }
    }

    fn check(&self, operation: &'static Operation, status: StatusCode) {
        let declared = declared(operation.id);
        if declared.is_some_and(|declared| !declared.contains(&status.as_u16())) {
            let kind = DriftKind::UndeclaredStatus(status);
            self.watch.tell(operation.id, String::new(), kind);
        }
    }
}

impl<T: Transport> Transport for Statuses<T> {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(async move {
            let operation = call.operation;
            let result = self.inner.send(call).await;
            let status = match &result {
                Ok(reply) => Some(reply.status),
                Err(error) => TransportError::status(error),
            };
            if let Some(status) = status {
                self.check(operation, status);
            }
            result
        })
    }

    fn open(&self, call: Call) -> Opening<'_> {
        Box::pin(async move {
            let operation = call.operation;
            let opened = self.inner.open(call).await?;
            self.check(operation, opened.status);
            Ok(opened)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_general_short_and_without_control_characters() {
        assert_eq!(general(""), "");
        assert_eq!(general("/list/12/name"), "/list/*/name");
        assert_eq!(general("/a\u{1b}[2J\u{202e}b/"), "/a\u{fffd}[2J\u{fffd}b/");
        let long = format!("/{}", "x".repeat(1_000));
        assert_eq!(general(&long).chars().count(), 1 + LONGEST_NAME + 1);
        assert!(general(&"/x".repeat(1_000)).chars().count() < 40);
    }
}
