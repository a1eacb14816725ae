//! A byte order mark at the beginning of a response changes nothing.

use releasepack_client::release::{Release, State};
use releasepack_client::runtime::{Http, Json, Method, Operation, Service, Text};
use serde_json::{Value, json};

use crate::client;
use crate::server::{Server, response};

const MARK: &str = "\u{feff}";

fn marked(status: u16, media_type: &str, body: &str) -> Vec<u8> {
    let headers = format!("Content-Type: {media_type}\r\n");
    response(status, &headers, format!("{MARK}{body}"))
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped_in_every_body_that_is_read() {
    static LIST: Operation = Operation::new("list", Method::GET, "/list");
    let server = Server::responding([
        marked(200, "application/json", r#"{"a": [1]}"#),
        marked(200, "text/plain", "text"),
        marked(400, "application/json", r#"{"message": "no"}"#),
        marked(200, "application/jsonl", "1\n2\n"),
    ]);
    let http = Http::new(reqwest::Client::builder().no_proxy().build().unwrap());
    let service = Service::new(&server.url().parse().unwrap(), http);
    let request = || service.request(&LIST);
    let json = request().send::<Json<Value>, Json<Value>>().await.unwrap();
    assert_eq!(json.into_body(), json!({ "a": [1] }));
    let text = request().send::<Text, Text>().await.unwrap();
    assert_eq!(text.into_body(), "text");
    let error = request()
        .send::<Json<Value>, Json<Value>>()
        .await
        .unwrap_err();
    assert_eq!(
        (error.message(), error.body()),
        (Some("no"), Some(&json!({ "message": "no" })))
    );
    let mut items = request()
        .items::<i64, Json<Value>>("application/jsonl")
        .await
        .unwrap();
    assert_eq!(items.next().await.unwrap(), Some(1));
    assert_eq!(items.next().await.unwrap(), Some(2));
}

#[tokio::test]
async fn a_byte_order_mark_is_skipped_in_json_and_xml_of_the_platform() {
    let server = Server::responding([
        marked(200, "application/json", r#"{"requestId": "r-1"}"#),
        marked(
            200,
            "application/json",
            r#"{"requestId": "r-2", "name": "Ord"#,
        ),
        marked(
            200,
            "application/xml",
            r#"<bns:ReleaseIntegrationPack xmlns:bns="u" requestId="r-3"/>"#,
        ),
        marked(
            200,
            "application/json",
            r#"{"releaseStatus": "SUCCESS", "responseStatusCode": 200}"#,
        ),
        marked(
            403,
            "application/xml",
            "<error><message>no</message></error>",
        ),
        marked(
            403,
            "application/json",
            r#"{"error": {"message": "never"}}"#,
        ),
    ]);
    let client = client(&server);
    for id in ["r-1", "r-2", "r-3"] {
        let accepted = client.release(&Release::now("pack")).await.unwrap();
        assert_eq!(
            (accepted.request_id(), accepted.is_whole()),
            (id, id != "r-2")
        );
    }
    let status = client.status("r-1").await.unwrap();
    assert_eq!(*status.state(), State::Released);
    assert_eq!(
        status.said(),
        &json!({ "releaseStatus": "SUCCESS", "responseStatusCode": 200 })
    );
    for message in ["no", "never"] {
        let error = client.status("r-1").await.unwrap_err();
        assert_eq!(error.message(), Some(message));
    }
}
