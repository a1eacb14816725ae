//! What a program prints that ends with an error: `fn main() -> Result<(), …>`.

use std::error::Error as StdError;
use std::fmt::{Debug, Write as _};
use std::process::{Command, Termination as _};
use std::time::Duration;

use releasepack_client::release::{Release, WaitPolicy};
use releasepack_client::runtime::TransportErrorKind as Kind;
use releasepack_client::{Client, Credentials, RetryPolicy};

use crate::support::{BUSY, SECRET, Script, failure, reply, settings};

const CASE: &str = "RELEASEPACK_TESTS_CASE";

const CASES: [&str; 12] = [
    "call, busy",
    "call, nobody listens",
    "call, unreadable",
    "release, not valid",
    "release, refused",
    "release, unknown",
    "release, no request id",
    "release, pack unread",
    "wait, failed",
    "wait, no message",
    "wait, refused",
    "build",
];

/// Prints what a `main` with this result prints.
fn end<E: Debug>(result: Result<(), E>) {
    // This is what the standard library does with the result of `main`.
    let _ = result.report();
}

/// Ends with the error of a case, if it is the process that the test below starts.
#[test]
fn a_program_that_ends_with_an_error() {
    let Ok(case) = std::env::var(CASE) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(end_with(&case));
}

async fn end_with(case: &str) {
    let release = Release::now("f0f7face").component("b420a8ab", "2.0");
    let releasing = async |client: Client, release: &Release| {
        end(client.release(release).await.map(drop));
    };
    let waiting = async |client: Client| {
        let policy = WaitPolicy::default();
        end(client.wait("r-1", policy, |_| {}).await.map(drop));
    };
    match case {
        "call, busy" => {
            let busy = (0..3).map(|_| reply(503, BUSY));
            let retry = RetryPolicy::default()
                .max_repeats(2)
                .initial_pause(Duration::from_millis(1));
            let client = settings().retry(retry).build_over(Script::new(busy));
            end(client.unwrap().status("r-1").await.map(drop));
        }
        "call, nobody listens" => {
            let client = settings().retry(RetryPolicy::never()).build().unwrap();
            end(client.status("r-1").await.map(drop));
        }
        "call, unreadable" => {
            let body = format!(r#"{{"message":"{SECRET}""#);
            let client = Script::client([reply(200, &body)]);
            end(client.status("r-1").await.map(drop));
        }
        "release, not valid" => releasing(Script::client([]), &Release::now(" ")).await,
        "release, refused" => {
            let secret = serde_json::json!({ "message": format!("you sent {SECRET}") });
            let client = Script::client([reply(403, &secret.to_string())]);
            releasing(client, &release).await;
        }
        "release, unknown" => {
            let lost = failure(Kind::Lost, &format!("the cable is cut by {SECRET}"));
            releasing(Script::client([lost]), &release).await;
        }
        "release, no request id" => {
            releasing(Script::client([reply(200, "{}")]), &release).await;
        }
        "release, pack unread" => {
            let client = Script::client([reply(404, r#"{"message":"no such pack"}"#)]);
            releasing(client, &release.require_complete()).await;
        }
        "wait, failed" => {
            let failed = r#"{"releaseStatus":"ERROR","integrationPackId":"f0f7face","requestId":"r-1","errorMessage":"Component is locked"}"#;
            waiting(Script::client([reply(200, failed)])).await;
        }
        "wait, no message" => {
            let pack = serde_json::Value::from(SECRET);
            let failed = format!(
                r#"{{"releaseStatus":"ERROR","integrationPackId":{pack},"requestId":"r-1"}}"#
            );
            let failed = failed.as_str();
            waiting(Script::client([reply(200, failed)])).await;
        }
        "wait, refused" => waiting(Script::client([reply(401, "")])).await,
        "build" => end(settings().base_url("http://example.com").build().map(drop)),
        _ => panic!("there is no such case"),
    }
}

#[test]
fn a_program_that_ends_with_an_error_prints_something_readable() {
    let mut printed = String::new();
    for case in CASES {
        let output = Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "ends::a_program_that_ends_with_an_error",
                "--nocapture",
            ])
            .env(CASE, case)
            .output()
            .unwrap();
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{case}: {text}");
        writeln!(printed, "[{case}]\n{text}").unwrap();
    }
    assert!(!printed.contains("c4nary"), "{printed}");
    // The texts of the operating systems differ.
    let printed: Vec<_> = printed.lines().map(without_os).collect();
    insta::assert_snapshot!(printed.join("\n"));
}

fn without_os(line: &str) -> &str {
    line.split("Connection refused").next().unwrap_or_default()
}

#[tokio::test(start_paused = true)]
async fn debug_says_what_display_says_and_then_the_causes() {
    let lost = || failure(Kind::Lost, "the cable is cut");
    let client = Script::client([lost()]);
    let error = client.release(&Release::now("f0f7face")).await.unwrap_err();
    assert!(format!("{error:?}").starts_with(&error.to_string()));
    let call = error.call().unwrap();
    assert!(format!("{call:?}").starts_with(&call.to_string()));
    let mut cause: Option<&dyn StdError> = Some(&error);
    while let Some(shown) = cause {
        assert!(format!("{error:?}").contains(&shown.to_string()));
        cause = shown.source();
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_says_how_many_attempts_were_made_and_has_the_headers_of_the_last_response() {
    let busy = |id: &'static str| {
        let headers = [("content-type", "application/json"), ("x-request-id", id)];
        crate::support::reply_with(503, &headers, BUSY)
    };
    let retry = RetryPolicy::default().max_repeats(1);
    let script = Script::new([busy("s-1"), busy("s-2"), busy("s-3"), reply(200, "{}")]);
    let client = settings().retry(retry).build_over(script).unwrap();
    let error = client.release(&Release::now("f0f7face")).await.unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert_eq!(error.server_request_id(), Some("s-2"));
    assert_eq!(
        error.call().unwrap().headers().unwrap()["x-request-id"],
        "s-2"
    );
    assert!(error.to_string().contains("(after 2 attempts)"), "{error}");
    let error = client.release(&Release::now("f0f7face")).await.unwrap_err();
    assert_eq!(error.attempts(), 2);
    assert!(error.headers().is_some(), "{error}");
}

#[tokio::test(start_paused = true)]
async fn an_error_of_a_response_that_broke_off_has_its_headers() {
    use releasepack_client::runtime::{Reply, TransportError};
    let Ok(part) = crate::support::reply_with(502, &[("x-request-id", "s-1")], "") else {
        panic!("it is a response")
    };
    let part: Reply = part;
    let lost = TransportError::new(Kind::Lost, "the cable is cut").with_received(part);
    let client = Script::client([Err(lost)]);
    let error = client.release(&Release::now("f0f7face")).await.unwrap_err();
    assert_eq!(error.server_request_id(), Some("s-1"));
}

#[tokio::test(start_paused = true)]
async fn the_attempt_with_a_fresh_token_counts() {
    let fetch = || async { Ok::<_, std::io::Error>(SECRET.to_owned()) };
    let provider = Credentials::provider(fetch);
    let results = [
        reply(503, BUSY),
        reply(401, ""),
        reply(200, r#"{"requestId":"r-1"}"#),
    ];
    let client = Client::builder("mycompany-A1B2C3", provider)
        .base_url("http://127.0.0.1:1")
        .build_over(Script::new(results))
        .unwrap();
    let accepted = client.release(&Release::now("f0f7face")).await.unwrap();
    assert_eq!(accepted.attempts(), 3);
}
