//! Ids reach the server as one segment of the path, whatever characters they have.

use releasepack_client::ErrorKind;

use crate::server::{Server, done};
use crate::{ACCOUNT, client};

#[tokio::test]
async fn an_id_is_one_segment_whatever_characters_it_has() {
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
        let server = Server::answering([done()]);
        let client = client(&server);
        client
            .get_release_integration_pack_status(id)
            .send()
            .await
            .unwrap();
        let expected =
            format!("GET /api/rest/v1/{ACCOUNT}/ReleaseIntegrationPackStatus/{expected} HTTP/1.1");
        assert_eq!(server.only().line, expected, "{id:?}");
    }
}

#[tokio::test]
async fn an_id_that_would_change_the_address_is_never_sent() {
    let server = Server::answering([]);
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
    assert!(server.seen().is_empty());
}
