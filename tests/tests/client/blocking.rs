//! The client without async.

use releasepack_client::ErrorKind;

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
