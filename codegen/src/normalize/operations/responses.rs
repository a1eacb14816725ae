//! Keeps one media type of each response: the first it has of JSON, text, bytes, XML.
//!
//! An operation without responses gets a `default` response without content.

use serde_json::{Map, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::operations::media_types::{Direction, settle};
use crate::openapi::grammar::Kind;
use crate::openapi::walk::{each_operation, each_with_schemas};
use crate::pointer::Pointer;

pub(crate) const PASS: Pass =
    Pass::new("responses", "keeps one media type of each response", apply);

fn apply(document: &mut Value, log: &mut Log) {
    each_with_schemas(document, Kind::Response, |schemas, place, node| {
        response(schemas, log, place, node);
    });
    each_operation(document, |place, node| operation(log, place, node));
}

pub(crate) fn response(
    schemas: &Map<String, Value>,
    log: &mut Log,
    place: &Pointer,
    response: &mut Map<String, Value>,
) {
    let content = response.get_mut("content").and_then(Value::as_object_mut);
    let is_empty = content.is_none_or(|content| {
        let place = place.join("content");
        settle(schemas, log, &place, content, Direction::Response);
        content.is_empty()
    });
    if is_empty {
        response.shift_remove("content");
    }
}

fn operation(log: &mut Log, place: &Pointer, operation: &mut Map<String, Value>) {
    let responses = operation.entry("responses").or_insert_with(|| json!({}));
    let Some(responses) = responses.as_object_mut() else {
        return;
    };
    if responses.is_empty() {
        log.change(
            place,
            "`responses` is missing: every status code is accepted",
        );
        let response = json!({"description": "Any response."});
        responses.insert("default".to_owned(), response);
    }
}
