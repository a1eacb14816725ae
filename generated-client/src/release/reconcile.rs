//! Finds out whether a release was made, after an outcome that is unknown.

use std::fmt;

use http::StatusCode;

use super::pack::is_same_version;
use super::{Accepted, Pack, Release, ReleaseError, Schedule};
use crate::{Client, Error};

/// Whether a release was made: see [`Client::reconcile`](crate::Client::reconcile).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Reconciled {
    /// It was made.
    #[non_exhaustive]
    Made {
        /// How the platform accepted it, if it said so again: only of a scheduled release.
        accepted: Option<Box<Accepted>>,
    },
    /// It was not made. You can make it.
    NotMade,
    /// The platform's answers leave it open: somebody must look.
    CannotTell(CannotTell),
}

/// Why it cannot be told whether a release was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CannotTell {
    /// The release has no components, so no version tells of it.
    NoComponents,
    /// All its versions were released before, so they tell nothing.
    NothingNew,
    /// No version has changed yet. The release was not made, or it still runs, which can take an hour.
    Unchanged,
    /// Some of its versions are released and others are not: it still runs, or somebody else made another release.
    OnlyPartly,
}

impl Client {
    /// Finds out whether a release was made, after an error that leaves it open ([`ReleaseError::OutcomeUnknown`],
    /// [`ReleaseError::NoRequestId`]) that has no request id. `before` is what [`pack`](Self::pack) said before the release.
    ///
    /// - **An immediate release** shows in the versions of the pack: if every component that was to change has its new version,
    ///   it was made. That a version has not changed proves nothing, because a release takes up to an hour.
    /// - **A scheduled release** is asked for with [`reschedule`](Self::reschedule) and the same release. The platform accepts that
    ///   only while a scheduled release exists for the pack, and after it exactly this one is scheduled. So it cannot release
    ///   twice: if the release was not made, nothing is scheduled, and the platform refuses the call with 400. If another release
    ///   of the pack was scheduled before, it becomes this one, which is what you asked for.
    ///
    /// ```no_run
    /// # async fn run(client: releasepack_client::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use releasepack_client::release::{Reconciled, Release, ReleaseError};
    ///
    /// let release = Release::now("f0f7face").component("b420a8ab", "2.0");
    /// let before = client.pack(release.pack_id()).await?;
    /// if let Err(ReleaseError::OutcomeUnknown { .. }) = client.release(&release).await {
    ///     match client.reconcile(&release, &before).await? {
    ///         Reconciled::Made { .. } => println!("it was made"),
    ///         Reconciled::NotMade => println!("it was not made: it can be made now"),
    ///         Reconciled::CannotTell(why) => println!("look into the platform: {why}"),
    ///         _ => {}
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`ReleaseError`] if the platform cannot be asked. It says nothing about the release.
    pub async fn reconcile(
        &self,
        release: &Release,
        before: &Pack,
    ) -> Result<Reconciled, ReleaseError> {
        match release.schedule() {
            Schedule::Now => {
                let now = self.pack(release.pack_id()).await;
                let now =
                    now.map_err(|error| ReleaseError::of_question(release.pack_id(), error))?;
                Ok(by_versions(release, before, &now))
            }
            Schedule::On(_) => match self.reschedule(release).await {
                Ok(accepted) => Ok(Reconciled::Made {
                    accepted: Some(Box::new(accepted)),
                }),
                Err(ReleaseError::Refused(error)) if is_bad_request(&error) => {
                    Ok(Reconciled::NotMade)
                }
                Err(error) => Err(error),
            },
        }
    }
}

fn is_bad_request(error: &Error) -> bool {
    error.status() == Some(StatusCode::BAD_REQUEST)
}

/// Compares the versions of a pack before and after an immediate release.
fn by_versions(release: &Release, before: &Pack, now: &Pack) -> Reconciled {
    let is_released = |pack: &Pack, id: &str, version: &str| {
        let current = pack
            .component(id)
            .and_then(|it| it.current_version.as_deref());
        current.is_some_and(|current| is_same_version(current, version))
    };
    let new: Vec<_> = release
        .components()
        .filter(|(id, version)| !is_released(before, id, version))
        .collect();
    let arrived = new
        .iter()
        .filter(|(id, version)| is_released(now, id, version));
    let reason = match (release.components().count(), new.len(), arrived.count()) {
        (0, ..) => CannotTell::NoComponents,
        (_, 0, _) => CannotTell::NothingNew,
        (_, _, 0) => CannotTell::Unchanged,
        (_, all, some) if some == all => return Reconciled::Made { accepted: None },
        _ => CannotTell::OnlyPartly,
    };
    Reconciled::CannotTell(reason)
}

impl fmt::Display for CannotTell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoComponents => "the release has no components whose versions could tell",
            Self::NothingNew => "all versions of the release were released before it",
            Self::Unchanged => {
                "no version has changed: the release was not made, or it still runs, which can take an hour"
            }
            Self::OnlyPartly => {
                "some versions of the release are there and others are not: it still runs, or another release was made"
            }
        })
    }
}
