//! An id is sent as one path segment, whatever characters it holds.

use releasepack_client::ErrorKind;

use crate::server::{Server, done};
use crate::{ACCOUNT, client};

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
        ("a b\tc\n", "a%20b%09c%0A"),
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
    for id in ["", " ", "\t\n", "\u{a0}", ".", ".."] {
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
