//! Drift: each difference is told once, and none of them with a value.

use std::path::Path;
use std::sync::{Arc, Mutex};

use releasepack_client::release::{Release, WaitPolicy};
use releasepack_client::{Client, Drift, DriftKind};
use releasepack_codegen::{Document, Overlay, apply_overlay};
use serde_json::Value;

use crate::support::{Script, reply, reply_with, settings};

type Told = Arc<Mutex<Vec<Drift>>>;

fn watched(script: Script) -> (Client, Told) {
    let told = Told::default();
    let log = Arc::clone(&told);
    let client = settings()
        .on_drift(move |drift| log.lock().unwrap().push(drift.clone()))
        .build_over(script)
        .unwrap();
    (client, told)
}

/// The lines of the drift in the status calls that get these bodies.
async fn drift_of(bodies: &[&str]) -> Vec<String> {
    let (client, told) = watched(Script::new(bodies.iter().map(|body| reply(200, body))));
    for _ in bodies {
        let _ = client.status("r-1").await;
    }
    let told = told.lock().unwrap();
    told.iter().map(ToString::to_string).collect()
}

const CODE: &str = r#""responseStatusCode":200"#;

#[tokio::test]
async fn each_kind_of_drift_is_told_with_its_place() {
    const STATUS: &str = "GetReleaseIntegrationPackStatus";
    let cases = [
        (
            r#"{"responseStatusCode":200,"color":"s3cret"}"#,
            "a member that the description does not list at /color",
        ),
        (
            r#"{"responseStatusCode":200,"releaseStatus":"PAUSED"}"#,
            "a value that the description does not list at /releaseStatus",
        ),
        (
            r#"{"responseStatusCode":200,"releaseOnDate":"soon"}"#,
            "a value that the description does not list at /releaseOnDate",
        ),
        (
            r#"{"responseStatusCode":200,"name":7}"#,
            "a value of another type at /name",
        ),
        (
            r#"{"responseStatusCode":"200","releaseStatus":"SUCCESS"}"#,
            "a value of another type at /responseStatusCode",
        ),
    ];
    for (body, expected) in cases {
        let told = drift_of(&[body]).await;
        assert_eq!(told, [format!("{STATUS}: {expected}")], "{body}");
    }
}

#[tokio::test]
async fn the_elements_of_a_list_are_one_place_and_a_place_is_told_once() {
    let body = format!(
        r#"{{{CODE},"ReleasePackagedComponents":{{"ReleasePackagedComponent":[{{"x":1}},{{"x":2}},{{"x":3}}]}}}}"#
    );
    let told = drift_of(&[&body, &body]).await;
    let place = "/ReleasePackagedComponents/ReleasePackagedComponent/*/x";
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].ends_with(place), "{told:?}");
}

#[tokio::test]
async fn statuses_and_media_types_are_told() {
    let html = [("content-type", "text/html")];
    let done = r#"{"responseStatusCode":200,"releaseStatus":"SUCCESS"}"#;
    let (client, told) = watched(Script::new([
        reply_with(200, &html, done),
        reply(203, done),
        reply(404, "{}"),
    ]));
    for _ in 0..3 {
        let _ = client.status("r-1").await;
    }
    let told: Vec<_> = told.lock().unwrap().iter().map(|it| it.kind).collect();
    let status = |code: u16| DriftKind::UndeclaredStatus(code.try_into().unwrap());
    assert_eq!(told, [DriftKind::MediaType, status(203), status(404),]);
}

#[tokio::test]
async fn drift_is_told_of_releases_too() {
    let (client, told) = watched(Script::new([
        reply(200, r#"{"requestId":"r-1","extra":{}}"#),
        reply(200, r#"{"requestId":7,"releaseStatus":[]}"#),
    ]));
    client.release(&Release::now("f0f7face")).await.unwrap();
    client.reschedule(&Release::now("f0f7face")).await.unwrap();
    let told: Vec<_> = told
        .lock()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    let unknown = "a member that the description does not list at";
    assert_eq!(
        told,
        [
            format!("CreateReleaseIntegrationPack: {unknown} /extra"),
            "UpdateReleaseIntegrationPack: a value of another type at /requestId".to_owned(),
            format!("UpdateReleaseIntegrationPack: {unknown} /releaseStatus"),
        ]
    );
}

#[tokio::test]
async fn a_hostile_server_cannot_fill_the_memory_or_disturb_a_terminal() {
    let many: Vec<_> = (0..5_000).map(|n| format!(",\"m{n}x\":1")).collect();
    let many = many.concat();
    let body = format!(
        r#"{{{CODE},"\u001b[2J\u202e{}":1{many}}}"#,
        "n".repeat(10_000)
    );
    let again = body.replace("\"m", "\"again");
    let told = drift_of(&[&body, &again]).await;
    assert!(told.len() <= 1_000, "{}", told.len());
    for line in told {
        assert!(line.chars().count() < 250, "{line}");
        assert!(!line.contains(|c: char| c.is_control() || c == '\u{202e}'));
    }
}

#[tokio::test]
async fn a_secret_in_the_name_of_a_member_is_not_told() {
    let name = Value::from(crate::support::SECRET);
    let told = drift_of(&[&format!("{{{CODE},{name}:1}}")]).await;
    assert_eq!(told.len(), 1);
    assert!(!told[0].contains("c4nary"), "{told:?}");
}

#[tokio::test]
async fn an_observer_can_call_the_client() {
    let script = Script::new([
        reply(200, r#"{"requestId":"r-1","extra":{}}"#),
        reply(200, r#"{"requestId":"r-1","extra":{}}"#),
    ]);
    let (client, told) = watched(script);
    client.release(&Release::now("f0f7face")).await.unwrap();
    client.release(&Release::now("f0f7face")).await.unwrap();
    assert_eq!(told.lock().unwrap().len(), 1);
}

/// The statuses that the corrected document declares, for each operation.
fn declared() -> Vec<(String, Vec<u16>)> {
    let read = |name: &str| {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../spec")
            .join(name);
        std::fs::read(file).unwrap()
    };
    let document = Document::parse("d", &read("release-integration-pack.yaml")).unwrap();
    let overlay = Overlay::parse("o", &read("overlay.yaml")).unwrap();
    let (document, _) = apply_overlay(document.value().clone(), &overlay).unwrap();
    let items = document["paths"].as_object().unwrap().values();
    let operations = items
        .filter_map(Value::as_object)
        .flat_map(|item| item.values());
    let operations = operations.filter(|it| it.get("operationId").is_some());
    operations
        .map(|it| {
            let statuses = it["responses"].as_object().unwrap().keys();
            let statuses = statuses.filter_map(|status| status.parse().ok());
            let id = it["operationId"].as_str().unwrap().to_owned();
            let mut statuses: Vec<u16> = statuses.collect();
            statuses.sort_unstable();
            (id, statuses)
        })
        .collect()
}

#[tokio::test(start_paused = true)]
async fn the_statuses_that_are_not_told_are_those_that_the_description_declares() {
    let operations = declared();
    assert_eq!(operations.len(), 4, "{operations:?}");
    for (operation, declared) in operations {
        let statuses: Vec<u16> = (200..=599).collect();
        let replies = statuses.iter().map(|status| reply(*status, "{}"));
        let told = Told::default();
        let log = Arc::clone(&told);
        let client = settings()
            .retry(releasepack_client::RetryPolicy::never())
            .on_drift(move |drift| log.lock().unwrap().push(drift.clone()))
            .build_over(Script::new(replies))
            .unwrap();
        for _ in &statuses {
            match operation.as_str() {
                "GetReleaseIntegrationPackStatus" => drop(client.status("r-1").await),
                "GetPublisherIntegrationPack" => drop(client.pack("p").await),
                "CreateReleaseIntegrationPack" => {
                    drop(client.release(&Release::now("p")).await);
                }
                _ => drop(client.reschedule(&Release::now("p")).await),
            }
        }
        let told = told.lock().unwrap();
        let undeclared: Vec<u16> = told
            .iter()
            .filter_map(|drift| match drift.kind {
                DriftKind::UndeclaredStatus(status) => Some(status.as_u16()),
                _ => None,
            })
            .collect();
        let mut silent = statuses;
        silent.retain(|status| !undeclared.contains(status));
        assert_eq!(silent, declared, "{operation}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_says_once_that_it_does_not_know_a_status() {
    use tracing_subscriber::filter::LevelFilter;
    let (log, _guard) = crate::support::Log::begin(LevelFilter::WARN);
    let paused = || reply(202, r#"{"releaseStatus":"PAUSED"}"#);
    let done = reply(200, r#"{"releaseStatus":"SUCCESS"}"#);
    let client = Script::client([paused(), paused(), paused(), done]);
    client
        .wait("r-1", WaitPolicy::default(), |_| {})
        .await
        .unwrap();
    let lines = log.lines();
    assert_eq!(lines.len(), 1, "{lines:#?}");
    assert!(lines[0].contains("PAUSED"), "{lines:#?}");
}
