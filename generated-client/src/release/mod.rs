//! Releases an integration pack now or on a date, moves a scheduled release to another date, and follows a release until it
//! is done.
//!
//! ```no_run
//! use releasepack_client::Client;
//! use releasepack_client::release::{Outcome, Release, WaitPolicy};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::from_env()?;
//! let release = Release::now("f0f7face-3a9d-48b1-8a32-82b84499cd4e")
//!     .component("b420a8ab-8e4e-41b2-93ce-079093a03af2", "2.0");
//!
//! let accepted = client.release(&release).await?;
//! let outcome = client
//!     .wait(accepted.request_id(), WaitPolicy::default(), |progress| println!("{progress}"))
//!     .await?;
//! assert!(matches!(outcome, Outcome::Released(_)));
//! # Ok(())
//! # }
//! ```
//!
//! A release is never made twice by this client: it does not repeat a call that the platform may have carried out. If the
//! connection is lost and it is unknown whether the release was made, the error is [`ReleaseError::OutcomeUnknown`].

mod accepted;
mod arrived;
mod error;
mod event;
mod follow;
mod guard;
mod pack;
mod plan;
mod preview;
mod reconcile;
mod status;
mod wait_policy;

use crate::Client;
use crate::Error;
use crate::operations::{
    CREATE_RELEASE_INTEGRATION_PACK, GET_PUBLISHER_INTEGRATION_PACK,
    GET_RELEASE_INTEGRATION_PACK_STATUS, UPDATE_RELEASE_INTEGRATION_PACK,
};
use crate::runtime::{Json, Request};
use crate::types::{
    ErrorMessage, PublisherIntegrationPack, ReleaseIntegrationPack, ReleaseIntegrationPackStatus,
};

pub use accepted::Accepted;
use arrived::Lenient;
pub use error::{InvalidRelease, ReleaseError, WaitError};
use event::Sent;
pub use follow::{Follow, Progress};
use follow::{Follower, Turn};
pub(crate) use guard::Running;
pub use pack::{Pack, PackComponent};
pub use plan::{Release, Schedule};
pub use preview::{Plan, PlannedComponent};
pub use reconcile::{CannotTell, Reconciled};
pub(crate) use status::to_one_line;
pub use status::{State, Status};
pub use wait_policy::WaitPolicy;

/// The result of a wait that did not fail.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The release is done. It may take up to another hour to reach every subscriber.
    Released(Status),
    /// The release is scheduled, and the [`WaitPolicy`] does not wait for its date.
    Scheduled(Status),
}

impl Outcome {
    /// The last status that was received.
    pub fn status(&self) -> &Status {
        match self {
            Self::Released(status) | Self::Scheduled(status) => status,
        }
    }
}

impl Client {
    /// Releases an integration pack, now or on a date (`CreateReleaseIntegrationPack`).
    ///
    /// The release is checked first ([`Release::check`]), and is not sent if it is not valid. If you drop the future while
    /// it runs, it is unknown whether the release was made.
    ///
    /// ```no_run
    /// # async fn run(client: releasepack_client::Client) -> Result<(), releasepack_client::release::ReleaseError> {
    /// use jiff::civil::date;
    /// use releasepack_client::release::Release;
    ///
    /// let release = Release::on("f0f7face", date(2026, 12, 1)).component("b420a8ab", "2.0");
    /// let accepted = client.release(&release).await?;
    /// println!("accepted as {}", accepted.request_id());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`ReleaseError`]: the release is not valid, another release of the pack runs, the platform refused it, it is
    /// unknown whether it was made, or it was made but the response has no request id.
    pub async fn release(&self, release: &Release) -> Result<Accepted, ReleaseError> {
        let body = release.body()?;
        let _turn = self.running().begin(release.pack_id())?;
        self.check_complete(release).await?;
        let request = self.service().request(&CREATE_RELEASE_INTEGRATION_PACK);
        self.order(release, "made", request.json(&body)).await
    }

    /// Changes the scheduled release of an integration pack: its date, its components, or to an immediate release
    /// (`UpdateReleaseIntegrationPack`).
    ///
    /// The platform accepts this only while a scheduled release request exists for the pack. Pass the complete release, not
    /// only the changes.
    ///
    /// ```no_run
    /// # async fn run(client: releasepack_client::Client) -> Result<(), releasepack_client::release::ReleaseError> {
    /// use jiff::civil::date;
    /// use releasepack_client::release::Release;
    ///
    /// let later = Release::on("f0f7face", date(2026, 12, 8)).component("b420a8ab", "2.0");
    /// client.reschedule(&later).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The same errors as [`release`](Self::release). If no release is scheduled, the platform refuses the call
    /// ([`ReleaseError::Refused`]).
    pub async fn reschedule(&self, release: &Release) -> Result<Accepted, ReleaseError> {
        let body = release.body()?;
        let _turn = self.running().begin(release.pack_id())?;
        self.check_complete(release).await?;
        let request = self.service().request(&UPDATE_RELEASE_INTEGRATION_PACK);
        let request = request.path("id", release.pack_id());
        self.order(release, "moved", request.json(&body)).await
    }

    /// Gets an integration pack with the versions of its components (`GetPublisherIntegrationPack`): what a release starts from,
    /// and what a finished release has changed.
    ///
    /// ```no_run
    /// # async fn run(client: releasepack_client::Client) -> Result<(), releasepack_client::Error> {
    /// for component in client.pack("f0f7face-3a9d-48b1-8a32-82b84499cd4e").await?.components {
    ///     println!("{}: {:?} is released", component.id, component.current_version);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] when the call fails, after the repeats that the [`RetryPolicy`](crate::RetryPolicy) allows, or when its
    /// body breaks off.
    pub async fn pack(&self, pack_id: &str) -> Result<Pack, Error> {
        let request = self.service().request(&GET_PUBLISHER_INTEGRATION_PACK);
        let response = request
            .path("id", pack_id)
            .send::<Lenient<PublisherIntegrationPack>, Json<ErrorMessage>>()
            .await?;
        Ok(Pack::new(pack_id, response.into_body()))
    }

    /// Says what a release would change, without making it: the version of each component before and after it, what it leaves out,
    /// and the body that would be sent.
    ///
    /// ```no_run
    /// # async fn run(client: releasepack_client::Client) -> Result<(), releasepack_client::release::ReleaseError> {
    /// use releasepack_client::release::Release;
    ///
    /// let release = Release::now("f0f7face").component("b420a8ab", "2.0");
    /// let plan = client.plan(&release).await?;
    /// println!("{plan}");
    /// println!("{}", plan.body);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`ReleaseError`]: the release is not valid, or the pack cannot be read.
    pub async fn plan(&self, release: &Release) -> Result<Plan, ReleaseError> {
        let body = release.body_text()?;
        let pack = self.pack(release.pack_id()).await;
        let pack = pack.map_err(|error| ReleaseError::of_question(release.pack_id(), error))?;
        Ok(Plan::new(release, &pack, body))
    }

    /// Refuses a release that must be complete and is not.
    async fn check_complete(&self, release: &Release) -> Result<(), ReleaseError> {
        if !release.must_be_complete() {
            return Ok(());
        }
        let plan = self.plan(release).await?;
        if plan.is_complete() {
            return Ok(());
        }
        let components = plan.left_out.into_iter().map(|it| it.id).collect();
        Err(InvalidRelease::LeftOut { components }.into())
    }

    /// Sends a release, and logs what became of it; `success` names the outcome if the platform accepts it.
    async fn order(
        &self,
        release: &Release,
        success: &'static str,
        request: Request<'_>,
    ) -> Result<Accepted, ReleaseError> {
        let sent = Sent::new(release.pack_id(), success, self.service().redaction());
        let result = request
            .send::<Lenient<ReleaseIntegrationPack>, Json<ErrorMessage>>()
            .await;
        let result = Accepted::from_result(release.pack_id(), self.service().redaction(), result);
        sent.tell(&result);
        result
    }

    /// Gets the status of a release with one call (`GetReleaseIntegrationPackStatus`). A failed release is a [`Status`]
    /// with the state [`State::Failed`], not an error.
    ///
    /// ```no_run
    /// # async fn run(client: releasepack_client::Client) -> Result<(), releasepack_client::Error> {
    /// let status = client.status("release-11031691-dc62-4280-a3b2-dcf7f3521f8a").await?;
    /// println!("{}", status.state());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] when the call fails, after the repeats that the [`RetryPolicy`](crate::RetryPolicy) allows.
    pub async fn status(&self, request_id: &str) -> Result<Status, Error> {
        let request = self.service().request(&GET_RELEASE_INTEGRATION_PACK_STATUS);
        let response = request
            .path("id", request_id)
            .send::<Lenient<ReleaseIntegrationPackStatus>, Json<ErrorMessage>>()
            .await?;
        Ok(Status::new(response, self.service().redaction()))
    }

    /// Waits until a release is done, and calls `progress` with each event. Pass `|_| {}` to ignore the events.
    ///
    /// A temporary failure (a busy server, a lost connection, the page of a gateway) is an event, and the wait continues, unless
    /// [too many](WaitPolicy::max_failures) come in a row. Dropping the future ends
    /// the wait only: the release continues, and you can wait for it again.
    ///
    /// ```no_run
    /// # async fn run(client: releasepack_client::Client) -> Result<(), releasepack_client::release::WaitError> {
    /// use releasepack_client::release::WaitPolicy;
    ///
    /// let outcome = client
    ///     .wait("release-11031691", WaitPolicy::default(), |progress| println!("{progress}"))
    ///     .await?;
    /// println!("{}", outcome.status());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`WaitError`] when the release failed, the deadline passed, or its status cannot be read.
    pub async fn wait(
        &self,
        request_id: &str,
        policy: WaitPolicy,
        mut progress: impl FnMut(&Progress),
    ) -> Result<Outcome, WaitError> {
        let mut follower = Follower::new(self.clone(), request_id, policy);
        loop {
            match follower.step().await {
                Turn::Continue(next, event) => {
                    progress(&event);
                    follower = next;
                }
                Turn::Done(status) => {
                    progress(&Progress::Status(status.clone()));
                    return Ok(match status.state() {
                        State::Scheduled => Outcome::Scheduled(status),
                        _ => Outcome::Released(status),
                    });
                }
                Turn::Failed(error) => return Err(error),
            }
        }
    }

    /// Does the same as [`wait`](Self::wait) step by step: returns a stream of the events.
    ///
    /// ```no_run
    /// # async fn run(client: releasepack_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use releasepack_client::release::WaitPolicy;
    ///
    /// let mut follow = client.follow("release-11031691", WaitPolicy::default());
    /// while let Some(progress) = follow.next().await {
    ///     println!("{}", progress?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn follow(&self, request_id: &str, policy: WaitPolicy) -> Follow {
        Follow::new(self.clone(), request_id, policy)
    }
}
