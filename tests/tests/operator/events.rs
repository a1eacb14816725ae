//! One event at INFO for each release.

use releasepack_client::release::Release;
use releasepack_client::runtime::{Call, Exchange, Transport, TransportErrorKind};
use tracing_subscriber::filter::LevelFilter;

use crate::support::{BUSY, Log, SECRET, Script, failure, reply, settings};

fn release() -> Release {
    Release::now("f0f7face").component("b420a8ab", "2.0")
}

/// The beginning and the fields of the line.
fn assert_line(line: &str, parts: &[&str]) {
    for part in ["INFO", "pack=\"f0f7face\"", "duration_ms="]
        .iter()
        .chain(parts)
    {
        assert!(line.contains(part), "{part} is not in {line}");
    }
}

#[tokio::test(start_paused = true)]
async fn each_release_is_one_event_for_operators() {
    let (log, _guard) = Log::begin(LevelFilter::INFO);
    let client = Script::client([
        reply(503, BUSY),
        reply(200, r#"{"requestId":"r-1"}"#),
        reply(200, r#"{"requestId":"r-1"}"#),
        reply(403, r#"{"message":"not on a Tuesday"}"#),
        failure(TransportErrorKind::Lost, "the cable is cut"),
        reply(200, "{}"),
    ]);
    let accepted = client.release(&release()).await.unwrap();
    assert_eq!(accepted.attempts(), 2);
    client.reschedule(&release()).await.unwrap();
    for _ in 0..3 {
        client.release(&release()).await.unwrap_err();
    }
    let lines = log.lines();
    assert_eq!(lines.len(), 5, "{lines:#?}");
    assert_line(
        &lines[0],
        &["outcome=\"made\"", "request_id=\"r-1\"", "attempts=2"],
    );
    assert_line(
        &lines[1],
        &["outcome=\"moved\"", "request_id=\"r-1\"", "attempts=1"],
    );
    assert_line(
        &lines[2],
        &["outcome=\"refused\"", "attempts=1", "not on a Tuesday"],
    );
    assert_line(
        &lines[3],
        &["outcome=\"unknown\"", "attempts=1", "the cable is cut"],
    );
    assert_line(&lines[4], &["outcome=\"unknown\"", "no request id"]);
    assert!(
        lines
            .iter()
            .skip(2)
            .all(|line| !line.contains("request_id="))
    );
}

#[tokio::test]
async fn a_release_whose_future_is_dropped_is_an_event_with_an_unknown_outcome() {
    #[derive(Debug)]
    struct Never;
    impl Transport for Never {
        fn send(&self, _: Call) -> Exchange<'_> {
            Box::pin(std::future::pending())
        }
    }
    let (log, _guard) = Log::begin(LevelFilter::INFO);
    let client = settings().build_over(Never).unwrap();
    let release = release();
    let mut future = Box::pin(client.release(&release));
    let waker = std::task::Waker::noop();
    let mut context = std::task::Context::from_waker(waker);
    assert!(future.as_mut().poll(&mut context).is_pending());
    assert_eq!(log.lines(), [""; 0]);
    drop(future);
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert_line(&lines[0], &["outcome=\"unknown\""]);
}

#[tokio::test]
async fn a_release_that_is_not_valid_is_no_event() {
    let (log, _guard) = Log::begin(LevelFilter::INFO);
    let client = Script::client([]);
    client.release(&Release::now(" ")).await.unwrap_err();
    assert_eq!(log.lines(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn no_event_has_a_secret() {
    let (log, _guard) = Log::begin(LevelFilter::TRACE);
    let secret = serde_json::Value::from(SECRET);
    let client = Script::client([
        reply(
            200,
            &format!(r#"{{"requestId":{secret},"name":{secret},"releaseOnDate":7}}"#),
        ),
        reply(400, &format!(r#"{{"message":{secret}}}"#)),
        failure(TransportErrorKind::Lost, SECRET),
    ]);
    client.release(&release()).await.unwrap();
    client.release(&release()).await.unwrap_err();
    client.release(&release()).await.unwrap_err();
    let lines = log.lines().join("\n");
    assert!(lines.contains("[redacted]"), "{lines}");
    assert!(!lines.contains("c4nary"), "{lines}");
}
