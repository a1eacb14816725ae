//! Every row of the table of requests that may be repeated, over real HTTP.

use std::sync::mpsc;
use std::time::Duration;

use releasepack_client::{ErrorKind, RetryPolicy};

use crate::server::{Server, Step, answer, done, nobody, released};
use crate::{client, create, hasty, settings, status};

const HTML: &str = "<html><head><title>Sorry</title></head></html>";

#[tokio::test]
async fn a_refused_request_is_repeated_for_every_method_and_body() {
    for code in [429, 503] {
        let server = Server::answering([
            answer(code, "Content-Type: text/html\r\n", HTML),
            answer(code, "", ""),
            done(),
        ]);
        assert_eq!(status(&client(&server)).await.unwrap(), 200);
        assert_eq!(server.seen().len(), 3);

        let server = Server::answering([
            answer(code, "Content-Type: text/html\r\n", HTML),
            answer(code, "", ""),
            released(),
        ]);
        assert_eq!(
            create(&client(&server)).await.unwrap().as_deref(),
            Some("r-1")
        );
        assert_eq!(server.seen().len(), 3);
    }
}

#[tokio::test]
async fn the_status_counts_even_if_its_body_is_broken_off() {
    let broken = b"HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\n<html>".to_vec();
    let server = Server::answering([broken.clone(), released()]);
    assert!(create(&client(&server)).await.is_ok());

    let server = Server::answering([broken]);
    let client = settings(&server)
        .retry(hasty().max_repeats(0))
        .build()
        .unwrap();
    let error = create(&client).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(error.excerpt(), Some("<html>"));
}

#[tokio::test]
async fn it_gives_up_after_five_repeats() {
    let server = Server::answering(vec![answer(503, "", ""); 9]);
    let error = status(&client(&server)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy);
    assert!(error.is_retryable());
    assert_eq!(server.seen().len(), 6);
}

#[tokio::test]
async fn a_repeat_is_the_same_request_again() {
    let server = Server::answering([answer(503, "", ""), released()]);
    let body = releasepack_client::types::ReleaseIntegrationPack::default().id("pack");
    let client = client(&server);
    client
        .create_release_integration_pack()
        .body(&body)
        .send()
        .await
        .unwrap();
    let [first, second] = &server.seen()[..] else {
        panic!("two requests came");
    };
    assert_eq!(first.line, second.line);
    assert_eq!(first.headers, second.headers);
    assert_eq!(first.body, second.body);
}

#[tokio::test]
async fn a_failed_connection_is_reported_as_such_for_both_methods() {
    let settings = || {
        settings(&Server::new([]))
            .base_url(nobody())
            .retry(hasty().max_repeats(1))
    };
    let client = settings().build().unwrap();
    for error in [
        status(&client).await.unwrap_err(),
        create(&client).await.unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Connect);
        assert!(error.is_retryable() && !error.is_outcome_unknown());
        assert!(
            error.to_string().contains(": could not connect: "),
            "{error}"
        );
    }
}

/// A fault of the server, with its name.
type Fault = (&'static str, fn() -> Step);

/// The faults that can happen after a request was sent.
fn faults() -> Vec<Fault> {
    vec![
        ("bad gateway", || {
            Step::Answer(answer(502, "Content-Type: text/html\r\n", HTML))
        }),
        ("gateway timeout", || Step::Answer(answer(504, "", ""))),
        ("reset before it was read", || Step::ResetUnread),
        ("closed after it was read", || Step::CloseUnanswered),
        ("no answer in time", || Step::Silence),
        ("head broken off", || {
            Step::Answer(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec())
        }),
        ("body broken off", || {
            Step::Answer(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec())
        }),
        ("no HTTP", || {
            Step::Answer(b"SSH-2.0-OpenSSH_9.9\r\n\r\n".to_vec())
        }),
    ]
}

fn impatient(server: &Server) -> releasepack_client::Client {
    settings(server)
        .request_timeout(Duration::from_millis(1500))
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_lost_request_is_repeated_if_it_only_reads() {
    for (name, fault) in faults() {
        let server = Server::new([fault(), Step::Answer(done())]);
        assert_eq!(status(&impatient(&server)).await.expect(name), 200);
    }
}

#[tokio::test]
async fn a_lost_request_is_not_repeated_if_it_has_an_effect() {
    for (name, fault) in faults() {
        let server = Server::new([fault(), Step::Answer(released())]);
        let error = create(&impatient(&server)).await.expect_err(name);
        assert!(error.is_outcome_unknown(), "{name}: {error:?}");
        assert!(!error.is_retryable(), "{name}");
        assert!(
            error.to_string().contains("outcome unknown"),
            "{name}: {error}"
        );
        let seen = server.seen();
        assert!(seen.len() <= 1, "{name}: {seen:?}");
    }
}

#[tokio::test]
async fn each_loss_has_its_kind() {
    use ErrorKind::{Gateway, Lost, Timeout};

    let mut kinds = Vec::new();
    for (_, fault) in faults() {
        let server = Server::new([fault()]);
        kinds.push(create(&impatient(&server)).await.unwrap_err().kind());
    }
    assert_eq!(
        kinds,
        [Gateway, Gateway, Lost, Lost, Timeout, Lost, Lost, Lost]
    );
}

#[tokio::test]
async fn any_other_status_is_final() {
    for code in [
        400, 401, 403, 404, 405, 409, 410, 412, 418, 422, 500, 501, 505, 599,
    ] {
        let server = Server::answering([answer(code, "Retry-After: 0\r\n", ""), done()]);
        let error = status(&client(&server)).await.expect_err("not a 2xx");
        assert!(
            !error.is_retryable() && !error.is_outcome_unknown(),
            "{code}"
        );
        assert_eq!(server.seen().len(), 1, "{code}");

        let server = Server::answering([answer(code, "Retry-After: 0\r\n", ""), released()]);
        let error = create(&client(&server)).await.expect_err("not a 2xx");
        assert!(
            !error.is_retryable() && !error.is_outcome_unknown(),
            "{code}"
        );
        assert_eq!(server.seen().len(), 1, "{code}");
    }
}

#[tokio::test]
async fn a_response_that_cannot_be_read_is_final() {
    let server = Server::answering([answer(200, "", "{"), done()]);
    let error = status(&client(&server)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(!error.is_retryable() && !error.is_outcome_unknown());
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn no_call_uses_a_connection_that_was_idle() {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"responseStatusCode\": 200}";
    let (closed, is_closed) = mpsc::channel();
    let server = Server::new([
        Step::AnswerThenClose(answer.to_vec(), closed),
        Step::Answer(released()),
    ]);
    let client = settings(&server)
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    assert_eq!(status(&client).await.unwrap(), 200);
    is_closed.recv().unwrap();
    create(&client)
        .await
        .expect("it goes over a new connection");
    assert_eq!(server.seen().len(), 2);
}
