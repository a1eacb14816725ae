//! What a release starts from, what it would change, and whether it was made.

use jiff::civil::date;
use releasepack_client::release::{
    CannotTell, InvalidRelease, Pack, Reconciled, Release, ReleaseError, State,
};
use releasepack_client::sandbox::{Fault, Sandbox, SandboxPack, Target};
use releasepack_client::{Client, RetryPolicy};

async fn sandbox() -> Sandbox {
    Sandbox::builder()
        .rate_limit(None)
        .today(date(2026, 11, 24))
        .polls(0)
        .pack(
            SandboxPack::new("orders")
                .name("Orders")
                .released("a", "1.0")
                .released("b", "1.0")
                .latest("c", "3.0"),
        )
        .start()
        .await
        .unwrap()
}

async fn versions(client: &Client) -> Vec<(String, Option<String>, Option<String>)> {
    let pack = client.pack("orders").await.unwrap();
    let components = pack.components.into_iter();
    components
        .map(|it| (it.id, it.current_version, it.pending_version))
        .collect()
}

#[tokio::test]
async fn the_versions_of_a_pack_move_as_releases_happen() {
    let sandbox = sandbox().await;
    let client = sandbox.client().unwrap();
    let row = |id: &str, current: Option<String>, pending: Option<String>| {
        (id.to_owned(), current, pending)
    };
    let before = [
        row("a", Some("1.0".to_owned()), None),
        row("b", Some("1.0".to_owned()), None),
        row("c", None, None),
    ];
    assert_eq!(versions(&client).await, before);
    let release = Release::now("orders").component("a", "2.0");
    let accepted = client.release(&release).await.unwrap();
    assert_eq!(
        versions(&client).await[0],
        row("a", Some("1.0".to_owned()), Some("2.0".to_owned()))
    );
    let status = client.status(accepted.request_id()).await.unwrap();
    assert!(matches!(status.state(), State::Released));
    assert_eq!(
        versions(&client).await[0],
        row("a", Some("2.0".to_owned()), None)
    );
}

#[tokio::test]
async fn a_plan_shows_what_changes_what_stays_and_what_is_left_out() {
    let sandbox = sandbox().await;
    let client = sandbox.client().unwrap();
    let release = Release::now("orders")
        .component("a", "1.00")
        .component("c", "3.0");
    let plan = client.plan(&release).await.unwrap();
    insta::assert_snapshot!(plan, @"
    pack orders
    a: 1.0, unchanged
    c: not released → 3.0
    b: left out, although 1.0 is released
    ");
    assert!(plan.is_changed() && !plan.is_complete());
    assert_eq!(plan.body, release.body_text().unwrap());
    // Nothing was sent but the question.
    assert!(sandbox.releases().is_empty());
}

#[tokio::test]
async fn a_release_that_must_be_complete_is_not_sent_if_it_leaves_something_out() {
    let sandbox = sandbox().await;
    let client = sandbox.client().unwrap();
    let release = Release::now("orders")
        .component("a", "2.0")
        .require_complete();
    let error = client.release(&release).await.unwrap_err();
    assert!(
        matches!(&error, ReleaseError::Invalid(InvalidRelease::LeftOut { components, .. }) if components == &["b"])
    );
    assert!(sandbox.releases().is_empty());
    client
        .release(&release.component("b", "1.0"))
        .await
        .unwrap();
    assert_eq!(sandbox.releases().len(), 1);
}

/// A client whose release was made or not, but that does not know it.
async fn lost(sandbox: &Sandbox, release: &Release, is_made: bool) -> (Client, Pack) {
    let client = sandbox
        .client_builder()
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    let before = client.pack("orders").await.unwrap();
    let fault = Fault::reset_after_request();
    sandbox.inject(
        Target::Create,
        if is_made { fault.applied() } else { fault },
    );
    let error = client.release(release).await.unwrap_err();
    assert!(
        matches!(error, ReleaseError::OutcomeUnknown { .. }),
        "{error}"
    );
    (client, before)
}

#[tokio::test]
async fn the_versions_tell_that_an_immediate_release_was_made() {
    let sandbox = sandbox().await;
    let release = Release::now("orders")
        .component("a", "2.0")
        .component("b", "1.0");
    let (client, before) = lost(&sandbox, &release, true).await;
    // It still runs.
    let told = client.reconcile(&release, &before).await.unwrap();
    assert!(
        matches!(told, Reconciled::CannotTell(CannotTell::Unchanged)),
        "{told:?}"
    );
    let id = sandbox.releases()[0].request_id.clone();
    client.status(&id).await.unwrap();
    let told = client.reconcile(&release, &before).await.unwrap();
    assert!(
        matches!(told, Reconciled::Made { accepted: None, .. }),
        "{told:?}"
    );
}

#[tokio::test]
async fn versions_that_were_there_before_tell_nothing() {
    let sandbox = sandbox().await;
    let release = Release::now("orders").component("a", "1.0");
    let (client, before) = lost(&sandbox, &release, true).await;
    let told = client.reconcile(&release, &before).await.unwrap();
    assert!(
        matches!(told, Reconciled::CannotTell(CannotTell::NothingNew)),
        "{told:?}"
    );
    let empty = Release::now("orders");
    let told = client.reconcile(&empty, &before).await.unwrap();
    assert!(
        matches!(told, Reconciled::CannotTell(CannotTell::NoComponents)),
        "{told:?}"
    );
}

#[tokio::test]
async fn a_scheduled_release_is_asked_for_again() {
    let release = Release::on("orders", date(2026, 12, 1)).component("a", "2.0");
    for is_made in [true, false] {
        let sandbox = sandbox().await;
        let (client, before) = lost(&sandbox, &release, is_made).await;
        let told = client.reconcile(&release, &before).await.unwrap();
        match told {
            Reconciled::Made { accepted, .. } => {
                assert!(is_made);
                let id = accepted.unwrap().request_id().to_owned();
                assert_eq!(id, sandbox.releases()[0].request_id);
            }
            Reconciled::NotMade => assert!(!is_made),
            other => panic!("{other:?}"),
        }
        // Never twice.
        assert_eq!(sandbox.releases().len(), usize::from(is_made));
    }
}
