//! Each operation over real HTTP: its request, and the result for the caller.

use std::future::Future;

use jiff::civil::date;
use releasepack_client::runtime::Response;
use releasepack_client::{Client, Credentials, types};
use releasepack_tests::{CannedResponse, Recorder};
use serde::Serialize;
use serde_json::{Value, json};

const PACK: &str = "f0f7face-3a9d-48b1-8a32-82b84499cd4e";
const RELEASE: &str = "release-11031691-dc62-4280-a3b2-dcf7f3521f8a";

/// Makes one call, and returns its request and its result as text.
async fn call<T, E, F>(response: CannedResponse, operation: impl FnOnce(Client) -> F) -> String
where
    T: Serialize,
    E: std::error::Error,
    F: Future<Output = Result<Response<T>, E>>,
{
    let recorder = Recorder::start(vec![response]);
    let credentials = Credentials::api_token("me@example.com", "never-shown");
    let client = Client::builder("example-A1B2C3", credentials)
        .base_url(recorder.url())
        .build()
        .unwrap();
    let outcome = match operation(client).await {
        Ok(response) => {
            let body = serde_json::to_value(response.body()).unwrap();
            format!("{}\n{body:#}", response.status())
        }
        Err(error) => format!("error: {error}"),
    };
    format!("{}\n\n=> {outcome}", recorder.requests().join("\n\n"))
}

fn accepted() -> Value {
    json!({
        "@type": "ReleaseIntegrationPack",
        "id": PACK,
        "releaseSchedule": "RELEASE_ON_SPECIFIED_DATE",
        "releaseOnDate": "2025-02-20",
        "requestId": RELEASE,
    })
}

#[tokio::test]
async fn create() {
    let component = types::ReleasePackagedComponent::default()
        .component_id("b420a8ab-8e4e-41b2-93ce-079093a03af2")
        .version("2.0");
    let pack = types::ReleaseIntegrationPack::default()
        .id(PACK)
        .name("Testing Multi")
        .installation_type(types::InstallationType::Multi)
        .release_schedule(types::ReleaseSchedule::Immediately)
        .release_packaged_components(types::ReleasePackagedComponents::new(vec![component]));
    let exchange = call(CannedResponse::json(200, &accepted()), async |client| {
        client
            .create_release_integration_pack()
            .body(&pack)
            .send()
            .await
    });
    insta::assert_snapshot!(exchange.await);
}

#[tokio::test]
async fn update() {
    let pack = types::ReleaseIntegrationPack::default()
        .release_schedule(types::ReleaseSchedule::ReleaseOnSpecifiedDate)
        .release_on_date(date(2025, 2, 20));
    let exchange = call(CannedResponse::json(200, &accepted()), async |client| {
        client
            .update_release_integration_pack(PACK)
            .body(&pack)
            .send()
            .await
    });
    insta::assert_snapshot!(exchange.await);
}

#[tokio::test]
async fn status_of_a_release_that_is_done() {
    let response =
        json!({"releaseStatus": "SUCCESS", "requestId": RELEASE, "responseStatusCode": 200});
    let exchange = call(CannedResponse::json(200, &response), async |client| {
        client
            .get_release_integration_pack_status(RELEASE)
            .send()
            .await
    });
    insta::assert_snapshot!(exchange.await);
}

#[tokio::test]
async fn status_of_a_release_that_runs() {
    let response =
        json!({"releaseStatus": "IN_PROGRESS", "releaseProgress": "50", "responseStatusCode": 202});
    let exchange = call(CannedResponse::json(202, &response), async |client| {
        client
            .get_release_integration_pack_status(RELEASE)
            .send()
            .await
    });
    insta::assert_snapshot!(exchange.await);
}

#[tokio::test]
async fn a_pack() {
    let response = json!({
        "@type": "PublisherIntegrationPack",
        "Description": "",
        "id": PACK,
        "PublisherPackagedComponents": {"PublisherPackagedComponent": [
            {"componentId": "76742659-845c-45e4-bb9f-d63ff998f658", "currentVersion": "1.0", "pendingVersion": "", "deleted": true},
        ]},
    });
    let exchange = call(CannedResponse::json(200, &response), async |client| {
        client.get_publisher_integration_pack(PACK).send().await
    });
    insta::assert_snapshot!(exchange.await);
}

#[tokio::test]
async fn every_shape_of_error_gives_the_vendors_message() {
    let shapes = [
        CannedResponse::json(403, &json!({"message": "Not for you."})),
        CannedResponse::json(
            410,
            &json!({"@type": "Error", "error": {"message": "Retired."}}),
        ),
        CannedResponse::new(
            400,
            Some("application/xml"),
            "<error><message>Bad date.</message></error>",
        ),
        CannedResponse::new(
            404,
            Some("text/html"),
            "<html><body>No such page</body></html>",
        ),
        CannedResponse::new(401, None, ""),
    ];
    let mut errors = Vec::new();
    for shape in shapes {
        let exchange = call(shape, async |client| {
            client.create_release_integration_pack().send().await
        });
        let exchange = exchange.await;
        errors.push(exchange.split_once("=> ").unwrap().1.to_owned());
    }
    insta::assert_snapshot!(errors.join("\n"));
}

#[tokio::test]
async fn an_id_is_one_segment_of_the_path_whatever_it_holds() {
    let mut paths = Vec::new();
    for id in ["a/b", "..", "a?b=c", "50%", "ä b"] {
        let response = json!({"responseStatusCode": 200});
        let exchange = call(CannedResponse::json(200, &response), async |client| {
            client.get_release_integration_pack_status(id).send().await
        });
        paths.push(exchange.await.trim().lines().next().unwrap().to_owned());
    }
    insta::assert_snapshot!(paths.join("\n"));
}
