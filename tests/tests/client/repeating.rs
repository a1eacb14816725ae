//! Every row of the tables in `runtime::verdict`, over real HTTP: which failed calls are repeated.

use std::sync::mpsc;
use std::time::Duration;

use releasepack_client::{ErrorKind, RetryPolicy};

use crate::server::{Server, Step, done, released, response, unused_address};
use crate::{client, create, settings, short_pauses, status};

const HTML: &str = "<html><head><title>Sorry</title></head></html>";

/// A response "busy" of the service itself, in JSON.
fn busy(code: u16) -> Vec<u8> {
    response(
        code,
        "Content-Type: application/json\r\n",
        r#"{"message": "Retry later."}"#,
    )
}

/// The same in XML.
fn busy_in_xml(code: u16) -> Vec<u8> {
    response(
        code,
        "Content-Type: application/xml\r\n",
        "<error><message>Retry later.</message></error>",
    )
}

#[tokio::test]
async fn a_question_to_a_busy_server_is_repeated_whoever_says_so() {
    for code in [429, 503] {
        let server = Server::responding([
            response(code, "Content-Type: text/html\r\n", HTML),
            response(code, "", ""),
            busy(code),
            busy_in_xml(code),
            done(),
        ]);
        assert_eq!(status(&client(&server)).await.unwrap(), 200);
        assert_eq!(server.requests().len(), 5);
    }
}

#[tokio::test]
async fn an_order_to_a_busy_server_is_repeated_if_the_service_itself_says_so() {
    for code in [425, 429, 503] {
        let server = Server::responding([busy(code), busy_in_xml(code), released()]);
        assert_eq!(
            create(&client(&server)).await.unwrap().as_deref(),
            Some("r-1")
        );
        assert_eq!(server.requests().len(), 3);
    }
}

#[tokio::test]
async fn an_order_is_not_repeated_after_a_503_of_a_gateway_which_may_have_passed_it_on() {
    for (content_type, body) in [
        ("text/html", HTML),
        (
            "text/plain",
            "upstream connect error or disconnect/reset before headers",
        ),
        ("application/json", ""),
        ("application/json", "{}"),
        ("application/json", r#"{"message": " "}"#),
        ("application/xhtml+xml", HTML),
        ("application/xml", "<error/>"),
    ] {
        let headers = format!("Content-Type: {content_type}\r\nRetry-After: 0\r\n");
        let server = Server::responding([response(503, &headers, body), released()]);
        let error = create(&client(&server)).await.unwrap_err();
        assert!(
            error.is_outcome_unknown() && !error.is_retryable(),
            "{error}"
        );
        assert_eq!(error.kind(), ErrorKind::Busy);
        assert_eq!(server.requests().len(), 1, "{content_type} {body}");
    }
}

#[tokio::test]
async fn orders_are_not_repeated_if_the_policy_says_so() {
    let server = Server::responding([busy(503), busy(503), done()]);
    let client = settings(&server)
        .retry(short_pauses().repeat_orders(false))
        .build()
        .unwrap();
    let error = create(&client).await.unwrap_err();
    // Nothing was done, so the caller may try again.
    assert!(error.is_retryable());
    assert_eq!(server.requests().len(), 1);
    assert_eq!(status(&client).await.unwrap(), 200);
}

#[tokio::test]
async fn of_a_response_whose_body_is_cut_off_the_status_and_the_media_type_count() {
    let broken = |media_type: &str, body: &str| {
        let head = format!("HTTP/1.1 503 Busy\r\nContent-Type: {media_type}\r\n");
        format!("{head}Content-Length: 100\r\n\r\n{body}").into_bytes()
    };
    for media_type in [
        "application/json",
        "application/xml",
        "application/vnd.x+json",
    ] {
        for body in ["", "{"] {
            let server = Server::responding([broken(media_type, body), released()]);
            assert!(create(&client(&server)).await.is_ok(), "{media_type}");
        }
    }

    let server = Server::responding([broken("text/html", "<html>"), released()]);
    let error = create(&client(&server)).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 503);
    assert_eq!(error.excerpt(), Some("<html>"));
    assert!(error.is_outcome_unknown());
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_call_fails_after_five_repeats() {
    let server = Server::responding(vec![response(503, "", ""); 9]);
    let error = status(&client(&server)).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Busy);
    assert!(error.is_retryable());
    assert_eq!(server.requests().len(), 6);
}

#[tokio::test]
async fn a_repeat_sends_the_same_request() {
    let server = Server::responding([busy(503), released()]);
    let body = releasepack_client::types::ReleaseIntegrationPack::default().id("pack");
    let client = client(&server);
    client
        .create_release_integration_pack()
        .body(&body)
        .send()
        .await
        .unwrap();
    let [first, second] = &server.requests()[..] else {
        panic!("there are not two requests");
    };
    assert_eq!(first.line, second.line);
    assert_eq!(first.headers, second.headers);
    assert_eq!(first.body, second.body);
}

#[tokio::test]
async fn a_failed_connection_has_its_own_kind_for_both_methods() {
    let settings = || {
        settings(&Server::new([]))
            .base_url(unused_address())
            .retry(short_pauses().max_repeats(1))
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

/// A fault of a server, with its name.
type Fault = (&'static str, fn() -> Step);

/// Everything that can go wrong after a request was sent.
fn faults() -> Vec<Fault> {
    vec![
        ("bad gateway", || {
            Step::Respond(response(502, "Content-Type: text/html\r\n", HTML))
        }),
        ("gateway timeout", || Step::Respond(response(504, "", ""))),
        ("reset before it was read", || Step::ResetUnread),
        ("closed after it was read", || Step::CloseWithoutResponse),
        ("no response in time", || Step::NoResponse),
        ("head cut off", || {
            Step::Respond(b"HTTP/1.1 200 OK\r\nContent-Le".to_vec())
        }),
        ("body cut off", || {
            Step::Respond(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".to_vec())
        }),
        ("not HTTP", || {
            Step::Respond(b"SSH-2.0-OpenSSH_9.9\r\n\r\n".to_vec())
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
async fn a_get_that_was_lost_after_sending_is_repeated() {
    for (name, fault) in faults() {
        let server = Server::new([fault(), Step::Respond(done())]);
        assert_eq!(status(&impatient(&server)).await.expect(name), 200);
    }
}

#[tokio::test]
async fn a_post_that_was_lost_after_sending_is_not_repeated() {
    for (name, fault) in faults() {
        let server = Server::new([fault(), Step::Respond(released())]);
        let error = create(&impatient(&server)).await.expect_err(name);
        assert!(error.is_outcome_unknown(), "{name}: {error:?}");
        assert!(!error.is_retryable(), "{name}");
        assert!(
            error.to_string().contains("outcome unknown"),
            "{name}: {error}"
        );
        let seen = server.requests();
        assert!(seen.len() <= 1, "{name}: {seen:?}");
    }
}

#[tokio::test]
async fn each_fault_has_its_error_kind() {
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
async fn a_call_with_any_other_status_is_not_repeated() {
    for code in [
        400, 401, 403, 404, 405, 409, 410, 412, 418, 422, 500, 501, 505, 599,
    ] {
        let server = Server::responding([response(code, "Retry-After: 0\r\n", ""), done()]);
        let error = status(&client(&server)).await.expect_err("not a 2xx");
        assert!(
            !error.is_retryable() && !error.is_outcome_unknown(),
            "{code}"
        );
        assert_eq!(server.requests().len(), 1, "{code}");

        let server = Server::responding([response(code, "Retry-After: 0\r\n", ""), released()]);
        let error = create(&client(&server)).await.expect_err("not a 2xx");
        assert!(!error.is_retryable(), "{code}");
        // Any status of 5xx may come after the work.
        assert_eq!(error.is_outcome_unknown(), code >= 500, "{code}");
        assert_eq!(server.requests().len(), 1, "{code}");
    }
}

#[tokio::test]
async fn a_status_that_is_no_refusal_leaves_the_outcome_of_an_order_open() {
    for code in [300, 302, 303, 304, 305, 408, 600, 700, 999] {
        let server = Server::responding([response(code, "", ""), released()]);
        let error = create(&client(&server)).await.expect_err("not a 2xx");
        assert!(error.is_outcome_unknown(), "{code}: {error}");
        assert_eq!(server.requests().len(), 1, "{code}");
    }
    for code in [301, 307, 308] {
        let server = Server::responding([response(code, "", ""), released()]);
        let error = create(&client(&server)).await.expect_err("not a 2xx");
        assert!(
            !error.is_outcome_unknown() && !error.is_retryable(),
            "{code}: {error}"
        );
    }
}

#[tokio::test]
async fn a_call_whose_response_cannot_be_decoded_is_not_repeated_by_itself() {
    // What is not JSON at all, or not all of it, may be JSON next time.
    for (body, may_change) in [("{", true), ("<h1>Welcome</h1>", true), ("[]", false)] {
        let server = Server::responding([response(200, "", body), done()]);
        let error = status(&client(&server)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(error.is_retryable(), may_change, "{body}");
        assert!(!error.is_outcome_unknown());
        assert_eq!(server.requests().len(), 1);

        let server = Server::responding([response(200, "", body), released()]);
        let error = create(&client(&server)).await.unwrap_err();
        assert!(
            error.is_outcome_unknown() && !error.is_retryable(),
            "{body}"
        );
        assert_eq!(server.requests().len(), 1);
    }
}

#[tokio::test]
async fn an_idle_connection_is_not_used_again() {
    let response = b"HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{\"responseStatusCode\": 200}";
    let (closed, is_closed) = mpsc::channel();
    let server = Server::new([
        Step::RespondThenClose(response.to_vec(), closed),
        Step::Respond(released()),
    ]);
    let client = settings(&server)
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    assert_eq!(status(&client).await.unwrap(), 200);
    is_closed.recv().unwrap();
    create(&client)
        .await
        .expect("the call uses a new connection");
    assert_eq!(server.requests().len(), 2);
}
