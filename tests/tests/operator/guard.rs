//! Two releases of one pack at the same time.

use std::pin::pin;
use std::task::{Context, Waker};

use jiff::civil::date;
use releasepack_client::exit_code::ExitCode;
use releasepack_client::release::{Release, ReleaseError};
use releasepack_client::sandbox::Sandbox;

#[tokio::test]
async fn two_releases_of_a_pack_at_the_same_time_are_an_error() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let (release, other) = (Release::now("f0f7face"), Release::now("0ther"));
    let mut first = Box::pin(client.release(&release));
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());

    // Also with a clone, and with the other operation.
    let clone = client.clone();
    let later = Release::on("f0f7face", date(2100, 1, 1));
    for refused in [
        clone.release(&release).await,
        clone.reschedule(&later).await,
    ] {
        let error = refused.unwrap_err();
        let ReleaseError::AlreadyRunning { pack_id, .. } = &error else {
            panic!("{error}")
        };
        assert_eq!(pack_id, "f0f7face");
        assert!(!error.may_have_been_made());
        assert_eq!(
            (error.attempts(), error.exit_code()),
            (0, ExitCode::TryAgain)
        );
    }
    clone.release(&other).await.unwrap();
    first.await.unwrap();
    clone.release(&release).await.unwrap();
    assert_eq!(sandbox.requests().len(), 3);
}

#[tokio::test]
async fn a_release_that_is_dropped_or_fails_lets_the_next_one_begin() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client().unwrap();
    let release = Release::now("f0f7face");
    {
        let mut first = pin!(client.release(&release));
        let mut context = Context::from_waker(Waker::noop());
        assert!(first.as_mut().poll(&mut context).is_pending());
    }
    client
        .reschedule(&Release::now("f0f7face"))
        .await
        .expect_err("nothing is scheduled");
    client.release(&release).await.unwrap();
}

#[tokio::test]
async fn two_releases_of_a_pack_at_the_same_time_can_be_allowed() {
    let sandbox = Sandbox::start().await.unwrap();
    let client = sandbox.client_builder().allow_concurrent_releases();
    let client = client.build().unwrap();
    let release = Release::now("f0f7face");
    let (one, two) = tokio::join!(client.release(&release), client.release(&release));
    one.unwrap();
    two.unwrap();
}

#[tokio::test]
async fn clients_that_are_built_one_by_one_do_not_know_each_other() {
    let sandbox = Sandbox::start().await.unwrap();
    let builder = sandbox.client_builder();
    let (one, two) = (builder.clone().build().unwrap(), builder.build().unwrap());
    let release = Release::now("f0f7face");
    let (one, two) = tokio::join!(one.release(&release), two.release(&release));
    one.unwrap();
    two.unwrap();
}
