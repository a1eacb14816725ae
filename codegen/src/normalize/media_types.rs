//! Media types: the one place that tells them apart, and the choice of one among several.

use serde_json::{Map, Value, json};

use super::Work;
use crate::diagnostic::brief;
use crate::{Code, Pointer};

/// What a body of a media type is to a program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum MediaKind {
    /// `application/json`, `application/vnd.acme.v2+json`, `text/json; charset=utf-8`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// `text/*`, and what is text by another name: YAML, tokens, certificates, streams of JSON values.
    Text,
    /// Everything else, and ranges such as `image/*`.
    Binary,
    /// `application/xml`, `application/soap+xml`: text whose structure is not modelled.
    Xml,
}

impl MediaKind {
    /// Tells the kind of a media type or a range of them; `None` when the text is neither. Ranges that hold JSON (`*/*`)
    /// are [`MediaKind::Binary`]: a normalized document has them only where bytes are meant.
    pub(crate) fn of(media_type: &str) -> Option<Self> {
        let essence = essence(media_type);
        if essence == "*" {
            return Some(Self::Binary);
        }
        let (top, sub) = essence.split_once('/')?;
        let is_token = |text: &str| {
            !text.is_empty()
                && text
                    .chars()
                    .all(|it| it.is_ascii_alphanumeric() || "!#$&-^_.+*'%|~`".contains(it))
        };
        if !is_token(top) || !is_token(sub) {
            return None;
        }
        let suffix = sub.rsplit_once('+').map_or("", |(_, suffix)| suffix);
        let is_json_by_name = suffix.is_empty()
            && (sub.rsplit(['.', '-']).next() == Some("json") || sub.starts_with("x-amz-json"));
        Some(match (top, sub, suffix) {
            // JSON values one after the other, which is no JSON.
            ("application", "stream+json", _) => Self::Text,
            ("application", ..) if is_json_by_name => Self::Json,
            ("application" | "text", "json" | "x-json", _) | (_, _, "json") => Self::Json,
            ("application", "x-www-form-urlencoded", _) => Self::Form,
            ("multipart", "form-data", _) => Self::Multipart,
            ("application" | "text", "xml", _)
            | ("text", "xml-external-parsed-entity", _)
            | ("application", "xml-dtd", _)
            | (_, _, "xml") => Self::Xml,
            ("text", ..)
            | (_, _, "yaml" | "jwt" | "jose" | "json-seq")
            | (
                "application",
                "text"
                | "plain"
                | "html"
                | "yaml"
                | "x-yaml"
                | "jwt"
                | "jose"
                | "graphql"
                | "javascript"
                | "x-javascript"
                | "ecmascript"
                | "x-ndjson"
                | "ndjson"
                | "jsonl"
                | "x-jsonl"
                | "jsonlines"
                | "x-jsonlines"
                | "json-seq"
                | "csv"
                | "sql"
                | "toml"
                | "x-sh"
                | "x-pem-file"
                | "pem-certificate-chain"
                | "x-x509-ca-cert"
                | "x-tex"
                | "rtf",
                _,
            ) => Self::Text,
            _ => Self::Binary,
        })
    }
}

impl MediaKind {
    /// The kind of a body in a normalized document. Its schema tells JSON under a vendor's own name
    /// (`application/vnd.acme.pet` of an object), and bytes that happen to be JSON (`format: binary`).
    pub(crate) fn of_body(media_type: &str, schema: &Value) -> Option<Self> {
        Some(match Self::of(media_type)? {
            Self::Json if says_binary(schema) => Self::Binary,
            Self::Binary if may_be_json(&essence(media_type)) && has_structure(schema) => {
                Self::Json
            }
            kind => kind,
        })
    }
}

/// Whether a media type is a vendor's own and none of the known formats that are not JSON.
fn may_be_json(essence: &str) -> bool {
    const OTHERS: [&str; 16] = [
        "avro",
        "arrow",
        "cbor",
        "excel",
        "gzip",
        "msgpack",
        "octet",
        "opendocument",
        "openxmlformats",
        "parquet",
        "pdf",
        "powerpoint",
        "protobuf",
        "tar",
        "thrift",
        "zip",
    ];
    let sub = essence.strip_prefix("application/").unwrap_or_default();
    (sub.starts_with("vnd.") || sub.starts_with("x-"))
        && !sub.contains('+')
        && !OTHERS.iter().any(|other| sub.contains(other))
}

/// Whether a schema, its references followed, is that of an object or a list.
fn has_structure(schema: &Value) -> bool {
    let kind = schema.get("type").and_then(Value::as_str);
    matches!(kind, Some("object" | "array"))
        || ["properties", "items", "allOf", "oneOf", "anyOf", "$ref"]
            .iter()
            .any(|word| schema.get(word).is_some())
}

/// Which way a body goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    Response,
}

/// The media type without its parameters, in lower case.
fn essence(media_type: &str) -> String {
    let end = media_type.find(';').unwrap_or(media_type.len());
    media_type[..end].trim().to_ascii_lowercase()
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
    has_schema: bool,
    is_exact: bool,
    /// A JSON Patch (RFC 6902) whose schema is that of another body.
    is_list_of_changes: bool,
}

impl Offer {
    fn read(document: &Value, key: &str, media_type: &Value) -> Option<Self> {
        let text = key.split(',').next().unwrap_or(key).trim();
        let essence = essence(text);
        let schema = media_type.get("schema");
        let resolved = schema.map_or(&Value::Null, |schema| resolve(document, schema));
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
        Some(Self {
            kind,
            is_json_range,
            has_schema: schema.is_some_and(|schema| *schema != json!({})),
            is_exact: key == "application/json",
            is_list_of_changes: essence == "application/json-patch+json"
                && resolved.get("type").is_some_and(|kind| kind == "object"),
            key: key.to_owned(),
            text: text.to_owned(),
        })
    }

    /// The least is taken; among equals, the first of the document.
    fn rank(&self, direction: Direction) -> (u8, bool, bool, bool, bool) {
        let is_range = self.key.contains('*');
        let order = match (direction, self.kind) {
            (_, MediaKind::Json) => 0,
            (Direction::Response, MediaKind::Binary) if is_range => 1,
            (Direction::Request, MediaKind::Form) => 2,
            (Direction::Request, MediaKind::Multipart) => 3,
            (_, MediaKind::Text) => 4,
            (_, MediaKind::Binary) => 5,
            (_, MediaKind::Xml) => 6,
            (Direction::Response, MediaKind::Form) => 7,
            (Direction::Response, MediaKind::Multipart) => 8,
        };
        (
            order,
            !self.has_schema,
            self.is_list_of_changes,
            self.is_json_range,
            !self.is_exact,
        )
    }
}

/// Leaves one media type in the `content` at a place, under a key that can be sent, with a schema that fits its kind.
pub(super) fn settle(
    work: &mut Work,
    place: &Pointer,
    content: &mut Map<String, Value>,
    direction: Direction,
) {
    let (mut offers, mut others) = (Vec::new(), Vec::new());
    for (key, media_type) in content.iter() {
        match Offer::read(&work.document, key, media_type) {
            Some(offer) => offers.push(offer),
            None => others.push(key),
        }
    }
    for key in others {
        let message = format!("`{}` is no media type", brief(key));
        let help = "write type and subtype, e.g. `application/json`";
        let (code, place) = (Code::INVALID_MEDIA_TYPE, place.join(key));
        if offers.is_empty() {
            work.leave_out(code, &place, message, help);
        } else {
            // Another one is used in any case.
            work.warn(code, &place, format!("{message}; it is left out"), help);
        }
    }
    let Some(chosen) = offers.iter().min_by_key(|offer| offer.rank(direction)) else {
        content.clear();
        return;
    };
    for other in offers.iter().filter(|other| other.key != chosen.key) {
        let what = format!("`{}` is left out: `{}` is used", other.key, chosen.key);
        work.changed(&place.join(&other.key), what);
    }
    let mut media_type = content
        .shift_remove(&chosen.key)
        .expect("offers are read from the content");
    content.clear();

    let old_place = place.join(&chosen.key);
    let key = sent_key(chosen, direction);
    if key != chosen.key {
        work.changed(&old_place, format!("read as `{key}`"));
        work.moved(&old_place, &place.join(&key));
    }
    if let Some(members) = media_type.as_object_mut() {
        fit_schema(work, &place.join(&key), members, chosen.kind, direction);
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
    work: &mut Work,
    place: &Pointer,
    media_type: &mut Map<String, Value>,
    kind: MediaKind,
    direction: Direction,
) {
    let is_request = direction == Direction::Request;
    let schema = media_type.get("schema");
    let resolved = schema.map(|schema| resolve(&work.document, schema));
    let (schema, what) = match kind {
        MediaKind::Json if schema.is_some() => return,
        MediaKind::Json => (json!({}), "there is no schema: any JSON value"),
        MediaKind::Form | MediaKind::Multipart if is_request => {
            if resolved.is_some_and(has_members) {
                return;
            }
            let mut member = json!({"type": "string"});
            if kind == MediaKind::Multipart {
                member["format"] = "binary".into();
            }
            let schema = json!({"type": "object", "additionalProperties": member});
            let what = "there is no schema that names the fields: the caller does";
            (schema, what)
        }
        MediaKind::Binary | MediaKind::Multipart => {
            if resolved.is_some_and(says_binary) {
                return;
            }
            let schema = json!({"type": "string", "format": "binary"});
            (schema, "taken as bytes")
        }
        MediaKind::Xml => (json!({"type": "string"}), "XML is taken as text"),
        MediaKind::Text | MediaKind::Form => {
            let is_plain = schema.is_some_and(|it| *it == json!({"type": "string"}));
            if is_plain {
                return;
            }
            (json!({"type": "string"}), "taken as text")
        }
    };
    work.changed(place, what);
    media_type.insert("schema".to_owned(), schema);
}

/// Follows the references of a schema, as far as they lead.
fn resolve<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    const HOPS: usize = 32;
    let mut schema = schema;
    for _ in 0..HOPS {
        let reference = schema.get("$ref").and_then(Value::as_str);
        let target = reference
            .and_then(|reference| reference.strip_prefix("#/components/schemas/"))
            .and_then(|name| {
                let name = name.replace("~1", "/").replace("~0", "~");
                document.get("components")?.get("schemas")?.get(name)
            });
        match target {
            Some(target) => schema = target,
            None => break,
        }
    }
    schema
}

/// Whether a schema describes bytes, in the words of 3.0 or 3.1.
fn says_binary(schema: &Value) -> bool {
    let member = |name| schema.get(name).and_then(Value::as_str);
    member("format") == Some("binary")
        || (member("type") != Some("object")
            && member("contentEncoding").is_none()
            && member("contentMediaType").is_some_and(|media_type| {
                matches!(MediaKind::of(media_type), Some(MediaKind::Binary))
            }))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types_are_told_apart() {
        let kinds = [
            (MediaKind::Json, "application/json"),
            (MediaKind::Json, "Application/JSON; charset=utf-8"),
            (MediaKind::Json, "application/vnd.acme.v2+json"),
            (MediaKind::Json, "application/problem+json;version=1"),
            (MediaKind::Json, "application/x-amz-json-1.1"),
            (MediaKind::Json, "text/json"),
            (MediaKind::Form, "application/x-www-form-urlencoded"),
            (MediaKind::Multipart, "multipart/form-data; boundary=x"),
            (MediaKind::Binary, "multipart/mixed"),
            (MediaKind::Text, "text/csv"),
            (MediaKind::Text, "text/event-stream"),
            (MediaKind::Text, "application/secevent+jwt"),
            (MediaKind::Text, "application/x-ndjson"),
            (MediaKind::Text, "application/stream+json"),
            (MediaKind::Text, "application/yaml"),
            (MediaKind::Xml, "text/xml"),
            (MediaKind::Xml, "application/soap+xml; action=\"a\""),
            (MediaKind::Xml, "image/svg+xml"),
            (MediaKind::Binary, "application/cbor"),
            (MediaKind::Binary, "application/pkix-cert"),
            (MediaKind::Binary, "image/*"),
            (MediaKind::Binary, "*/*"),
        ];
        for (kind, media_type) in kinds {
            assert_eq!(MediaKind::of(media_type), Some(kind), "{media_type}");
        }
        for text in [
            "",
            "json",
            "/",
            "application/",
            "a b/c",
            "application/json, text/plain",
        ] {
            assert_eq!(MediaKind::of(text), None, "{text}");
        }
    }

    #[test]
    fn a_schema_tells_json_under_a_name_of_its_own() {
        let object = json!({"type": "object"});
        let bytes = json!({"type": "string", "format": "binary"});
        let cases = [
            ("application/vnd.acme.pet", &object, MediaKind::Json),
            ("application/vnd.acme.pet", &bytes, MediaKind::Binary),
            ("application/vnd.ms-excel", &object, MediaKind::Binary),
            ("application/x-protobuf", &object, MediaKind::Binary),
            ("application/octet-stream", &object, MediaKind::Binary),
            ("application/json", &bytes, MediaKind::Binary),
            ("application/json", &object, MediaKind::Json),
        ];
        for (media_type, schema, kind) in cases {
            assert_eq!(
                MediaKind::of_body(media_type, schema),
                Some(kind),
                "{media_type}"
            );
        }
    }
}
