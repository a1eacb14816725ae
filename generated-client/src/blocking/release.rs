//! Releasing without async: the methods of [`release`](crate::release), that wait for what they do.

use super::Client;
use crate::Error;
use crate::release::{
    Accepted, Follow, Outcome, Progress, Release, ReleaseError, Status, WaitError, WaitPolicy,
};

/// Releasing; what each does and when it fails is said at the method of the same name of the asynchronous
/// [`Client`](crate::Client). None may be called from asynchronous code: they panic there, because they would block it.
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
    /// See [`ReleaseError`].
    pub fn release(&self, release: &Release) -> Result<Accepted, ReleaseError> {
        self.run(self.client.release(release))
    }

    /// Changes the scheduled release of an integration pack: [`Client::reschedule`](crate::Client::reschedule).
    ///
    /// # Errors
    ///
    /// See [`ReleaseError`].
    pub fn reschedule(&self, release: &Release) -> Result<Accepted, ReleaseError> {
        self.run(self.client.reschedule(release))
    }

    /// Asks once how far a release is: [`Client::status`](crate::Client::status).
    ///
    /// # Errors
    ///
    /// When the call fails, after the repeats that its [`RetryPolicy`](crate::RetryPolicy) allows.
    pub fn status(&self, request_id: &str) -> Result<Status, Error> {
        self.run(self.client.status(request_id))
    }

    /// Waits until a release is out: [`Client::wait`](crate::Client::wait).
    ///
    /// # Errors
    ///
    /// See [`WaitError`].
    pub fn wait(
        &self,
        request_id: &str,
        policy: WaitPolicy,
        progress: impl FnMut(&Progress),
    ) -> Result<Outcome, WaitError> {
        self.run(self.client.wait(request_id, policy, progress))
    }

    /// The same as [`wait`](Self::wait) step by step: an iterator that blocks for each item.
    pub fn follow(&self, request_id: &str, policy: WaitPolicy) -> Following {
        Following {
            client: self.clone(),
            follow: self.client.follow(request_id, policy),
        }
    }
}

/// A release that is being followed, made by [`Client::follow`]. It can be dropped at any point; the release goes on.
#[derive(Debug)]
#[must_use = "nothing is asked until the iterator is used"]
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
