//! Secrets do not appear in any text that the client produces: logs, errors, `Debug` texts.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use releasepack_client::{Client, Credentials, Error};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::server::{Server, Step, done, response};
use crate::{ACCOUNT, create, short_pauses, status};

const CANARY: &str = "c4nary-s3cret-value";
const CODE: &str = "c4nary-c0de";

/// Everything that any code in this process logs.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Each kind of credentials, and the secrets in it that must never appear.
fn callers() -> Vec<(Credentials, Vec<String>)> {
    let encoded = |user: &str| STANDARD.encode(format!("{user}:{CANARY}"));
    let secrets = |more: Vec<String>| [vec![CANARY.to_owned()], more].concat();
    vec![
        (
            Credentials::password("me", CANARY).one_time_code(CODE),
            secrets(vec![encoded("me"), CODE.to_owned()]),
        ),
        (
            Credentials::api_token("me", CANARY),
            secrets(vec![encoded("BOOMI_TOKEN.me")]),
        ),
        (Credentials::bearer(CANARY), secrets(vec![])),
    ]
}

/// Responses that repeat the secrets of the request, in the body and in the headers.
fn echoes(secrets: &[String]) -> Vec<Step> {
    let all = secrets.join(" and ");
    let json = format!(r#"{{"message": "you sent {all}"}}"#);
    let xml = format!("<error><message>you sent {all}</message></error>");
    let headers = format!(
        "Warning: 299 - \"{all}\"\r\nLocation: http://127.0.0.1/{}\r\nSet-Cookie: s={CANARY}\r\n",
        secrets[0]
    );
    vec![
        Step::Respond(response(401, &headers, json)),
        Step::Respond(response(403, "", xml)),
        Step::Respond(response(
            500,
            "Content-Type: text/html\r\n",
            format!("<html>Authorization: {all}</html>"),
        )),
        Step::Respond(response(301, &headers, "")),
    ]
}

/// All texts of an error and of its causes.
fn texts(error: &Error) -> String {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |&cause| {
        cause.source()
    });
    let texts = causes.map(|cause| format!("{cause}\n{cause:?}\n{cause:#?}\n"));
    texts.collect::<Vec<_>>().concat()
}

#[tokio::test]
async fn a_secret_is_in_no_log_line_no_error_and_no_debug_text() {
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(log.clone())
        .finish()
        .init();

    for (credentials, secrets) in callers() {
        let mut shown = vec![format!("{credentials:?}{credentials:#?}")];
        let mut steps = echoes(&secrets);
        let echoes = steps.len();
        steps.extend([
            Step::Respond(response(503, "Retry-After: 0\r\n", CANARY)),
            Step::Respond(done()),
            Step::Respond(response(200, "", "{")),
            Step::CloseWithoutResponse,
            Step::ResetUnread,
            Step::NoResponse,
        ]);
        let server = Server::new(steps);
        let builder = Client::builder(ACCOUNT, credentials.clone())
            .base_url(server.url())
            .request_timeout(Duration::from_millis(1500))
            .retry(short_pauses());
        shown.push(format!("{builder:?}{builder:#?}"));
        let client = builder.clone().build().unwrap();
        shown.push(format!(
            "{client:?}{:?}",
            client.get_release_integration_pack_status("r")
        ));

        for _ in 0..echoes {
            let error = status(&client).await.unwrap_err();
            assert!(error.status().is_some());
            shown.push(texts(&error));
        }
        let response = client
            .get_release_integration_pack_status("r")
            .send()
            .await
            .unwrap();
        shown.push(format!("{response:?}"));
        for _ in 0..4 {
            shown.push(texts(&create(&client).await.unwrap_err()));
        }
        let astray = builder
            .clone()
            .base_url(format!("https://me:{CANARY}@127.0.0.1"));
        shown.push(format!(
            "{astray:?}{:?}",
            astray.clone().build().unwrap_err()
        ));
        let nowhere = builder
            .base_url(crate::server::unused_address())
            .build()
            .unwrap();
        shown.push(texts(&status(&nowhere).await.unwrap_err()));

        let shown = shown.join("\n");
        let sent = format!("{:?}", server.requests());
        assert!(
            secrets.iter().any(|secret| sent.contains(secret)),
            "the secrets were sent: {sent}"
        );
        let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        for secret in &secrets {
            assert!(!shown.contains(secret), "{secret} is in {shown}");
            assert!(!logged.contains(secret), "{secret} is in {logged}");
        }
        assert!(shown.contains("[redacted]"));
    }

    // The log would show secrets if there were any: it holds the events of this crate and of the HTTP libraries.
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for expected in [
        "releasepack_client::transport::repeating: calling operation=\"GetReleaseIntegrationPackStatus\" attempt=0",
        "it is repeated after a pause",
        "verdict=OutcomeUnknown",
        "hyper_util::client::legacy",
    ] {
        assert!(logged.contains(expected), "{expected} is not in {logged}");
    }
    // A notice is logged once for each client and operation, however many responses have it.
    let notices = logged.lines().filter(|line| {
        line.contains("the response has a deprecation notice")
            && line.contains("Warning: [redacted]")
    });
    assert_eq!(notices.count(), callers().len());
}
