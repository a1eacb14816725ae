//! The client against the mock that [Prism](https://stoplight.io/open-source/prism) makes of the published document: a server that
//! we did not write, from a document that we did not correct.
//!
//! It needs Node, and Prism in npm's cache: `RELEASEPACK_PRISM` installs it. Without them it is skipped; see CONTRIBUTING.md.

mod mock;

use std::collections::BTreeSet;
use std::fs;

use jiff::civil::date;
use releasepack_client::release::{Outcome, Release, ReleaseError, WaitPolicy};
use releasepack_client::{Client, Credentials, ErrorKind, RetryPolicy};

use mock::{Mock, Published, document};

/// The texts of the published errors.
const ERRORS: [(u16, ErrorKind, &str); 3] = [
    (
        403,
        ErrorKind::Forbidden,
        "Access denied due to insufficient permissions.",
    ),
    (
        410,
        ErrorKind::Gone,
        "Endpoint is invalid or no longer exists.",
    ),
    (
        503,
        ErrorKind::Busy,
        "The Boomi server is currently unavailable or your account's rate limits have been exceeded. Retry later.",
    ),
];

fn client(mock: &Published) -> Client {
    Client::builder("mycompany-A1B2C3", Credentials::password("me", "a1b2c3d4"))
        .base_url("http://127.0.0.1")
        .retry(RetryPolicy::never())
        .build_over(mock.clone())
        .unwrap()
}

#[tokio::test]
async fn every_call_of_the_client_works_with_a_mock_of_the_published_document() {
    let mock = match Mock::start() {
        Ok(mock) => mock,
        Err(why) => {
            println!("skipped: {why}");
            return;
        }
    };
    let published = mock.transport();
    let client = client(&published);
    single_operations(&client).await;
    whole_releases(&client).await;
    for (status, kind, text) in ERRORS {
        published.prefer(Some(status));
        errors(&client, kind, text).await;
    }
    let document = fs::read_to_string(document()).unwrap();
    let lines = document.lines().map(str::trim);
    let ids = lines.filter_map(|line| line.strip_prefix("operationId: "));
    let ids: BTreeSet<_> = ids.map(str::to_owned).collect();
    assert_eq!(published.operations(), ids, "an operation was not called");
}

async fn single_operations(client: &Client) {
    let made = client.create_release_integration_pack().send().await;
    assert!(made.unwrap().request_id.is_some());
    let moved = client.update_release_integration_pack("pack").send().await;
    assert!(moved.unwrap().request_id.is_some());
    let status = client.get_release_integration_pack_status("release-1");
    assert!(status.send().await.unwrap().release_status.is_some());
    let pack = client.get_publisher_integration_pack("pack").send().await;
    assert!(pack.unwrap().publisher_packaged_components.is_some());
}

async fn whole_releases(client: &Client) {
    let now = Release::now("pack").component("b420a8ab", "2.0");
    let later = Release::on("pack", date(2099, 12, 1)).component("b420a8ab", "2.0");
    let before = client.pack("pack").await.unwrap();
    assert!(!before.components.is_empty());
    client.plan(&now).await.unwrap();
    for release in [&now, &later] {
        let accepted = client.release(release).await.unwrap();
        assert!(accepted.is_whole(), "{accepted:?}");
    }
    let accepted = client.reschedule(&later).await.unwrap();
    client.status(accepted.request_id()).await.unwrap();
    let outcome = client.wait(accepted.request_id(), WaitPolicy::default(), |_| {});
    assert!(matches!(outcome.await.unwrap(), Outcome::Released(_)));
    // A mock does not remember anything, so only that the question works is looked at.
    client.reconcile(&now, &before).await.unwrap();
    client.reconcile(&later, &before).await.unwrap();
}

async fn errors(client: &Client, kind: ErrorKind, text: &str) {
    let status = client.status("release-1").await.unwrap_err();
    let pack = client.pack("pack").await.unwrap_err();
    let later = Release::on("pack", date(2099, 12, 1));
    let orders = [
        client.release(&Release::now("pack")).await.unwrap_err(),
        client.reschedule(&later).await.unwrap_err(),
    ];
    let orders = orders.map(|error| match error {
        ReleaseError::Refused(call) => call,
        other => panic!("{other:?}"),
    });
    for error in orders.into_iter().chain([status, pack]) {
        assert_eq!(
            (error.kind(), error.message()),
            (kind, Some(text)),
            "{error}"
        );
    }
}
