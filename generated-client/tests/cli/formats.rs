//! What scripts and workflows read.

use std::fs;

use releasepack_client::sandbox::{Fault, StatusCode, Target};

use crate::program::{Program, Ran, platform};

/// The JSON lines, as a page.
fn json(ran: &Ran) -> String {
    // Each line is JSON.
    assert!(!ran.lines().is_empty());
    format!("{}exit code {}\n", ran.out, ran.code)
}

const RELEASE: [&str; 6] = [
    "release",
    "orders-pack",
    "--component",
    "order-intake=2.0",
    "--format",
    "json",
];

#[test]
fn the_json_lines_of_a_release_are_stable() {
    let sandbox = platform().polls(2).start_on_thread().unwrap();
    let wait = ["--wait", "--interval", "10ms"];
    let ran = Program::new(&sandbox).run(&[&RELEASE[..], &wait].concat());
    insta::assert_snapshot!(json(&ran));
    assert_eq!(ran.err, "");
}

#[test]
fn the_json_lines_of_a_plan_are_stable() {
    let sandbox = platform().start_on_thread().unwrap();
    let arguments = [
        "plan",
        "orders-pack",
        "--component",
        "new=1.0",
        "--format",
        "json",
    ];
    insta::assert_snapshot!(json(&Program::new(&sandbox).run(&arguments)));
}

#[test]
fn the_json_lines_of_a_failure_are_stable() {
    let sandbox = platform().start_on_thread().unwrap();
    sandbox.inject(Target::Create, Fault::status(StatusCode::GATEWAY_TIMEOUT));
    let ran = Program::new(&sandbox).run(&RELEASE);
    insta::assert_snapshot!(json(&ran));
    assert!(ran.err.starts_with("error: "), "people read it too");
}

#[test]
fn the_json_lines_of_a_wait_through_failures_are_stable() {
    let sandbox = platform().start_on_thread().unwrap();
    let program = Program::new(&sandbox);
    program.run(&RELEASE);
    let id = sandbox.releases()[0].request_id.clone();
    sandbox.inject(Target::Status, Fault::busy());
    // A call is not repeated, because no pause fits the deadline.
    let arguments = [
        "wait",
        &id,
        "--interval",
        "10ms",
        "--deadline",
        "100ms",
        "--format",
        "json",
    ];
    insta::assert_snapshot!(json(&program.run(&arguments)));
}

#[test]
fn the_json_lines_of_an_answer_about_the_past_are_stable() {
    let sandbox = platform().start_on_thread().unwrap();
    let arguments = [
        "reconcile",
        "orders-pack",
        "--component",
        "order-intake=2.0",
        "--on",
        "2026-12-01",
        "--format",
        "json",
    ];
    insta::assert_snapshot!(json(&Program::new(&sandbox).run(&arguments)));
}

#[test]
fn a_workflow_gets_annotations_and_outputs() {
    let sandbox = platform().start_on_thread().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let outputs = folder.path().join("outputs");
    let program = Program::new(&sandbox).with("GITHUB_OUTPUT", outputs.to_str().unwrap());
    let arguments = [
        "release",
        "orders-pack",
        "--component",
        "order-intake=2.0",
        "--wait",
        "--format",
        "github",
    ];
    let ran = program.run(&arguments);
    let id = sandbox.releases()[0].request_id.clone();
    assert!(
        ran.out
            .contains(&format!("::notice title=releasepack::{id}: released\n")),
        "{ran:?}"
    );
    let written = fs::read_to_string(&outputs).unwrap();
    assert!(written.contains(&format!("request-id={id}\n")), "{written}");
    assert!(
        written.ends_with("outcome=released\nexit-code=0\n"),
        "{written}"
    );

    let refused = program.run(&["status", "release-1", "--format", "github"]);
    assert!(
        refused
            .out
            .starts_with("::error title=releasepack::release-1: "),
        "{refused:?}"
    );
    assert!(
        fs::read_to_string(&outputs)
            .unwrap()
            .ends_with("outcome=refused\nexit-code=1\n")
    );
}

#[test]
fn a_server_cannot_set_outputs_or_write_commands_of_a_workflow() {
    let sandbox = platform().start_on_thread().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let outputs = folder.path().join("outputs");
    let program = Program::new(&sandbox).with("GITHUB_OUTPUT", outputs.to_str().unwrap());
    let hostile = Fault::edit(|body| {
        body["requestId"] = "r\noutcome=hacked\n::error::hacked\u{1b}[2J".into();
    });
    sandbox.inject(Target::Create, hostile);
    let ran = program.run(&[
        "release",
        "orders-pack",
        "--component",
        "order-intake=2.0",
        "--format",
        "github",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out.lines().all(|line| !line.starts_with("::error")),
        "{ran:?}"
    );
    assert!(!ran.out.contains('\u{1b}') && !ran.err.contains('\u{1b}'));
    let written = fs::read_to_string(&outputs).unwrap();
    assert!(
        written.lines().all(|line| line != "outcome=hacked"),
        "{written}"
    );
}

#[test]
fn a_release_is_not_lost_when_nobody_reads_the_output() {
    let sandbox = platform().start_on_thread().unwrap();
    let program = Program::new(&sandbox);
    let mut command =
        program.command(&["release", "orders-pack", "--component", "order-intake=2.0"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command.stdout(writer).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(sandbox.releases().len(), 1);
}
