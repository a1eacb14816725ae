//! Chooses one of several media types, and gives it the schema that its kind requires.

use serde_json::{Map, Value, json};

use crate::diagnostic::Code;
use crate::diagnostic::brief;
use crate::normalize::log::Log;
use crate::openapi::media_types::{MediaKind, essence, is_sequential, says_binary};
use crate::openapi::reference::resolver;
use crate::pointer::Pointer;

/// Whether a body is sent or received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Request,
    Response,
}

/// The media type of event streams. Which media type is chosen does not matter for them: they have a method of their own.
const EVENT_STREAM: &str = "text/event-stream";

/// The end of the name of the media type in a normalized response that has the schema of its items.
pub(crate) const ITEMS: &str = "; items";

/// Whether a media type is a range that includes every format.
fn is_open_range(essence: &str) -> bool {
    matches!(essence, "*/*" | "*" | "application/*")
}

/// One of the media types that a `content` offers.
struct Offer {
    /// Its key in the document.
    key: String,
    /// The media type itself: the first one if the key lists several.
    text: String,
    kind: MediaKind,
    /// It is a range, read as JSON because its schema does not describe bytes.
    is_json_range: bool,
    /// The offer with the lowest rank is chosen; among equals, the first in the document.
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
        // A string of any media type is sent as text.
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
        // A JSON Patch (RFC 6902) is an array. If the schema is an object, it describes the body of another media type.
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

/// The order of preference among kinds.
fn order(direction: Direction, kind: MediaKind, essence: &str, holds_file: bool) -> u8 {
    match (direction, kind) {
        // JSON cannot hold a file, a part of a multipart body can.
        (Direction::Request, MediaKind::Json) if holds_file => 4,
        (_, MediaKind::Json) => 0,
        (Direction::Response, MediaKind::Binary) if essence.contains('*') => 1,
        (Direction::Request, MediaKind::Form) => 2,
        (Direction::Request, MediaKind::Multipart) => 3,
        // An event stream has the same content, in pieces.
        (Direction::Response, MediaKind::Text) if essence == EVENT_STREAM => 7,
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

/// Keeps one media type of a `content`: its key can be sent as a header, and its schema fits its kind.
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
            // Another media type is chosen, so this is not an error.
            log.warn(code, &place, format!("{message}; it was left out"), help);
        }
    }
    let is_event_stream = |offer: &Offer| essence(&offer.text) == EVENT_STREAM;
    if direction == Direction::Response && offers.iter().any(is_event_stream) {
        log.facts.note(place).is_event_stream = true;
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
    let items = offers.iter().filter(|_| direction == Direction::Response);
    let mut items = items.filter(|offer| is_sequential(&offer.text));
    let items = items.find_map(|offer| {
        let media_type = if offer.key == chosen.key {
            &mut media_type
        } else {
            content.get_mut(&offer.key)?
        };
        let schema = media_type.as_object_mut()?.shift_remove("itemSchema")?;
        Some((offer, schema))
    });
    if let Some(members) = media_type.as_object_mut() {
        members.shift_remove("itemSchema");
    }
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
    // The schema of the items is that of a second media type, which has a parameter of its own: so all passes know it.
    if let Some((offer, schema)) = items {
        let key = format!("{}{ITEMS}", essence(&offer.text));
        log.moved(
            &place.join(&offer.key).join("itemSchema"),
            &place.join(&key).join("schema"),
        );
        content.insert(key, json!({ "schema": schema }));
    }
}

/// The media type for the header: no range for a request, and JSON for a range that is read as JSON.
fn sent_key(offer: &Offer, direction: Direction) -> String {
    let essence = essence(&offer.text);
    if offer.is_json_range {
        "application/json".to_owned()
    } else if direction == Direction::Request && essence.contains('*') {
        match offer.kind {
            // `image/*`: the caller gives the exact media type.
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

/// Gives a media type the schema of its kind: a string or bytes, if it is not JSON, a form or multipart.
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
            if schema.is_some_and(says_binary) {
                return;
            }
            // A component may say it: the model looks at the schema of the body only.
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

/// The schema that a reference leads to, if it leads to one.
fn resolve<'d>(schemas: &'d Map<String, Value>, schema: &'d Value) -> &'d Value {
    resolver::resolved_schema(schemas, schema).unwrap_or(schema)
}

/// Whether a schema describes a string without further details.
fn says_text(schema: &Value) -> bool {
    schema.get("type").is_some_and(|kind| kind == "string")
        && ["format", "enum", "contentEncoding", "contentMediaType"]
            .iter()
            .all(|keyword| schema.get(keyword).is_none())
}

/// Whether a schema may describe the members of an object.
fn has_members(schema: &Value) -> bool {
    ["properties", "allOf", "oneOf", "anyOf", "$ref"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some())
        || schema
            .get("additionalProperties")
            .is_some_and(Value::is_object)
}
