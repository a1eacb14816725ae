//! Arguments that several commands have, and how they are read.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use releasepack_client::release::{Release, Schedule, WaitPolicy};
use serde::{Deserialize, Serialize};

/// A component and its version: `ID=VERSION`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub(crate) struct Component {
    pub(crate) id: String,
    pub(crate) version: String,
}

/// The components of a release.
#[derive(Args, Clone, Debug)]
pub(crate) struct Components {
    /// A component and its version to release; may be given several times.
    #[arg(long = "component", value_name = "ID=VERSION", value_parser = parse_component)]
    pub(crate) components: Vec<Component>,
}

/// How to wait.
#[derive(Args, Clone, Debug)]
pub(crate) struct Waiting {
    /// The longest time to wait, such as 90m. Time before the date of a scheduled release does not count.
    #[arg(long, value_name = "TIME", default_value = "90m", value_parser = parse_duration)]
    timeout: Duration,
    /// The longest pause between two questions.
    #[arg(long, value_name = "TIME", default_value = "30s", value_parser = parse_duration)]
    interval: Duration,
    /// Also wait for the date of a scheduled release.
    #[arg(long)]
    through_schedule: bool,
}

impl Waiting {
    pub(crate) fn policy(&self) -> WaitPolicy {
        let policy = WaitPolicy::default()
            .deadline(self.timeout)
            .longest_pause(self.interval)
            .first_pause(self.interval.min(Duration::from_secs(2)));
        if self.through_schedule {
            policy.through_schedule()
        } else {
            policy
        }
    }
}

/// The journal.
#[derive(Args, Clone, Debug)]
pub(crate) struct JournalFile {
    /// A file to which a line is added before a release is sent and for each thing that becomes known of it. It has no secrets.
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: Option<PathBuf>,
}

/// The release of a pack with components, now or on a day.
pub(crate) fn release_of(
    pack: &str,
    components: &[Component],
    on: Option<Date>,
    time_zone: Option<&TimeZone>,
) -> Release {
    let schedule = on.map_or(Schedule::Now, Schedule::On);
    let mut release = Release::new(pack, schedule);
    for component in components {
        release = release.component(&component.id, &component.version);
    }
    match time_zone {
        Some(zone) => release.time_zone(zone.clone()),
        None => release,
    }
}

pub(crate) fn parse_component(text: &str) -> Result<Component, String> {
    match text.split_once('=') {
        Some((id, version)) if !id.trim().is_empty() && !version.trim().is_empty() => {
            Ok(Component {
                id: id.trim().to_owned(),
                version: version.trim().to_owned(),
            })
        }
        _ => Err("write it as ID=VERSION, such as order-intake=2.0".to_owned()),
    }
}

pub(crate) fn parse_duration(text: &str) -> Result<Duration, String> {
    let time: SignedDuration = text
        .parse()
        .map_err(|_| "write it as a number with a unit, such as 90m, 30s or 1h 30m".to_owned())?;
    Duration::try_from(time).map_err(|_| "it is negative".to_owned())
}

pub(crate) fn parse_date(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "write it as yyyy-mm-dd, such as 2026-12-01".to_owned())
}

pub(crate) fn parse_zone(text: &str) -> Result<TimeZone, String> {
    TimeZone::get(text)
        .map_err(|_| "it is not the name of a time zone, such as Europe/London".to_owned())
}
