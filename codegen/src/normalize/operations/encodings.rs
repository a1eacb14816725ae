//! Keeps those members of `encoding` that a request can follow, and notes the others.
//!
//! An encoding describes a property of a form or of a multipart body. Headers of a part become arguments, so each gets a schema.

use serde_json::{Map, Value, json};

use crate::diagnostic::brief;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::grammar::Kind;
use crate::openapi::media_types::MediaKind;
use crate::openapi::reference::resolver;
use crate::openapi::walk::each_with_schemas;
use crate::pointer::Pointer;

const STYLES: [&str; 4] = ["form", "spaceDelimited", "pipeDelimited", "deepObject"];

pub(crate) const PASS: Pass = Pass::new(
    "encodings",
    "keeps the encodings that a form or a multipart body can follow",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    each_with_schemas(document, Kind::RequestBody, |schemas, place, body| {
        let content = body.get_mut("content").and_then(Value::as_object_mut);
        for (media_type, node) in content.into_iter().flatten() {
            let place = place.join("content").join(media_type);
            if let Some(node) = node.as_object_mut() {
                of_media_type(log, &place, MediaKind::of(media_type), schemas, node);
            }
        }
    });
    each_with_schemas(document, Kind::Response, |_, place, response| {
        let content = response.get_mut("content").and_then(Value::as_object_mut);
        for (media_type, node) in content.into_iter().flatten() {
            let place = place.join("content").join(media_type);
            let encoding = node
                .as_object_mut()
                .and_then(|it| it.shift_remove("encoding"));
            if encoding.is_some() {
                let what = "removed: it describes requests";
                log.change(&place.join("encoding"), what);
            }
        }
    });
}

fn of_media_type(
    log: &mut Log,
    place: &Pointer,
    kind: Option<MediaKind>,
    schemas: &Map<String, Value>,
    node: &mut Map<String, Value>,
) {
    let place = place.join("encoding");
    if !matches!(kind, Some(MediaKind::Form | MediaKind::Multipart)) {
        if node.shift_remove("encoding").is_some() {
            log.change(&place, "removed: the body is not a form or multipart");
        }
        return;
    }
    let schema = node.get("schema").cloned().unwrap_or_default();
    let schema = resolver::resolved_schema(schemas, &schema).unwrap_or(&schema);
    let is_open = !schema.get("properties").is_some_and(Value::is_object)
        || ["allOf", "oneOf", "anyOf"]
            .iter()
            .any(|it| schema.get(it).is_some());
    let Some(encodings) = node.get_mut("encoding").and_then(Value::as_object_mut) else {
        return;
    };
    encodings.retain(|name, encoding| {
        let place = place.join(name);
        if !is_open && schema["properties"].get(name).is_none() {
            let what = format!("removed: the schema has no property `{}`", brief(name));
            log.change(&place, what);
            return false;
        }
        if let Some(encoding) = encoding.as_object_mut() {
            complete(log, &place, kind == Some(MediaKind::Form), encoding);
        }
        true
    });
}

fn complete(log: &mut Log, place: &Pointer, is_form: bool, encoding: &mut Map<String, Value>) {
    let style = encoding.get("style").and_then(Value::as_str);
    if let Some(style) = style.filter(|style| !STYLES.contains(style)) {
        let what = format!("`style: {}` was changed to `form`", brief(style));
        log.change(place, what);
        encoding.insert("style".to_owned(), "form".into());
    }
    let content_type = encoding.get("contentType").and_then(Value::as_str);
    let is_styled = ["style", "explode", "allowReserved"]
        .iter()
        .any(|member| encoding.contains_key(*member));
    let what = match content_type.map(|it| MediaKind::of(it.split(',').next().unwrap_or(it).trim()))
    {
        Some(_) if is_styled => Some("`contentType` was removed: the style has priority"),
        Some(None) => Some("`contentType` was removed: it is not a valid media type"),
        // A form is text: only JSON changes how a value is written.
        Some(Some(kind)) if is_form && !matches!(kind, MediaKind::Json | MediaKind::Text) => {
            Some("`contentType` was removed: the caller gives a string of this media type")
        }
        Some(Some(_)) | None => None,
    };
    if let Some(what) = what {
        log.change(place, what);
        encoding.shift_remove("contentType");
    }
    if !is_form && encoding.get("allowReserved") == Some(&Value::Bool(true)) {
        log.change(
            &place.join("allowReserved"),
            "not used: nothing is percent-encoded in a multipart body",
        );
    }
    if let Some(Value::Object(headers)) = encoding.get_mut("headers") {
        let place = place.join("headers");
        if is_form {
            log.change(&place, "removed: the values of a form have no headers");
            headers.clear();
        }
        headers.retain(|name, header| of_header(log, &place.join(name), name, header));
    }
}

/// Gives the header of a part a schema. Returns whether it can be an argument.
fn of_header(log: &mut Log, place: &Pointer, name: &str, header: &mut Value) -> bool {
    let lower = name.to_ascii_lowercase();
    if matches!(lower.as_str(), "content-type" | "content-disposition") {
        log.change(place, "removed: the client writes this header itself");
        return false;
    }
    if lower.is_empty()
        || !lower
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"-_.".contains(&it))
    {
        log.change(place, "removed: it is not a valid name of a header");
        return false;
    }
    let Some(header) = header.as_object_mut() else {
        return false;
    };
    if header.shift_remove("content").is_some() {
        log.change(place, "`content` was removed: the value is a string");
    }
    header
        .entry("schema")
        .or_insert_with(|| json!({"type": "string"}));
    true
}
