//! The journal: what was asked is on the disk before it is sent, and nothing is released twice.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use releasepack_client::sandbox::{Fault, Sandbox, StatusCode, Target};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{Program, Ran, Running, platform, text};

struct Pipeline {
    sandbox: Sandbox,
    program: Program,
    journal: PathBuf,
    _folder: TempDir,
}

impl Pipeline {
    fn new(sandbox: Sandbox) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            program: Program::new(&sandbox),
            sandbox,
            journal: folder.path().join("release.jsonl"),
            _folder: folder,
        }
    }

    fn arguments<'a>(&'a self, more: &[&'a str]) -> Vec<&'a str> {
        let journal = ["--journal", text(&self.journal)];
        let release = ["release", "orders-pack", "--component", "order-intake=2.0"];
        [&release[..], &journal, more].concat()
    }

    fn release(&self, more: &[&str]) -> Ran {
        self.program.run(&self.arguments(more))
    }

    fn command(&self, arguments: &[&str]) -> Ran {
        let journal = ["--journal", text(&self.journal)];
        self.program.run(&[arguments, &journal].concat())
    }

    /// The lines of the journal.
    fn lines(&self) -> Vec<Value> {
        let text = fs::read_to_string(&self.journal).unwrap_or_default();
        let lines = text.lines();
        lines.map(|it| serde_json::from_str(it).unwrap()).collect()
    }

    fn events(&self) -> Vec<String> {
        let lines = self.lines();
        let events = lines
            .iter()
            .map(|it| it["event"].as_str().unwrap().to_owned());
        events.collect()
    }

    /// A release that is killed after the platform got it, and before its response arrives.
    fn killed_release(&self) {
        self.sandbox
            .inject(Target::Create, Fault::delay(Duration::from_secs(600)));
        let running: Running = self.program.spawn(&self.arguments(&[]));
        while self.sandbox.releases().is_empty() {
            std::thread::yield_now();
        }
        running.kill();
    }

    /// Lets the release of the platform end, as a question about its status does.
    fn let_it_end(&self) {
        let id = self.sandbox.releases()[0].request_id.clone();
        assert_eq!(self.program.run(&["status", &id]).code, 0);
    }
}

#[test]
fn what_is_asked_and_what_became_of_it_is_in_the_journal() {
    let pipeline = Pipeline::new(platform().start_on_thread().unwrap());
    assert_eq!(pipeline.release(&["--wait"]).code, 0);
    assert_eq!(pipeline.events(), ["asked", "accepted", "ended"]);
    let asked = &pipeline.lines()[0];
    assert_eq!(asked["pack"], "orders-pack");
    assert_eq!(asked["components"][0]["version"], "2.0");
    assert_eq!(asked["before"]["components"][0]["current_version"], "1.0");
    let written = fs::read_to_string(&pipeline.journal).unwrap();
    assert!(!written.contains(pipeline.sandbox.password()));
}

#[test]
fn a_release_that_was_killed_is_not_made_again_and_can_be_reconciled() {
    let pipeline = Pipeline::new(platform().start_on_thread().unwrap());
    pipeline.killed_release();
    assert_eq!(pipeline.events(), ["asked"]);

    let again = pipeline.release(&[]);
    assert_eq!(again.code, 3, "{again:?}");
    assert!(
        again
            .err
            .contains("to go on: releasepack reconcile orders-pack --journal")
    );

    // It still runs, so its versions do not tell.
    let early = pipeline.command(&["reconcile", "orders-pack"]);
    assert_eq!(early.code, 3, "{early:?}");
    pipeline.let_it_end();
    let late = pipeline.command(&["reconcile", "orders-pack"]);
    assert_eq!(
        (late.code, late.out.as_str()),
        (0, "the release was made\n")
    );
    assert_eq!(pipeline.sandbox.releases().len(), 1);
    assert_eq!(pipeline.events(), ["asked", "reconciled", "reconciled"]);
    // Now it is known, and the next one can be made.
    assert_eq!(pipeline.release(&[]).code, 0);
}

#[test]
fn a_scheduled_release_that_was_lost_is_reconciled_and_waited_for() {
    let pipeline = Pipeline::new(platform().start_on_thread().unwrap());
    let lost = Fault::status(StatusCode::BAD_GATEWAY).applied();
    pipeline.sandbox.inject(Target::Create, lost);
    assert_eq!(pipeline.release(&["--on", "2026-12-01"]).code, 3);
    let moved = pipeline.command(&["move", "orders-pack", "--on", "2026-12-08"]);
    assert_eq!(moved.code, 3, "{moved:?}");
    let found = pipeline.command(&["reconcile", "orders-pack"]);
    assert_eq!(found.code, 0, "{found:?}");
    assert_eq!(pipeline.sandbox.releases().len(), 1);
    let waited = pipeline.command(&["wait"]);
    assert_eq!(waited.code, 0, "{waited:?}");
    assert!(
        waited.out.ends_with("scheduled for 2026-12-01\n"),
        "{waited:?}"
    );
    let moved = pipeline.command(&["move", "orders-pack", "--on", "2026-12-08"]);
    assert_eq!(moved.code, 0, "{moved:?}");
}

#[test]
fn a_release_that_was_not_made_can_be_made_after_it_was_reconciled() {
    let pipeline = Pipeline::new(platform().start_on_thread().unwrap());
    let lost = Fault::status(StatusCode::BAD_GATEWAY);
    pipeline.sandbox.inject(Target::Create, lost);
    assert_eq!(pipeline.release(&["--on", "2026-12-01"]).code, 3);
    assert_eq!(pipeline.command(&["reconcile", "orders-pack"]).code, 1);
    assert_eq!(pipeline.release(&["--on", "2026-12-01"]).code, 0);
}

#[test]
fn a_request_id_that_arrived_settles_an_unknown_outcome() {
    let pipeline = Pipeline::new(platform().start_on_thread().unwrap());
    // An error whose text has the id of a release that was made.
    assert_eq!(pipeline.release(&[]).code, 0);
    let id = pipeline.sandbox.releases()[0].request_id.clone();
    let body = format!(r#"{{"requestId":"{id}"}}"#);
    let answer = Fault::answer(StatusCode::BAD_GATEWAY, "application/json", body);
    pipeline.sandbox.inject(Target::Create, answer);
    let lost = pipeline.release(&["--again"]);
    assert_eq!(lost.code, 3, "{lost:?}");
    assert!(
        lost.err
            .contains(&format!("to go on: releasepack wait {id}")),
        "{lost:?}"
    );
    let found = pipeline.command(&["reconcile", "orders-pack"]);
    assert_eq!(found.code, 0, "{found:?}");
    assert!(
        found
            .out
            .ends_with(&format!("the release was made: {id}\n")),
        "{found:?}"
    );
}

#[test]
fn the_same_command_goes_on_with_a_release_that_was_accepted() {
    let pipeline = Pipeline::new(platform().polls(u32::MAX).start_on_thread().unwrap());
    let wait = ["--wait", "--timeout", "50ms", "--interval", "20ms"];
    let first = pipeline.release(&wait);
    assert_eq!(first.code, 75, "{first:?}");
    let second = pipeline.release(&wait);
    assert_eq!(second.code, 75, "{second:?}");
    let id = pipeline.sandbox.releases()[0].request_id.clone();
    assert!(
        second
            .out
            .starts_with(&format!("accepted before as {id}\n")),
        "{second:?}"
    );
    assert_eq!(pipeline.sandbox.releases().len(), 1);
    // Another version is another release.
    let other = ["release", "orders-pack", "--component", "order-intake=3.0"];
    assert_eq!(pipeline.command(&other).code, 0);
    assert_eq!(pipeline.sandbox.releases().len(), 2);
}

#[test]
fn a_refused_release_is_closed_and_can_be_made_later() {
    let pipeline = Pipeline::new(platform().start_on_thread().unwrap());
    let refused = Fault::error(StatusCode::FORBIDDEN, "Not now.");
    pipeline.sandbox.inject(Target::Create, refused);
    assert_eq!(pipeline.release(&[]).code, 1);
    assert_eq!(pipeline.events(), ["asked", "refused"]);
    assert_eq!(pipeline.release(&[]).code, 0);
}

#[test]
fn a_line_that_was_torn_is_told_and_the_next_one_is_whole() {
    let pipeline = Pipeline::new(platform().start_on_thread().unwrap());
    fs::write(&pipeline.journal, "{\"time\":\"2026-11-2").unwrap();
    let ran = pipeline.release(&[]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.err
            .contains("release.jsonl:1: this line of the journal cannot be read")
    );
    let text = fs::read_to_string(&pipeline.journal).unwrap();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert_eq!(pipeline.command(&["wait"]).code, 0);
}

#[test]
fn nothing_is_sent_if_the_journal_or_the_pack_cannot_be_read() {
    let pipeline = Pipeline::new(platform().start_on_thread().unwrap());
    let arguments = [
        "release",
        "orders-pack",
        "--component",
        "a=1",
        "--journal",
        ".",
    ];
    let ran = pipeline.program.run(&arguments);
    assert_eq!(ran.code, 2, "{ran:?}");
    pipeline
        .sandbox
        .inject(Target::Pack, Fault::error(StatusCode::FORBIDDEN, "No."));
    assert_eq!(pipeline.release(&[]).code, 1);
    assert!(pipeline.sandbox.releases().is_empty());
    assert!(pipeline.lines().is_empty());
}

#[test]
fn the_pack_before_a_release_can_be_saved_without_a_journal() {
    let pipeline = Pipeline::new(platform().start_on_thread().unwrap());
    let component = ["--component", "order-intake=2.0"];
    let saved = pipeline.journal.with_file_name("pack.json");
    let plan = ["plan", "orders-pack", "--save", text(&saved)];
    assert_eq!(
        pipeline.program.run(&[&plan[..], &component].concat()).code,
        0
    );
    let release = ["release", "orders-pack", "--wait"];
    assert_eq!(
        pipeline
            .program
            .run(&[&release[..], &component].concat())
            .code,
        0
    );
    let reconcile = ["reconcile", "orders-pack", "--before", text(&saved)];
    let ran = pipeline.program.run(&[&reconcile[..], &component].concat());
    assert_eq!((ran.code, ran.out.as_str()), (0, "the release was made\n"));
}
