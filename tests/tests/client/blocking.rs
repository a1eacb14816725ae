//! The client without async.

use releasepack_client::ErrorKind;

use crate::server::{Server, answer, done, released};
use crate::settings;

#[test]
fn the_same_calls_go_without_async() {
    let server = Server::answering([answer(503, "", ""), done(), released(), answer(403, "", "")]);
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
    assert_eq!(server.seen().len(), 4);
}

#[test]
fn clones_work_from_several_threads() {
    let server = Server::answering(vec![done(); 8]);
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
    assert_eq!(server.seen().len(), 8);
}

#[tokio::test]
async fn it_can_be_dropped_in_asynchronous_code() {
    let server = Server::answering([]);
    drop(settings(&server).build_blocking().unwrap());
}
