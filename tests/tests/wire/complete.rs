//! Each operation of the API description has a test of its request, with each of its query parameters and with its body.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::samples::description;

const TESTS: &str = "tests/tests/wire/operations.rs";

/// A request, as a snapshot shows it.
struct Shown {
    method: String,
    path: String,
    query: String,
    has_body: bool,
}

/// The requests that begin the snapshots of a folder.
fn shown(folder: &Path) -> Vec<Shown> {
    let mut shown = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder of snapshots exists") {
        let text = fs::read_to_string(entry.expect("it is listed").path()).expect("it is text");
        // Two lines of `---` enclose the header of a snapshot.
        let content = text.replace("\r\n", "\n");
        let content = content.splitn(3, "---\n").nth(2).unwrap_or_default();
        let request = content.split("\n\n=> ").next().unwrap_or_default();
        let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
        let mut line = head.split(' ');
        let (Some(method), Some(target)) = (line.next(), line.next()) else {
            continue;
        };
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        shown.push(Shown {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            has_body: !body.trim().is_empty(),
        });
    }
    shown
}

/// Whether a path that was sent to the base URL of the tests is one of the path template.
fn is_of(template: &str, sent: &str) -> bool {
    let Some(sent) = sent.strip_prefix("/api/rest/v1/example-A1B2C3") else {
        return false;
    };
    let mut segments = template.split('/').zip(sent.split('/'));
    template.split('/').count() == sent.split('/').count()
        && segments.all(|(template, sent)| template.contains('{') || template == sent)
}

/// What the snapshots do not show of the operations of a document: a sentence for each.
fn missing(document: &Value, shown: &[Shown]) -> Vec<String> {
    let mut missing = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths exist") {
        for (method, operation) in item.as_object().expect("a path item is an object") {
            let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
                continue;
            };
            let method = method.to_uppercase();
            let requests = shown
                .iter()
                .filter(|it| it.method == method && is_of(path, &it.path));
            let requests: Vec<_> = requests.collect();
            if requests.is_empty() {
                missing.push(format!(
                    "no snapshot shows a request of {id} ({method} {path}): write a test in {TESTS} that sends it, and accept its snapshot"
                ));
                continue;
            }
            for name in query_parameters(document, item, operation) {
                let is_sent = |it: &&Shown| {
                    it.query
                        .split('&')
                        .any(|pair| pair.split('=').next() == Some(&name))
                };
                if !requests.iter().any(is_sent) {
                    missing.push(format!(
                        "no snapshot of {id} ({method} {path}) shows the query parameter `{name}`: set it in a test in {TESTS}, and accept the snapshot"
                    ));
                }
            }
            if operation.get("requestBody").is_some() && !requests.iter().any(|it| it.has_body) {
                missing.push(format!(
                    "no snapshot of {id} ({method} {path}) shows a body: send one in a test in {TESTS}, and accept the snapshot"
                ));
            }
        }
    }
    missing
}

/// The names of the query parameters of an operation and of its path item.
fn query_parameters(document: &Value, item: &Value, operation: &Value) -> Vec<String> {
    let lists = [&item["parameters"], &operation["parameters"]];
    let parameters = lists.into_iter().filter_map(Value::as_array).flatten();
    let resolved = parameters.filter_map(|it| match it["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')),
        None => Some(it),
    });
    let query = resolved.filter(|it| it["in"] == "query");
    let names = query.filter_map(|it| it["name"].as_str());
    names.map(ToOwned::to_owned).collect()
}

#[test]
fn every_operation_has_a_snapshot_of_its_request() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire/snapshots");
    let missing = missing(&description(), &shown(&folder));
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn an_operation_without_a_snapshot_is_noticed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire/snapshots");
    let mut document = description();
    document["paths"]["/ReleaseHistory/{id}"]["get"] =
        serde_json::json!({"operationId": "GetReleaseHistory"});
    document["paths"]["/ReleaseIntegrationPack"]["post"]["parameters"] =
        serde_json::json!([{"name": "overrideAccount", "in": "query"}]);
    document["paths"]["/ReleaseIntegrationPackStatus/{id}"]["get"]["requestBody"] =
        serde_json::json!({"content": {}});
    insta::assert_snapshot!(missing(&document, &shown(&folder)).join("\n"), @r"
    no snapshot of CreateReleaseIntegrationPack (POST /ReleaseIntegrationPack) shows the query parameter `overrideAccount`: set it in a test in tests/tests/wire/operations.rs, and accept the snapshot
    no snapshot of GetReleaseIntegrationPackStatus (GET /ReleaseIntegrationPackStatus/{id}) shows a body: send one in a test in tests/tests/wire/operations.rs, and accept the snapshot
    no snapshot shows a request of GetReleaseHistory (GET /ReleaseHistory/{id}): write a test in tests/tests/wire/operations.rs that sends it, and accept its snapshot
    ");
}
