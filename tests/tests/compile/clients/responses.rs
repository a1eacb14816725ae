//! Responses: the status code selects the type of a response.

use clients::generate_responses::generated::operations::{
    AddTaskError, AddTaskResponse, PutTaskResponse,
};
use clients::generate_responses::generated::{Client, types};
use clients::runtime::ErrorKind;

use crate::recorder::{now, responding};

fn client(status: u16, body: &'static str) -> Client {
    Client::from_service(responding(status, body))
}

const TASK: &str = r#"{"id":7}"#;
const FAULT: &str = r#"{"message":"no"}"#;

// What is only received has no constructor.
fn task() -> types::Task {
    serde_json::from_str(TASK).expect("it is a task")
}

fn fault() -> types::Fault {
    serde_json::from_str(FAULT).expect("it is a fault")
}

#[test]
fn the_status_code_selects_the_success() {
    let added = |status, body| {
        now(client(status, body).add_task().send())
            .unwrap()
            .into_body()
    };
    assert_eq!(added(200, TASK), AddTaskResponse::Ok(task()));
    assert_eq!(
        added(202, "soon"),
        AddTaskResponse::Accepted("soon".to_owned())
    );
    assert_eq!(added(204, ""), AddTaskResponse::NoContent);
}

#[test]
fn the_response_is_selected_by_status_then_range_then_default() {
    let refused = |status, body| {
        let error = now(client(status, body).add_task().send()).unwrap_err();
        assert_eq!(error.status().unwrap().as_u16(), status);
        error.body().cloned().expect("the body is read")
    };
    assert_eq!(
        refused(409, TASK),
        AddTaskError::Conflict(task())
    );
    assert_eq!(
        refused(400, FAULT),
        AddTaskError::ClientError(fault())
    );
    assert_eq!(
        refused(499, FAULT),
        AddTaskError::ClientError(fault())
    );
    assert_eq!(refused(500, "oh"), AddTaskError::Other("oh".to_owned()));
    assert_eq!(refused(302, "oh"), AddTaskError::Other("oh".to_owned()));
}

#[test]
fn a_range_of_successes_is_one_type() {
    for status in [200, 201, 299] {
        let read = now(client(status, TASK).get_task(7).send()).unwrap();
        assert_eq!(read.status().as_u16(), status);
        // A 204 is a success of the range too, so that the body may be missing.
        assert_eq!(read.into_body(), Some(task()));
    }
    let put = |status, body| {
        now(client(status, body).put_task(7).send())
            .unwrap()
            .into_body()
    };
    assert_eq!(put(201, ""), PutTaskResponse::Created);
    assert_eq!(
        put(200, TASK),
        PutTaskResponse::Success(Some(task()))
    );
}

#[test]
fn a_default_response_covers_errors_and_undeclared_successes() {
    let error = now(client(503, FAULT).get_task(7).send()).unwrap_err();
    assert_eq!(error.body(), Some(&fault()));
    let patched = now(client(200, TASK).patch_task(7).send()).unwrap();
    assert_eq!(patched.into_body(), Some(task()));
    let error = now(client(400, TASK).patch_task(7).send()).unwrap_err();
    assert_eq!(error.body(), Some(&task()));
}

#[test]
fn a_response_without_content_has_no_value() {
    now(client(204, "").delete_task(7).send()).unwrap();
    // Some servers send a body anyway.
    now(client(200, "done").delete_task(7).send()).unwrap();
    let error = now(client(404, "<html>").delete_task(7).send()).unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
}

#[test]
fn bytes_are_given_as_they_come() {
    let file = now(client(200, "\u{0}\u{1}").get_file(7).send()).unwrap();
    assert_eq!(file.body(), &[0, 1].as_slice());
}

#[test]
fn a_success_that_is_not_declared_or_not_readable_is_an_error() {
    let error = now(client(207, TASK).add_task().send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let error = now(client(200, "<html>").get_task(7).send()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
}
