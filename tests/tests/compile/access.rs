//! A consumer of a client whose description has servers with variables and security schemes of each kind.

pub(crate) const FIXTURE: &str = "generate_access";

pub(crate) const CONSUMER: &str = r##"//! The client calls the server that was chosen, with the credentials that each operation wants.

use std::future::ready;
use std::sync::{Arc, Mutex};

use generate_access_client::runtime::{
    Builder, Call, ErrorKind, Exchange, HeaderMap, Reply, StatusCode, Transport,
};
use generate_access_client::servers::{Production, ProductionRegion, Server4, Server5, Server5Stage};
use generate_access_client::{BuildError, Client, Server};

#[derive(Clone, Debug)]
struct Recorder {
    calls: Arc<Mutex<Vec<Call>>>,
    reply: Reply,
}

impl Transport for Recorder {
    fn send(&self, call: Call) -> Exchange<'_> {
        self.calls.lock().unwrap().push(call);
        Box::pin(ready(Ok(self.reply.clone())))
    }
}

fn built(settings: Builder) -> (Client, Arc<Mutex<Vec<Call>>>) {
    built_over(settings, Reply::new(StatusCode::OK, HeaderMap::new(), "null"))
}

fn built_over(settings: Builder, reply: Reply) -> (Client, Arc<Mutex<Vec<Call>>>) {
    let calls = Arc::default();
    let recorder = Recorder { calls: Arc::clone(&calls), reply };
    (settings.build_over(recorder).unwrap(), calls)
}

fn only(calls: &Arc<Mutex<Vec<Call>>>) -> Call {
    let mut calls = calls.lock().unwrap();
    assert_eq!(calls.len(), 1);
    calls.remove(0)
}

fn header<'c>(call: &'c Call, name: &str) -> Option<&'c str> {
    call.headers.get(name).map(|value| value.to_str().unwrap())
}

#[tokio::test(flavor = "current_thread")]
async fn the_first_server_is_the_usual_one_and_its_variables_have_defaults() {
    let (client, calls) = built(Client::builder());
    client.open_door().send().await.unwrap();
    let call = only(&calls);
    assert_eq!(call.url.as_str(), "https://eu.library.test/v1/door");
    assert_eq!(header(&call, "user-agent"), Some("generate-access-client/0.1.0"));

    let server = Production::new().region(ProductionRegion::Us).port("8443");
    let (client, calls) = built(Client::builder().server(server));
    client.open_door().send().await.unwrap();
    assert_eq!(only(&calls).url.as_str(), "https://us.library.test:8443/v1/door");

    for (server, url) in [
        (Server::from(Server4::new().tenant("theirs")), "https://theirs.library.test"),
        (Server::from(Server5::new().stage(Server5Stage::Live)), "https://live.library.test"),
    ] {
        assert_eq!(server.url(), url);
    }

    let (client, calls) = built(Client::builder().server(Server::Server2));
    client.open_door().send().await.unwrap();
    assert_eq!(only(&calls).url.as_str(), "https://sandbox.library.test/v1/door");
}

#[tokio::test(flavor = "current_thread")]
async fn a_relative_server_needs_a_base_and_says_so() {
    let relative = Client::builder().server(Server::Server3);
    let error = relative.clone().service().unwrap_err();
    assert!(matches!(error, BuildError::RelativeServer(ref url) if url == "/v1"), "{error}");
    assert!(error.to_string().contains("base_url()"), "{error}");
    let (client, calls) = built(relative.base_url("https://here.test/docs/openapi.yaml"));
    client.open_door().send().await.unwrap();
    assert_eq!(only(&calls).url.as_str(), "https://here.test/v1/door");
}

#[tokio::test(flavor = "current_thread")]
async fn a_base_url_replaces_the_server_and_must_be_https() {
    let (client, calls) = built(Client::builder().base_url("https://other.test/api/"));
    client.open_door().send().await.unwrap();
    assert_eq!(only(&calls).url.as_str(), "https://other.test/api/door");
    for (url, is_refused) in [
        ("http://other.test", true),
        ("http://127.0.0.1:8080", false),
        ("https://user:password@other.test", true),
        ("https://oth\ter.test", true),
        ("mailto:a@b.test", true),
    ] {
        let built = Client::builder().base_url(url).service();
        assert_eq!(built.is_err(), is_refused, "{url}");
    }
    Client::builder().base_url("http://other.test").allow_plain_http().service().unwrap();
}

#[tokio::test(flavor = "current_thread")]
async fn each_scheme_sends_its_credentials_where_the_description_says() {
    let all = Client::builder()
        .key("k3y-of-the-room")
        .librarian("ann", "s3cret-password")
        .desk("d&sk one")
        .session("sess1on")
        .sealed("s3al");
    let (client, calls) = built(all.clone());

    client.get_book("1").send().await.unwrap();
    let call = only(&calls);
    assert_eq!(header(&call, "x-library-key"), Some("k3y-of-the-room"));
    assert_eq!(header(&call, "authorization"), None);

    client.lend_book("1").send().await.unwrap();
    let call = only(&calls);
    assert_eq!(header(&call, "authorization"), Some("Basic YW5uOnMzY3JldC1wYXNzd29yZA=="));
    assert_eq!(call.url.query(), Some("desk=d%26sk%20one"));
    assert_eq!(header(&call, "x-library-key"), None);

    client.get_session().send().await.unwrap();
    assert_eq!(header(&only(&calls), "cookie"), Some("sid=sess1on"));

    client.open_door().send().await.unwrap();
    let call = only(&calls);
    assert!(call.headers.keys().all(|name| name == "user-agent" || name == "accept"), "{call:?}");

    // A certificate of the client is there or not: this library cannot see it.
    client.open_vault().send().await.unwrap();
    only(&calls);

    let (client, calls) = built(Client::builder().oauth("t0ken-of-ann"));
    client.lend_book("1").send().await.unwrap();
    assert_eq!(header(&only(&calls), "authorization"), Some("Bearer t0ken-of-ann"));
}

#[tokio::test(flavor = "current_thread")]
async fn an_operation_that_may_be_called_without_credentials_has_them_if_they_are_given() {
    let (client, calls) = built(Client::builder());
    client.list_books().send().await.unwrap();
    assert_eq!(header(&only(&calls), "x-library-key"), None);
    let (client, calls) = built(Client::builder().key("k3y-of-the-room"));
    client.list_books().send().await.unwrap();
    assert_eq!(header(&only(&calls), "x-library-key"), Some("k3y-of-the-room"));
}

#[tokio::test(flavor = "current_thread")]
async fn missing_credentials_are_an_error_that_names_the_schemes_and_nothing_is_sent() {
    let (client, calls) = built(Client::builder().librarian("ann", "s3cret-password"));
    let error = client.lend_book("1").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(!error.is_retryable() && !error.is_outcome_unknown());
    let text = error.to_string();
    for part in ["`desk`", "query parameter `desk`", "Builder::desk", "`oauth`", "Builder::oauth"] {
        assert!(text.contains(part), "{part} is not in: {text}");
    }
    assert!(calls.lock().unwrap().is_empty());
}

#[tokio::test(flavor = "current_thread")]
async fn credentials_that_cannot_be_sent_are_an_error_without_the_secret() {
    for settings in [
        Client::builder().key("s3cret-key\n"),
        Client::builder().key(" "),
        Client::builder().librarian("a:b", "s3cret-key"),
    ] {
        let error = settings.service().unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(matches!(error, BuildError::Credentials(..)), "{shown}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn no_secret_is_shown_even_if_the_server_repeats_it() {
    let settings = Client::builder().desk("d3sk+key/one").librarian("ann", "s3cret-password");
    let shown = format!("{settings:?}");
    assert!(!shown.contains("d3sk") && !shown.contains("s3cret"), "{shown}");
    let body = r#"{"message": "d3sk+key/one d3sk%2Bkey%2Fone s3cret-password YW5uOnMzY3JldC1wYXNzd29yZA"}"#;
    let reply = Reply::new(StatusCode::FORBIDDEN, HeaderMap::new(), body);
    let (client, _) = built_over(settings, reply);
    let error = client.lend_book("1").send().await.unwrap_err();
    let shown = format!("{error} {error:?} {client:?}");
    for secret in ["d3sk+key/one", "d3sk%2B", "s3cret", "YW5uOnMz"] {
        assert!(!shown.contains(secret), "{secret} is in {shown}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_token_that_expires_comes_from_a_function() {
    use generate_access_client::runtime::Tokens;
    let tokens = Tokens::from_fn(|| Ok::<_, std::io::Error>("fr3sh-token"));
    let refused = Reply::new(StatusCode::UNAUTHORIZED, HeaderMap::new(), "fr3sh-token has expired");
    let (client, calls) = built_over(Client::builder().oauth(tokens), refused);
    let error = client.lend_book("1").send().await.unwrap_err();
    let calls = calls.lock().unwrap();
    assert_eq!(calls.len(), 2, "it is asked for another token once");
    assert_eq!(header(&calls[0], "authorization"), Some("Bearer fr3sh-token"));
    assert!(!format!("{error} {error:?}").contains("fr3sh"), "{error:?}");
}

#[tokio::test(flavor = "current_thread")]
async fn a_busy_server_is_asked_again_and_a_gateway_only_if_the_call_reads() {
    use generate_access_client::runtime::RetryPolicy;
    let pauses = RetryPolicy::default().initial_pause(std::time::Duration::from_millis(1));
    let settings = Client::builder().oauth("t0ken-of-ann").key("k3y-of-the-room").retry(pauses);
    let busy = Reply::new(StatusCode::SERVICE_UNAVAILABLE, HeaderMap::new(), "upstream");
    let (client, calls) = built_over(settings.clone(), busy.clone());
    client.get_book("1").send().await.unwrap_err();
    assert_eq!(calls.lock().unwrap().len(), 6);
    // PUT is idempotent by definition.
    let (client, calls) = built_over(settings.retry(RetryPolicy::never()), busy);
    client.get_book("1").send().await.unwrap_err();
    assert_eq!(calls.lock().unwrap().len(), 1);
}
"##;
