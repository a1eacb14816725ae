//! Removes the content of responses that never have a body: those to HEAD, and those with the status codes 1xx, 204, 205
//! and 304 (RFC 9110, section 6.4.1).
//!
//! It runs after the references are resolved: a shared response may have a body in another operation.

use serde_json::{Map, Value};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::walk::each_operation;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "bodiless-responses",
    "removes the content of responses that never have a body",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    each_operation(document, |place, node| operation(log, place, node));
}

fn operation(log: &mut Log, place: &Pointer, operation: &mut Map<String, Value>) {
    let is_head = place.last().as_deref() == Some("head");
    let responses = operation
        .get_mut("responses")
        .and_then(Value::as_object_mut);
    for (status, response) in responses.into_iter().flatten() {
        let has_none = matches!(status.as_str(), "204" | "205" | "304") || status.starts_with('1');
        let Some(members) = response.as_object_mut().filter(|_| is_head || has_none) else {
            continue;
        };
        if members.shift_remove("content").is_some() {
            let what = if is_head {
                "the content was removed: a response to HEAD has no body".to_owned()
            } else {
                format!("the content was removed: a response {status} has no body")
            };
            log.change(&place.join("responses").join(status), what);
        }
    }
}
