//! Secrets do not appear in any text that the client produces: logs, errors, `Debug` texts.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use releasepack_client::release::{Release, WaitPolicy};
use releasepack_client::runtime::{Empty, Http, Method, Operation, Service};
use releasepack_client::{Client, ClientBuilder, Credentials, Error, RateLimit};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::server::{Server, Step, done, response};
use crate::{ACCOUNT, create, short_pauses, status};

/// Some of its characters are escaped in JSON, in XML and in URLs. What is before them stays as it is in all spellings.
const CANARY: &str = "c4nary-s3cret=\"va&lue<?/+";
const CODE: &str = "c4nary-c0de";
/// What both of them begin with.
const BEGINNING: &str = "c4nary";

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
    let encoded = |user: &str| {
        let encoded = STANDARD.encode(format!("{user}:{CANARY}"));
        encoded.trim_end_matches('=').to_owned()
    };
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

/// The secrets as they are, and as they look in Base64 of each kind, in JSON, XML and URLs, and in JSON in JSON.
fn spellings(secrets: &[String]) -> Vec<String> {
    let plain = secrets.join(" and ");
    let json = plain.replace('"', "\\\"").replace('=', "\\u003d");
    let xml = plain.replace('&', "&amp;").replace('<', "&lt;");
    let percent: String = plain.chars().map(percent_encoded).collect();
    let pairs = [
        STANDARD.encode(&plain),
        STANDARD_NO_PAD.encode(format!("me:{plain}")),
        URL_SAFE.encode(format!("m:{plain}")),
        URL_SAFE_NO_PAD.encode(format!("user:{plain}")),
    ];
    let nested = json.replace('\\', "\\\\").replace('"', "\\\"");
    [
        vec![
            json,
            xml.replace('"', "&quot;"),
            percent.clone(),
            percent.to_lowercase(),
        ],
        vec![nested, percent.replace('%', "%25")],
        pairs.to_vec(),
    ]
    .concat()
}

fn percent_encoded(character: char) -> String {
    if character.is_ascii_alphanumeric() || character == '-' {
        character.to_string()
    } else {
        format!("%{:02X}", u32::from(character))
    }
}

/// Responses that repeat the secrets of the request, in the body and in the headers, and that are errors.
fn echoes(secrets: &[String]) -> Vec<Step> {
    let all = secrets.join(" and ");
    let headers = format!(
        "Warning: 299 - \"{all}\"\r\nLocation: http://127.0.0.1/{}\r\nSet-Cookie: s={CANARY}\r\n",
        secrets[0]
    );
    let escaped = all.replace('"', "\\\"");
    let json = format!(r#"{{"message": "you sent {escaped}"}}"#);
    let mut echoes = vec![
        response(401, &headers, json),
        response(
            403,
            "",
            format!("<error><message>you sent <![CDATA[{all}]]></message></error>"),
        ),
        response(
            500,
            "Content-Type: text/html\r\n",
            format!("<html>Authorization: {all}</html>"),
        ),
        response(301, &headers, ""),
        // Where the beginning of the body ends, so that only a part of the secret is shown.
        response(500, "", format!("{}{all}", "x".repeat(500))),
        response(200, "", format!("{}{all}", "x".repeat(500))),
        // Where the client stops reading, or searching, so that all before is removed, and a part of the secret is at the end.
        response(500, "", CANARY.repeat(3000)),
        response(
            500,
            "",
            secrets.last().map(|it| it.repeat(3000)).unwrap_or_default(),
        ),
        response(200, "", CANARY.repeat(3000)),
    ];
    for spelling in spellings(secrets) {
        let header = format!("X-Echo: {spelling}\r\n");
        let message = format!(r#"{{"message": "you sent {spelling}", "detail": "{spelling}"}}"#);
        let xml = format!("<error><message>{spelling}</message></error>");
        echoes.extend([
            response(403, &header, message.clone()),
            response(403, &header, xml),
            response(500, "", format!("<html>{spelling}</html>")),
            // Responses that look like a success, and cannot be read.
            response(200, &header, format!("<html>{spelling}</html>")),
            response(200, &header, format!("{{{message}")),
            response(
                200,
                "",
                format!(r#"{{"responseStatusCode": ["{spelling}"]}}"#),
            ),
            response(
                200,
                "",
                format!(r#"{{"responseStatusCode": "{spelling}"}}"#),
            ),
            response(200, &format!("Content-Type: {spelling}\r\n"), "x"),
        ]);
    }
    echoes.into_iter().map(Step::Respond).collect()
}

/// A response that can be read, with the secret in a member.
fn echo_in_data() -> String {
    serde_json::json!({
        "responseStatusCode": 200,
        "releaseStatus": "ERROR",
        "requestId": "r",
        "name": CANARY,
    })
    .to_string()
}

fn failed(error: Error) -> Result<(), Error> {
    Err(error)
}

/// The message of a panic with this error.
fn panic_message(error: Error) -> String {
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        failed(error).expect("the call succeeds");
    }));
    let payload = panic.expect_err("it panics");
    let text = payload.downcast_ref::<String>();
    text.expect("the message is text").clone()
}

/// All texts of an error and of its causes.
fn texts(error: &Error) -> String {
    let causes = std::iter::successors(Some(error as &dyn std::error::Error), |&cause| {
        cause.source()
    });
    let texts = causes.map(|cause| format!("{cause}\n{cause:?}\n{cause:#?}\n"));
    texts.collect::<Vec<_>>().concat()
}

/// The texts of a client whose base URL holds a secret, and of one that reaches nobody.
async fn elsewhere(builder: &ClientBuilder) -> [String; 2] {
    let astray = builder
        .clone()
        .base_url(format!("https://me:{CANARY}@127.0.0.1"));
    let nowhere = builder.clone().base_url(crate::server::unused_address());
    let nowhere = nowhere.build().unwrap();
    [
        format!("{astray:?}{:?}", astray.clone().build().unwrap_err()),
        texts(&status(&nowhere).await.unwrap_err()),
    ]
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
            Step::Respond(response(
                200,
                &format!("X-Echo: {CANARY}\r\n"),
                echo_in_data(),
            )),
            Step::Respond(response(200, "", echo_in_data())),
            Step::Respond(response(200, "", echo_in_data())),
            Step::Respond(response(200, "", echo_in_data())),
            Step::Respond(response(200, "", "{")),
            Step::CloseWithoutResponse,
            Step::ResetUnread,
            Step::NoResponse,
        ]);
        let server = Server::new(steps);
        let builder = Client::builder(ACCOUNT, credentials.clone())
            .base_url(server.url())
            .request_timeout(Duration::from_millis(1500))
            .retry(short_pauses())
            .rate_limit(RateLimit::none());
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
            shown.push(panic_message(error));
        }
        let response = client
            .get_release_integration_pack_status("r")
            .send()
            .await
            .unwrap();
        shown.push(format!("{response:?}{response:#?}"));
        let last = client.status("r").await.unwrap();
        shown.push(format!("{last}{last:?}{last:#?}"));
        let failed = client.wait("r", WaitPolicy::default(), |_| {}).await;
        let failed = failed.expect_err("the release failed");
        shown.push(format!("{failed}{failed:?}{failed:#?}"));
        let accepted = client.release(&Release::now("pack")).await.unwrap();
        shown.push(format!("{accepted:?}{accepted:#?}"));
        for _ in 0..4 {
            shown.push(texts(&create(&client).await.unwrap_err()));
        }
        shown.extend(elsewhere(&builder).await);

        let shown = shown.join("\n");
        let requests = server.requests();
        let headers = requests.iter().flat_map(|request| &request.headers);
        let sent: Vec<_> = headers.map(|(_, value)| value.as_str()).collect();
        let sent = sent.join("\n");
        assert!(
            secrets.iter().any(|secret| sent.contains(secret)),
            "the secrets were sent: {sent}"
        );
        let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        let beginning = BEGINNING.to_owned();
        for secret in secrets.iter().chain([&beginning]) {
            for text in [&shown, &logged] {
                let lines = text.lines().filter(|line| line.contains(secret.as_str()));
                let lines: Vec<_> = lines.collect();
                assert!(lines.is_empty(), "{secret} is in {}", lines.join("\n"));
            }
        }
        assert!(shown.contains("[redacted]"));
    }

    // The log would show secrets if there were any: it holds the events of this crate and of the HTTP libraries.
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    for expected in [
        "releasepack_client::runtime::retry::repeating: calling operation=\"GetReleaseIntegrationPackStatus\" attempt=0",
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

#[tokio::test]
async fn a_header_for_credentials_is_not_shown_with_its_request() {
    static CALL: Operation = Operation::new("Call", Method::GET, "/");
    let http = Http::new(reqwest::Client::builder().no_proxy().build().unwrap());
    let server = Server::new([Step::Respond(done())]);
    let service = Service::new(&server.url().parse().unwrap(), http);
    let names = [
        "Authorization",
        "X-Api-Key",
        "Cookie",
        "X-Auth-Token",
        "X-Boomi-OTP",
    ];
    let mut request = service.request(&CALL);
    for name in names {
        request = request.header(name, CANARY);
    }
    let shown = format!("{request:?}{request:#?}");
    assert!(!shown.contains(BEGINNING), "{shown}");
    request.send::<Empty, Empty>().await.unwrap();
    let sent = server.only_request();
    for name in names {
        assert_eq!(sent.header(&name.to_ascii_lowercase()), [CANARY]);
    }
}
