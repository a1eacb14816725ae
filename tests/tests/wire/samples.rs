//! Every sample of the API description stays the same when the generated type decodes and encodes it.

use std::fs;
use std::path::Path;

use releasepack_client::types;
use releasepack_codegen::{Document, Overlay, apply_overlay};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The API description with the overlay applied.
pub(crate) fn description() -> Value {
    let read = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../spec")
            .join(name);
        fs::read(path).unwrap()
    };
    let name = "release-integration-pack.yaml";
    let document = Document::parse(name, &read(name)).unwrap();
    let overlay = Overlay::parse("overlay.yaml", &read("overlay.yaml")).unwrap();
    apply_overlay(document.value().clone(), &overlay).unwrap().0
}

/// Collects each sample of a JSON body: its place, the name of its schema, and its value.
fn samples(node: &Value, place: &str, found: &mut Vec<(String, String, Value)>) {
    if let Some(media) = node.get("application/json") {
        let schema = media["schema"]["$ref"].as_str().unwrap_or_default();
        let schema = schema.rsplit('/').next().unwrap_or_default();
        let mut add = |name: &str, value: &Value| {
            found.push((format!("{place}{name}"), schema.to_owned(), value.clone()));
        };
        if let Some(example) = media.get("example") {
            add("", example);
        }
        for (name, example) in media["examples"].as_object().into_iter().flatten() {
            add(&format!("/{name}"), &example["value"]);
        }
    }
    for (key, child) in node.as_object().into_iter().flatten() {
        samples(child, &format!("{place}/{key}"), found);
    }
}

fn round_trip<T: Serialize + DeserializeOwned>(sample: &Value) -> Value {
    let decoded: T = serde_json::from_value(sample.clone()).unwrap();
    serde_json::to_value(decoded).unwrap()
}

#[test]
fn every_sample_of_the_description_stays_the_same() {
    let mut found = Vec::new();
    samples(&description(), "", &mut found);
    assert!(found.len() >= 10, "too few samples: {found:#?}");
    for (place, schema, sample) in found {
        let encoded = match schema.as_str() {
            "ReleaseIntegrationPack" => round_trip::<types::ReleaseIntegrationPack>(&sample),
            "ReleaseIntegrationPackStatus" => {
                round_trip::<types::ReleaseIntegrationPackStatus>(&sample)
            }
            "PublisherIntegrationPack" => round_trip::<types::PublisherIntegrationPack>(&sample),
            "ErrorMessage" => round_trip::<types::ErrorMessage>(&sample),
            other => panic!("{place}: add the type of `{other}` to this test"),
        };
        assert_eq!(encoded, sample, "{place}");
    }
}

#[test]
fn unknown_enum_values_stay_the_same() {
    let sample = serde_json::json!({
        "installationType": "SINGLE_BUT_DIFFERENT",
        "releaseSchedule": "",
        "releaseStatus": "ABANDONED",
        "responseStatusCode": 200,
    });
    let encoded = round_trip::<types::ReleaseIntegrationPackStatus>(&sample);
    assert_eq!(encoded, sample);
    let status: types::ReleaseIntegrationPackStatus = serde_json::from_value(sample).unwrap();
    assert!(
        matches!(status.release_status, Some(types::ReleaseStatus::Unknown(text)) if text == "ABANDONED")
    );
}

#[test]
fn unknown_members_are_ignored() {
    let sample = serde_json::json!({"responseStatusCode": 200, "newWithoutNotice": {"a": [1]}});
    let status: types::ReleaseIntegrationPackStatus = serde_json::from_value(sample).unwrap();
    assert_eq!(status.response_status_code, 200);
}

#[test]
fn unset_members_are_not_sent() {
    let empty = types::ReleaseIntegrationPack::default();
    assert_eq!(serde_json::to_string(&empty).unwrap(), "{}");
}
