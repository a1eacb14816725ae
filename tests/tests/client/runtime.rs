//! The module `runtime`, used without generated operations.

use releasepack_client::runtime::{
    Binary, Bytes, Decode, DecodeError, Empty, ErrorKind, Failure, Http, Json, Method, Notes,
    Operation, Reply, RequestError, Service, Text,
};
use serde_json::{Value, json};

use crate::server::{Server, response};

static SEARCH: Operation =
    Operation::new("Search", Method::PUT, "/{kind}/search-{name}.json").accept("text/plain");

/// A service whose base URL has the path `/v1` and a query.
fn service(server: &Server) -> Service {
    let base_url = format!("{}/v1/?tenant=7#part", server.url());
    let http_client = reqwest::Client::builder().no_proxy().build().unwrap();
    Service::new(&base_url.parse().unwrap(), Http::new(http_client))
}

#[tokio::test]
async fn parameters_are_sent_in_path_query_and_headers_and_are_encoded() {
    let server = Server::responding([response(200, "", "plain")]);
    let service = service(&server);
    let request = service
        .request(&SEARCH)
        .path("name", "a/b")
        .path("kind", "?")
        .query("q", "a b&c=d+é")
        .query("empty", "")
        .query("q", 2)
        .header("x-number", 7)
        .header("x-words", "grüße")
        .body("text/plain", "body");
    let response = request.send::<Text, Text>().await.unwrap();
    assert_eq!(
        (response.status().as_u16(), response.body().as_str()),
        (200, "plain")
    );
    let seen = server.only_request();
    assert_eq!(
        seen.line,
        "PUT /v1/%3F/search-a%2Fb.json?tenant=7&q=a%20b%26c%3Dd%2B%C3%A9&empty=&q=2 HTTP/1.1",
    );
    assert_eq!(seen.header("accept"), ["text/plain"]);
    assert_eq!(seen.header("content-type"), ["text/plain"]);
    assert_eq!(seen.header("x-number"), ["7"]);
    assert_eq!(seen.header("x-words"), ["grüße"]);
    assert_eq!(seen.body, b"body");
}

#[tokio::test]
async fn a_request_without_a_body_says_so_if_its_method_may_have_one() {
    static POST: Operation = Operation::new("Search", Method::POST, "/{kind}/search-{name}.json");
    static PATCH: Operation = Operation::new("Search", Method::PATCH, "/{kind}/search-{name}.json");
    static GET: Operation = Operation::new("Search", Method::GET, "/{kind}/search-{name}.json");
    for (operation, length) in [
        (&POST, &["0"][..]),
        (&SEARCH, &["0"]),
        (&PATCH, &["0"]),
        (&GET, &[]),
    ] {
        let server = Server::responding([response(200, "", "plain")]);
        let service = service(&server);
        let request = service
            .request(operation)
            .path("name", "n")
            .path("kind", "k");
        request.send::<Text, Text>().await.unwrap();
        let seen = server.only_request();
        assert_eq!(
            seen.header("content-length"),
            length,
            "{}",
            operation.method
        );
    }
}

#[tokio::test]
async fn an_invalid_request_is_not_sent_and_returns_its_first_error() {
    let server = Server::responding([]);
    let service = service(&server);
    let request = || service.request(&SEARCH);
    let named = || request().path("name", "n");
    let numbers = std::collections::BTreeMap::from([((1, 2), 3)]);
    for (request, expected) in [
        (named(), RequestError::MissingPathValue("kind")),
        (
            request().path("kind", "k"),
            RequestError::MissingPathValue("name"),
        ),
        (
            named().path("kind", " "),
            RequestError::EmptyPathValue("kind"),
        ),
        (named().path("kind", ".."), RequestError::DotSegment("kind")),
        (
            named().path("kind", "k").header("x-a", "a\r\nx-b: c"),
            RequestError::Header("x-a"),
        ),
        (
            named().header("x a", "").header("x-a", "\n"),
            RequestError::Header("x a"),
        ),
        (
            named().path("kind", "k").json(&numbers),
            RequestError::Body("key must be a string".to_owned()),
        ),
    ] {
        let error = request.send::<Empty, Empty>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        match error.into_failure() {
            Failure::Request(fault) => assert_eq!(fault, expected),
            other => panic!("{other:?}"),
        }
    }
    assert!(server.requests().is_empty());
}

fn reply(status: u16, body: &'static [u8]) -> Reply {
    Reply::new(
        status.try_into().unwrap(),
        releasepack_client::runtime::HeaderMap::new(),
        Bytes::from_static(body),
    )
}

#[test]
fn each_decoder_reads_its_kind_of_body() {
    assert_eq!(
        Text::decode(&reply(200, "grüße".as_bytes()), &mut Notes::default()).unwrap(),
        "grüße"
    );
    assert_eq!(
        Binary::decode(&reply(200, b"\xff\0"), &mut Notes::default()).unwrap(),
        &b"\xff\0"[..]
    );
    assert_eq!(
        Json::<Value>::decode(&reply(200, b"[1]"), &mut Notes::default()).unwrap(),
        json!([1])
    );
    Empty::decode(&reply(200, b"not empty"), &mut Notes::default()).unwrap();

    let fault = |fault: DecodeError| fault.to_string();
    assert_eq!(
        fault(Text::decode(&reply(200, b"a\xff"), &mut Notes::default()).unwrap_err()),
        "the body is not UTF-8: invalid utf-8 sequence of 1 bytes from index 1",
    );
    assert_eq!(
        fault(Json::<String>::decode(&reply(200, b" \n"), &mut Notes::default()).unwrap_err()),
        "the body is empty, but JSON is expected",
    );
    assert_eq!(
        fault(DecodeError::undeclared(202.try_into().unwrap())),
        "the API description does not declare the status 202",
    );
}

#[tokio::test]
async fn an_operation_can_decode_each_status_differently() {
    #[derive(Debug, PartialEq)]
    enum Progress {
        Done(Value),
        Running,
    }
    impl Decode for Progress {
        type Output = Self;
        fn decode(reply: &Reply, notes: &mut Notes) -> Result<Self, DecodeError> {
            match reply.status.as_u16() {
                200 => Json::decode(reply, notes).map(Self::Done),
                202 => Ok(Self::Running),
                _ => Err(DecodeError::undeclared(reply.status)),
            }
        }
    }
    let server = Server::responding([
        response(202, "", ""),
        response(200, "", "1"),
        response(206, "", "1"),
    ]);
    let service = service(&server);
    let request = service.request(&SEARCH).path("name", "n").path("kind", "k");
    let send = || request.clone().send::<Progress, Json<Value>>();
    assert_eq!(send().await.unwrap().into_body(), Progress::Running);
    assert_eq!(send().await.unwrap().into_body(), Progress::Done(json!(1)));
    let error = send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Search: the response (206 Partial Content) cannot be decoded: the API description does not declare the status 206",
    );
}

#[tokio::test]
async fn an_error_body_is_decoded_into_its_own_type() {
    let server = Server::responding([response(409, "", r#"{"detail": "taken", "code": 7}"#)]);
    let service = service(&server);
    let request = service.request(&SEARCH).path("name", "n").path("kind", "k");
    let error = request.send::<Empty, Json<Value>>().await.unwrap_err();
    assert_eq!(error.body().unwrap()["code"], 7);
    assert_eq!(error.to_string(), "Search: 409 Conflict: taken");
}

#[tokio::test]
async fn a_user_in_the_base_url_is_sent_as_a_header_and_is_not_shown() {
    let server = Server::responding([response(200, "", "")]);
    let base_url = server.url().replace("//", "//me:c4nary@");
    let http_client = reqwest::Client::builder().no_proxy().build().unwrap();
    let service = Service::new(&base_url.parse().unwrap(), Http::new(http_client));
    let request = service.request(&SEARCH).path("name", "n").path("kind", "k");
    assert!(!format!("{request:?}").contains("c4nary"));
    request.send::<Empty, Empty>().await.unwrap();
    assert_eq!(
        server.only_request().header("authorization"),
        ["Basic bWU6YzRuYXJ5"]
    );
}
