//! A release that the platform took on.

use jiff::civil::Date;

use super::ReleaseError;
use crate::runtime::Response;
use crate::types::ReleaseIntegrationPack;
use crate::{Error, Notice};

/// A release that the platform took on, and under which request id to ask for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    request_id: String,
    answer: ReleaseIntegrationPack,
    notice: Option<Notice>,
}

impl Accepted {
    pub(super) fn from_answer(
        pack_id: &str,
        answer: Result<Response<ReleaseIntegrationPack>, Error>,
    ) -> Result<Self, ReleaseError> {
        let response = answer.map_err(|source| ReleaseError::of_call(pack_id, source))?;
        let notice = response.notice();
        let answer = response.into_body();
        match answer.request_id.clone().filter(|id| !id.trim().is_empty()) {
            Some(request_id) => Ok(Self {
                request_id,
                answer,
                notice,
            }),
            None => Err(ReleaseError::NoRequestId {
                pack_id: pack_id.to_owned(),
                answer: Box::new(answer),
            }),
        }
    }

    /// What to ask for the release by: [`Client::status`](crate::Client::status), [`Client::wait`](crate::Client::wait).
    /// Worth keeping: it is the only way back to the release.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The day of the release, if the answer says one; that of an immediate release may do so too.
    pub fn release_on(&self) -> Option<Date> {
        self.answer.release_on_date
    }

    /// The whole answer. Its `release_status_url` is for the eye: this client asks by the request id, at the place it was
    /// built for.
    pub fn answer(&self) -> &ReleaseIntegrationPack {
        &self.answer
    }

    /// What the answer says about the end of the operation's life, if it says something.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }
}
