//! The platform's confirmation of a release.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use jiff::civil::Date;

use super::ReleaseError;
use super::arrived::{Object, Received, from_members};
use crate::runtime::{
    Error as CallError, Failure, Note, NoteKind, Notes, Redaction, Response, server_request_id,
};
use crate::types::ReleaseIntegrationPack;
use crate::{Error, Notice};

/// The platform's confirmation of a release. It holds the request id, which identifies the release from now on.
///
/// A response with a 2xx status that has a request id is a confirmation, whatever else is in it, and even if it breaks off after
/// the id. [`received`](Self::received) is the response as it arrived, and [`unread`](Self::unread) has what could not be read.
///
/// ```no_run
/// # async fn run(client: releasepack_client::Client) -> Result<(), releasepack_client::release::ReleaseError> {
/// use releasepack_client::release::Release;
///
/// let accepted = client.release(&Release::now("f0f7face")).await?;
/// println!("request id: {}", accepted.request_id());
/// if let Some(notice) = accepted.notice() {
///     eprintln!("the operation is deprecated: {notice}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Accepted {
    request_id: String,
    received: Received<ReleaseIntegrationPack>,
    headers: HeaderMap,
    attempts: u32,
    notice: Option<Notice>,
    redaction: Redaction,
}

impl Object for ReleaseIntegrationPack {
    const ENOUGH: &'static str = "requestId";
}

impl Accepted {
    pub(super) fn from_result(
        pack_id: &str,
        redaction: &Redaction,
        result: Result<Response<Received<ReleaseIntegrationPack>>, Error>,
    ) -> Result<Self, ReleaseError> {
        let attempts = match &result {
            Ok(response) => response.attempts(),
            Err(error) => error.attempts(),
        };
        let (headers, received, status) = match result {
            Ok(response) => {
                let (headers, status) = (response.headers().clone(), response.status());
                (headers, response.into_body(), status)
            }
            Err(error) => match part_of_success(&error) {
                Some((headers, received, status)) => (headers, received, status),
                None => return Err(ReleaseError::of_call(pack_id, error)),
            },
        };
        let typed_id = received.object.request_id.clone();
        let typed_id = typed_id.filter(|id| !id.trim().is_empty());
        let Some(request_id) = typed_id.or_else(|| request_id_in(&received.body)) else {
            return Err(ReleaseError::NoRequestId {
                pack_id: pack_id.to_owned(),
                status,
                headers: Box::new(headers),
                attempts,
                answer: Box::new(received.object),
            });
        };
        let accepted = Self {
            request_id,
            received,
            notice: Notice::of(&headers),
            headers,
            attempts,
            redaction: redaction.clone(),
        };
        accepted.report_unread(pack_id);
        Ok(accepted)
    }

    /// Says so if not all of the response could be read.
    fn report_unread(&self, pack_id: &str) {
        let unread = self.unread();
        let unread = unread.map(|note| self.redaction.pointer(&note.pointer));
        let unread: Vec<String> = unread.collect();
        if !unread.is_empty() || !self.is_whole() {
            tracing::warn!(
                pack_id,
                request_id = self.redaction.text(&self.request_id).as_ref(),
                is_whole = self.is_whole(),
                members = ?unread,
                "the release was accepted, but not all of the response can be read"
            );
        }
    }

    /// The id to pass to [`Client::status`](crate::Client::status) and [`Client::wait`](crate::Client::wait). Store it: only
    /// this id gives access to the status of the release.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The day of the release, if the response has one. Text that is not a date is in [`answer`](Self::answer). The response to an immediate release may have one too.
    pub fn release_on(&self) -> Option<Date> {
        self.answer().release_on_date.as_ref()?.value().ok()
    }

    /// The body of the response, as far as it can be read. Its `release_status_url` is only informative: the client gets the
    /// status with the request id, from its own base URL.
    pub fn answer(&self) -> &ReleaseIntegrationPack {
        &self.received.object
    }

    /// The body of the response as it arrived.
    pub fn received(&self) -> &Bytes {
        &self.received.body
    }

    /// Whether the body is complete, and in JSON or XML from its first to its last byte. If not, [`answer`](Self::answer) has
    /// what can be read of it.
    pub fn is_whole(&self) -> bool {
        self.received.is_whole
    }

    /// The members of the body that cannot be read, because their values have another type. They are absent in
    /// [`answer`](Self::answer).
    pub fn unread(&self) -> impl Iterator<Item = &Note> {
        let notes = self.received.notes.iter();
        notes.filter(|note| note.kind == NoteKind::DroppedMember)
    }

    /// How many attempts were made until the platform accepted the release, with the one that it accepted.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// The id that the server gave to the exchange, for a support ticket; see
    /// [`server_request_id`](crate::runtime::server_request_id).
    pub fn server_request_id(&self) -> Option<&str> {
        server_request_id(&self.headers)
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The deprecation notice in the headers of the response, if there is one.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }
}

impl PartialEq for Accepted {
    fn eq(&self, other: &Self) -> bool {
        self.request_id == other.request_id
            && self.received.body == other.received.body
            && self.headers == other.headers
    }
}

impl fmt::Debug for Accepted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let show = |f: &mut fmt::Formatter<'_>| {
            f.debug_struct("Accepted")
                .field("request_id", &self.request_id())
                .field("answer", self.answer())
                .field("is_whole", &self.is_whole())
                .field("headers", &self.headers)
                .field("attempts", &self.attempts)
                .finish_non_exhaustive()
        };
        self.redaction.debug(show, f)
    }
}

/// The request id in a body, whatever else is in it.
pub(super) fn request_id_in(body: &[u8]) -> Option<String> {
    super::arrived::Members::of(body).request_id()
}

type Part = (
    HeaderMap,
    Received<ReleaseIntegrationPack>,
    http::StatusCode,
);

/// What arrived of a 2xx response before the exchange failed, if the request id is in it.
fn part_of_success<E>(error: &CallError<E>) -> Option<Part> {
    let Failure::Transport(error) = error.failure() else {
        return None;
    };
    let reply = error.received().filter(|reply| reply.status.is_success())?;
    request_id_in(&reply.body)?;
    let mut notes = Notes::on();
    let (object, _) = from_members(reply, &mut notes)?;
    let received = Received {
        object,
        body: reply.body.clone(),
        notes: notes.into_vec(),
        is_whole: false,
    };
    Some((reply.headers.clone(), received, reply.status))
}
