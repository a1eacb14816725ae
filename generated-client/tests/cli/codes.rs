//! Every exit code.

use releasepack_client::release::{Release, Schedule};
use releasepack_client::sandbox::{Fault, StatusCode, Target};

use crate::program::{Program, platform};

const RELEASE: [&str; 4] = ["release", "orders-pack", "--component", "order-intake=2.0"];

fn release_and(more: &[&'static str]) -> Vec<&'static str> {
    [&RELEASE, more].concat()
}

#[test]
fn what_is_done_ends_with_0() {
    let sandbox = platform().start_on_thread().unwrap();
    let program = Program::new(&sandbox);
    let ran = program.run(&release_and(&["--wait"]));
    assert_eq!(ran.code, 0, "{ran:?}");
    let id = sandbox.releases()[0].request_id.clone();
    assert_eq!(ran.out, format!("accepted as {id}\n{id}: released\n"));
    assert_eq!(program.run(&["status", &id]).code, 0);
    assert_eq!(program.run(&["wait", &id]).code, 0);
    let plan = program.run(&["plan", "orders-pack", "--component", "order-intake=3.0"]);
    assert_eq!(plan.code, 0, "{plan:?}");
    assert_eq!(plan.out, "pack orders-pack\norder-intake: 2.0 → 3.0\n");
}

#[test]
fn a_date_is_scheduled_and_moved_with_the_components_of_the_release() {
    let sandbox = platform().start_on_thread().unwrap();
    let program = Program::new(&sandbox);
    let scheduled = program.run(&release_and(&["--on", "2026-12-01", "--wait"]));
    assert_eq!(scheduled.code, 0, "{scheduled:?}");
    assert!(
        scheduled.out.ends_with("scheduled for 2026-12-01\n"),
        "{scheduled:?}"
    );
    let moved = program.run(&["move", "orders-pack", "--on", "2026-12-08"]);
    assert_eq!(moved.code, 0, "{moved:?}");
    let release = &sandbox.releases()[0];
    assert_eq!(release.release_on.to_string(), "2026-12-08");
    assert_eq!(release.components[0].version.as_deref(), Some("2.0"));
}

#[test]
fn what_is_refused_fails_or_is_answered_with_no_ends_with_1() {
    let sandbox = platform().start_on_thread().unwrap();
    let program = Program::new(&sandbox);
    // The answer is no: the pack has a component that the release leaves out.
    let plan = program.run(&["plan", "orders-pack"]);
    assert_eq!(plan.code, 1, "{plan:?}");
    assert!(
        plan.err.contains("would leave out order-intake"),
        "{plan:?}"
    );
    // Refused.
    let refused = program.run(&["release", "other-pack", "--component", "a=1"]);
    assert_eq!(refused.code, 1, "{refused:?}");
    let moved = program.run(&["move", "orders-pack", "--on", "2026-12-08"]);
    assert_eq!(moved.code, 1, "{moved:?}");
    assert_eq!(program.run(&["status", "release-1"]).code, 1);
    // Failed.
    sandbox.fail_releases_of("orders-pack");
    let failed = program.run(&release_and(&["--wait"]));
    assert_eq!(failed.code, 1, "{failed:?}");
    let id = sandbox.releases()[0].request_id.clone();
    assert_eq!(program.run(&["status", &id]).code, 1);
    assert!(
        failed
            .err
            .contains(&format!("the release {id} of pack orders-pack failed"))
    );
}

#[test]
fn a_scheduled_release_that_was_not_made_ends_with_1() {
    let sandbox = platform().start_on_thread().unwrap();
    let arguments = [
        "reconcile",
        "orders-pack",
        "--component",
        "order-intake=2.0",
        "--on",
        "2026-12-01",
    ];
    let ran = Program::new(&sandbox).run(&arguments);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (1, "the release was not made: it can be made now\n")
    );
}

#[test]
fn what_is_not_valid_ends_with_2_and_nothing_is_sent() {
    let sandbox = platform().start_on_thread().unwrap();
    let program = Program::new(&sandbox);
    for arguments in [
        &["release", "orders-pack"][..],
        &["release", "orders-pack", "--component", "order-intake"],
        &release_and(&["--on", "tomorrow"]),
        &release_and(&["--component", "order-intake=3.0"]),
        &release_and(&["--on", "2020-01-01", "--time-zone", "Europe/London"]),
        &["wait"],
        &[
            "reconcile",
            "orders-pack",
            "--component",
            "order-intake=2.0",
        ],
        &["man", "nothing"],
        &["sandbox", "--fault", "create=nothing"],
        &["nothing"],
    ] {
        let ran = program.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}: {ran:?}");
        assert!(ran.err.starts_with("error: "), "{ran:?}");
    }
    assert!(sandbox.requests().is_empty());
    // The pack has to be read first.
    let ran = program.run(&[
        "release",
        "orders-pack",
        "--component",
        "other=1",
        "--require-complete",
    ]);
    assert_eq!(ran.code, 2, "{ran:?}");
    assert!(sandbox.releases().is_empty());
}

#[test]
fn an_unknown_outcome_ends_with_3_and_says_how_to_go_on() {
    let sandbox = platform().start_on_thread().unwrap();
    sandbox.inject(
        Target::Create,
        Fault::status(StatusCode::GATEWAY_TIMEOUT).applied(),
    );
    let ran = Program::new(&sandbox).run(&RELEASE);
    assert_eq!(ran.code, 3, "{ran:?}");
    let next =
        "to go on: releasepack reconcile orders-pack --component order-intake=2.0 --before FILE";
    assert!(ran.err.contains(next), "{ran:?}");
    assert_eq!(sandbox.requests().len(), 1);
}

#[test]
fn what_may_succeed_later_ends_with_75() {
    let sandbox = platform().start_on_thread().unwrap();
    sandbox.inject(Target::Any, Fault::busy().times(u32::MAX));
    let program = Program::new(&sandbox);
    for arguments in [
        &RELEASE[..],
        &["status", "release-1"],
        &["plan", "orders-pack"],
    ] {
        // No pause fits this.
        let ran = program.run(&[arguments, &["--deadline", "100ms"]].concat());
        assert_eq!(ran.code, 75, "{ran:?}");
    }
    assert!(sandbox.releases().is_empty());
}

#[test]
fn a_wait_that_takes_too_long_ends_with_75_but_a_release_that_must_not_be_repeated_with_3() {
    let sandbox = platform().polls(u32::MAX).start_on_thread().unwrap();
    let program = Program::new(&sandbox);
    let released = program.run(&release_and(&[
        "--wait",
        "--timeout",
        "50ms",
        "--interval",
        "20ms",
    ]));
    assert_eq!(released.code, 3, "{released:?}");
    let id = sandbox.releases()[0].request_id.clone();
    assert!(
        released
            .err
            .contains(&format!("to go on: releasepack wait {id}"))
    );
    let waited = program.run(&["wait", &id, "--timeout", "50ms", "--interval", "20ms"]);
    assert_eq!(waited.code, 75, "{waited:?}");
}

#[test]
fn a_dry_run_shows_the_plan_and_the_body_and_sends_nothing() {
    let sandbox = platform().start_on_thread().unwrap();
    let ran = Program::new(&sandbox).run(&release_and(&["--dry-run"]));
    assert_eq!(ran.code, 0, "{ran:?}");
    let body = Release::new("orders-pack", Schedule::Now).component("order-intake", "2.0");
    let body = body.body_text().unwrap();
    assert_eq!(
        ran.out,
        format!("pack orders-pack\norder-intake: 1.0 → 2.0\n{body}\n")
    );
    assert!(sandbox.releases().is_empty());
}

#[test]
fn of_several_statuses_the_worst_decides() {
    let sandbox = platform().start_on_thread().unwrap();
    let program = Program::new(&sandbox);
    program.run(&RELEASE);
    let id = sandbox.releases()[0].request_id.clone();
    let ran = program.run(&["status", &id, "release-1", &id]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out, format!("{id}: released\n").repeat(2));
    assert!(ran.err.contains("error: release-1: "), "{ran:?}");
}
