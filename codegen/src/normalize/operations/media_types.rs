//! The choice of one media type among several, and the schema that its kind asks for.

use serde_json::{Map, Value, json};

use crate::diagnostic::Code;
use crate::diagnostic::brief;
use crate::normalize::log::Log;
use crate::openapi::media_types::{MediaKind, essence, says_binary};
use crate::openapi::reference::resolver;
use crate::pointer::Pointer;

/// Which way a body goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Request,
    Response,
}

/// A range that may mean any format.
fn is_open_range(essence: &str) -> bool {
    matches!(essence, "*/*" | "*" | "application/*")
}

/// One of the media types that a `content` offers.
struct Offer {
    /// Its key in the document.
    key: String,
    /// What is meant by it: the first of several that are written as one.
    text: String,
    kind: MediaKind,
    /// A range whose schema does not say that bytes are meant: JSON.
    is_json_range: bool,
    /// The least is taken; among equals, the first of the document.
    rank: (u8, bool, bool, bool, bool),
}

impl Offer {
    fn read(
        schemas: &Map<String, Value>,
        key: &str,
        media_type: &Value,
        direction: Direction,
    ) -> Option<Self> {
        let text = key.split(',').next().unwrap_or(key).trim();
        let essence = essence(text);
        let schema = media_type.get("schema");
        let resolved = schema.map_or(&Value::Null, |schema| resolve(schemas, schema));
        // Servers that name no format send a text as it is.
        let is_text = matches!(essence.as_str(), "*/*" | "*") && says_text(resolved);
        let is_json_range = is_open_range(&essence) && !says_binary(resolved) && !is_text;
        let kind = if is_json_range {
            MediaKind::Json
        } else if is_text {
            MediaKind::Text
        } else {
            MediaKind::of_body(text, resolved)?
        };
        let members = schema.and_then(Value::as_object);
        let is_said = |keyword: &String| !keyword.starts_with("x-");
        let has_schema = schema.is_some() && members.is_none_or(|it| it.keys().any(is_said));
        // A JSON Patch (RFC 6902) is a list; an object is the schema of the other body.
        let is_list_of_changes = essence == "application/json-patch+json"
            && resolved.get("type").is_some_and(|kind| kind == "object");
        let is_exact = key == "application/json";
        Some(Self {
            rank: (
                order(direction, kind, &essence, holds_file(schemas, resolved)),
                !has_schema,
                is_list_of_changes,
                is_json_range,
                !is_exact,
            ),
            kind,
            is_json_range,
            key: key.to_owned(),
            text: text.to_owned(),
        })
    }
}

/// Which kinds are taken before others.
fn order(direction: Direction, kind: MediaKind, essence: &str, holds_file: bool) -> u8 {
    match (direction, kind) {
        // A file is bytes as a part, and nothing that JSON has.
        (Direction::Request, MediaKind::Json) if holds_file => 4,
        (_, MediaKind::Json) => 0,
        (Direction::Response, MediaKind::Binary) if essence.contains('*') => 1,
        (Direction::Request, MediaKind::Form) => 2,
        (Direction::Request, MediaKind::Multipart) => 3,
        // Events are another way to get the same, for those who want it piece by piece.
        (Direction::Response, MediaKind::Text) if essence == "text/event-stream" => 7,
        (_, MediaKind::Text) => 5,
        (_, MediaKind::Binary) => 6,
        (_, MediaKind::Xml) => 8,
        (Direction::Response, MediaKind::Form) => 9,
        (Direction::Response, MediaKind::Multipart) => 10,
    }
}

/// Whether a property of a schema is a file.
fn holds_file(schemas: &Map<String, Value>, schema: &Value) -> bool {
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut properties = properties.into_iter().flatten();
    properties.any(|(_, property)| says_binary(resolve(schemas, property)))
}

/// Leaves one media type in the `content` at a place, under a key that can be sent, with a schema that fits its kind.
pub(crate) fn settle(
    schemas: &Map<String, Value>,
    log: &mut Log,
    place: &Pointer,
    content: &mut Map<String, Value>,
    direction: Direction,
) {
    let (mut offers, mut others) = (Vec::new(), Vec::new());
    for (key, media_type) in content.iter() {
        match Offer::read(schemas, key, media_type, direction) {
            Some(offer) => offers.push(offer),
            None => others.push(key),
        }
    }
    for key in others {
        let message = format!("`{}` is not a valid media type", brief(key));
        let help = "write type and subtype, e.g. `application/json`";
        let (code, place) = (Code::INVALID_MEDIA_TYPE, place.join(key));
        if offers.is_empty() {
            log.leave_out(code, &place, message, help);
        } else {
            // Another one is used in any case.
            log.warn(code, &place, format!("{message}; it was left out"), help);
        }
    }
    let Some(chosen) = offers.iter().min_by_key(|offer| offer.rank) else {
        content.clear();
        return;
    };
    for other in offers.iter().filter(|other| other.key != chosen.key) {
        let what = format!("`{}` was removed: `{}` was chosen", other.key, chosen.key);
        log.change(&place.join(&other.key), what);
    }
    let mut media_type = content
        .shift_remove(&chosen.key)
        .expect("offers are read from the content");
    content.clear();

    let old_place = place.join(&chosen.key);
    let key = sent_key(chosen, direction);
    if key != chosen.key {
        log.change(&old_place, format!("renamed to `{key}`"));
        log.moved(&old_place, &place.join(&key));
    }
    if let Some(members) = media_type.as_object_mut() {
        fit_schema(
            schemas,
            log,
            &place.join(&key),
            members,
            chosen.kind,
            direction,
        );
    }
    content.insert(key, media_type);
}

/// Ranges cannot be sent as the type of a request, and a response in JSON must be asked for as JSON.
fn sent_key(offer: &Offer, direction: Direction) -> String {
    let essence = essence(&offer.text);
    if offer.is_json_range {
        "application/json".to_owned()
    } else if direction == Direction::Request && essence.contains('*') {
        match offer.kind {
            // `image/*`: whoever calls knows which.
            MediaKind::Binary if !is_open_range(&essence) => offer.text.as_str(),
            MediaKind::Json => "application/json",
            MediaKind::Text => "text/plain",
            _ => "application/octet-stream",
        }
        .to_owned()
    } else if essence == "*" {
        "*/*".to_owned()
    } else {
        offer.text.clone()
    }
}

/// Gives a media type the schema of its kind: what is not JSON, a form or parts is text or bytes as a whole.
fn fit_schema(
    schemas: &Map<String, Value>,
    log: &mut Log,
    place: &Pointer,
    media_type: &mut Map<String, Value>,
    kind: MediaKind,
    direction: Direction,
) {
    let is_request = direction == Direction::Request;
    let schema = media_type.get("schema");
    let resolved = schema.map(|schema| resolve(schemas, schema));
    let (schema, what) = match kind {
        MediaKind::Json if schema.is_some() => return,
        MediaKind::Json => (json!({}), "the schema is missing: any JSON value was added"),
        MediaKind::Form | MediaKind::Multipart if is_request => {
            if resolved.is_some_and(has_members) {
                return;
            }
            let mut member = json!({"type": "string"});
            if kind == MediaKind::Multipart {
                member["format"] = "binary".into();
            }
            let schema = json!({"type": "object", "additionalProperties": member});
            let what =
                "no schema declares the properties of the form: the caller gives their names";
            (schema, what)
        }
        MediaKind::Binary | MediaKind::Multipart => {
            if resolved.is_some_and(says_binary) {
                return;
            }
            let schema = json!({"type": "string", "format": "binary"});
            (schema, "read as bytes")
        }
        MediaKind::Xml => (json!({"type": "string"}), "XML is read as a string"),
        MediaKind::Text | MediaKind::Form => {
            let is_plain = schema.is_some_and(|it| *it == json!({"type": "string"}));
            if is_plain {
                return;
            }
            (json!({"type": "string"}), "read as a string")
        }
    };
    log.change(place, what);
    media_type.insert("schema".to_owned(), schema);
}

/// Follows the references of a schema, as far as they lead.
fn resolve<'d>(schemas: &'d Map<String, Value>, schema: &'d Value) -> &'d Value {
    resolver::resolved_schema(schemas, schema).unwrap_or(schema)
}

/// Whether a schema describes a text of which nothing more is known.
fn says_text(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "string")
        && ["format", "enum", "contentEncoding", "contentMediaType"]
            .iter()
            .all(|word| schema.get(word).is_none())
}

/// Whether a schema may describe an object with members of its own.
fn has_members(schema: &Value) -> bool {
    ["properties", "allOf", "oneOf", "anyOf", "$ref"]
        .iter()
        .any(|word| schema.get(word).is_some())
        || schema
            .get("additionalProperties")
            .is_some_and(Value::is_object)
}
