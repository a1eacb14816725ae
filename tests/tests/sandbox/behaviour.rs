//! The sandbox behaves as the vendor's reference describes.

use jiff::civil::date;
use releasepack_client::sandbox::{Sandbox, SandboxPack};
use releasepack_client::types::ReleaseStatus;
use serde_json::{Value, json};

use super::wire::{address, create, now, on, plain, released, send, status, update};

#[tokio::test]
async fn a_release_is_in_progress_for_the_set_number_of_polls_and_then_done() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .polls(3)
        .start()
        .await
        .unwrap();
    let id = released(&sandbox, &now("pack")).await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        let (code, response) = send(status(&sandbox, &id)).await;
        assert_eq!(response["responseStatusCode"], code);
        seen.push((
            code,
            response["releaseStatus"].clone(),
            response["releaseProgress"].clone(),
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
async fn a_scheduled_release_starts_on_its_date_and_not_before() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .today(date(2026, 11, 24))
        .polls(1)
        .start()
        .await
        .unwrap();
    let id = released(&sandbox, &on("pack", "2026-12-01")).await;
    let ask = async || {
        let (code, response) = send(status(&sandbox, &id)).await;
        (code, response["releaseStatus"].as_str().unwrap().to_owned())
    };
    assert_eq!(ask().await, (202, "SCHEDULED".to_owned()));
    sandbox.set_today(date(2026, 11, 30));
    assert_eq!(ask().await, (202, "SCHEDULED".to_owned()));
    sandbox.set_today(date(2026, 12, 1));
    assert_eq!(ask().await, (202, "IN_PROGRESS".to_owned()));
    assert_eq!(ask().await, (200, "SUCCESS".to_owned()));
}

#[tokio::test]
async fn an_invalid_schedule_is_refused() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
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
            "SOON is not a valid releaseSchedule",
        ),
    ] {
        let (code, response) = send(create(&sandbox, &body)).await;
        assert_eq!(code, 400);
        assert_eq!(response["@type"], "Error");
        let message = response["message"].as_str().unwrap();
        assert!(message.contains(expected), "{message}");
    }
    assert!(sandbox.releases().is_empty());
}

#[tokio::test]
async fn update_is_refused_when_nothing_is_scheduled() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .today(date(2026, 11, 24))
        .start()
        .await
        .unwrap();
    let refused = async |sandbox: &Sandbox| {
        let (code, response) = send(update(sandbox, "pack", &on("pack", "2026-12-24"))).await;
        assert_eq!(code, 400, "{response}");
        assert!(
            response["message"]
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
async fn update_changes_the_scheduled_release_and_keeps_its_request_id() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .today(date(2026, 11, 24))
        .start()
        .await
        .unwrap();
    let id = released(&sandbox, &on("pack", "2026-12-01")).await;
    let (code, response) = send(update(&sandbox, "pack", &on("pack", "2026-12-24"))).await;
    assert_eq!((code, &response["requestId"]), (200, &json!(id)));
    assert_eq!(response["releaseOnDate"], "2026-12-24");
    let releases = sandbox.releases();
    assert_eq!(releases.len(), 1);
    assert_eq!(
        (releases[0].release_on, releases[0].updates),
        (date(2026, 12, 24), 1)
    );
    assert_eq!(releases[0].status, ReleaseStatus::Scheduled);
}

#[tokio::test]
async fn a_release_of_a_failing_pack_ends_with_the_status_error() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .polls(0)
        .start()
        .await
        .unwrap();
    sandbox.fail_releases_of("broken");
    let id = released(&sandbox, &now("broken")).await;
    let (code, response) = send(status(&sandbox, &id)).await;
    assert_eq!((code, &response["releaseStatus"]), (200, &json!("ERROR")));
}

#[tokio::test]
async fn a_response_has_the_members_of_the_reference_and_a_type_in_every_object() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
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
    let (_, mut response) = send(create(&sandbox, &now("pack"))).await;
    let url = response
        .as_object_mut()
        .unwrap()
        .remove("releaseStatusUrl")
        .unwrap();
    let id = response["requestId"].as_str().unwrap();
    assert_eq!(
        url,
        address(&sandbox, &format!("ReleaseIntegrationPackStatus/{id}"))
    );
    insta::assert_json_snapshot!(response, @r#"
    {
      "ReleasePackagedComponents": {
        "ReleasePackagedComponent": [
          {
            "componentId": "b420a8ab",
            "releasedVersion": "1.0",
            "version": "2.0",
            "@type": "ReleasePackagedComponent"
          }
        ],
        "@type": "ReleasePackagedComponents"
      },
      "id": "pack",
      "name": "Orders",
      "releaseOnDate": "2026-11-24",
      "releaseSchedule": "IMMEDIATELY",
      "@type": "ReleaseIntegrationPack",
      "requestId": "release-a833bdcd-b6d1-4eb1-88dc-97e5aab5fe3d"
    }
    "#);
}

#[tokio::test]
async fn a_response_is_xml_unless_the_request_accepts_json() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
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
    insta::assert_snapshot!(response.text().await.unwrap(), @r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><error><message>The request has no Authorization header.</message></error>"#);
}

#[tokio::test]
async fn only_declared_packs_are_known_once_there_is_one() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .pack(SandboxPack::new("known"))
        .start()
        .await
        .unwrap();
    assert_eq!(send(create(&sandbox, &now("known"))).await.0, 200);
    assert_eq!(send(create(&sandbox, &now("unknown"))).await.0, 400);
}

#[tokio::test]
async fn an_id_is_decoded_whatever_characters_it_holds() {
    let sandbox = Sandbox::builder()
        .rate_limit(None)
        .today(date(2026, 11, 24))
        .start()
        .await
        .unwrap();
    released(&sandbox, &on("a/b ?%é", "2026-12-01")).await;
    let body = on("a/b ?%é", "2026-12-02");
    let (code, response) = send(update(&sandbox, "a%2Fb%20%3F%25%C3%A9", &body)).await;
    assert_eq!((code, &response["id"]), (200, &json!("a/b ?%é")));
}

#[tokio::test]
async fn the_same_seed_gives_the_same_ids() {
    let ids = async |seed| {
        let sandbox = Sandbox::builder()
            .rate_limit(None)
            .seed(seed)
            .start()
            .await
            .unwrap();
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
