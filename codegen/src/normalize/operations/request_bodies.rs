//! Keeps one media type of each request body: the first it has of JSON, form, multipart, text, bytes, XML.
//!
//! `required` becomes explicit. A body without media types is removed, and so is the body of a HEAD or TRACE request.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::operations::media_types::{Direction, settle};
use crate::openapi::grammar::Kind;
use crate::openapi::walk::{each_operation, each_with_schemas};
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "request-bodies",
    "keeps one media type of each request body",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    each_with_schemas(document, Kind::RequestBody, |schemas, place, node| {
        body(schemas, log, place, node);
    });
    let empty = empty_components(document);
    each_operation(document, |place, node| operation(log, place, node, &empty));
}

/// The references to request bodies of `components` that have no media type.
fn empty_components(document: &Value) -> HashSet<String> {
    let bodies = document.pointer("/components/requestBodies");
    let bodies = bodies.and_then(Value::as_object).into_iter().flatten();
    let empty = bodies.filter(|(_, body)| body.get("$ref").is_none() && is_empty(body));
    empty
        .map(|(name, _)| {
            let place = Pointer::from_tokens(["components", "requestBodies", name]);
            format!("#{place}")
        })
        .collect()
}

fn is_empty(body: &Value) -> bool {
    let content = body.get("content").and_then(Value::as_object);
    content.is_none_or(Map::is_empty)
}

pub(crate) fn body(
    schemas: &Map<String, Value>,
    log: &mut Log,
    place: &Pointer,
    body: &mut Map<String, Value>,
) {
    if let Some(content) = body.get_mut("content").and_then(Value::as_object_mut) {
        let place = place.join("content");
        settle(schemas, log, &place, content, Direction::Request);
    }
    let is_required = body.get("required").and_then(Value::as_bool);
    body.insert("required".to_owned(), is_required.unwrap_or(false).into());
}

fn operation(
    log: &mut Log,
    place: &Pointer,
    operation: &mut Map<String, Value>,
    empty: &HashSet<String>,
) {
    let Some(body) = operation.get("requestBody") else {
        return;
    };
    let method = place.last().unwrap_or_default();
    let is_empty = match body.get("$ref") {
        Some(reference) => reference.as_str().is_some_and(|it| empty.contains(it)),
        None => is_empty(body),
    };
    let what = if method == "trace" || method == "head" {
        let method = method.to_uppercase();
        format!("removed: a {method} request has no body")
    } else if is_empty {
        "removed: it has no media type".to_owned()
    } else {
        return;
    };
    log.change(&place.join("requestBody"), what);
    operation.shift_remove("requestBody");
}
