use serde_json::{Value, json};

use super::case::{OPERATION, at, operation, reported, with};

fn urls(members: Value) -> Vec<String> {
    let servers = at(&with(members), "/servers");
    let servers = servers.as_array().cloned().unwrap_or_default();
    servers
        .iter()
        .map(|it| it["url"].as_str().expect("a string").to_owned())
        .collect()
}

#[test]
fn host_path_and_schemes_become_servers() {
    let host = "a.example.com:8080";
    let cases = [
        (
            json!({"host": host, "basePath": "/v1", "schemes": ["https"]}),
            vec!["https://a.example.com:8080/v1"],
        ),
        (
            json!({"host": host, "basePath": "/"}),
            vec!["https://a.example.com:8080"],
        ),
        (
            json!({"host": host, "basePath": "v1"}),
            vec!["https://a.example.com:8080/v1"],
        ),
        (
            json!({"host": host, "schemes": ["http", "wss", "HTTPS"]}),
            vec!["https://a.example.com:8080", "http://a.example.com:8080"],
        ),
        (
            json!({"host": host, "schemes": ["http"]}),
            vec!["http://a.example.com:8080"],
        ),
        (
            json!({"host": host, "schemes": "http"}),
            vec!["http://a.example.com:8080"],
        ),
        (
            json!({"host": "http://a.example.com/", "schemes": []}),
            vec!["http://a.example.com"],
        ),
        (json!({"host": null, "basePath": "/v1"}), vec!["/v1"]),
        (json!({"host": "", "basePath": "/"}), vec![]),
    ];
    for (members, expected) in cases {
        assert_eq!(urls(members.clone()), expected, "{members}");
    }
}

#[test]
fn what_is_assumed_or_not_used_is_reported() {
    let mut document = with(json!({"schemes": ["http", "ws", "https"]}));
    assert_eq!(
        reported(&document),
        [
            "/schemes/1: not used: the client sends HTTP requests",
            "/schemes/2: the client uses this scheme: it is safer than the first one",
        ]
    );
    document["schemes"] = json!([]);
    assert_eq!(
        reported(&document),
        ["/host: `https` is assumed: the document has no `schemes` for HTTP"]
    );
    document["host"] = json!(7);
    assert_eq!(
        reported(&document),
        ["/host: malformed-node: expected a string, found a number"]
    );
}

#[test]
fn schemes_of_an_operation_are_servers_of_its_own() {
    let document = operation(json!({"schemes": ["http"]}));
    let servers = at(&document, &format!("{OPERATION}/servers"));
    assert_eq!(servers, json!([{"url": "http://pets.example.com"}]));
    let found = releasepack_codegen::lint(&document);
    let servers = found.iter().find(|it| it.code.name() == "operation-server");
    let place = servers.expect("it is reported").pointer.as_str();
    assert_eq!(place, format!("{OPERATION}/schemes"));
}

#[test]
fn schemes_without_a_host_are_reported_once() {
    let mut document = operation(json!({"schemes": ["http"]}));
    document["paths"]["/toys"] = document["paths"]["/pets"].clone();
    document["host"] = json!(null);
    document["schemes"] = json!(null);
    let what = "not used, here and in another operation: the document has no `host`";
    assert_eq!(
        reported(&document),
        [format!("{OPERATION}/schemes: {what}")]
    );
}
