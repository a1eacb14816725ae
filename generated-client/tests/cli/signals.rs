//! Ctrl-C, and a pipeline that is cancelled.

use std::time::Duration;

use releasepack_client::sandbox::{Fault, Target};
use rustix::process::Signal;

use crate::program::{Program, platform};

const RELEASE: [&str; 4] = ["release", "orders-pack", "--component", "order-intake=2.0"];

#[test]
fn an_interrupt_while_waiting_says_how_to_go_on() {
    let sandbox = platform().polls(u32::MAX).start_on_thread().unwrap();
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        let mut running = Program::new(&sandbox).spawn(&[&RELEASE[..], &["--wait"]].concat());
        running.wait_for_out("accepted as ");
        running.signal(signal);
        let (ended, err) = running.end();
        assert_eq!(ended, code, "{err}");
        let id = sandbox.releases().last().unwrap().request_id.clone();
        assert!(
            err.ends_with(&format!("to go on: releasepack wait {id}\n")),
            "{err}"
        );
    }
}

#[test]
fn an_interrupt_while_sending_waits_for_the_response_and_a_second_one_does_not() {
    let sandbox = platform().start_on_thread().unwrap();
    sandbox.inject(Target::Create, Fault::delay(Duration::from_secs(600)));
    let mut running = Program::new(&sandbox).spawn(&RELEASE);
    while sandbox.releases().is_empty() {
        std::thread::yield_now();
    }
    running.signal(Signal::INT);
    running.wait_for_err("its response is awaited");
    running.signal(Signal::INT);
    let (code, err) = running.end();
    assert_eq!(code, 3, "{err}");
    assert!(
        err.contains("it is unknown whether the release of pack orders-pack was made"),
        "{err}"
    );
    assert!(
        err.contains("to go on: releasepack reconcile orders-pack"),
        "{err}"
    );
}

#[test]
fn an_interrupt_while_sending_does_not_hide_the_request_id() {
    let sandbox = platform().start_on_thread().unwrap();
    sandbox.inject(Target::Create, Fault::drip(16, Duration::from_millis(100)));
    let mut running = Program::new(&sandbox).spawn(&[&RELEASE[..], &["--wait"]].concat());
    while sandbox.releases().is_empty() {
        std::thread::yield_now();
    }
    running.signal(Signal::INT);
    let id = sandbox.releases()[0].request_id.clone();
    running.wait_for_out(&format!("accepted as {id}"));
    let (code, err) = running.end();
    assert_eq!(code, 130, "{err}");
    assert!(
        err.contains(&format!("to go on: releasepack wait {id}")),
        "{err}"
    );
}
