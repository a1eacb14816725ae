//! Releasing an integration pack: now or on a date, moved to another date, followed until it is out.
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
//! A release is made once: nothing here repeats a call that may have arrived. When a connection breaks at the wrong
//! moment, nobody knows whether the release was made, and [`ReleaseError::OutcomeUnknown`] says so.

mod accepted;
mod error;
mod follow;
mod plan;
mod status;
mod wait_policy;

use crate::Client;
use crate::Error;
use crate::operations::GET_RELEASE_INTEGRATION_PACK_STATUS;
use crate::runtime::Json;
use crate::types::ErrorMessage;

pub use accepted::Accepted;
pub use error::{InvalidRelease, ReleaseError, WaitError};
pub use follow::{Follow, Progress};
use follow::{Follower, Turn};
pub use plan::{Release, Schedule};
pub use status::{State, Status};
pub use wait_policy::WaitPolicy;

/// How a wait ended well.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Outcome {
    /// The release is out. It is reported to take up to an hour more until every subscriber has it.
    Released(Status),
    /// The release waits for its date, and the [`WaitPolicy`] does not wait for that.
    Scheduled(Status),
}

impl Outcome {
    /// What the last answer said.
    pub fn status(&self) -> &Status {
        match self {
            Self::Released(status) | Self::Scheduled(status) => status,
        }
    }
}

impl Client {
    /// Releases an integration pack, now or on a date (`CreateReleaseIntegrationPack`).
    ///
    /// The release is checked first, and not sent when it cannot be right. Dropping the future while it runs leaves open
    /// whether the release was made.
    ///
    /// ```no_run
    /// # async fn run(client: releasepack_client::Client) -> Result<(), releasepack_client::release::ReleaseError> {
    /// use jiff::civil::date;
    /// use releasepack_client::release::Release;
    ///
    /// let release = Release::on("f0f7face", date(2026, 12, 1)).component("b420a8ab", "2.0");
    /// let accepted = client.release(&release).await?;
    /// println!("ask for {}", accepted.request_id());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// See [`ReleaseError`]: the release is not valid, was refused, may or may not have been made, or was made and cannot
    /// be followed.
    pub async fn release(&self, release: &Release) -> Result<Accepted, ReleaseError> {
        let body = release.body()?;
        let answer = self
            .create_release_integration_pack()
            .body(&body)
            .send()
            .await;
        Accepted::from_answer(release.pack_id(), answer)
    }

    /// Changes the scheduled release of an integration pack: another date, other components, or now after all
    /// (`UpdateReleaseIntegrationPack`).
    ///
    /// The vendor takes this only while a scheduled release request exists for the pack. Say the whole release again, not
    /// only what changes.
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
    /// As [`release`](Self::release); that nothing is scheduled is a refusal.
    pub async fn reschedule(&self, release: &Release) -> Result<Accepted, ReleaseError> {
        let body = release.body()?;
        let update = self.update_release_integration_pack(release.pack_id());
        Accepted::from_answer(release.pack_id(), update.body(&body).send().await)
    }

    /// Asks once how far a release is (`GetReleaseIntegrationPackStatus`). A release that failed is an answer, not an
    /// error.
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
    /// When the call fails, after the repeats that its [`RetryPolicy`](crate::RetryPolicy) allows.
    pub async fn status(&self, request_id: &str) -> Result<Status, Error> {
        let request = self.service().request(&GET_RELEASE_INTEGRATION_PACK_STATUS);
        let response = request
            .path("id", request_id)
            .send::<status::Whole, Json<ErrorMessage>>()
            .await?;
        Ok(Status::new(response))
    }

    /// Waits until a release is out, and tells `progress` what is seen on the way; `|_| {}` tells nobody.
    ///
    /// Failures that pass (a busy server, a lost connection) are told and waited out. Dropping the future ends the wait and
    /// nothing else: the release goes on, and can be waited for again.
    ///
    /// # Errors
    ///
    /// See [`WaitError`]: the release failed, the deadline came, or asking does not work.
    pub async fn wait(
        &self,
        request_id: &str,
        policy: WaitPolicy,
        mut progress: impl FnMut(&Progress),
    ) -> Result<Outcome, WaitError> {
        let mut follower = Follower::new(self.clone(), request_id, policy);
        loop {
            match follower.step().await {
                Turn::On(rest, seen) => {
                    progress(&seen);
                    follower = rest;
                }
                Turn::Done(status) => {
                    progress(&Progress::Status(status.clone()));
                    return Ok(match status.state() {
                        State::Scheduled => Outcome::Scheduled(status),
                        _ => Outcome::Released(status),
                    });
                }
                Turn::Over(error) => return Err(error),
            }
        }
    }

    /// The same as [`wait`](Self::wait) step by step: a stream of what is seen.
    ///
    /// ```no_run
    /// # async fn run(client: releasepack_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use releasepack_client::release::WaitPolicy;
    ///
    /// let mut follow = client.follow("release-11031691", WaitPolicy::default());
    /// while let Some(seen) = follow.next().await {
    ///     println!("{}", seen?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn follow(&self, request_id: &str, policy: WaitPolicy) -> Follow {
        Follow::new(self.clone(), request_id, policy)
    }
}
