//! Media types: the one place that tells them apart.

use serde_json::Value;

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
        Self::of_typed_body(media_type, says_binary(schema), has_structure(schema))
    }

    /// The kind of a body of which it is known whether it is bytes, and whether it is an object or a list.
    pub(crate) fn of_typed_body(
        media_type: &str,
        is_binary: bool,
        is_structured: bool,
    ) -> Option<Self> {
        Some(match Self::of(media_type)? {
            Self::Json if is_binary => Self::Binary,
            Self::Binary if is_structured && may_be_json(&essence(media_type)) => Self::Json,
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

/// The media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    let end = media_type.find(';').unwrap_or(media_type.len());
    media_type[..end].trim().to_ascii_lowercase()
}

/// Whether a schema describes bytes, in the words of 3.0 or 3.1.
pub(crate) fn says_binary(schema: &Value) -> bool {
    let member = |name| schema.get(name).and_then(Value::as_str);
    member("format") == Some("binary")
        || (member("type") != Some("object")
            && member("contentEncoding").is_none()
            && member("contentMediaType").is_some_and(|media_type| {
                matches!(MediaKind::of(media_type), Some(MediaKind::Binary))
            }))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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
