//! Plain HTTP against a sandbox.

use releasepack_client::sandbox::Sandbox;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

/// An HTTP client that follows no redirects.
pub(crate) fn plain() -> Client {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
}

/// A body for a release now.
pub(crate) fn now(pack: &str) -> Value {
    json!({
        "id": pack,
        "releaseSchedule": "IMMEDIATELY",
        "ReleasePackagedComponents": {
            "ReleasePackagedComponent": [{ "componentId": "b420a8ab", "version": "2.0" }]
        }
    })
}

/// A body for a release on a date.
pub(crate) fn on(pack: &str, date: &str) -> Value {
    let mut body = now(pack);
    body["releaseSchedule"] = "RELEASE_ON_SPECIFIED_DATE".into();
    body["releaseOnDate"] = date.into();
    body
}

pub(crate) fn address(sandbox: &Sandbox, path: &str) -> String {
    format!("{}api/rest/v1/{}/{path}", sandbox.url(), sandbox.account())
}

/// A request for JSON with the credentials of the sandbox's user.
pub(crate) fn signed(sandbox: &Sandbox, request: RequestBuilder) -> RequestBuilder {
    request
        .header("accept", "application/json")
        .basic_auth(sandbox.user(), Some(sandbox.password()))
}

pub(crate) fn create(sandbox: &Sandbox, body: &Value) -> RequestBuilder {
    signed(
        sandbox,
        plain().post(address(sandbox, "ReleaseIntegrationPack")),
    )
    .header("content-type", "application/json")
    .body(body.to_string())
}

pub(crate) fn update(sandbox: &Sandbox, pack: &str, body: &Value) -> RequestBuilder {
    let path = format!("ReleaseIntegrationPack/{pack}");
    signed(sandbox, plain().post(address(sandbox, &path)))
        .header("content-type", "application/json")
        .body(body.to_string())
}

pub(crate) fn status(sandbox: &Sandbox, request_id: &str) -> RequestBuilder {
    let path = format!("ReleaseIntegrationPackStatus/{request_id}");
    signed(sandbox, plain().get(address(sandbox, &path)))
}

/// Status and body.
pub(crate) async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.expect("a body");
    (
        status,
        serde_json::from_str(&text).unwrap_or(Value::String(text)),
    )
}

pub(crate) async fn send(request: RequestBuilder) -> (u16, Value) {
    read(request.send().await.expect("an answer")).await
}

/// The request id of a new release.
pub(crate) async fn released(sandbox: &Sandbox, body: &Value) -> String {
    let (status, answer) = send(create(sandbox, body)).await;
    assert_eq!(status, 200, "{answer}");
    answer["requestId"]
        .as_str()
        .expect("a request id")
        .to_owned()
}
