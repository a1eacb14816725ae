//! Describes a release: which pack, when, and which components. Checks it, and turns it into a request body.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::InvalidRelease;
use crate::types::{
    InstallationType, ReleaseIntegrationPack, ReleasePackagedComponent, ReleasePackagedComponents,
    ReleaseSchedule,
};

/// When a release starts. The type rules out a scheduled release without a date, and a date without a schedule:
///
/// ```compile_fail
/// use releasepack_client::release::{Release, Schedule};
/// let dateless = Release::new("f0f7face", Schedule::On);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Schedule {
    /// Immediately.
    Now,
    /// On this day, in the time zone of the account's user settings (in the platform: Settings, User Information).
    On(Date),
}

/// A release of an integration pack: which pack, when, and which version of which component.
///
/// ```
/// use jiff::civil::date;
/// use jiff::tz::TimeZone;
/// use releasepack_client::release::Release;
/// use releasepack_client::types::InstallationType;
///
/// let release = Release::on("f0f7face-3a9d-48b1-8a32-82b84499cd4e", date(2026, 12, 1))
///     .name("Orders")
///     .installation_type(InstallationType::Multi)
///     .component("b420a8ab-8e4e-41b2-93ce-079093a03af2", "2.0")
///     .time_zone(TimeZone::get("Europe/London")?);
/// # assert_eq!(release.pack_id(), "f0f7face-3a9d-48b1-8a32-82b84499cd4e");
/// # Ok::<(), jiff::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a release does nothing until it is sent"]
pub struct Release {
    pack_id: String,
    schedule: Schedule,
    name: Option<String>,
    installation_type: Option<InstallationType>,
    components: Vec<(String, String)>,
    time_zone: Option<TimeZone>,
    must_be_complete: bool,
}

impl Release {
    /// A release of the pack with the id `pack_id`. [`now`](Self::now) and [`on`](Self::on) are shorter forms.
    pub fn new(pack_id: impl Into<String>, schedule: Schedule) -> Self {
        Self {
            pack_id: pack_id.into(),
            schedule,
            name: None,
            installation_type: None,
            components: Vec::new(),
            time_zone: None,
            must_be_complete: false,
        }
    }

    /// An immediate release of the pack with the id `pack_id`.
    pub fn now(pack_id: impl Into<String>) -> Self {
        Self::new(pack_id, Schedule::Now)
    }

    /// A release of the pack with the id `pack_id` on the day `date`; see [`Schedule::On`].
    pub fn on(pack_id: impl Into<String>, date: Date) -> Self {
        Self::new(pack_id, Schedule::On(date))
    }

    /// Adds a component to the release. `id` is the id of the primary component in the packaged component, and `version`
    /// is its version to release, such as `2.0`.
    pub fn component(mut self, id: impl Into<String>, version: impl Into<String>) -> Self {
        self.components.push((id.into(), version.into()));
        self
    }

    /// Sets the name of the pack.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets how the pack can be installed: once or several times in an account.
    pub fn installation_type(mut self, installation_type: InstallationType) -> Self {
        self.installation_type = Some(installation_type);
        self
    }

    /// Sets the time zone of the account's user settings, so that a date in the past is refused before anything is sent.
    /// The time zone itself is not sent.
    pub fn time_zone(mut self, time_zone: TimeZone) -> Self {
        self.time_zone = Some(time_zone);
        self
    }

    /// Makes it an error to leave out a component of the pack that is released or pending: the client reads the pack first, and
    /// sends nothing if one is missing ([`InvalidRelease::LeftOut`]). See [`Plan::left_out`](super::Plan::left_out) for why.
    pub fn require_complete(mut self) -> Self {
        self.must_be_complete = true;
        self
    }

    /// The components that were added: the id and the version of each.
    pub fn components(&self) -> impl Iterator<Item = (&str, &str)> {
        let components = self.components.iter();
        components.map(|(id, version)| (id.as_str(), version.as_str()))
    }

    pub(super) fn must_be_complete(&self) -> bool {
        self.must_be_complete
    }

    /// The id of the pack.
    pub fn pack_id(&self) -> &str {
        &self.pack_id
    }

    /// When the release starts.
    pub fn schedule(&self) -> Schedule {
        self.schedule
    }

    /// Checks everything that can be checked without the platform; `now` is the current time.
    /// [`Client::release`](crate::Client::release) and [`Client::reschedule`](crate::Client::reschedule) do this before they
    /// send.
    ///
    /// ```
    /// use jiff::{Timestamp, civil::date, tz::TimeZone};
    /// use releasepack_client::release::{InvalidRelease, Release};
    ///
    /// let now: Timestamp = "2026-11-24T23:30:00Z".parse()?;
    /// let release = Release::on("f0f7face", date(2026, 11, 24));
    /// // At this time it is still the 24th in London, but the 25th in Tokyo.
    /// assert!(release.clone().time_zone(TimeZone::get("Europe/London")?).check(now).is_ok());
    /// let late = release.time_zone(TimeZone::get("Asia/Tokyo")?).check(now);
    /// assert!(matches!(late, Err(InvalidRelease::PastDate { .. })));
    /// # Ok::<(), jiff::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an [`InvalidRelease`] for the first problem: an empty id, a component without a version, a component that was
    /// added twice, or a date in the past.
    pub fn check(&self, now: Timestamp) -> Result<(), InvalidRelease> {
        if self.pack_id.trim().is_empty() {
            return Err(InvalidRelease::NoPackId);
        }
        let mut named = HashSet::new();
        for (position, (id, version)) in self.components.iter().enumerate() {
            if id.trim().is_empty() {
                return Err(InvalidRelease::NoComponentId { position });
            }
            if version.trim().is_empty() {
                return Err(InvalidRelease::NoVersion {
                    component: id.clone(),
                });
            }
            if !named.insert(id) {
                return Err(InvalidRelease::ComponentTwice {
                    component: id.clone(),
                });
            }
        }
        if let (Schedule::On(date), Some(time_zone)) = (self.schedule, &self.time_zone) {
            let today = time_zone.to_datetime(now).date();
            if date < today {
                return Err(InvalidRelease::PastDate { date, today });
            }
        }
        Ok(())
    }

    /// The request body as it is sent: JSON. For a dry run, see [`Plan::body`](super::Plan::body).
    ///
    /// ```
    /// use releasepack_client::release::Release;
    ///
    /// let release = Release::now("f0f7face").component("b420a8ab", "2.0");
    /// assert!(release.body_text()?.contains(r#""releaseSchedule":"IMMEDIATELY""#));
    /// # Ok::<(), releasepack_client::release::InvalidRelease>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an [`InvalidRelease`] as [`check`](Self::check) does.
    pub fn body_text(&self) -> Result<String, InvalidRelease> {
        let body = self.body()?;
        // It can always be written: JSON lacks only some numbers, and a release has none.
        Ok(serde_json::to_string(&body).unwrap_or_default())
    }

    /// The request body, if the release is valid at the current time.
    pub(super) fn body(&self) -> Result<ReleaseIntegrationPack, InvalidRelease> {
        self.check(Timestamp::now())?;
        let mut body = ReleaseIntegrationPack::default().id(&self.pack_id);
        body.name.clone_from(&self.name);
        body.installation_type.clone_from(&self.installation_type);
        body = match self.schedule {
            Schedule::Now => body.release_schedule(ReleaseSchedule::Immediately),
            Schedule::On(date) => body
                .release_schedule(ReleaseSchedule::ReleaseOnSpecifiedDate)
                .release_on_date(date),
        };
        if !self.components.is_empty() {
            let components = self.components.iter().map(|(id, version)| {
                ReleasePackagedComponent::default()
                    .component_id(id)
                    .version(version)
            });
            let components = ReleasePackagedComponents::new(components.collect());
            body = body.release_packaged_components(components);
        }
        Ok(body)
    }
}
