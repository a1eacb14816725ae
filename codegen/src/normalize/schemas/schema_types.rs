//! Types: one type of OpenAPI on every schema that restricts its values.
//!
//! A missing type is inferred from keywords that apply to one type only, or from the format. Types of other languages and
//! formats in place of types (`int`, `datetime`, `file`) are replaced. Keywords that apply to another type are removed.

use serde_json::{Map, Value};

use super::quoted;
use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::formats;
use crate::openapi::keywords;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new("schema-types", "gives each schema a valid type", apply);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        if members.contains_key("$ref") {
            return;
        }
        match members.get("type").cloned() {
            None => {}
            Some(Value::String(written)) => {
                if let Some(message) = unknown(members, &written) {
                    log.reject(
                        Code::MALFORMED_SCHEMA,
                        &place.pointer().join("type"),
                        message,
                        "write string, integer, number, boolean, array or object",
                    );
                } else if members.get("type") != Some(&Value::String(written.clone())) {
                    log.change(
                        &place.pointer(),
                        format!("the type `{written}` was replaced by a type of OpenAPI"),
                    );
                }
            }
            Some(Value::Null) => {
                members.shift_remove("type");
                log.change(&place.pointer(), "an empty `type` was removed");
            }
            Some(other) => {
                members.shift_remove("type");
                log.reject(
                    Code::MALFORMED_SCHEMA,
                    &place.pointer().join("type"),
                    format!("{other} is not a valid type"),
                    "write string, integer, number, boolean, array or object",
                );
            }
        }
        if !members.contains_key("type")
            && let Some(kind) = inferred(members)
        {
            members.insert("type".to_owned(), Value::from(kind));
            log.change(
                &place.pointer(),
                format!("the type was missing; {kind} was added"),
            );
        }
        let foreign = foreign_keywords(members);
        if !foreign.is_empty() {
            for keyword in &foreign {
                members.shift_remove(*keyword);
            }
            let kind = keywords::type_of(members).unwrap_or_default();
            log.change(
                &place.pointer(),
                format!(
                    "removed, because they do not apply to the type {kind}: {}",
                    quoted(&foreign)
                ),
            );
        }
    });
}

/// Replaces a type that OpenAPI does not define; gives the message for one that cannot be replaced.
fn unknown(members: &mut Map<String, Value>, word: &str) -> Option<String> {
    const KNOWN: &[&str] = &[
        "string", "integer", "number", "boolean", "array", "object", "null",
    ];
    if KNOWN.contains(&word) {
        return None;
    }
    let lower = word.trim().to_ascii_lowercase();
    let (kind, format) = match lower.as_str() {
        lower if KNOWN.contains(&lower) => (lower, None),
        "str" | "text" | "char" | "varchar" | "enum" => ("string", None),
        "date" => ("string", Some("date")),
        "datetime" | "date-time" | "date_time" => ("string", Some("date-time")),
        "uuid" | "guid" => ("string", Some("uuid")),
        "uri" | "url" => ("string", Some("uri")),
        "email" => ("string", Some("email")),
        "byte" | "base64" => ("string", Some("byte")),
        "file" | "binary" => ("string", Some("binary")),
        "int" | "bigint" => ("integer", None),
        "long" | "int64" => ("integer", Some("int64")),
        "int32" | "short" => ("integer", Some("int32")),
        "decimal" | "numeric" | "real" => ("number", None),
        "float" => ("number", Some("float")),
        "double" => ("number", Some("double")),
        "bool" => ("boolean", None),
        "list" | "set" => ("array", None),
        "map" | "dict" | "dictionary" | "hash" | "struct" | "json" => ("object", None),
        "any" | "mixed" | "*" | "" => {
            members.shift_remove("type");
            return None;
        }
        _ => {
            members.shift_remove("type");
            return Some(format!("`{word}` is not a valid type"));
        }
    };
    let kind = Value::from(kind);
    members.insert("type".to_owned(), kind);
    if let Some(format) = format {
        members
            .entry("format")
            .or_insert_with(|| Value::from(format));
    }
    None
}

fn inferred(members: &Map<String, Value>) -> Option<&'static str> {
    if members.get("properties").is_some_and(Value::is_object) {
        return Some("object");
    }
    if members.contains_key("enum") || keywords::is_composed(members) {
        return None;
    }
    // `required` alone restricts an object that is described elsewhere.
    let from_keywords = members
        .iter()
        .filter(|(keyword, value)| {
            *keyword != "required" && !(*keyword == "additionalProperties" && value.is_boolean())
        })
        .find_map(|(keyword, _)| keywords::type_of_keyword(keyword));
    from_keywords.or_else(|| {
        let format = members.get("format")?.as_str()?;
        formats::domain(format)
    })
}

/// Keywords that apply to another type than that of the schema.
fn foreign_keywords(members: &Map<String, Value>) -> Vec<&'static str> {
    const SHAPES: &[&str] = &[
        "properties",
        "additionalProperties",
        "required",
        "items",
        "uniqueItems",
    ];
    let Some(own) = keywords::type_of(members) else {
        return Vec::new();
    };
    SHAPES
        .iter()
        .copied()
        .filter(|keyword| {
            members.contains_key(*keyword)
                && keywords::type_of_keyword(keyword).is_some_and(|kind| kind != own)
        })
        .collect()
}
