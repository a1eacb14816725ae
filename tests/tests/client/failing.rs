//! The contents of an error, whatever the format of the response body.

use std::error::Error as _;

use releasepack_client::{Error, ErrorKind};

use crate::server::{Server, done, response};
use crate::{client, create, status};

async fn failed(code: u16, headers: &str, body: impl AsRef<[u8]>) -> Error {
    let server = Server::responding([response(code, headers, body)]);
    create(&client(&server)).await.expect_err("not a 2xx")
}

#[tokio::test]
async fn the_message_is_found_in_each_format_of_body() {
    for body in [
        r#"{"message": "No privilege"}"#,
        r#"{"error": {"message": "No privilege"}}"#,
        r#"{"@type": "Error", "message": "No privilege"}"#,
        r#"{"@type": "Error", "error": {"@type": "Error", "message": "No privilege"}}"#,
        "<error><message>No privilege</message></error>",
        "<?xml version='1.0' encoding='UTF-8'?>\n<bns:Error xmlns:bns='http://api.platform.boomi.com/'>\n\
         <bns:Message>No <![CDATA[priv]]>&#105;lege</bns:Message></bns:Error>",
        "\u{feff}<error><code>7</code><message> No privilege </message></error>",
    ] {
        let error = failed(403, "", body).await;
        assert_eq!(error.message(), Some("No privilege"), "{body}");
        assert!(error.body().is_some(), "{body}");
        assert_eq!(
            error.to_string(),
            "CreateReleaseIntegrationPack: 403 Forbidden: No privilege"
        );
    }
}

#[tokio::test]
async fn a_body_without_a_message_is_shown_as_an_excerpt() {
    for (body, excerpt, display) in [
        ("", "", "403 Forbidden"),
        (
            "<html>\n  <h1>403</h1>\n</html>",
            "<html> <h1>403</h1> </html>",
            "403 Forbidden",
        ),
        (
            "<error><message>broken",
            "<error><message>broken",
            "403 Forbidden",
        ),
        (
            "<error><message>&bomb;</message></error>",
            "<error><message>&bomb;</message></error>",
            "403 Forbidden",
        ),
        (
            "go away\u{1b}[31m\u{202e}",
            "go away\\u{1b}[31m\\u{202e}",
            "403 Forbidden: go away\\u{1b}[31m\\u{202e}",
        ),
        ("[1, 2]", "[1, 2]", "403 Forbidden: [1, 2]"),
        (
            r#"{"message": 7}"#,
            r#"{"message": 7}"#,
            r#"403 Forbidden: {"message": 7}"#,
        ),
    ] {
        let error = failed(403, "", body).await;
        assert_eq!(error.status().unwrap(), 403, "{body}");
        assert_eq!(error.kind(), ErrorKind::Forbidden, "{body}");
        assert_eq!(error.message(), None, "{body}");
        assert_eq!(error.excerpt(), Some(excerpt));
        assert_eq!(
            error.to_string(),
            format!("CreateReleaseIntegrationPack: {display}")
        );
    }
}

#[tokio::test]
async fn a_message_is_one_line_of_bounded_length() {
    let body = format!(
        r#"{{"message": "first\nsecond\u0007 {}"}}"#,
        "x".repeat(60_000)
    );
    let error = failed(400, "", body).await;
    let message = error.message().unwrap();
    assert!(message.starts_with("first second\\u{7} xxx"), "{message}");
    assert!(message.chars().count() <= 513 && error.excerpt().unwrap().len() <= 600);
    let line = error.to_string();
    assert!(line.chars().count() < 300 && !line.contains('\n'), "{line}");
}

#[tokio::test]
async fn invalid_utf8_and_split_characters_do_not_break_the_excerpt() {
    let error = failed(400, "", [b"\xff\xfe".repeat(600), b"end".to_vec()].concat()).await;
    assert!(error.excerpt().unwrap().starts_with("\u{fffd}\u{fffd}"));
    // A character that the limit would split is left out.
    let error = failed(400, "", "é".repeat(300) + "x").await;
    assert_eq!(
        error.excerpt(),
        Some(format!("{}…", "é".repeat(256)).as_str())
    );
    let error = failed(400, "", format!("x{}", "é".repeat(300))).await;
    assert_eq!(
        error.excerpt(),
        Some(format!("x{}…", "é".repeat(255)).as_str())
    );
}

#[tokio::test]
async fn each_status_has_its_kind() {
    let kinds = [
        (302, ErrorKind::Moved),
        (308, ErrorKind::Moved),
        (400, ErrorKind::Invalid),
        (401, ErrorKind::Unauthorized),
        (403, ErrorKind::Forbidden),
        (404, ErrorKind::NotFound),
        (409, ErrorKind::Conflict),
        (410, ErrorKind::Gone),
        (418, ErrorKind::Status),
        (422, ErrorKind::Invalid),
        (500, ErrorKind::Server),
        (502, ErrorKind::Gateway),
        (504, ErrorKind::Gateway),
    ];
    for (code, kind) in kinds {
        let error = failed(code, "", "").await;
        assert_eq!(
            (error.kind(), error.status().unwrap().as_u16()),
            (kind, code)
        );
        assert_eq!(error.operation().id, "CreateReleaseIntegrationPack");
    }
}

#[tokio::test]
async fn the_error_for_a_2xx_that_cannot_be_decoded_describes_the_body() {
    let server = Server::responding([
        response(
            200,
            "Content-Type: application/xml\r\n",
            "<ReleaseIntegrationPackStatus/>",
        ),
        response(204, "", ""),
        response(
            200,
            "Content-Type: application/json\r\n",
            r#"{"responseStatusCode": "two hundred"}"#,
        ),
    ]);
    let client = client(&server);
    let error = status(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.excerpt(), Some("<ReleaseIntegrationPackStatus/>"));
    assert_eq!(
        error.to_string(),
        "GetReleaseIntegrationPackStatus: the response (200 OK) cannot be decoded: the body is not the expected JSON (its \
         content type is `application/xml`): expected value at line 1 column 1",
    );
    let error = status(&client).await.unwrap_err();
    assert!(
        error.to_string().ends_with(
            "(204 No Content) cannot be decoded: the body is empty, but JSON is expected"
        )
    );
    let error = status(&client).await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("expected an integer in the range of its type at /responseStatusCode"),
        "{error}"
    );
    let sources = std::iter::successors(error.source(), |&cause| cause.source());
    assert!(sources.count() >= 2, "the cause is kept");
}

#[tokio::test]
async fn a_redirect_is_an_error_with_the_new_url_and_is_not_followed() {
    for code in [301, 302, 303, 307, 308] {
        let elsewhere = Server::responding([done()]);
        let url = format!("{}/new", elsewhere.url());
        let error = failed(code, &format!("Location: {url}\r\n"), "").await;
        assert_eq!(error.kind(), ErrorKind::Moved);
        assert_eq!(error.moved_to(), Some(url.as_str()));
        assert!(elsewhere.requests().is_empty());
    }
}

#[tokio::test]
async fn a_redirect_that_the_users_own_http_client_follows_is_an_error_too() {
    let elsewhere = Server::responding([done(), done()]);
    let location = format!("Location: {}/new\r\n", elsewhere.url());
    let server = Server::responding([response(302, &location, ""), response(302, &location, "")]);
    let client = crate::settings(&server)
        .http_client(reqwest::Client::new())
        .build()
        .unwrap();

    let error = status(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Moved);
    assert!(
        error
            .to_string()
            .contains("the HTTP client followed a redirect"),
        "{error}"
    );
    let error = create(&client).await.unwrap_err();
    assert!(error.is_outcome_unknown());
    for request in elsewhere.requests() {
        assert!(
            request.header("authorization").is_empty(),
            "credentials are not sent to another host"
        );
    }
}

#[tokio::test]
async fn no_setting_of_the_http_client_makes_it_follow_redirects() {
    let elsewhere = Server::responding([done()]);
    let location = format!("Location: {}/new\r\n", elsewhere.url());
    let server = Server::responding([response(307, &location, "")]);
    let corporate = |http: reqwest::ClientBuilder| {
        let headers = [("x-corporate".parse().unwrap(), "7".parse().unwrap())];
        http.redirect(reqwest::redirect::Policy::limited(5))
            .default_headers(headers.into_iter().collect())
    };
    let client = crate::settings(&server)
        .configure_http(corporate)
        .build()
        .unwrap();
    let error = create(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Moved);
    assert!(elsewhere.requests().is_empty());
    assert_eq!(server.only_request().header("x-corporate"), ["7"]);
}

#[tokio::test]
async fn the_sources_of_an_error_include_its_cause() {
    let settings = crate::settings(&Server::new([])).base_url(crate::server::unused_address());
    let client = settings
        .retry(releasepack_client::RetryPolicy::never())
        .build()
        .unwrap();
    let error = status(&client).await.unwrap_err();
    let mut causes = std::iter::successors(error.source(), |&cause| cause.source());
    let refused = causes.find_map(|cause| cause.downcast_ref::<std::io::Error>());
    assert_eq!(
        refused.unwrap().kind(),
        std::io::ErrorKind::ConnectionRefused
    );
}

#[tokio::test]
async fn a_deprecation_notice_is_available_on_success_and_on_failure() {
    let headers = "Deprecation: @1767225600\r\nSunset: Wed, 01 Jul 2026 00:00:00 GMT\r\n\
                   Warning: 299 - \"use NewPack\"\r\nLink: </new>; rel=\"successor-version\"\r\n";
    let server = Server::responding([
        response(200, headers, r#"{"responseStatusCode": 200}"#),
        response(410, headers, ""),
    ]);
    let client = client(&server);
    let response = client
        .get_release_integration_pack_status("r")
        .send()
        .await
        .unwrap();
    assert_eq!(response.headers()["deprecation"], "@1767225600");
    let notice = response.notice().unwrap();
    assert_eq!(
        notice.sunset_at().unwrap().to_string(),
        "2026-07-01T00:00:00Z"
    );
    assert_eq!(
        notice.deprecated_since().unwrap().to_string(),
        "2026-01-01T00:00:00Z"
    );
    assert_eq!(notice.warnings, ["299 - \"use NewPack\""]);
    assert_eq!(notice.links, ["</new>; rel=\"successor-version\""]);

    let error = status(&client).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Gone);
    assert_eq!(error.notice(), Some(notice));
}

#[test]
fn an_error_is_small_and_can_be_sent_to_another_thread() {
    fn check<T: Send + Sync + std::error::Error + 'static>() -> usize {
        std::mem::size_of::<T>()
    }
    assert_eq!(check::<Error>(), std::mem::size_of::<usize>());
}
