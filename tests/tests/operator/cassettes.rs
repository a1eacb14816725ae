//! Cassettes: recorded with the sandbox, and replayed without it.

use std::fs;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::civil::date;
use releasepack_client::release::{Outcome, Release, WaitPolicy};
use releasepack_client::runtime::{TransportError, TransportErrorKind};
use releasepack_client::sandbox::{Fault, Sandbox, SandboxPack, Target};
use releasepack_client::{BuildError, Cassette, Client, Credentials, ErrorKind, RetryPolicy};
use reqwest::StatusCode;
use tempfile::TempDir;

use crate::support::{SECRET, Script, failure, reply, reply_with, settings};

fn release() -> Release {
    Release::now("f0f7face").component("b420a8ab", "2.0")
}

/// Reads a pack, releases it and waits, and gives what happened as text.
async fn work(client: &Client) -> Vec<String> {
    let mut story = Vec::new();
    let pack = client.pack("f0f7face").await.unwrap();
    story.push(format!("{pack:?}"));
    let accepted = client.release(&release()).await.unwrap();
    story.push(format!(
        "{} after {}",
        accepted.request_id(),
        accepted.attempts()
    ));
    let policy = WaitPolicy::default();
    let outcome = client.wait(accepted.request_id(), policy, |progress| {
        story.push(progress.to_string());
    });
    assert!(matches!(outcome.await, Ok(Outcome::Released(_))));
    let error = client.reschedule(&release()).await.unwrap_err();
    story.push(error.to_string());
    story
}

#[tokio::test(start_paused = true)]
async fn a_recorded_conversation_is_replayed_without_a_server() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("release.jsonl");
    let pack = SandboxPack::new("f0f7face").released("b420a8ab", "1.0");
    let sandbox = Sandbox::builder()
        .pack(pack)
        .polls(2)
        .today(date(2026, 11, 24));
    let sandbox = sandbox.start().await.unwrap();
    sandbox.inject(Target::Create, Fault::busy());
    sandbox.inject(Target::Status, Fault::status(StatusCode::BAD_GATEWAY));
    sandbox.inject(Target::Status, Fault::truncate(10).after(1));
    let client = sandbox.client_builder().record(&file).build().unwrap();
    let story = work(&client).await;
    drop(sandbox);

    let any = Client::builder("any", Credentials::bearer("any-token"));
    let cassette = Cassette::open(&file).unwrap();
    assert!(cassette.remaining() > 6, "{}", cassette.remaining());
    let replayed = any.clone().build_over(cassette.clone()).unwrap();
    assert_eq!(work(&replayed).await, story);
    assert_eq!(cassette.remaining(), 0);
    assert_eq!(work(&any.replay(&file).build().unwrap()).await, story);
}

#[tokio::test]
async fn a_call_that_was_not_recorded_is_an_error_that_names_the_expected_one() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("release.jsonl");
    let script = Script::new([reply(200, r#"{"requestId":"r-1"}"#)]);
    let client = settings().record(&file).build_over(script).unwrap();
    client.release(&release()).await.unwrap();

    let cassette = Cassette::open(&file).unwrap();
    let client = settings().build_over(cassette.clone()).unwrap();
    let error = client.status("r-1").await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
    let text = error.to_string();
    for part in [
        "call 1 is GET /ReleaseIntegrationPackStatus/r-1",
        "has POST /ReleaseIntegrationPack there",
        "release.jsonl",
    ] {
        assert!(text.contains(part), "{text}");
    }
    let other = release().component("another", "1.0");
    let error = client.release(&other).await.unwrap_err();
    assert!(
        error.to_string().contains("has another body there"),
        "{error}"
    );
    assert!(!error.may_have_been_made());
    // The place in the cassette is still the same.
    client.release(&release()).await.unwrap();
    let error = client.release(&release()).await.unwrap_err();
    assert!(error.to_string().contains("has no more calls"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn no_secret_and_no_account_is_in_a_cassette() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("release.jsonl");
    let plain = SECRET;
    let json = serde_json::Value::from(plain)
        .to_string()
        .replace('=', "\\u003d");
    let encoded = STANDARD.encode(format!("BOOMI_TOKEN.me:{plain}"));
    let percent: Vec<_> = plain.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let percent = percent.concat();
    let body = format!(
        r#"{{"requestId":"r-1","name":{json},"id":"{encoded}","releaseStatusUrl":"https://x/{percent}/mycompany-A1B2C3/and/Customer%201"}}"#
    );
    let mut with_headers = reply(200, &body).unwrap();
    for (name, value) in [
        ("set-cookie", "session=4711-cookie"),
        ("x-auth-token", "4711-token"),
        ("x-echo", encoded.as_str()),
    ] {
        with_headers.headers.insert(name, value.parse().unwrap());
    }
    let part = reply_with(200, &[], &body).unwrap();
    let lost = TransportError::new(TransportErrorKind::Lost, plain).with_received(part);
    let html = format!(
        "<p>{}</p>",
        plain.replace('&', "&amp;").replace('<', "&lt;")
    );
    let script = Script::new([
        Ok(with_headers),
        Err(lost),
        reply_with(403, &[("content-type", "text/html")], &html),
        failure(TransportErrorKind::Lost, &encoded),
    ]);
    let client = settings()
        .retry(RetryPolicy::never())
        .override_account("Customer 1")
        .record(&file)
        .build_over(script)
        .unwrap();
    client.release(&release()).await.unwrap();
    let named = release().name(format!("my {plain} pack"));
    drop(client.release(&named).await);
    drop(client.status(plain).await);
    drop(client.status("r-1").await);

    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text.lines().count(), 5, "{text}");
    assert!(text.contains("r-1") && text.contains("f0f7face"), "{text}");
    for secret in [
        "c4nary",
        "%63%34",
        "YzRuYXJ5",
        &encoded[..encoded.len() - 4],
        "4711",
        "uthorization",
        "mycompany",
        "Customer",
        "cookie",
    ] {
        assert!(!text.contains(secret), "{secret} is in {text}");
    }
    Cassette::open(&file).unwrap();
}

#[tokio::test(start_paused = true)]
async fn every_failure_of_a_transport_is_replayed_as_it_was() {
    use TransportErrorKind as Kind;
    let kinds = [
        Kind::Request,
        Kind::Connect,
        Kind::Tls,
        Kind::NameNotFound,
        Kind::ProxyAuthentication,
        Kind::Timeout,
        Kind::Lost,
        Kind::TooLarge,
        Kind::Redirected,
        Kind::Credentials,
        Kind::NotBegun,
    ];
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("failures.jsonl");
    let once = || settings().retry(RetryPolicy::never());
    let script = Script::new(kinds.map(|kind| failure(kind, "the cable is cut")));
    let recording = once().record(&file).build_over(script).unwrap();
    let replaying = || once().replay(&file).build().unwrap();
    let mut recorded = Vec::new();
    for _ in kinds {
        let error = recording.release(&release()).await.unwrap_err();
        recorded.push((error.to_string(), error.exit_code()));
    }
    let replaying = replaying();
    for expected in recorded {
        let error = replaying.release(&release()).await.unwrap_err();
        assert_eq!((error.to_string(), error.exit_code()), expected);
    }
}

#[test]
fn a_file_that_is_not_a_cassette_is_refused() {
    let folder = TempDir::new().unwrap();
    let head = r#"{"format":"releasepack-cassette","version":1}"#;
    let line = r#"{"request":{"method":"GET","path":"/x"},"response":{"status":200,"headers":[]}}"#;
    for (text, expected) in [
        (String::new(), "its first line"),
        (head.replace('1', "2"), "its first line"),
        (format!("{head}\n{line}\n{{"), "line 3 is not an exchange"),
        (
            format!("{head}\n{{\"request\":{{}}}}\n"),
            "line 2 is not an exchange",
        ),
        (
            format!("{head}\n{}", line.replace("200", "7")),
            "line 2 is not an exchange",
        ),
    ] {
        let file = folder.path().join("x.jsonl");
        fs::write(&file, &text).unwrap();
        let error = Cassette::open(&file).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        let Err(BuildError::Cassette(_)) = settings().replay(&file).build() else {
            panic!("{text} is no cassette")
        };
    }
    assert!(Cassette::open(folder.path().join("missing")).is_err());
    let nowhere = settings().record(folder.path().join("no/folder/x.jsonl"));
    assert!(matches!(nowhere.build(), Err(BuildError::Cassette(_))));
}
