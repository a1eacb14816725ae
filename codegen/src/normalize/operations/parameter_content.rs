//! Turns parameters with a media type into parameters with a schema.
//!
//! A JSON value is written as JSON into the parameter: `x-content: application/json` says so. What is not JSON is text
//! that the caller gives.

use serde_json::{Map, Value, json};

use crate::Pointer;
use crate::normalize::Work;
use crate::normalize::operations::media_types::{Direction, settle};
use crate::openapi::grammar::Kind;
use crate::openapi::media_kind::MediaKind;
use crate::openapi::nodes::each;

pub(crate) fn apply(work: &mut Work) {
    each(work, Kind::Parameter, parameter);
}

fn parameter(work: &mut Work, place: &Pointer, parameter: &mut Map<String, Value>) {
    let Some(content) = parameter.shift_remove("content") else {
        return;
    };
    let content_place = place.join("content");
    let mut content = match content {
        Value::Object(content) => content,
        _ => Map::new(),
    };
    settle(work, &content_place, &mut content, Direction::Request);
    let Some((key, mut media_type)) = content.into_iter().next() else {
        work.changed(place, "`content` is empty: taken as text");
        parameter.insert("schema".to_owned(), json!({"type": "string"}));
        return;
    };
    let media_place = content_place.join(&key);
    let schema = media_type.get("schema").unwrap_or(&Value::Null);
    if MediaKind::of_body(&key, schema) == Some(MediaKind::Json) {
        let schema = media_type.get_mut("schema").map(Value::take);
        work.moved(&media_place.join("schema"), &place.join("schema"));
        work.changed(place, "the value is sent as JSON");
        parameter.insert("schema".to_owned(), schema.unwrap_or_else(|| json!({})));
        parameter.insert("x-content".to_owned(), "application/json".into());
    } else {
        work.changed(place, format!("the value is the text of `{key}`"));
        parameter.insert("schema".to_owned(), json!({"type": "string"}));
    }
    for member in ["example", "examples"] {
        let value = media_type.get_mut(member).map(Value::take);
        if let Some(value) = value.filter(|_| !parameter.contains_key(member)) {
            work.moved(&media_place.join(member), &place.join(member));
            parameter.insert(member.to_owned(), value);
        }
    }
}
