//! Releasing without async.

use std::time::Duration;

use jiff::civil::date;
use releasepack_client::release::{Outcome, Release, State, WaitPolicy};
use releasepack_client::sandbox::Sandbox;

#[test]
fn a_program_without_async_can_release_reschedule_and_wait() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .polls(2)
        .start_on_thread()
        .unwrap();
    let client = sandbox.client_builder().build_blocking().unwrap();
    let policy = WaitPolicy::default().first_pause(Duration::from_millis(1));

    let accepted = client.release(&Release::now("now")).unwrap();
    let mut lines = Vec::new();
    let outcome = client.wait(accepted.request_id(), policy.clone(), |progress| {
        lines.push(progress.to_string());
    });
    assert!(matches!(outcome, Ok(Outcome::Released(_))));
    assert_eq!(
        lines,
        ["in progress, 33 %", "in progress, 66 %", "released"]
    );

    let accepted = client
        .release(&Release::on("later", date(2026, 12, 1)))
        .unwrap();
    client
        .reschedule(&Release::on("later", date(2026, 12, 8)))
        .unwrap();
    let status = client.status(accepted.request_id()).unwrap();
    assert_eq!(
        (status.state(), status.release_on()),
        (&State::Scheduled, Some(date(2026, 12, 8)))
    );
    let events: Vec<_> = client
        .follow(accepted.request_id(), policy)
        .map(Result::unwrap)
        .collect();
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].to_string(), "scheduled for 2026-12-08");
}
