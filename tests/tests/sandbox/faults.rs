//! The faults of the sandbox.

use std::time::Duration;

use releasepack_client::sandbox::{Fault, Sandbox, Target};
use reqwest::StatusCode;
use reqwest::header::{HeaderValue, RETRY_AFTER};
use serde_json::json;
use tokio::time::Instant;

use super::wire::{create, now, read, released, send, status};

#[tokio::test]
async fn an_injected_response_is_sent_the_set_number_of_times_and_nothing_is_released() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    let busy = Fault::answer(
        StatusCode::SERVICE_UNAVAILABLE,
        "text/html",
        "<h1>Busy</h1>",
    )
    .header(RETRY_AFTER, HeaderValue::from_static("3"))
    .times(2);
    sandbox.inject(Target::Create, busy);
    for left in [1, 0] {
        let response = create(&sandbox, &now("pack")).send().await.unwrap();
        assert_eq!(response.status(), 503);
        assert_eq!(response.headers()["retry-after"], "3");
        assert_eq!(response.headers()["content-type"], "text/html");
        assert_eq!(response.text().await.unwrap(), "<h1>Busy</h1>");
        assert_eq!(sandbox.faults_waiting(), left);
    }
    assert!(sandbox.releases().is_empty());
    assert_eq!(send(create(&sandbox, &now("pack"))).await.0, 200);
}

#[tokio::test]
async fn the_platform_says_that_it_is_busy_in_json_and_a_gateway_in_plain_text() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    sandbox.inject(Target::Create, Fault::busy());
    sandbox.inject(Target::Create, Fault::gateway_busy().applied());
    let response = create(&sandbox, &now("pack")).send().await.unwrap();
    assert_eq!(response.status(), 503);
    let text = response.text().await.unwrap();
    let message: serde_json::Value = serde_json::from_str(&text).unwrap();
    let message = message["message"].as_str().unwrap();
    assert!(message.ends_with("Retry later."), "{message}");
    assert!(sandbox.releases().is_empty());

    let response = create(&sandbox, &now("pack")).send().await.unwrap();
    assert_eq!(response.status(), 503);
    let text = response.text().await.unwrap();
    assert!(text.starts_with("upstream connect error"), "{text}");
    assert_eq!(sandbox.releases().len(), 1);
}

#[tokio::test]
async fn a_fault_waits_for_its_operation_and_its_turn() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    sandbox.inject(
        Target::Status,
        Fault::status(StatusCode::BAD_GATEWAY).after(1),
    );
    sandbox.inject(Target::Any, Fault::status(StatusCode::IM_A_TEAPOT));
    // The first fault in the queue is for another operation, so the fault for any operation takes effect, and is used up.
    assert_eq!(send(create(&sandbox, &now("pack"))).await.0, 418);
    let id = released(&sandbox, &now("pack")).await;
    assert_eq!(send(status(&sandbox, &id)).await.0, 202);
    assert_eq!(send(status(&sandbox, &id)).await.0, 502);
    assert_eq!(send(status(&sandbox, &id)).await.0, 202);
    sandbox.inject(Target::Any, Fault::status(StatusCode::IM_A_TEAPOT).times(9));
    sandbox.clear_faults();
    assert_eq!(send(status(&sandbox, &id)).await.0, 200);
}

#[tokio::test]
async fn a_reset_loses_the_response_and_only_an_applied_fault_makes_the_release() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    for (fault, recorded, made) in [
        (Fault::reset_before_request(), false, 0),
        (Fault::reset_after_request(), true, 0),
        (Fault::reset_after_request().applied(), true, 1),
    ] {
        sandbox.inject(Target::Create, fault);
        let error = create(&sandbox, &now("pack")).send().await.unwrap_err();
        assert!(error.is_request(), "{error:?}");
        let requests = sandbox.take_requests();
        assert_eq!(requests.len(), 1);
        assert_eq!(
            (requests[0].status, !requests[0].body.is_empty()),
            (None, recorded)
        );
        assert_eq!(sandbox.releases().len(), made);
    }
}

#[tokio::test]
async fn a_connection_can_be_reset_before_anything_is_read() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    sandbox.reset_connections(1);
    create(&sandbox, &now("pack")).send().await.unwrap_err();
    assert!(sandbox.requests().is_empty());
    assert_eq!(send(create(&sandbox, &now("pack"))).await.0, 200);
    assert_eq!(sandbox.connections(), 2);
}

#[tokio::test]
async fn a_truncated_body_ends_after_the_set_number_of_bytes() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    sandbox.inject(Target::Create, Fault::truncate(10));
    let mut response = create(&sandbox, &now("pack")).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert!(response.content_length().unwrap() > 10);
    assert_eq!(response.chunk().await.unwrap().unwrap().len(), 10);
    response.chunk().await.unwrap_err();
    assert_eq!(sandbox.releases().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_delay_and_a_drip_use_the_clock_of_the_test() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    let begun = Instant::now();
    sandbox.inject(Target::Create, Fault::delay(Duration::from_secs(60)));
    assert_eq!(send(create(&sandbox, &now("pack"))).await.0, 200);
    let delayed = begun.elapsed();
    assert!(delayed >= Duration::from_secs(60) && delayed < Duration::from_secs(61));
    sandbox.inject(Target::Create, Fault::drip(16, Duration::from_secs(1)));
    let begun = Instant::now();
    let (code, response) = send(create(&sandbox, &now("pack"))).await;
    assert_eq!((code, &response["id"]), (200, &json!("pack")));
    assert!(
        begun.elapsed() > Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test]
async fn a_release_is_made_even_if_the_client_gives_up_during_a_delay() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    sandbox.inject(Target::Create, Fault::delay(Duration::from_secs(3600)));
    let request = create(&sandbox, &now("pack")).timeout(Duration::from_millis(500));
    assert!(request.send().await.unwrap_err().is_timeout());
    assert_eq!(sandbox.releases().len(), 1);
}

#[tokio::test]
async fn an_endless_body_does_not_end() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    sandbox.inject(Target::Status, Fault::endless());
    let mut response = status(&sandbox, "any").send().await.unwrap();
    assert_eq!(response.status(), 200);
    let mut length = 0;
    while length < 32 << 20 {
        length += response.chunk().await.unwrap().expect("more").len();
    }
}

#[tokio::test]
async fn a_fault_can_change_the_content_type_and_the_body() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    let id = released(&sandbox, &now("pack")).await;
    sandbox.inject(Target::Status, Fault::content_type("text/plain"));
    let response = status(&sandbox, &id).send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/plain");
    assert_eq!(read(response).await.1["releaseStatus"], "IN_PROGRESS");
    sandbox.inject(
        Target::Status,
        Fault::edit(|response| response["releaseStatus"] = "PAUSED".into()),
    );
    assert_eq!(
        send(status(&sandbox, &id)).await.1["releaseStatus"],
        "PAUSED"
    );
}

#[tokio::test]
async fn a_redirect_has_the_given_location() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    let fault = Fault::redirect(
        StatusCode::PERMANENT_REDIRECT,
        "http://elsewhere.example/new",
    );
    sandbox.inject(Target::Create, fault);
    let response = create(&sandbox, &now("pack")).send().await.unwrap();
    assert_eq!(response.status(), 308);
    assert_eq!(
        response.headers()["location"],
        "http://elsewhere.example/new"
    );
}

#[tokio::test]
async fn dropping_a_sandbox_closes_its_port_and_its_connections() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    sandbox.inject(Target::Create, Fault::endless());
    let mut open = create(&sandbox, &now("pack")).send().await.unwrap();
    let again = create(&sandbox, &now("pack"));
    drop(sandbox);
    while open.chunk().await.is_ok_and(|chunk| chunk.is_some()) {}
    assert!(again.send().await.unwrap_err().is_connect());
}

#[test]
fn dropping_a_sandbox_on_its_own_thread_closes_its_port() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .start_on_thread()
        .unwrap();
    let port = sandbox.url().port().unwrap();
    std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
    drop(sandbox);
    std::net::TcpStream::connect(("127.0.0.1", port)).unwrap_err();
}
