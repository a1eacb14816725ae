//! The client without async.

use releasepack_client::ErrorKind;
use releasepack_client::release::WaitPolicy;

use crate::server::{Server, done, released, response};
use crate::settings;

#[test]
fn the_same_calls_work_without_async() {
    let server = Server::responding([
        response(503, "", ""),
        done(),
        released(),
        response(403, "", ""),
    ]);
    let client = settings(&server).build_blocking().unwrap();
    let status = client
        .run(client.get_release_integration_pack_status("r-1").send())
        .unwrap();
    assert_eq!(status.response_status_code, 200);
    let pack = client
        .run(client.create_release_integration_pack().send())
        .unwrap();
    assert_eq!(pack.request_id.as_deref(), Some("r-1"));
    let error = client
        .run(client.create_release_integration_pack().send())
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Forbidden);
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn clones_work_from_several_threads() {
    let server = Server::responding(vec![done(); 8]);
    let client = settings(&server).build_blocking().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            let client = client.clone();
            scope.spawn(move || {
                client
                    .run(client.get_release_integration_pack_status("r").send())
                    .unwrap()
            });
        }
    });
    assert_eq!(server.requests().len(), 8);
}

#[tokio::test]
async fn a_blocking_client_can_be_dropped_in_asynchronous_code() {
    let server = Server::responding([]);
    drop(settings(&server).build_blocking().unwrap());
}

/// A call that takes some turns of the network.
fn ask(client: &releasepack_client::blocking::Client) -> i32 {
    let status = client.run(client.get_release_integration_pack_status("r").send());
    status.unwrap().response_status_code
}

#[tokio::test]
async fn a_blocking_client_works_inside_asynchronous_code() {
    // More calls than a task of tokio may make before it has to yield.
    let server = Server::responding(vec![done(); 150]);
    let client = settings(&server).build_blocking().unwrap();
    for _ in 0..150 {
        assert_eq!(ask(&client), 200);
    }
    drop(client);
    assert_eq!(server.requests().len(), 150);
}

#[tokio::test]
async fn a_blocking_client_works_and_can_be_dropped_in_a_callback_of_another_client() {
    let server = Server::responding([done(), done()]);
    let mut inner = Some(settings(&server).build_blocking().unwrap());
    let outer = settings(&server).build().unwrap();
    let mut seen = Vec::new();
    let outcome = outer.wait("r", WaitPolicy::default(), |_| {
        let client = inner.take().expect("the release is done at once");
        seen.push(ask(&client));
    });
    outcome.await.unwrap();
    assert_eq!(seen, [200]);
}

#[test]
fn a_blocking_client_works_in_a_callback_of_a_blocking_client() {
    let server = Server::responding([done(), done(), done()]);
    let client = settings(&server).build_blocking().unwrap();
    let mut other = Some(settings(&server).build_blocking().unwrap());
    let mut seen = Vec::new();
    let outcome = client.wait("r", WaitPolicy::default(), |_| {
        seen.push(ask(&client));
        seen.extend(other.take().map(|it| ask(&it)));
    });
    outcome.unwrap();
    assert_eq!(seen, [200, 200]);
}
