//! Waits: which responses end one, and which do not, one by one and in a run.

use std::sync::Arc;
use std::time::Duration;

use releasepack_client::release::{Outcome, Progress, State, WaitError, WaitPolicy};
use releasepack_client::{ErrorKind, RetryPolicy};

use crate::server::{Behaviour, Peer, Server};
use crate::table::settings;

const RUNNING: &str = r#"{"releaseStatus":"IN_PROGRESS"}"#;

/// A wait at a server that says that the release runs, then behaves badly a number of times, and then says that it is done. Gives
/// the number of interruptions too.
async fn wait_through(
    bad: Behaviour,
    times: usize,
    policy: WaitPolicy,
) -> (usize, Result<Outcome, WaitError>) {
    let server = Server::new(Arc::new(move |peer: &mut Peer| match peer.number {
        0 => peer.respond("200 OK", "", RUNNING),
        number if number <= times => bad(peer),
        _ => peer.respond("200 OK", "", peer.correct()),
    }));
    let client = settings(&server.url())
        .retry(RetryPolicy::never())
        .request_timeout(Duration::from_secs(2))
        .body_limit(10_000)
        .build()
        .unwrap();
    let policy = policy
        .first_pause(Duration::from_millis(1))
        .longest_pause(Duration::from_millis(1));
    let mut interrupted = 0;
    let outcome = client.wait("r-1", policy, |progress| {
        interrupted += usize::from(matches!(progress, Progress::Interrupted(_)));
    });
    let outcome = outcome.await;
    (interrupted, outcome)
}

fn responding(status: &'static str, headers: &'static str, body: &str) -> Behaviour {
    let body = body.to_owned();
    Arc::new(move |peer| peer.respond(status, headers, &body))
}

#[tokio::test]
async fn no_single_bad_response_ends_a_wait() {
    let html = "<!DOCTYPE html><h1>Welcome</h1>";
    let rows: Vec<(&str, Behaviour)> = vec![
        (
            "a page",
            responding("200 OK", "Content-Type: text/html\r\n", html),
        ),
        ("nothing", responding("200 OK", "", "")),
        (
            "cut JSON",
            responding("200 OK", "", r#"{"releaseStatus":"IN_PR"#),
        ),
        ("too large", responding("200 OK", "", &"x".repeat(20_000))),
        ("302", responding("302 Found", "Location: /login\r\n", "")),
        ("304", responding("304 Not Modified", "", "")),
        ("408", responding("408 Request Timeout", "", "")),
        ("425", responding("425 Too Early", "", "")),
        ("429", responding("429 Too Many Requests", "", html)),
        ("500", responding("500 Error", "", r#"{"message":"oops"}"#)),
        ("501", responding("501 Not Implemented", "", "")),
        ("502", responding("502 Bad Gateway", "", html)),
        ("503", responding("503 Unavailable", "", "")),
        ("504", responding("504 Gateway Timeout", "", "")),
        ("599", responding("599 Odd", "", "")),
        ("600", responding("600 Odd", "", "")),
        ("a reset", Arc::new(Peer::reset)),
        ("a close", Arc::new(|_| Ok(()))),
        (
            "no HTTP",
            Arc::new(|peer| peer.write("SSH-2.0-OpenSSH_9.6\r\n")),
        ),
        ("no response", Arc::new(Peer::hang)),
    ];
    for (name, bad) in rows {
        let (interrupted, outcome) = wait_through(bad, 1, WaitPolicy::default()).await;
        assert!(
            matches!(outcome, Ok(Outcome::Released(_))),
            "{name}: {outcome:?}"
        );
        assert_eq!(interrupted, 1, "{name}");
    }
}

#[tokio::test]
async fn a_run_of_bad_responses_ends_a_wait_with_the_last_error_and_their_number() {
    let page = || responding("200 OK", "Content-Type: text/html\r\n", "<h1>Welcome</h1>");
    let (interrupted, outcome) = wait_through(page(), 9, WaitPolicy::default()).await;
    assert!(matches!(outcome, Ok(Outcome::Released(_))), "{outcome:?}");
    assert_eq!(interrupted, 9);

    for (policy, most) in [
        (WaitPolicy::default(), 10),
        (WaitPolicy::default().max_failures(3), 3),
        (WaitPolicy::default().max_failures(0), 1),
    ] {
        let (interrupted, outcome) = wait_through(page(), usize::MAX, policy).await;
        assert_eq!(interrupted, most - 1);
        let error = outcome.unwrap_err();
        let WaitError::Interrupted { failures, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!(*failures as usize, most);
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains("cannot be decoded"), "{source}");
        let text = format!("the status of the release r-1 cannot be read: {most} calls in a row");
        assert!(error.to_string().starts_with(&text), "{error}");
        assert_eq!(*error.last_seen().unwrap().state(), State::InProgress);
    }
}

#[tokio::test]
async fn a_status_between_bad_responses_ends_the_run() {
    let alternating: Behaviour = Arc::new(|peer: &mut Peer| {
        if peer.number.is_multiple_of(3) {
            peer.respond("200 OK", "", RUNNING)
        } else {
            peer.respond("502 Bad Gateway", "", "")
        }
    });
    let policy = WaitPolicy::default().max_failures(3);
    let (interrupted, outcome) = wait_through(alternating, 30, policy).await;
    assert!(matches!(outcome, Ok(Outcome::Released(_))), "{outcome:?}");
    assert_eq!(interrupted, 20);
}

#[tokio::test]
async fn a_refusal_ends_a_wait_at_once() {
    for (status, kind) in [
        ("400 Bad Request", ErrorKind::Invalid),
        ("401 Unauthorized", ErrorKind::Unauthorized),
        ("403 Forbidden", ErrorKind::Forbidden),
        ("404 Not Found", ErrorKind::NotFound),
        ("407 Proxy", ErrorKind::ProxyAuthentication),
        ("410 Gone", ErrorKind::Gone),
        ("301 Moved", ErrorKind::Moved),
        ("308 Moved", ErrorKind::Moved),
    ] {
        let bad = responding(status, "Location: /elsewhere\r\n", "");
        let (interrupted, outcome) = wait_through(bad, 1, WaitPolicy::default()).await;
        let error = outcome.unwrap_err();
        let WaitError::Call { source, .. } = &error else {
            panic!("{status}: {error}")
        };
        assert_eq!((source.kind(), interrupted), (kind, 0), "{status}");
        assert!(error.last_seen().is_some(), "{status}");
    }
}
