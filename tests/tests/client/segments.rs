//! An id is sent as one path segment, whatever characters it holds.

use releasepack_client::ErrorKind;
use releasepack_client::runtime::{Binary, Error, Failure, Http, Method, Operation, RequestError};
use releasepack_client::runtime::{Request, Service};
use releasepack_client::{BuildError, Client, Credentials};

use crate::server::{Server, done};
use crate::{ACCOUNT, client, settings};

#[tokio::test]
async fn an_id_is_one_path_segment_whatever_characters_it_holds() {
    for (id, expected) in [
        ("plain-1_2~3.x", "plain-1_2~3.x"),
        ("a/b", "a%2Fb"),
        ("../x", "..%2Fx"),
        ("%2e%2e", "%252e%252e"),
        (".%2e", ".%252e"),
        ("...", "..."),
        ("a?b=c#d", "a%3Fb%3Dc%23d"),
        ("100%", "100%25"),
        ("a b", "a%20b"),
        ("a\\b", "a%5Cb"),
        ("ünï/✓", "%C3%BCn%C3%AF%2F%E2%9C%93"),
        ("a;b:c@d&e=f+g,h", "a%3Bb%3Ac%40d%26e%3Df%2Bg%2Ch"),
        ("{id}", "%7Bid%7D"),
    ] {
        let server = Server::responding([done()]);
        let client = client(&server);
        client
            .get_release_integration_pack_status(id)
            .send()
            .await
            .unwrap();
        let expected =
            format!("GET /api/rest/v1/{ACCOUNT}/ReleaseIntegrationPackStatus/{expected} HTTP/1.1");
        assert_eq!(server.only_request().line, expected, "{id:?}");
    }
}

#[tokio::test]
async fn an_id_that_would_address_another_resource_is_not_sent() {
    let server = Server::responding([]);
    let client = client(&server);
    for id in [
        "", " ", "\t\n", "\u{a0}", ".", "..", "a\tb", ".\t.", "\n..", "r-1\r\n", "\0", "\u{7f}",
        "\u{85}",
    ] {
        let error = client
            .update_release_integration_pack(id)
            .send()
            .await
            .expect_err(id);
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(!error.is_retryable() && !error.is_outcome_unknown());
        let text = error.to_string();
        assert!(
            text.starts_with(
                "UpdateReleaseIntegrationPack: nothing was sent: the path parameter `id`"
            ),
            "{text}",
        );
    }
    assert!(server.requests().is_empty());
}

static GET_FILE: Operation = Operation::new("GetFile", Method::GET, "/files/{path}/text");

/// What a request that may set an encoded path or query gets: the line on the wire, or the fault.
async fn sent(
    set: impl for<'s> FnOnce(Request<'s>) -> Request<'s>,
) -> Result<String, RequestError> {
    let server = Server::responding([done()]);
    let http_client = reqwest::Client::builder().no_proxy().build().unwrap();
    let service = Service::new(&server.url().parse().unwrap(), Http::new(http_client));
    let outcome = set(service.request(&GET_FILE))
        .send::<Binary, Binary>()
        .await;
    match outcome.map_err(Error::into_failure) {
        Ok(_) => Ok(server.only_request().line),
        Err(Failure::Request(fault)) => {
            assert!(server.requests().is_empty());
            Err(fault)
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_path_value_with_a_control_character_is_not_sent_however_it_is_encoded() {
    let line = sent(|it| it.path_encoded("path", "a%20b/c".to_owned())).await;
    assert_eq!(line.unwrap(), "GET /files/a%20b/c/text HTTP/1.1");
    for value in [
        ".\t.",
        "..\n",
        "a\rb",
        ".%09.",
        "%0a",
        "a%0Db",
        "%00",
        "%7F",
        "%C2%85",
        "a/.%0D./b",
    ] {
        let fault = sent(|it| it.path_encoded("path", value.to_owned()))
            .await
            .unwrap_err();
        assert!(
            matches!(fault, RequestError::ControlCharacter("path")),
            "{value:?}: {fault}"
        );
    }
}

#[tokio::test]
async fn a_query_value_has_no_control_characters_on_the_wire() {
    let line = sent(|it| it.path("path", "f").query("q", "a\tb\nc")).await;
    assert_eq!(line.unwrap(), "GET /files/f/text?q=a%09b%0Ac HTTP/1.1");
    let fault = sent(|it| it.path("path", "f").query_encoded("q", "a\tb")).await;
    assert!(matches!(fault, Err(RequestError::Value(name, _)) if name == "q"));
}

#[test]
fn an_account_or_a_host_with_a_control_character_is_refused() {
    for id in [
        "acc\tount",
        "acc\nount",
        "a\r",
        ".\t.",
        "..\n.",
        "a\0b",
        "a\u{7f}b",
        "a\u{85}b",
    ] {
        let build = |it: releasepack_client::ClientBuilder| it.build();
        let credentials = || Credentials::password("me", "secret");
        let server = Server::responding([]);
        let refusals = [
            build(Client::builder(format!("x{id}x"), credentials()).base_url(server.url())),
            build(settings(&server).override_account(format!("x{id}x"))),
        ];
        for refusal in refusals {
            assert!(matches!(refusal, Err(BuildError::Account(_))), "{id:?}");
        }
        let elsewhere = settings(&server).base_url(format!("http://127.0.0.1:1/x{id}x"));
        assert!(
            matches!(elsewhere.build(), Err(BuildError::BaseUrl(_))),
            "{id:?}"
        );
        assert!(server.requests().is_empty());
    }
}
