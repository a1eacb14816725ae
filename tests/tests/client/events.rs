//! Event streams: events arrive while the response goes on.

use releasepack_client::runtime::{
    Error, Events, Http, Json, Method, Operation, Service, TransportErrorKind,
};
use serde_json::Value;

use crate::server::{Server, Step, response};

static WATCH: Operation =
    Operation::new("watch", Method::GET, "/events").accept("application/json");

async fn watch(server: &Server) -> Result<Events, Error<Value>> {
    let http = Http::new(reqwest::Client::new());
    let service = Service::new(&server.url().parse().unwrap(), http);
    service.request(&WATCH).events::<Json<Value>>().await
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";

#[tokio::test]
async fn the_events_of_a_stream_that_never_ends_are_read() {
    // What is repeated is the head too; in a stream, it is fields that are not defined.
    let server = Server::new([Step::Endless(format!("{HEAD}data: {{\"n\":1}}\n\n").into())]);
    let mut events = watch(&server).await.unwrap();
    assert_eq!(events.status(), 200);
    for _ in 0..1_000 {
        let event = events.next().await.unwrap().unwrap();
        assert_eq!(event.json::<Value>().unwrap()["n"], 1);
    }
    assert_eq!(
        server.only_request().header("accept"),
        ["text/event-stream"]
    );
}

#[tokio::test]
async fn an_event_that_never_ends_is_an_error() {
    let server = Server::new([Step::Endless(
        format!("{HEAD}data: {}", "x".repeat(Events::MOST + 1_000_000)).into(),
    )]);
    let mut events = watch(&server).await.unwrap();
    let error = events.next().await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);
}

#[tokio::test]
async fn a_stream_that_is_cut_off_gives_its_complete_events_and_then_an_error() {
    let body = "Content-Type: text/event-stream\r\nContent-Length: 100\r\n\r\ndata: 1\n\ndata: 2";
    let server = Server::responding([format!("HTTP/1.1 200 OK\r\n{body}").into()]);
    let mut events = watch(&server).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, "1");
    let error = events.next().await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Lost);
}

#[tokio::test]
async fn an_error_response_has_its_body() {
    let server = Server::responding([response(429, "", r#"{"message":"slow down"}"#)]);
    let error = watch(&server).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!(error.body().unwrap()["message"], "slow down");
}
