//! The status of an error response is available whatever bytes the server sends.

use releasepack_client::runtime::{Call, Exchange, HeaderMap, Reply, StatusCode, Transport};
use releasepack_client::{Client, Credentials, RateLimit, RetryPolicy};

use crate::{ACCOUNT, create};

/// Responds with real error bodies that are damaged at random.
#[derive(Debug)]
struct Hostile(std::sync::Mutex<fastrand::Rng>);

const STATUSES: [u16; 8] = [400, 401, 403, 404, 410, 500, 502, 503];
const BODIES: [&str; 5] = [
    r#"{"@type": "Error", "error": {"message": "n\u00f6"}, "message": [null, 1e400]}"#,
    "<?xml version='1.0'?><!DOCTYPE e [<!ENTITY a 'b'>]><e:error xmlns:e='x'><message>a&amp;&#x41;<![CDATA[]]></message></e:error>",
    "<error><message><message><message>deep</message></message></message></error>",
    "<!DOCTYPE html><html><head><meta charset=utf-8><title>502</title></head><br></html>",
    "",
];

impl Transport for Hostile {
    fn send(&self, _: Call) -> Exchange<'_> {
        let mut random = self.0.lock().unwrap();
        let mut body = random.choice(BODIES).unwrap().as_bytes().to_vec();
        for _ in 0..random.usize(..6) {
            let place = random.usize(..=body.len());
            match random.u8(..3) {
                0 => body.insert(place, random.u8(..)),
                1 => body.truncate(place),
                _ => {
                    let again = body.clone();
                    body.splice(place..place, again);
                }
            }
        }
        let status = StatusCode::from_u16(random.choice(STATUSES).unwrap()).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("x-status", status.as_u16().into());
        Box::pin(async move { Ok(Reply::new(status, headers, body)) })
    }
}

#[tokio::test]
async fn the_error_has_the_status_and_one_line_of_text_for_any_body() {
    let client = Client::builder(
        ACCOUNT,
        Credentials::api_token("me@example.com", "a1b2c3d4"),
    )
    .retry(RetryPolicy::never())
    .rate_limit(RateLimit::none())
    .build_over(Hostile(fastrand::Rng::with_seed(24).into()))
    .unwrap();
    let mut with_message = 0;
    for _ in 0..20_000 {
        let error = create(&client).await.unwrap_err();
        let status = error.status().unwrap();
        assert_eq!(error.headers().unwrap()["x-status"], status.as_str());
        let line = error.to_string();
        assert!(
            line.starts_with(&format!("CreateReleaseIntegrationPack: {status}")),
            "{line}"
        );
        assert!(
            !line.contains(char::is_control) && line.chars().count() < 400,
            "{line:?}"
        );
        assert!(error.excerpt().unwrap().chars().count() <= 6 * 512);
        with_message += usize::from(error.message().is_some());
    }
    // Some bodies can be read, and some cannot.
    assert!((1_000..19_000).contains(&with_message), "{with_message}");
}
