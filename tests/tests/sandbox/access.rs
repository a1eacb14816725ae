//! Credentials, accounts and rights, the rate limit, and the record of requests.

use releasepack_client::sandbox::{Caller, Sandbox, Target};

use super::wire::{address, create, now, plain, send};

#[tokio::test]
async fn only_valid_credentials_are_accepted() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .second_factor_user("careful", "pw", "123456")
        .api_token("ci@acme.example", "tok")
        .bearer_token("jwt")
        .start()
        .await
        .unwrap();
    let ask = || plain().get(address(&sandbox, "ReleaseIntegrationPackStatus/none"));
    let code = async |request: reqwest::RequestBuilder| send(request).await.0;
    // The status 400 means that the credentials were accepted, and that the release does not exist.
    assert_eq!(code(ask()).await, 401);
    assert_eq!(
        code(ask().basic_auth(sandbox.user(), Some("wrong"))).await,
        401
    );
    assert_eq!(
        code(ask().basic_auth(sandbox.user(), Some(sandbox.password()))).await,
        400
    );
    assert_eq!(code(ask().basic_auth("careful", Some("pw"))).await, 401);
    assert_eq!(
        code(
            ask()
                .basic_auth("careful", Some("pw"))
                .header("X-Boomi-OTP", "123456")
        )
        .await,
        400
    );
    assert_eq!(
        code(ask().basic_auth("ci@acme.example", Some("tok"))).await,
        401
    );
    assert_eq!(
        code(ask().basic_auth("BOOMI_TOKEN.ci@acme.example", Some("tok"))).await,
        400
    );
    assert_eq!(code(ask().bearer_auth("jwt")).await, 400);
    sandbox.expire_bearer_tokens();
    assert_eq!(code(ask().bearer_auth("jwt")).await, 401);
    assert_eq!(code(ask().header("authorization", "Digest x")).await, 401);
}

#[tokio::test]
async fn a_caller_needs_access_to_the_account_and_the_right_to_release() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .account("main")
        .account("child")
        .read_only_user("reader", "pw")
        .start()
        .await
        .unwrap();
    let post = async |path: &str, user: &str, password: &str| {
        let request = plain()
            .post(sandbox.url().join(path).unwrap())
            .basic_auth(user, Some(password))
            .header("accept", "application/json")
            .header("content-type", "application/json")
            .body(now("pack").to_string());
        send(request).await.0
    };
    let (user, password) = (sandbox.user(), sandbox.password());
    assert_eq!(
        post("api/rest/v1/main/ReleaseIntegrationPack", user, password).await,
        200
    );
    assert_eq!(
        post("api/rest/v1/other/ReleaseIntegrationPack", user, password).await,
        403
    );
    assert_eq!(
        post("api/rest/v1/main/ReleaseIntegrationPack", "reader", "pw").await,
        403
    );
    assert_eq!(
        post("api/rest/v1/main/Elsewhere", user, password).await,
        404
    );
    let partner = "partner/api/rest/v1/main/ReleaseIntegrationPack";
    assert_eq!(post(partner, user, password).await, 200);
    assert_eq!(
        post(&format!("{partner}?overrideAccount=child"), user, password).await,
        200
    );
    assert_eq!(
        post(&format!("{partner}?overrideAccount=other"), user, password).await,
        403
    );
    let accounts: Vec<_> = sandbox
        .releases()
        .into_iter()
        .map(|release| release.account)
        .collect();
    assert_eq!(accounts, ["main", "main", "child"]);
}

#[tokio::test(start_paused = true)]
async fn the_sixth_call_in_a_second_exceeds_the_rate_limit() {
    let sandbox = Sandbox::start().await.unwrap();
    for _ in 0..5 {
        assert_eq!(send(create(&sandbox, &now("pack"))).await.0, 200);
    }
    let (code, response) = send(create(&sandbox, &now("pack"))).await;
    assert_eq!(code, 503);
    assert_eq!(
        response,
        serde_json::json!({ "message": "The Boomi server is currently unavailable or your account's rate limits have been exceeded. Retry later." })
    );
    tokio::time::advance(std::time::Duration::from_secs(1)).await;
    assert_eq!(send(create(&sandbox, &now("pack"))).await.0, 200);
    assert_eq!(sandbox.releases().len(), 6);
}

#[tokio::test]
async fn a_retired_object_responds_with_410_and_the_added_headers() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    let deprecation = reqwest::header::HeaderName::from_static("deprecation");
    sandbox.answer_with_header(deprecation, reqwest::header::HeaderValue::from_static("@1"));
    sandbox.retire();
    let response = create(&sandbox, &now("pack")).send().await.unwrap();
    assert_eq!(response.status(), 410);
    assert_eq!(response.headers()["deprecation"], "@1");
}

#[tokio::test]
async fn requests_are_recorded_without_their_secrets() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .second_factor_user("me", "hush", "424242")
        .start()
        .await
        .unwrap();
    let request = plain()
        .post(address(&sandbox, "ReleaseIntegrationPack?x=1"))
        .basic_auth("me", Some("hush"))
        .header("x-boomi-otp", "424242")
        .header("content-type", "application/json")
        .body(now("pack").to_string());
    request.send().await.unwrap();
    let requests = sandbox.take_requests();
    let [request] = &requests[..] else {
        panic!("{requests:?}")
    };
    assert_eq!(request.operation, Some(Target::Create));
    assert_eq!(request.query.as_deref(), Some("x=1"));
    assert_eq!(request.caller, Caller::Basic("me".to_owned()));
    assert_eq!(request.headers["authorization"], "Basic [redacted]");
    assert_eq!(request.json(), Some(now("pack")));
    assert_eq!(request.status.unwrap(), 200);
    let shown = format!("{request:?} {sandbox:?}");
    assert!(!shown.contains("hush") && !shown.contains("424242") && !shown.contains("bWU6"));
    assert!(sandbox.requests().is_empty());
}

#[tokio::test]
async fn a_body_that_is_not_json_or_is_too_long_is_refused() {
    let sandbox = Sandbox::builder().rate_limit(None).start().await.unwrap();
    let post = || {
        let request = plain().post(address(&sandbox, "ReleaseIntegrationPack"));
        request.basic_auth(sandbox.user(), Some(sandbox.password()))
    };
    let xml = post()
        .header("content-type", "application/xml")
        .body("<ReleaseIntegrationPack/>");
    assert_eq!(send(xml).await.0, 415);
    let long = post()
        .header("content-type", "application/json")
        .body(" ".repeat(2 << 20));
    assert_eq!(send(long).await.0, 413);
    assert!(sandbox.releases().is_empty());
}
