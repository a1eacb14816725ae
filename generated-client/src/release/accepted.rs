//! The platform's confirmation of a release.

use jiff::civil::Date;

use super::ReleaseError;
use crate::runtime::Response;
use crate::types::ReleaseIntegrationPack;
use crate::{Error, Notice};

/// The platform's confirmation of a release. It holds the request id, which identifies the release from now on.
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
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    request_id: String,
    body: ReleaseIntegrationPack,
    notice: Option<Notice>,
}

impl Accepted {
    pub(super) fn from_result(
        pack_id: &str,
        result: Result<Response<ReleaseIntegrationPack>, Error>,
    ) -> Result<Self, ReleaseError> {
        let response = result.map_err(|source| ReleaseError::of_call(pack_id, source))?;
        let notice = response.notice();
        let body = response.into_body();
        match body.request_id.clone().filter(|id| !id.trim().is_empty()) {
            Some(request_id) => Ok(Self {
                request_id,
                body,
                notice,
            }),
            None => Err(ReleaseError::NoRequestId {
                pack_id: pack_id.to_owned(),
                answer: Box::new(body),
            }),
        }
    }

    /// The id to pass to [`Client::status`](crate::Client::status) and [`Client::wait`](crate::Client::wait). Store it: only
    /// this id gives access to the status of the release.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// The day of the release, if the response has one. Text that is not a date is in [`answer`](Self::answer). The response to an immediate release may have one too.
    pub fn release_on(&self) -> Option<Date> {
        self.body.release_on_date.as_ref()?.value().ok()
    }

    /// The complete body of the response. Its `release_status_url` is only informative: the client gets the status with the
    /// request id, from its own base URL.
    pub fn answer(&self) -> &ReleaseIntegrationPack {
        &self.body
    }

    /// The deprecation notice in the headers of the response, if there is one.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }
}
