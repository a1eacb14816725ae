//! Releases that are refused before anything is sent.

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use releasepack_client::release::{InvalidRelease, Release, ReleaseError, Schedule};
use releasepack_client::sandbox::Sandbox;

/// Tries to send the release with both operations, and checks that the sandbox received nothing.
async fn refused(release: Release) -> InvalidRelease {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    let client = sandbox.client().unwrap();
    let Err(ReleaseError::Invalid(of_update)) = client.reschedule(&release).await else {
        panic!("{release:?} was not refused")
    };
    let error = client.release(&release).await.unwrap_err();
    assert!(!error.may_have_been_made() && error.call().is_none());
    let ReleaseError::Invalid(invalid) = error else {
        panic!("{error}")
    };
    assert_eq!(invalid, of_update);
    assert!(sandbox.requests().is_empty());
    invalid
}

#[tokio::test]
async fn a_pack_without_an_id_is_refused() {
    for id in ["", " \t"] {
        assert_eq!(refused(Release::now(id)).await, InvalidRelease::NoPackId);
    }
}

#[tokio::test]
async fn a_component_needs_an_id_and_a_version_and_must_be_unique() {
    let release = || Release::now("pack").component("a", "1.0");
    let message = async |release| refused(release).await.to_string();
    assert_eq!(
        message(release().component(" ", "1.0")).await,
        "the id of component number 2 is empty"
    );
    assert_eq!(
        message(release().component("b", "")).await,
        "the component b has no version; add the version to release"
    );
    assert_eq!(
        message(release().component("a", "2.0")).await,
        "the component a was added twice; only one version of it can be released"
    );
}

#[tokio::test]
async fn a_date_in_the_past_of_the_time_zone_is_refused() {
    let zone = TimeZone::get("Pacific/Kiritimati").unwrap();
    let today = zone.to_datetime(Timestamp::now()).date();
    let yesterday = today - 1.day();
    let invalid = refused(Release::on("pack", yesterday).time_zone(zone)).await;
    assert!(matches!(invalid, InvalidRelease::PastDate { date, .. } if date == yesterday));
}

#[test]
fn the_day_ends_at_midnight_of_the_time_zone() {
    let release =
        Release::on("pack", date(2026, 11, 24)).time_zone(TimeZone::get("Asia/Tokyo").unwrap());
    // Midnight in Tokyo is 15:00 UTC of the day before.
    assert_eq!(
        release.check("2026-11-24T14:59:59Z".parse().unwrap()),
        Ok(())
    );
    let late = release
        .check("2026-11-24T15:00:00Z".parse().unwrap())
        .unwrap_err();
    assert_eq!(
        late.to_string(),
        "the release date 2026-11-24 is in the past: in the time zone of the release, today is 2026-11-25"
    );
}

#[test]
fn without_a_time_zone_the_date_is_not_checked() {
    let release = Release::new("pack", Schedule::On(date(2001, 1, 1)));
    assert_eq!(release.check(Timestamp::now()), Ok(()));
}
