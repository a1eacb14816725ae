//! Sequential media types: items arrive while the response goes on.

use releasepack_client::runtime::{
    Error, Http, ItemError, ItemFault, Items, Json, Method, Operation, Service, TransportErrorKind,
};
use serde_json::Value;

use crate::server::{Server, Step, response};

static LIST: Operation = Operation::new("list", Method::GET, "/items").accept("application/json");

async fn list(server: &Server) -> Result<Items<i64>, Error<Value>> {
    let http = Http::new(reqwest::Client::new());
    let service = Service::new(&server.url().parse().unwrap(), http);
    let request = service.request(&LIST);
    request.items::<i64, Json<Value>>("application/jsonl").await
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/jsonl\r\n";

fn transport(error: &ItemError) -> TransportErrorKind {
    match error.fault() {
        ItemFault::Transport(error) => error.kind(),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn an_item_that_does_not_fit_has_a_number_and_the_others_come() {
    let body = "1\n\n\"two\"\r\n[\n3";
    let length = body.len();
    let response = format!("{HEAD}Content-Length: {length}\r\n\r\n{body}");
    let server = Server::responding([response.into()]);
    let mut items = list(&server).await.unwrap();
    assert_eq!(items.status(), 200);
    assert_eq!(items.next().await.unwrap(), Some(1));
    for number in [2, 3] {
        let error = items.next().await.unwrap_err();
        assert_eq!(error.number(), number);
        assert!(matches!(error.fault(), ItemFault::Read(_)), "{error}");
        assert!(
            error.to_string().starts_with(&format!("item {number} ")),
            "{error}"
        );
    }
    assert_eq!(items.next().await.unwrap(), Some(3));
    assert_eq!(items.next().await.unwrap(), None);
    assert_eq!(
        server.only_request().header("accept"),
        ["application/jsonl"]
    );
}

#[tokio::test]
async fn an_item_that_never_ends_is_an_error_and_the_last() {
    let text = format!(
        "{HEAD}\r\n1\n{}",
        "9".repeat(Items::<i64>::MOST + 1_000_000)
    );
    let server = Server::new([Step::Endless(text.into())]);
    let mut items = list(&server).await.unwrap();
    assert_eq!(items.next().await.unwrap(), Some(1));
    let error = items.next().await.unwrap_err();
    assert_eq!(
        (error.number(), transport(&error)),
        (2, TransportErrorKind::TooLarge)
    );
    assert_eq!(items.next().await.unwrap(), None);
}

#[tokio::test]
async fn a_body_that_is_cut_off_gives_its_complete_items_and_then_an_error() {
    let response = format!("{HEAD}Content-Length: 100\r\n\r\n1\n23");
    let server = Server::responding([response.into()]);
    let mut items = list(&server).await.unwrap();
    assert_eq!(items.next().await.unwrap(), Some(1));
    let error = items.next().await.unwrap_err();
    assert_eq!(
        (error.number(), transport(&error)),
        (2, TransportErrorKind::Lost)
    );
    assert_eq!(items.next().await.unwrap(), None);
}

#[tokio::test]
async fn an_error_response_has_its_body() {
    let server = Server::responding([response(429, "", r#"{"message":"slow down"}"#)]);
    let error = list(&server).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 429);
    assert_eq!(error.body().unwrap()["message"], "slow down");
}
