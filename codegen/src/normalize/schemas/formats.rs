//! Formats: spelled as OpenAPI spells them, on the type that they belong to.
//!
//! A format never makes a value invalid, so one that does not fit is taken away, except where it says more than the type:
//! `number` with `int64` is an integer, `integer` with `double` a number. Unknown ones stay: they are documentation.

use serde_json::{Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new("formats", "spells formats as OpenAPI does", apply);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        let Some(written) = members.get("format") else {
            return;
        };
        let Some(written) = written.as_str().map(str::to_owned) else {
            members.shift_remove("format");
            log.change(&place.pointer(), "a format that is no text is left out");
            return;
        };
        let kind = keywords::type_of(members).map(str::to_owned);
        if written == "int-or-string" && kind.as_deref().is_none_or(|kind| kind == "string") {
            // Kubernetes: https://kubernetes.io/docs/reference/generated/kubernetes-api (IntOrString).
            members.retain(|word, _| keywords::is_annotation(word));
            members.insert(
                "oneOf".to_owned(),
                json!([{"type": "integer"}, {"type": "string"}]),
            );
            log.change(
                &place.pointer(),
                "the format `int-or-string` is a union of both",
            );
            return;
        }
        let format = canonical(&written).unwrap_or(&written);
        match (kind.as_deref(), domain(format)) {
            (Some("number"), Some("integer")) => {
                members.insert("type".to_owned(), Value::from("integer"));
                log.change(
                    &place.pointer(),
                    format!("a number of format `{format}` is an integer"),
                );
            }
            (Some("integer"), Some("number")) => {
                members.insert("type".to_owned(), Value::from("number"));
                log.change(
                    &place.pointer(),
                    format!("an integer of format `{format}` is a number"),
                );
            }
            (Some(kind), Some(domain)) if kind != domain => {
                members.shift_remove("format");
                log.change(
                    &place.pointer(),
                    format!(
                        "the format `{written}` says nothing about the type {kind} and is left out"
                    ),
                );
                return;
            }
            _ => {}
        }
        if format != written {
            let what = format!("the format `{written}` is written `{format}`");
            members.insert("format".to_owned(), Value::from(format));
            log.change(&place.pointer(), what);
        }
    });
}

/// How OpenAPI or its format registry spells a format that is often spelled otherwise.
fn canonical(written: &str) -> Option<&'static str> {
    let folded: String = written
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect();
    Some(match folded.as_str() {
        "date" | "fulldate" => "date",
        "datetime" | "rfc3339" => "date-time",
        "uuid" | "guid" => "uuid",
        "url" | "uri" => "uri",
        "byte" | "base64" => "byte",
        "binary" | "file" => "binary",
        "email" => "email",
        "int32" => "int32",
        "int64" | "long" => "int64",
        "int8" => "int8",
        "int16" | "short" => "int16",
        "uint8" => "uint8",
        "uint16" => "uint16",
        "uint32" => "uint32",
        "uint64" => "uint64",
        "float" | "float32" => "float",
        "double" | "float64" => "double",
        _ => return None,
    })
}

/// The type that a format belongs to.
pub(crate) fn domain(format: &str) -> Option<&'static str> {
    Some(match format {
        "date" | "date-time" | "uuid" | "uri" | "byte" | "binary" | "email" | "hostname"
        | "ipv4" | "ipv6" | "password" | "time" | "duration" | "uri-reference" => "string",
        "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" => {
            "integer"
        }
        "float" | "double" => "number",
        _ => return None,
    })
}
