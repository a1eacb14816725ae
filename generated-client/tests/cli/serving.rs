//! `releasepack sandbox`.

use std::fs;

use crate::program::{Program, Running, platform, text};

/// Starts a sandbox, and writes its settings to a file.
fn start(arguments: &[&str], file: &std::path::Path) -> Running {
    let mut running = Program::bare().spawn(&[&["sandbox"], arguments].concat());
    let mut settings = running.wait_for_out("BOOMI_BASE_URL=");
    for name in ["BOOMI_ACCOUNT", "BOOMI_USER", "BOOMI_SECRET"] {
        settings += &running.wait_for_out(&format!("{name}="));
    }
    fs::write(file, settings).unwrap();
    running
}

#[test]
fn a_sandbox_serves_other_programs_with_the_settings_that_it_writes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings");
    let arguments = ["--polls", "0", "--pack", "orders-pack:order-intake=1.0"];
    let sandbox = start(&arguments, &file);
    let run =
        |arguments: &[&str]| Program::bare().run(&[arguments, &["--config", text(&file)]].concat());
    let plan = run(&["plan", "orders-pack", "--component", "order-intake=2.0"]);
    assert_eq!(
        (plan.code, plan.out.as_str()),
        (0, "pack orders-pack\norder-intake: 1.0 → 2.0\n")
    );
    assert_eq!(run(&["plan", "other-pack"]).code, 1);
    let ran = run(&[
        "release",
        "orders-pack",
        "--component",
        "order-intake=2.0",
        "--wait",
    ]);
    assert_eq!(ran.code, 0, "{ran:?}");
    sandbox.kill();
}

#[test]
fn a_sandbox_fails_as_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings");
    let faults = [
        "--rate",
        "0",
        "--fault",
        "create=504,applied",
        "--fault",
        "create=busy,times=2,after=1",
        "--fault",
        "status=403",
        "--fault",
        "pack=truncate:10",
        "--fault",
        "any=delay:1ms,after=100",
        "--fail",
        "orders-pack",
    ];
    let sandbox = start(&faults, &file);
    let run = |arguments: &[&str]| {
        Program::bare()
            .run(&[arguments, &["--config", text(&file), "--deadline", "100ms"]].concat())
    };
    let release = ["release", "orders-pack", "--component", "order-intake=2.0"];
    // A release of which nobody knows, one that goes well, two for which the platform is busy.
    let codes: Vec<i32> = (0..4).map(|_| run(&release).code).collect();
    assert_eq!(codes, [3, 0, 75, 75]);
    assert_eq!(run(&["status", "release-1"]).code, 1);
    assert_eq!(run(&["plan", "orders-pack"]).code, 75);
    let failed = run(&[&release[..], &["--wait"]].concat());
    assert_eq!(failed.code, 1, "{failed:?}");
    sandbox.kill();
}

#[test]
fn a_sandbox_keeps_to_the_rate_limit() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings");
    let sandbox = start(&["--rate", "1"], &file);
    let arguments = [
        "plan",
        "orders-pack",
        "--deadline",
        "100ms",
        "--config",
        text(&file),
    ];
    let codes = (0..10).map(|_| Program::bare().run(&arguments).code);
    assert!(codes.into_iter().any(|code| code == 75));
    sandbox.kill();
}

#[test]
fn a_port_that_is_taken_is_an_error() {
    let taken = platform().start_on_thread().unwrap();
    let port = taken.url().port().unwrap().to_string();
    let ran = Program::bare().run(&["sandbox", "--port", &port]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_sandbox_with_0() {
    use rustix::process::Signal;

    let folder = tempfile::tempdir().unwrap();
    for signal in [Signal::INT, Signal::TERM] {
        let sandbox = start(&[], &folder.path().join("settings"));
        sandbox.signal(signal);
        assert_eq!(sandbox.end().0, 0);
    }
}
