//! A consumer of a client whose bodies are streams, over real connections.

pub(crate) const FIXTURE: &str = "generate_streams";

pub(crate) const CONSUMER: &str = r##"//! Bodies are read as they arrive and sent as they are read, and each call may have settings of its own.

use std::future::ready;
use std::io::Read;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use generate_streams_client::runtime::{
    Body, Builder, Bytes, Call, Chunks, ErrorKind, Events, Exchange, HeaderMap, Items, PagedItems, Pages, Reply,
    RetryPolicy, StatusCode, Transport, TransportError, TransportErrorKind,
};
use generate_streams_client::support::File;
use generate_streams_client::Client;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// A server on loopback.
struct Server(TcpListener);

impl Server {
    async fn new() -> Self {
        Self(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    fn builder(&self) -> Builder {
        let pauses = RetryPolicy::default().initial_pause(Duration::from_millis(1));
        Client::builder()
            .base_url(format!("http://{}", self.0.local_addr().unwrap()))
            .retry(pauses)
    }

    fn client(&self) -> Client {
        Client::from_service(self.builder().service().unwrap())
    }

    /// The next request: its connection, its head and its body.
    async fn request(&self) -> (TcpStream, String, Vec<u8>) {
        let (mut connection, _) = self.0.accept().await.unwrap();
        let mut read = Vec::new();
        let end = loop {
            let is_closed = connection.read_buf(&mut read).await.unwrap() == 0;
            if is_closed {
                break read.len();
            }
            if let Some(at) = read.windows(4).position(|it| it == b"\r\n\r\n") {
                break at + 4;
            }
        };
        let head = String::from_utf8(read[..end].to_vec()).unwrap().to_ascii_lowercase();
        let mut body = read.split_off(end);
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        let length = length.map(|it| it.parse().unwrap());
        let is_chunked = head.contains("transfer-encoding: chunked");
        while length.is_some_and(|it: usize| body.len() < it)
            || is_chunked && !body.ends_with(b"0\r\n\r\n")
        {
            if connection.read_buf(&mut body).await.unwrap() == 0 {
                break;
            }
        }
        (connection, head, body)
    }

    /// Takes a request and sends this response.
    async fn respond(&self, response: &str) -> (String, Vec<u8>) {
        let (mut connection, head, body) = self.request().await;
        connection.write_all(response.as_bytes()).await.unwrap();
        (head, body)
    }
}

const STORED: &str = "HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
const BUSY: &str = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

#[tokio::test(flavor = "current_thread")]
async fn chunks_arrive_before_the_end_of_the_body_is_sent() {
    let server = Server::new().await;
    let client = server.client();
    let (go_on, waits) = oneshot::channel();
    let serving = async {
        let (mut connection, head, _) = server.request().await;
        assert!(head.contains("accept: application/octet-stream"), "{head}");
        let begin = "HTTP/1.1 200 OK\r\nx-kind: log\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n";
        connection.write_all(begin.as_bytes()).await.unwrap();
        waits.await.unwrap();
        connection.write_all(b"6\r\n world\r\n0\r\n\r\n").await.unwrap();
    };
    let reading = async {
        let mut chunks = client.get_file("1").stream().await.unwrap();
        assert_eq!((chunks.status(), &chunks.headers()["x-kind"]), (StatusCode::OK, &"log".parse().unwrap()));
        assert_eq!(chunks.next().await.unwrap().unwrap(), "hello");
        go_on.send(()).unwrap();
        assert_eq!(chunks.next().await.unwrap().unwrap(), " world");
        assert_eq!(chunks.next().await.unwrap(), None);
    };
    tokio::join!(serving, reading);
}

#[tokio::test(flavor = "current_thread")]
async fn a_break_in_the_middle_of_a_body_is_an_error_and_the_end() {
    for begin in ["content-length: 10\r\n\r\nhello", "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"] {
        let server = Server::new().await;
        let client = server.client();
        let response = format!("HTTP/1.1 200 OK\r\n{begin}");
        let (_, chunks) = tokio::join!(server.respond(&response), client.get_log().stream());
        let mut chunks = chunks.unwrap();
        assert_eq!(chunks.next().await.unwrap().unwrap(), "hello");
        let error = chunks.next().await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Lost, "{error}");
        assert_eq!(chunks.next().await.unwrap(), None);
    }
}

/// The most memory that this process has had, in bytes, where the system tells it.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kib * 1024)
}

#[tokio::test(flavor = "current_thread")]
async fn fifty_megabytes_come_and_go_without_being_in_memory() {
    const SIZE: u64 = 50 * 1024 * 1024;
    let server = Server::new().await;
    let client = server.client();
    let before = peak();
    let serving = async {
        let (mut connection, ..) = server.request().await;
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {SIZE}\r\nconnection: close\r\n\r\n");
        connection.write_all(head.as_bytes()).await.unwrap();
        let piece = vec![7; 64 * 1024];
        for _ in 0..SIZE / 65536 {
            connection.write_all(&piece).await.unwrap();
        }
    };
    let reading = async {
        let mut chunks = client.get_file("1").stream().await.unwrap();
        let mut size = 0;
        while let Some(chunk) = chunks.next().await.unwrap() {
            size += chunk.len() as u64;
        }
        assert_eq!(size, SIZE);
    };
    tokio::join!(serving, reading);

    let serving = async {
        let (mut connection, _) = server.0.accept().await.unwrap();
        let mut piece = vec![0; 64 * 1024];
        let mut size = 0;
        while size < SIZE {
            let length = connection.read(&mut piece).await.unwrap();
            assert!(length > 0, "the body is whole");
            size += length as u64;
        }
        connection.write_all(STORED.as_bytes()).await.unwrap();
    };
    let body = Body::reader(std::io::repeat(7).take(SIZE)).with_length(SIZE);
    let (_, stored) = tokio::join!(serving, client.put_file("1", body).send());
    stored.unwrap();
    if let (Some(before), Some(after)) = (before, peak()) {
        assert!(after - before < SIZE / 2, "{before} {after}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_body_may_have_a_limit() {
    let server = Server::new().await;
    let client = server.client();
    let response = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhelloworld";
    let (_, chunks) = tokio::join!(server.respond(response), client.get_file("1").stream());
    let mut chunks = chunks.unwrap().limit(9);
    let error = loop {
        match chunks.next().await {
            Ok(chunk) => assert!(chunk.is_some(), "the body is too long"),
            Err(error) => break error,
        }
    };
    assert_eq!(error.kind(), TransportErrorKind::TooLarge);
}

#[tokio::test(flavor = "current_thread")]
async fn the_beginning_of_a_stream_is_repeated_and_an_error_status_is_decoded() {
    let server = Server::new().await;
    let client = server.client();
    let body = r#"{"title": "no such file"}"#;
    let missing = format!("HTTP/1.1 404 Not Found\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len());
    let serving = async {
        server.respond(BUSY).await;
        server.respond(&missing).await;
    };
    let (_, chunks) = tokio::join!(serving, client.get_file("1").stream());
    let error = chunks.unwrap_err();
    assert_eq!(error.body().unwrap().title.as_deref(), Some("no such file"));
}

#[tokio::test(flavor = "current_thread")]
async fn the_length_of_a_file_is_sent_and_it_is_sent_again() {
    let server = Server::new().await;
    let client = server.client();
    let path = std::env::temp_dir().join(format!("streams-{}.bin", std::process::id()));
    std::fs::write(&path, vec![b'x'; 200_000]).unwrap();
    let serving = async {
        for response in [BUSY, STORED] {
            let (head, body) = server.respond(response).await;
            assert!(head.contains("content-length: 200000\r\n"), "{head}");
            assert!(!head.contains("transfer-encoding"), "{head}");
            assert!(body.len() == 200_000 && body.iter().all(|byte| *byte == b'x'));
        }
    };
    let (_, stored) = tokio::join!(serving, client.put_file("1", Body::file(&path).unwrap()).send());
    stored.unwrap();

    let file = File::open(&path).unwrap().content_type("image/png");
    let (seen, stored) = tokio::join!(server.respond(STORED), client.upload(file).note("a note").send());
    stored.unwrap();
    let (head, body) = seen;
    assert!(head.contains(&format!("content-length: {}\r\n", body.len())), "{head}");
    let text = String::from_utf8(body).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    for part in [&format!("filename=\"{name}\""), "image/png", &"x".repeat(200_000), "a note"] {
        assert!(text.contains(part), "{}", &text[..500]);
    }
    std::fs::remove_file(&path).unwrap();
    assert!(Body::file(&path).is_err());
}

#[tokio::test(flavor = "current_thread")]
async fn a_stream_without_a_length_is_sent_in_chunks_and_once() {
    let server = Server::new().await;
    let client = server.client();
    let request = client.put_file("1", Body::reader(&b"from a reader"[..]));
    let (seen, refused) = tokio::join!(server.respond(BUSY), request.send());
    assert_eq!(refused.unwrap_err().status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert!(seen.0.contains("transfer-encoding: chunked"), "{}", seen.0);
    assert!(seen.1.windows(13).any(|it| it == b"from a reader"));

    let request = client.upload(Body::from_fn(|| Of(vec!["ab", "cd"])));
    let (seen, stored) = tokio::join!(server.respond(STORED), request.send());
    stored.unwrap();
    assert!(seen.0.contains("transfer-encoding: chunked"), "{}", seen.0);
}

#[tokio::test(flavor = "current_thread")]
async fn a_body_that_fails_ends_the_call() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    for (body, why) in [
        (Body::reader(Failing), "the disk is gone"),
        (Body::reader(&b"short"[..]).with_length(9), "shorter"),
        (Body::reader(&b"too long"[..]).with_length(3), "longer"),
    ] {
        let server = Server::new().await;
        let client = server.client();
        let serving = async {
            let _seen = server.request().await;
            std::future::pending::<()>().await;
        };
        let outcome = tokio::select! {
            outcome = client.put_file("1", body).send() => outcome,
            () = serving => continue,
        };
        let text = outcome.unwrap_err().to_string();
        assert!(text.contains(why), "{text}");
    }
}

/// A stream of these pieces.
struct Of(Vec<&'static str>);

impl Stream for Of {
    type Item = Result<&'static str, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = (!self.0.is_empty()).then(|| self.0.remove(0));
        Poll::Ready(piece.map(Ok))
    }
}

#[test]
fn what_arrives_piece_by_piece_is_a_stream() {
    fn is_stream<S: Stream + Send + Unpin>() {}
    is_stream::<Chunks>();
    is_stream::<Events>();
    is_stream::<Items<serde_json::Value>>();
    is_stream::<Pages<'_, Vec<u8>, (), u8>>();
    is_stream::<PagedItems<'_, Vec<u8>, (), u8>>();
}

#[derive(Clone, Debug)]
struct Recorder {
    calls: Arc<Mutex<Vec<Call>>>,
    /// The response; without one, the connection is lost.
    reply: Option<Reply>,
}

impl Transport for Recorder {
    fn send(&self, call: Call) -> Exchange<'_> {
        self.calls.lock().unwrap().push(call);
        let lost = || TransportError::new(TransportErrorKind::Lost, "the cable is cut");
        Box::pin(ready(self.reply.clone().ok_or_else(lost)))
    }
}

fn recorded(status: u16, body: &'static str) -> (Client, Arc<Mutex<Vec<Call>>>) {
    let reply = (status > 0).then(|| {
        let status = StatusCode::from_u16(status).unwrap();
        Reply::new(status, HeaderMap::new(), Bytes::from_static(body.as_bytes()))
    });
    let calls = Arc::default();
    let recorder = Recorder { calls: Arc::clone(&calls), reply };
    let settings = Client::builder()
        .base_url("https://archive.test")
        .request_timeout(Duration::from_secs(2))
        .retry(RetryPolicy::default().initial_pause(Duration::from_millis(1)));
    (Client::from_service(settings.service_over(recorder).unwrap()), calls)
}

#[tokio::test(flavor = "current_thread")]
async fn a_call_has_a_header_a_timeout_and_a_policy_of_its_own() {
    let (client, calls) = recorded(0, "");
    let request = client.get_file("1").with_2("w").send_raw_2("r").stream_2("s");
    let error = request
        .with(|it| it.timeout(Duration::from_secs(9)).header("x-priority", "low"))
        .with(|it| it.retry(RetryPolicy::never()))
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Lost);
    let calls = std::mem::take(&mut *calls.lock().unwrap());
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0].headers["x-priority"], "low");
    assert_eq!(calls[0].timeout, Some(Duration::from_secs(9)));
    assert_eq!(calls[0].url.query(), Some("with=w&send_raw=r&stream=s"));
}

#[tokio::test(flavor = "current_thread")]
async fn an_order_with_a_key_is_repeated_only_if_the_caller_says_that_the_server_knows_the_key() {
    let (client, calls) = recorded(0, "");
    let error = client.create_order().idempotency_key("k1").send().await.unwrap_err();
    assert!(error.is_outcome_unknown());
    assert_eq!(calls.lock().unwrap().len(), 1);
    let request = client.create_order().idempotency_key("k2");
    let error = request.with(|it| it.idempotent()).send().await.unwrap_err();
    assert!(error.is_outcome_unknown());
    let calls = calls.lock().unwrap();
    assert_eq!(calls.len(), 7);
    assert!(calls[1..].iter().all(|call| call.headers["idempotency-key"] == "k2"));
}

#[tokio::test(flavor = "current_thread")]
async fn a_response_is_given_as_it_is_with_any_status() {
    let (client, _) = recorded(404, "not JSON");
    let reply = client.get_file("1").send_raw().await.unwrap();
    assert_eq!((reply.status, &reply.body[..]), (StatusCode::NOT_FOUND, &b"not JSON"[..]));
    let (client, calls) = recorded(503, "");
    assert_eq!(client.get_file("1").send_raw().await.unwrap().status, 503);
    assert_eq!(calls.lock().unwrap().len(), 6, "the layers of the client count");
    let (client, _) = recorded(0, "");
    assert_eq!(client.upload(Bytes::new()).send_raw().await.unwrap_err().kind(), ErrorKind::Lost);
}

/// Responds to each call with the next page: its `Link` header, if it is not empty, and its body.
fn paged(pages: &[(&'static str, &'static str)]) -> (Client, Arc<Mutex<Vec<Call>>>) {
    #[derive(Debug)]
    struct Paged(Arc<Mutex<Vec<Call>>>, Vec<Reply>);
    impl Transport for Paged {
        fn send(&self, call: Call) -> Exchange<'_> {
            let mut calls = self.0.lock().unwrap();
            calls.push(call);
            Box::pin(ready(Ok(self.1[calls.len() - 1].clone())))
        }
    }
    let replies = pages.iter().map(|(link, body)| {
        let mut headers = HeaderMap::new();
        if !link.is_empty() {
            headers.insert("link", link.parse().unwrap());
        }
        Reply::new(StatusCode::OK, headers, *body)
    });
    let calls = Arc::default();
    let transport = Paged(Arc::clone(&calls), replies.collect());
    let settings = Client::builder().base_url("https://archive.test/v1");
    (Client::from_service(settings.service_over(transport).unwrap()), calls)
}

fn urls(calls: &Arc<Mutex<Vec<Call>>>) -> Vec<String> {
    let calls = calls.lock().unwrap();
    calls.iter().map(|call| call.url.as_str().to_owned()).collect()
}

#[tokio::test(flavor = "current_thread")]
async fn pages_follow_the_links_of_the_same_server() {
    let (client, calls) = paged(&[
        ("<https://archive.test/v1/by-link?page=2>; rel=\"next\", </>; rel=first", r#"[{"id": 1}, {"id": 2}]"#),
        ("<?page=3>; rel=next", "[]"),
        ("<?page=1>; rel=prev", r#"[{"id": 3}]"#),
    ]);
    let mut items = client.list_by_link().pages_2(7).with(|it| it.header("x-a", "b")).pages().items();
    let mut ids = Vec::new();
    while let Some(entry) = items.next().await.unwrap() {
        ids.push(entry.id);
    }
    assert_eq!(ids, [1, 2, 3]);
    assert!(items.next().await.unwrap().is_none());
    let page = "https://archive.test/v1/by-link?page";
    assert_eq!(urls(&calls), [format!("{page}s=7"), format!("{page}=2"), format!("{page}=3")]);
    assert!(calls.lock().unwrap().iter().all(|call| call.headers["x-a"] == "b"));
}

#[tokio::test(flavor = "current_thread")]
async fn no_link_leads_the_credentials_to_another_server_or_round_in_a_circle() {
    for (link, why) in [
        ("<https://evil.test/v1/by-link>; rel=next", "another server"),
        ("<//evil.test/by-link>; rel=next", "another server"),
        ("<http://archive.test/v1/by-link?page=2>; rel=next", "another server"),
        ("<https://archive.test:444/>; rel=next", "another server"),
        ("<https://a b.test/>; rel=next", "not a URL"),
    ] {
        let (client, calls) = paged(&[(link, "[]")]);
        let mut pages = client.list_by_link().pages();
        assert!(pages.next().await.unwrap().is_some(), "the page itself is there");
        let error = pages.next().await.unwrap_err();
        assert!(error.to_string().contains(why), "{error}");
        assert!(pages.next().await.unwrap().is_none());
        assert_eq!(calls.lock().unwrap().len(), 1);
    }
    let (client, calls) = paged(&[("<?page=2>; rel=next", "[]"), ("<?page=2>; rel=next", "[]")]);
    let error = client.list_by_link().pages().items().next().await.unwrap_err();
    assert!(error.to_string().contains("there already"), "{error}");
    assert_eq!(calls.lock().unwrap().len(), 2);
}

#[tokio::test(flavor = "current_thread")]
async fn pages_follow_the_cursor_of_the_page_before() {
    let (client, calls) = paged(&[
        ("", r#"{"results": [{"id": 1}], "next_cursor": "b&c"}"#),
        ("", r#"{"next_cursor": "d"}"#),
        ("", r#"{"results": [{"id": 2}], "next_cursor": null}"#),
    ]);
    let mut pages = client.list_by_cursor().cursor("a").size(5).pages();
    let mut ids = Vec::new();
    while let Some(page) = pages.next().await.unwrap() {
        ids.extend(page.results.iter().flatten().map(|entry| entry.id));
    }
    assert_eq!(ids, [1, 2]);
    let page = "https://archive.test/v1/by-cursor?";
    assert_eq!(
        urls(&calls),
        [format!("{page}cursor=a&size=5"), format!("{page}size=5&cursor=b%26c"), format!("{page}size=5&cursor=d")]
    );

    let (client, calls) = paged(&[
        ("", r#"{"names": ["x", "y"], "nextPageToken": "2"}"#),
        ("", r#"{"names": ["z"], "nextPageToken": ""}"#),
    ]);
    let mut items = client.list_by_token().pages().items();
    let mut names = String::new();
    while let Some(name) = items.next().await.unwrap() {
        names += &name;
    }
    assert_eq!((names.as_str(), urls(&calls)[1].as_str()), ("xyz", "https://archive.test/v1/by-token?pageToken=2"));

    let again = r#"{"results": [], "next_cursor": "a"}"#;
    let (client, calls) = paged(&[("", again), ("", again)]);
    let error = client.list_by_cursor().pages().items().next().await.unwrap_err();
    assert!(error.to_string().contains("there already"), "{error}");
    assert_eq!(calls.lock().unwrap().len(), 2);
}

#[tokio::test(flavor = "current_thread")]
async fn an_error_of_a_page_is_the_error_of_the_operation_and_the_end() {
    let (client, _) = recorded(400, r#"{"title": "no such page"}"#);
    let mut pages = client.list_by_link().pages();
    let error = pages.next().await.unwrap_err();
    assert_eq!(error.body().unwrap().title.as_deref(), Some("no such page"));
    assert!(pages.next().await.unwrap().is_none());
}
"##;
