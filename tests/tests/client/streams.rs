//! Responses that are read piece by piece, through all layers of the client.

use std::sync::mpsc;
use std::time::Duration;

use releasepack_client::ErrorKind;
use releasepack_client::runtime::{Json, Method, Operation};
use serde_json::Value;

use crate::server::{Server, Step, response};
use crate::{client, settings};

static WATCH: Operation =
    Operation::new("Watch", Method::GET, "/events").accept("text/event-stream");

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

#[tokio::test]
async fn a_stream_arrives_piece_by_piece_and_only_its_head_is_repeated() {
    let (proceed, may_proceed) = mpsc::channel();
    let server = Server::new([
        Step::Respond(response(503, "", r#"{"message":"Retry later."}"#)),
        Step::CloseWithoutResponse,
        Step::Pieces(
            vec![format!("{HEAD}data: 1\n\n").into(), b"data: 2\n\n".to_vec()],
            may_proceed,
        ),
    ]);
    // The timeout ends attempts, but no stream that has begun.
    let client = settings(&server)
        .request_timeout(Duration::from_millis(500))
        .build()
        .unwrap();
    let request = client.service().request(&WATCH);
    proceed.send(()).unwrap();
    let mut events = request.events::<Json<Value>>().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "1");
    // The second piece is not sent before the first one was read.
    tokio::time::sleep(Duration::from_millis(700)).await;
    proceed.send(()).unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "2");
    assert!(events.next().await.unwrap().is_none());
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    assert!(requests[2].header("authorization")[0].starts_with("Basic "));
}

#[tokio::test]
async fn an_error_in_place_of_a_stream_is_that_of_any_call() {
    let xml = "<error><message>No such stream: a1b2c3d4</message></error>";
    let server = Server::responding([response(404, "Content-Type: application/xml\r\n", xml)]);
    let client = client(&server);
    let request = client.service().request(&WATCH);
    let error = request.events::<Json<Value>>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(error.message(), Some("No such stream: [redacted]"));
}

#[tokio::test]
async fn a_stream_that_does_not_begin_in_time_is_asked_for_again() {
    let server = Server::new([
        Step::NoResponse,
        Step::Respond(format!("{HEAD}data: 1\n\n").into()),
    ]);
    let client = settings(&server)
        .request_timeout(Duration::from_millis(300))
        .build()
        .unwrap();
    let request = client.service().request(&WATCH);
    let mut events = request.events::<Json<Value>>().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "1");
    assert_eq!(server.requests().len(), 2);
}
