//! What the vendor's reference says, done by the sandbox.

use jiff::civil::date;
use releasepack_client::sandbox::{Caller, Sandbox, SandboxPack, Target};
use releasepack_client::types::ReleaseStatus;
use serde_json::{Value, json};

use super::wire::{address, create, now, on, plain, released, send, status, update};

#[tokio::test]
async fn a_release_is_in_progress_for_the_polls_it_was_told_and_then_done() {
    let sandbox = Sandbox::builder().polls(3).start().await.unwrap();
    let id = released(&sandbox, &now("pack")).await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        let (code, answer) = send(status(&sandbox, &id)).await;
        assert_eq!(answer["responseStatusCode"], code);
        seen.push((
            code,
            answer["releaseStatus"].clone(),
            answer["releaseProgress"].clone(),
        ));
    }
    let progress = |text: &str| (202, json!("IN_PROGRESS"), json!(text));
    let done = (200, json!("SUCCESS"), Value::Null);
    assert_eq!(
        seen,
        [
            progress("25"),
            progress("50"),
            progress("75"),
            done.clone(),
            done
        ]
    );
}

#[tokio::test]
async fn a_scheduled_release_begins_on_its_date_and_not_before() {
    let sandbox = Sandbox::builder()
        .today(date(2026, 11, 24))
        .polls(1)
        .start()
        .await
        .unwrap();
    let id = released(&sandbox, &on("pack", "2026-12-01")).await;
    let ask = async || {
        let (code, answer) = send(status(&sandbox, &id)).await;
        (code, answer["releaseStatus"].as_str().unwrap().to_owned())
    };
    assert_eq!(ask().await, (202, "SCHEDULED".to_owned()));
    sandbox.set_today(date(2026, 11, 30));
    assert_eq!(ask().await, (202, "SCHEDULED".to_owned()));
    sandbox.set_today(date(2026, 12, 1));
    assert_eq!(ask().await, (202, "IN_PROGRESS".to_owned()));
    assert_eq!(ask().await, (200, "SUCCESS".to_owned()));
}

#[tokio::test]
async fn a_schedule_needs_a_date_that_is_not_over() {
    let sandbox = Sandbox::builder()
        .today(date(2026, 11, 24))
        .start()
        .await
        .unwrap();
    let mut dateless = on("pack", "");
    dateless.as_object_mut().unwrap().remove("releaseOnDate");
    for (body, expected) in [
        (dateless, "releaseOnDate is required"),
        (on("pack", "2026-11-23"), "is in the past"),
        (on("pack", "tomorrow"), "cannot be read"),
        (json!({ "id": "pack" }), "releaseSchedule is missing"),
        (
            json!({ "releaseSchedule": "IMMEDIATELY" }),
            "id of the integration pack is missing",
        ),
        (
            json!({ "id": "pack", "releaseSchedule": "SOON" }),
            "SOON is no releaseSchedule",
        ),
    ] {
        let (code, answer) = send(create(&sandbox, &body)).await;
        assert_eq!(code, 400);
        assert_eq!(answer["@type"], "Error");
        let message = answer["message"].as_str().unwrap();
        assert!(message.contains(expected), "{message}");
    }
    assert!(sandbox.releases().is_empty());
}

#[tokio::test]
async fn update_is_refused_when_nothing_is_scheduled() {
    let sandbox = Sandbox::builder()
        .today(date(2026, 11, 24))
        .start()
        .await
        .unwrap();
    let refused = async |sandbox: &Sandbox| {
        let (code, answer) = send(update(sandbox, "pack", &on("pack", "2026-12-24"))).await;
        assert_eq!(code, 400, "{answer}");
        assert!(
            answer["message"]
                .as_str()
                .unwrap()
                .contains("no scheduled release request")
        );
    };
    refused(&sandbox).await;
    released(&sandbox, &now("pack")).await;
    refused(&sandbox).await;
    released(&sandbox, &on("pack", "2026-12-01")).await;
    sandbox.set_today(date(2026, 12, 1));
    refused(&sandbox).await;
}

#[tokio::test]
async fn update_moves_the_scheduled_release_and_keeps_its_request() {
    let sandbox = Sandbox::builder()
        .today(date(2026, 11, 24))
        .start()
        .await
        .unwrap();
    let id = released(&sandbox, &on("pack", "2026-12-01")).await;
    let (code, answer) = send(update(&sandbox, "pack", &on("pack", "2026-12-24"))).await;
    assert_eq!((code, &answer["requestId"]), (200, &json!(id)));
    assert_eq!(answer["releaseOnDate"], "2026-12-24");
    let releases = sandbox.releases();
    assert_eq!(releases.len(), 1);
    assert_eq!(
        (releases[0].release_on, releases[0].updates),
        (date(2026, 12, 24), 1)
    );
    assert_eq!(releases[0].status, ReleaseStatus::Scheduled);
}

#[tokio::test]
async fn a_release_of_a_failing_pack_ends_in_an_error() {
    let sandbox = Sandbox::builder().polls(0).start().await.unwrap();
    sandbox.fail_releases_of("broken");
    let id = released(&sandbox, &now("broken")).await;
    let (code, answer) = send(status(&sandbox, &id)).await;
    assert_eq!((code, &answer["releaseStatus"]), (200, &json!("ERROR")));
}

#[tokio::test]
async fn every_object_says_its_type_and_the_shape_is_the_one_of_the_reference() {
    let sandbox = Sandbox::builder()
        .seed(1)
        .today(date(2026, 11, 24))
        .pack(
            SandboxPack::new("pack")
                .name("Orders")
                .released("b420a8ab", "1.0"),
        )
        .start()
        .await
        .unwrap();
    let (_, mut answer) = send(create(&sandbox, &now("pack"))).await;
    let url = answer
        .as_object_mut()
        .unwrap()
        .remove("releaseStatusUrl")
        .unwrap();
    let id = answer["requestId"].as_str().unwrap();
    assert_eq!(
        url,
        address(&sandbox, &format!("ReleaseIntegrationPackStatus/{id}"))
    );
    insta::assert_json_snapshot!(answer, @r#"
    {
      "@type": "ReleaseIntegrationPack",
      "id": "pack",
      "name": "Orders",
      "releaseOnDate": "2026-11-24",
      "ReleasePackagedComponents": {
        "@type": "ReleasePackagedComponents",
        "ReleasePackagedComponent": [
          {
            "@type": "ReleasePackagedComponent",
            "componentId": "b420a8ab",
            "releasedVersion": "1.0",
            "version": "2.0"
          }
        ]
      },
      "releaseSchedule": "IMMEDIATELY",
      "requestId": "release-a833bdcd-b6d1-4eb1-88dc-97e5aab5fe3d"
    }
    "#);
}

#[tokio::test]
async fn xml_is_what_those_get_who_do_not_ask_for_json() {
    let sandbox = Sandbox::builder()
        .today(date(2026, 11, 24))
        .start()
        .await
        .unwrap();
    let id = released(&sandbox, &on("R&D", "2026-12-01")).await;
    let request = plain()
        .get(address(
            &sandbox,
            &format!("ReleaseIntegrationPackStatus/{id}"),
        ))
        .basic_auth(sandbox.user(), Some(sandbox.password()));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), 202);
    assert_eq!(response.headers()["content-type"], "application/xml");
    let text = response.text().await.unwrap().replace(&id, "[id]");
    insta::assert_snapshot!(text, @r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><bns:ReleaseIntegrationPackStatus xmlns:bns="http://api.platform.boomi.com/" integrationPackId="R&amp;D" releaseOnDate="2026-12-01" releaseSchedule="RELEASE_ON_SPECIFIED_DATE" releaseStatus="SCHEDULED" requestId="[id]" responseStatusCode="202"><bns:ReleasePackagedComponents><bns:ReleasePackagedComponent componentId="b420a8ab" version="2.0"/></bns:ReleasePackagedComponents></bns:ReleaseIntegrationPackStatus>"#);
    let response = plain()
        .get(address(&sandbox, "Nothing"))
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 401);
    insta::assert_snapshot!(response.text().await.unwrap(), @r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><error><message>The request has no credentials.</message></error>"#);
}

#[tokio::test]
async fn only_known_callers_come_in() {
    let sandbox = Sandbox::builder()
        .second_factor_user("careful", "pw", "123456")
        .api_token("ci@acme.example", "tok")
        .bearer_token("jwt")
        .start()
        .await
        .unwrap();
    let ask = || plain().get(address(&sandbox, "ReleaseIntegrationPackStatus/none"));
    let code = async |request: reqwest::RequestBuilder| send(request).await.0;
    // 400 says that the caller came in and asked for a release that is not there.
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
async fn an_account_and_a_right_are_needed() {
    let sandbox = Sandbox::builder()
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

#[tokio::test]
async fn a_declared_pack_makes_all_others_unknown() {
    let sandbox = Sandbox::builder()
        .pack(SandboxPack::new("known"))
        .start()
        .await
        .unwrap();
    assert_eq!(send(create(&sandbox, &now("known"))).await.0, 200);
    assert_eq!(send(create(&sandbox, &now("unknown"))).await.0, 400);
}

#[tokio::test]
async fn an_id_arrives_as_data_whatever_is_in_it() {
    let sandbox = Sandbox::builder()
        .today(date(2026, 11, 24))
        .start()
        .await
        .unwrap();
    released(&sandbox, &on("a/b ?%é", "2026-12-01")).await;
    let body = on("a/b ?%é", "2026-12-02");
    let (code, answer) = send(update(&sandbox, "a%2Fb%20%3F%25%C3%A9", &body)).await;
    assert_eq!((code, &answer["id"]), (200, &json!("a/b ?%é")));
}

#[tokio::test(start_paused = true)]
async fn the_sixth_call_in_a_second_is_over_the_rate() {
    let sandbox = Sandbox::builder().rate_limit(5).start().await.unwrap();
    for _ in 0..5 {
        assert_eq!(send(create(&sandbox, &now("pack"))).await.0, 200);
    }
    assert_eq!(send(create(&sandbox, &now("pack"))).await.0, 503);
    tokio::time::advance(std::time::Duration::from_secs(1)).await;
    assert_eq!(send(create(&sandbox, &now("pack"))).await.0, 200);
    assert_eq!(sandbox.releases().len(), 6);
}

#[tokio::test]
async fn a_retired_object_is_gone_and_says_what_it_was_told_to_say() {
    let sandbox = Sandbox::start().await.unwrap();
    let deprecation = reqwest::header::HeaderName::from_static("deprecation");
    sandbox.answer_with_header(deprecation, reqwest::header::HeaderValue::from_static("@1"));
    sandbox.retire();
    let response = create(&sandbox, &now("pack")).send().await.unwrap();
    assert_eq!(response.status(), 410);
    assert_eq!(response.headers()["deprecation"], "@1");
}

#[tokio::test]
async fn what_was_sent_is_on_record_without_its_secrets() {
    let sandbox = Sandbox::builder()
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
async fn the_same_seed_gives_the_same_ids() {
    let ids = async |seed| {
        let sandbox = Sandbox::builder().seed(seed).start().await.unwrap();
        [
            released(&sandbox, &now("a")).await,
            released(&sandbox, &now("b")).await,
        ]
    };
    let first = ids(7).await;
    assert_eq!(first, ids(7).await);
    assert_ne!(first, ids(8).await);
    assert_ne!(first[0], first[1]);
}
