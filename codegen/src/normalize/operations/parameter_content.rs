//! Keeps one media type of each parameter with `content`.
//!
//! A JSON value is serialized into the parameter. For any other media type, the value is a string that the caller gives.

use serde_json::{Map, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::operations::media_types::{Direction, settle};
use crate::openapi::grammar::Kind;
use crate::openapi::media_types::MediaKind;
use crate::openapi::walk::each_with_schemas;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "parameter-content",
    "turns parameters with a media type into parameters with a schema",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    each_with_schemas(document, Kind::Parameter, |schemas, place, node| {
        parameter(schemas, log, place, node);
    });
}

fn parameter(
    schemas: &Map<String, Value>,
    log: &mut Log,
    place: &Pointer,
    parameter: &mut Map<String, Value>,
) {
    let Some(mut content) = parameter.shift_remove("content") else {
        return;
    };
    let content_place = place.join("content");
    let mut content = content
        .as_object_mut()
        .map(std::mem::take)
        .unwrap_or_default();
    let direction = Direction::Request;
    settle(schemas, log, &content_place, &mut content, direction);
    let Some((key, mut media_type)) = content.into_iter().next() else {
        log.change(place, "`content` is empty: the value is a string");
        parameter.insert("schema".to_owned(), json!({"type": "string"}));
        return;
    };
    let schema = media_type.get("schema").unwrap_or(&Value::Null);
    if MediaKind::of_body(&key, schema) == Some(MediaKind::Json) {
        log.change(place, "the value is sent as JSON");
        parameter.insert("content".to_owned(), json!({ key: media_type }));
        return;
    }
    log.change(
        place,
        format!("the value is a string with the content of `{key}`"),
    );
    parameter.insert("schema".to_owned(), json!({"type": "string"}));
    let media_place = content_place.join(&key);
    for member in ["example", "examples"] {
        let value = media_type.get_mut(member).map(Value::take);
        if let Some(value) = value.filter(|_| !parameter.contains_key(member)) {
            log.moved(&media_place.join(member), &place.join(member));
            parameter.insert(member.to_owned(), value);
        }
    }
}
