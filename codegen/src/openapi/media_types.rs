//! Media types: which of them a client treats in the same way.

use serde_json::Value;

/// How a client treats a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum MediaKind {
    /// `application/json`, `application/vnd.acme.v2+json`, `text/json; charset=utf-8`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`, `multipart/mixed`, `multipart/related`.
    Multipart,
    /// `text/*`, and text of other media types: YAML, tokens, certificates, streams of JSON values.
    Text,
    /// Everything else, and ranges such as `image/*`.
    Binary,
    /// `application/xml`, `application/soap+xml`: text whose structure is not modelled.
    Xml,
}

impl MediaKind {
    /// The kind of a media type or a range of media types; `None` if the string is not valid. Ranges such as `*/*` are
    /// [`MediaKind::Binary`]: a normalized document has them only for bytes.
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
            // A stream of JSON values is not valid JSON.
            ("application", "stream+json", _) => Self::Text,
            ("application", ..) if is_json_by_name => Self::Json,
            ("application" | "text", "json" | "x-json", _) | (_, _, "json") => Self::Json,
            ("application", "x-www-form-urlencoded", _) => Self::Form,
            ("multipart", "form-data" | "mixed" | "related", _) => Self::Multipart,
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
    /// The kind of a body in a normalized document. The schema decides whether a vendor's media type is JSON
    /// (`application/vnd.acme.pet` with an object), and whether JSON or text is only bytes (`format: binary`).
    pub(crate) fn of_body(media_type: &str, schema: &Value) -> Option<Self> {
        Self::of_typed_body(media_type, says_binary(schema), has_structure(schema))
    }

    /// As [`MediaKind::of_body`], for a schema that is bytes or not, and an object or array or not.
    pub(crate) fn of_typed_body(
        media_type: &str,
        is_binary: bool,
        is_structured: bool,
    ) -> Option<Self> {
        Some(match Self::of(media_type)? {
            // OpenAPI 3.0.3, section 4.4: "any sequence of octets", whatever the media type is.
            Self::Json | Self::Text | Self::Xml | Self::Form if is_binary => Self::Binary,
            Self::Binary if is_structured && may_be_json(&essence(media_type)) => Self::Json,
            kind => kind,
        })
    }
}

/// Whether a media type is a vendor's, and not one of the known formats that are not JSON.
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

/// Whether a schema is probably an object or an array. A reference counts as one.
fn has_structure(schema: &Value) -> bool {
    let kind = schema.get("type").and_then(Value::as_str);
    matches!(kind, Some("object" | "array"))
        || ["properties", "items", "allOf", "oneOf", "anyOf", "$ref"]
            .iter()
            .any(|keyword| schema.get(keyword).is_some())
}

/// The media type without its parameters, in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    let end = media_type.find(';').unwrap_or(media_type.len());
    media_type[..end].trim().to_ascii_lowercase()
}

/// Whether two media types are the same. One without a character set is UTF-8.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    let parameters = |media_type: &str| -> Vec<String> {
        let parameters = media_type.split(';').skip(1).map(str::trim);
        let is_usual = |it: &str| it.is_empty() || it.eq_ignore_ascii_case("charset=utf-8");
        let others = parameters.filter(|it| !is_usual(it));
        others.map(str::to_owned).collect()
    };
    essence(one) == essence(other) && parameters(one) == parameters(other)
}

/// Whether a media type is a sequence of JSON values: one a line, or each after a record separator.
pub(crate) fn is_sequential(media_type: &str) -> bool {
    let essence = essence(media_type);
    let sub = essence.split_once('/').map_or("", |(_, sub)| sub);
    let sub = sub.strip_prefix("x-").unwrap_or(sub);
    matches!(
        sub,
        "jsonl" | "ndjson" | "jsonlines" | "stream+json" | "json-seq"
    ) || sub.ends_with("+json-seq")
}

/// Whether a schema describes bytes, with the keywords of OpenAPI 3.0, 3.1 or 3.2.
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
    fn each_media_type_has_its_kind() {
        let kinds = [
            (MediaKind::Json, "application/json"),
            (MediaKind::Json, "Application/JSON; charset=utf-8"),
            (MediaKind::Json, "application/vnd.acme.v2+json"),
            (MediaKind::Json, "application/problem+json;version=1"),
            (MediaKind::Json, "application/x-amz-json-1.1"),
            (MediaKind::Json, "text/json"),
            (MediaKind::Form, "application/x-www-form-urlencoded"),
            (MediaKind::Multipart, "multipart/form-data; boundary=x"),
            (MediaKind::Multipart, "multipart/mixed"),
            (MediaKind::Binary, "multipart/byteranges"),
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
    fn sequences_of_json_are_known() {
        for text in [
            "application/jsonl",
            "application/x-ndjson; charset=utf-8",
            "application/geo+json-seq",
        ] {
            assert!(is_sequential(text), "{text}");
            assert_eq!(MediaKind::of(text), Some(MediaKind::Text), "{text}");
        }
        for text in ["application/json", "text/event-stream", "jsonl"] {
            assert!(!is_sequential(text), "{text}");
        }
    }

    #[test]
    fn the_schema_decides_whether_a_vendor_media_type_is_json() {
        let object = json!({"type": "object"});
        let bytes = json!({"type": "string", "format": "binary"});
        let cases = [
            ("application/vnd.acme.pet", &object, MediaKind::Json),
            ("application/vnd.acme.pet", &bytes, MediaKind::Binary),
            ("application/vnd.ms-excel", &object, MediaKind::Binary),
            ("application/x-protobuf", &object, MediaKind::Binary),
            ("application/octet-stream", &object, MediaKind::Binary),
            ("application/json", &bytes, MediaKind::Binary),
            ("text/csv", &bytes, MediaKind::Binary),
            ("application/xml", &bytes, MediaKind::Binary),
            (
                "application/x-www-form-urlencoded",
                &bytes,
                MediaKind::Binary,
            ),
            ("multipart/form-data", &bytes, MediaKind::Multipart),
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
