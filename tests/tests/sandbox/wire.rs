//! Plain HTTP requests to a sandbox.

use releasepack_client::sandbox::Sandbox;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

/// An HTTP client that does not follow redirects.
pub(crate) fn plain() -> Client {
    Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
}

/// The body of an immediate release.
pub(crate) fn now(pack: &str) -> Value {
    json!({
        "id": pack,
        "releaseSchedule": "IMMEDIATELY",
        "ReleasePackagedComponents": {
            "ReleasePackagedComponent": [{ "componentId": "b420a8ab", "version": "2.0" }]
        }
    })
}

/// The body of a release on a date.
pub(crate) fn on(pack: &str, date: &str) -> Value {
    let mut body = now(pack);
    body["releaseSchedule"] = "RELEASE_ON_SPECIFIED_DATE".into();
    body["releaseOnDate"] = date.into();
    body
}

pub(crate) fn address(sandbox: &Sandbox, path: &str) -> String {
    format!("{}api/rest/v1/{}/{path}", sandbox.url(), sandbox.account())
}

/// Adds the credentials of the default user, and accepts JSON.
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

/// The status and the body.
pub(crate) async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.expect("a body");
    (
        status,
        serde_json::from_str(&text).unwrap_or(Value::String(text)),
    )
}

pub(crate) async fn send(request: RequestBuilder) -> (u16, Value) {
    read(request.send().await.expect("a response")).await
}

/// Makes a release, and returns its request id.
pub(crate) async fn released(sandbox: &Sandbox, body: &Value) -> String {
    let (status, response) = send(create(sandbox, body)).await;
    assert_eq!(status, 200, "{response}");
    response["requestId"]
        .as_str()
        .expect("a request id")
        .to_owned()
}
