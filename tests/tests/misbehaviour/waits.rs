//! Waits: which responses do not end one.

use std::sync::Arc;
use std::time::Duration;

use releasepack_client::release::{Outcome, Progress, WaitPolicy};

use crate::server::{Peer, Server};
use crate::table::settings;

#[tokio::test]
async fn one_response_that_cannot_be_read_does_not_end_a_wait() {
    let running = r#"{"releaseStatus":"IN_PROGRESS"}"#;
    let odd: Vec<String> = vec![
        "<h1>Welcome</h1>".to_owned(),
        r#"<bns:ReleaseIntegrationPackStatus xmlns:bns="http://api.platform.boomi.com/" releaseStatus="IN_PROGRESS"/>"#.to_owned(),
        r#"{"releaseStatus":"IN_PROGRESS","responseStatusCode":"200"}"#.to_owned(),
        r#"{"releaseStatus":"IN_PROGRESS","releaseProgress":5,"releaseOnDate":"soon"}"#.to_owned(),
        r#"{"releaseStatus":"IN_PRO"#.to_owned(),
        r#"{"releaseStatus":"IN_PROGRESS","new":1e999999}"#.to_owned(),
        format!(r#"{{"releaseStatus":"IN_PROGRESS","new":{}}}"#, "[".repeat(100_000) + &"]".repeat(100_000)),
        running.to_owned(),
        r#"{"releaseStatus":"SUCCESS"}"#.to_owned(),
    ];
    let count = odd.len();
    let server = Server::new(Arc::new(move |peer: &mut Peer| {
        peer.respond("200 OK", "", &odd[peer.number.min(count - 1)])
    }));
    let client = settings(&server.url()).build().unwrap();
    let policy = WaitPolicy::default()
        .first_pause(Duration::from_millis(1))
        .longest_pause(Duration::from_millis(1));
    let mut interrupted = 0;
    let outcome = client.wait("r-1", policy, |progress| {
        interrupted += usize::from(matches!(progress, Progress::Interrupted(_)));
    });
    let outcome = outcome.await;
    assert!(matches!(outcome, Ok(Outcome::Released(_))), "{outcome:?}");
    assert_eq!(server.count(), count);
    assert_eq!(interrupted, 2, "the page, and the body that breaks off");
}

#[tokio::test]
async fn a_200_does_not_mean_that_a_release_is_done() {
    let server = Server::new(Arc::new(|peer: &mut Peer| match peer.number {
        0 => peer.respond(
            "200 OK",
            "",
            r#"{"releaseStatus":"IN_PROGRESS","responseStatusCode":200}"#,
        ),
        1 => peer.respond("202 Accepted", "", ""),
        2 => peer.respond("202 Accepted", "", "{}"),
        3 => peer.respond("202 Accepted", "", r#"{"releaseStatus":"SUCCESS"}"#),
        _ => peer.respond("500 Error", "", ""),
    }));
    let client = settings(&server.url()).build().unwrap();
    let policy = WaitPolicy::default().first_pause(Duration::from_millis(1));
    let mut lines = Vec::new();
    let outcome = client.wait("r-1", policy, |progress| lines.push(progress.to_string()));
    assert!(matches!(outcome.await, Ok(Outcome::Released(_))));
    assert_eq!(
        lines,
        ["in progress", "in progress", "in progress", "released"]
    );
}
