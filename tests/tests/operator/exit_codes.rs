//! The exit codes of every error and every result.

use std::time::Duration;

use releasepack_client::exit_code::ExitCode::{self, Done, Failed, Invalid, Look, TryAgain};
use releasepack_client::release::{
    Outcome, Reconciled, Release, ReleaseError, WaitError, WaitPolicy,
};
use releasepack_client::runtime::TransportErrorKind as Kind;
use releasepack_client::sandbox::{Sandbox, SandboxPack};
use releasepack_client::{BuildError, Client, Credentials};

use crate::support::{BUSY, Script, failure, reply, settings};

#[test]
fn the_numbers_of_the_exit_codes_are_stable() {
    let codes = [Done, Failed, Invalid, Look, TryAgain].map(u8::from);
    assert_eq!(codes, [0, 1, 2, 3, 75]);
}

async fn of_release(client: &Client) -> ReleaseError {
    client.release(&Release::now("f0f7face")).await.unwrap_err()
}

#[tokio::test(start_paused = true)]
async fn every_release_error_has_its_exit_code() {
    let invalid = Script::client([]).release(&Release::now("")).await;
    assert_eq!(invalid.unwrap_err().exit_code(), Invalid);
    let busy = || std::iter::repeat_with(|| reply(503, BUSY)).take(6);
    let cases: [(Client, ExitCode); 8] = [
        (Script::client([reply(403, BUSY)]), Failed),
        (Script::client([failure(Kind::Tls, "no")]), Failed),
        (Script::client(busy()), TryAgain),
        (Script::client([reply(503, "<html>")]), Look),
        (Script::client([reply(500, BUSY)]), Look),
        (Script::client([failure(Kind::Lost, "no")]), Look),
        (Script::client([reply(200, "{}")]), Look),
        (Script::client([reply(200, "<html>")]), Look),
    ];
    for (client, code) in cases {
        let error = of_release(&client).await;
        assert_eq!(error.exit_code(), code, "{error}");
        assert_eq!(error.may_have_been_made(), code == Look, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_pack_that_cannot_be_read_says_nothing_about_a_release() {
    let client = Script::client([reply(500, BUSY), reply(404, BUSY)]);
    let complete = Release::now("f0f7face").require_complete();
    for code in [Failed, Failed] {
        let error = client.release(&complete).await.unwrap_err();
        assert!(matches!(error, ReleaseError::PackUnread { .. }), "{error}");
        assert!(!error.may_have_been_made());
        assert_eq!(error.exit_code(), code);
    }
}

#[tokio::test(start_paused = true)]
async fn every_wait_error_has_its_exit_code() {
    let policy = || WaitPolicy::default().deadline(Duration::from_secs(30));
    for (client, id, code) in [
        (
            Script::client([reply(200, r#"{"releaseStatus":"ERROR"}"#)]),
            "r-1",
            Failed,
        ),
        (Script::client([]), " ", Invalid),
        (Script::client([reply(401, BUSY)]), "r-1", Look),
        (Script::client([reply(404, BUSY)]), "r-1", Look),
        (
            Script::client([failure(Kind::NameNotFound, "no")]),
            "r-1",
            Look,
        ),
    ] {
        let error = client.wait(id, policy(), |_| {}).await.unwrap_err();
        assert_eq!(error.exit_code(), code, "{error}");
    }
    let sandbox = Sandbox::builder()
        .polls(u32::MAX - 1)
        .start()
        .await
        .unwrap();
    let client = sandbox.client().unwrap();
    let accepted = client.release(&Release::now("f0f7face")).await.unwrap();
    let error = client.wait(accepted.request_id(), policy(), |_| {}).await;
    let error = error.unwrap_err();
    assert!(matches!(error, WaitError::Deadline { .. }), "{error}");
    assert_eq!(error.exit_code(), TryAgain);
}

#[tokio::test(start_paused = true)]
async fn every_result_has_its_exit_code() {
    let done = reply(200, r#"{"releaseStatus":"SUCCESS"}"#);
    let outcome = Script::client([done])
        .wait("r-1", WaitPolicy::default(), |_| {})
        .await;
    assert!(matches!(&outcome, Ok(Outcome::Released(_))));
    assert_eq!(outcome.unwrap().exit_code(), Done);

    let pack = SandboxPack::new("f0f7face").released("b420a8ab", "1.0");
    let sandbox = Sandbox::builder().pack(pack).start().await.unwrap();
    let client = sandbox.client().unwrap();
    let before = client.pack("f0f7face").await.unwrap();
    let now = Release::now("f0f7face").component("b420a8ab", "2.0");
    let later = Release::on("f0f7face", sandbox.today()).component("b420a8ab", "2.0");
    let unchanged = client.reconcile(&now, &before).await.unwrap();
    assert_eq!(unchanged.exit_code(), Look);
    let not_made = client.reconcile(&later, &before).await.unwrap();
    assert!(matches!(not_made, Reconciled::NotMade));
    assert_eq!(not_made.exit_code(), Failed);
}

#[test]
fn every_build_error_has_the_exit_code_of_invalid_input() {
    let errors = [
        Client::builder("", Credentials::bearer("a-token")).build(),
        settings().base_url("http://example.com").build(),
        settings().replay("/no/such/file").build(),
    ];
    for error in errors {
        assert_eq!(error.unwrap_err().exit_code(), Invalid);
    }
    assert_eq!(BuildError::UserAgent.exit_code(), Invalid);
}
