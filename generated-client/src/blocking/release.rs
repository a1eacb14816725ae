//! Releasing without async: blocking versions of the methods in [`release`](crate::release).

use super::Client;
use crate::Error;
use crate::release::{
    Accepted, Follow, Outcome, Pack, Plan, Progress, Reconciled, Release, ReleaseError, Status,
    WaitError, WaitPolicy,
};

/// Releasing. The method of the same name on the asynchronous [`Client`](crate::Client) documents each method.
///
/// ```no_run
/// use releasepack_client::blocking::Client;
/// use releasepack_client::release::{Release, WaitPolicy};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::from_env()?;
/// let accepted = client.release(&Release::now("f0f7face").component("b420a8ab", "2.0"))?;
/// client.wait(accepted.request_id(), WaitPolicy::default(), |progress| println!("{progress}"))?;
/// # Ok(())
/// # }
/// ```
impl Client {
    /// Releases an integration pack, now or on a date: [`Client::release`](crate::Client::release).
    ///
    /// # Errors
    ///
    /// Returns a [`ReleaseError`]; each of its variants says what it means for the release.
    pub fn release(&self, release: &Release) -> Result<Accepted, ReleaseError> {
        self.run(self.client.release(release))
    }

    /// Changes the scheduled release of an integration pack: [`Client::reschedule`](crate::Client::reschedule).
    ///
    /// # Errors
    ///
    /// Returns a [`ReleaseError`]; each of its variants says what it means for the release.
    pub fn reschedule(&self, release: &Release) -> Result<Accepted, ReleaseError> {
        self.run(self.client.reschedule(release))
    }

    /// Gets an integration pack with the versions of its components: [`Client::pack`](crate::Client::pack).
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] when the call fails, after the repeats that the [`RetryPolicy`](crate::RetryPolicy) allows.
    pub fn pack(&self, pack_id: &str) -> Result<Pack, Error> {
        self.run(self.client.pack(pack_id))
    }

    /// Says what a release would change, without making it: [`Client::plan`](crate::Client::plan).
    ///
    /// # Errors
    ///
    /// Returns a [`ReleaseError`]: the release is not valid, or the pack cannot be read.
    pub fn plan(&self, release: &Release) -> Result<Plan, ReleaseError> {
        self.run(self.client.plan(release))
    }

    /// Finds out whether a release was made: [`Client::reconcile`](crate::Client::reconcile).
    ///
    /// # Errors
    ///
    /// Returns a [`ReleaseError`] if the platform cannot be asked. It says nothing about the release.
    pub fn reconcile(&self, release: &Release, before: &Pack) -> Result<Reconciled, ReleaseError> {
        self.run(self.client.reconcile(release, before))
    }

    /// Gets the status of a release with one call: [`Client::status`](crate::Client::status).
    ///
    /// # Errors
    ///
    /// Returns an [`Error`] when the call fails, after the repeats that the [`RetryPolicy`](crate::RetryPolicy) allows.
    pub fn status(&self, request_id: &str) -> Result<Status, Error> {
        self.run(self.client.status(request_id))
    }

    /// Waits until a release is done: [`Client::wait`](crate::Client::wait).
    ///
    /// # Errors
    ///
    /// Returns a [`WaitError`] when the release failed, the deadline passed, or its status cannot be read.
    pub fn wait(
        &self,
        request_id: &str,
        policy: WaitPolicy,
        progress: impl FnMut(&Progress),
    ) -> Result<Outcome, WaitError> {
        self.run(self.client.wait(request_id, policy, progress))
    }

    /// Does the same as [`wait`](Self::wait) step by step: returns an iterator that blocks until the next status.
    pub fn follow(&self, request_id: &str, policy: WaitPolicy) -> Following {
        Following {
            client: self.clone(),
            follow: self.client.follow(request_id, policy),
        }
    }
}

/// An iterator over the status of a release, returned by [`Client::follow`]. Dropping it does not stop the release.
#[derive(Debug)]
#[must_use = "no call is made until the iterator is used"]
pub struct Following {
    client: Client,
    follow: Follow,
}

impl Iterator for Following {
    type Item = Result<Progress, WaitError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.client.run(self.follow.next())
    }
}
