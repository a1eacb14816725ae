//! Converts schemas of OpenAPI 3.1 (JSON Schema 2020-12) to the keywords of 3.0.
//!
//! Many documents of version 3.0 use the newer keywords too, always with the meaning of 3.1.

use serde_json::{Map, Value, json};

use super::{anchors, conditions};
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new(
    "newer-keywords",
    "converts schemas to the keywords of OpenAPI 3.0",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    anchors::apply(document, log);
    conditions::apply(document, log);
    walk::objects(document, |members, place| {
        for rewrite in REWRITES {
            if let Some(what) = rewrite(members) {
                log.change(&place.pointer(), what);
            }
        }
    });
}

type Rewrite = fn(&mut Map<String, Value>) -> Option<String>;

/// The order matters: `const` may decide the type, and types are split when all their keywords are converted.
const REWRITES: &[Rewrite] = &[
    constant,
    bounds,
    examples,
    content,
    tuple,
    pattern_properties,
    unevaluated,
    types,
    forget,
];

fn constant(members: &mut Map<String, Value>) -> Option<String> {
    let value = members.shift_remove("const")?;
    if value.is_null() {
        members.insert("type".to_owned(), Value::from("null"));
        return Some("`const: null` was replaced by the type null".to_owned());
    }
    match value {
        Value::Object(value) => {
            let constants = value.into_iter();
            let constants = constants.map(|(name, value)| (name, json!({ "const": value })));
            let properties: Map<String, Value> = constants.collect();
            members.entry("type").or_insert_with(|| "object".into());
            members.entry("properties").or_insert(properties.into());
            return Some("`const` was replaced by an object with constant properties".to_owned());
        }
        Value::Array(values) => {
            let constants = values.into_iter().map(|value| json!({ "const": value }));
            let items = union_of(constants.collect());
            members.entry("type").or_insert_with(|| "array".into());
            members.entry("items").or_insert(items);
            return Some("`const` was replaced by an array with constant elements".to_owned());
        }
        _ => {}
    }
    members.insert("enum".to_owned(), json!([value]));
    Some("`const` was replaced by an enum of one value".to_owned())
}

/// Exclusive bounds are numbers in 3.1 and flags in 3.0.
fn bounds(members: &mut Map<String, Value>) -> Option<String> {
    let mut changed = false;
    for (exclusive, inclusive, is_lower) in [
        ("exclusiveMinimum", "minimum", true),
        ("exclusiveMaximum", "maximum", false),
    ] {
        let Some(Value::Number(bound)) = members.get(exclusive).cloned() else {
            continue;
        };
        changed = true;
        let other = members.get(inclusive).and_then(Value::as_f64);
        let is_tighter = match (bound.as_f64(), other) {
            (Some(bound), Some(other)) if is_lower => bound >= other,
            (Some(bound), Some(other)) => bound <= other,
            _ => true,
        };
        if is_tighter {
            members.insert(inclusive.to_owned(), Value::Number(bound));
            members.insert(exclusive.to_owned(), Value::Bool(true));
        } else {
            members.shift_remove(exclusive);
        }
    }
    changed.then(|| "an exclusive bound was converted to OpenAPI 3.0".to_owned())
}

fn examples(members: &mut Map<String, Value>) -> Option<String> {
    let examples = members.shift_remove("examples")?;
    let first = match examples {
        Value::Array(list) => list.into_iter().next(),
        // Misplaced from a media type: name → { value }.
        Value::Object(named) => named
            .into_iter()
            .next()
            .map(|(_, example)| example.get("value").cloned().unwrap_or(example)),
        other => Some(other),
    };
    if let Some(first) = first {
        members.entry("example").or_insert(first);
    }
    Some("`example` was set to the first of `examples`".to_owned())
}

/// A string with encoded or binary content gets a format.
fn content(members: &mut Map<String, Value>) -> Option<String> {
    let encoding = members.shift_remove("contentEncoding");
    let media_type = members.shift_remove("contentMediaType");
    members.shift_remove("contentSchema");
    let encoding = encoding.as_ref().and_then(Value::as_str);
    let media_type = media_type.as_ref().and_then(Value::as_str);
    let format = match (encoding, media_type) {
        (None, None) => return None,
        (Some(encoding), _) if encoding.eq_ignore_ascii_case("base64") => Some("byte"),
        (Some(encoding), _) if encoding.eq_ignore_ascii_case("binary") => Some("binary"),
        // JSON or XML in a string stays a string.
        (None, Some(media_type)) if !is_text(media_type) => Some("binary"),
        _ => None,
    };
    if !members.contains_key("type") && !members.contains_key("$ref") {
        members.insert("type".to_owned(), Value::from("string"));
    }
    let Some(format) = format else {
        return Some("`contentEncoding` and `contentMediaType` were removed".to_owned());
    };
    members
        .entry("format")
        .or_insert_with(|| Value::from(format));
    Some(format!(
        "the content of the string became its format `{format}`"
    ))
}

fn is_text(media_type: &str) -> bool {
    let lower = media_type.to_ascii_lowercase();
    let essence = lower.split(';').next().unwrap_or_default().trim();
    essence.starts_with("text/")
        || essence.ends_with("json")
        || essence.ends_with("xml")
        || essence.ends_with("yaml")
        || matches!(
            essence,
            "application/jwt" | "application/x-www-form-urlencoded"
        )
}

/// The elements of a tuple become items of one type, or of a union. Without `items`, elements of any type may follow the tuple:
/// these are neither lost nor refused. A union keeps them; otherwise the items are of any type.
fn tuple(members: &mut Map<String, Value>) -> Option<String> {
    let Value::Array(mut places) = members.shift_remove("prefixItems")? else {
        return Some("`prefixItems` was removed: it is not an array of schemas".to_owned());
    };
    let most = members.get("maxItems").and_then(Value::as_u64);
    let is_full = most.is_some_and(|most| most <= places.len() as u64);
    let rest = members.shift_remove("items");
    let rest = rest.or_else(|| unevaluated_items(members));
    members
        .entry("type")
        .or_insert_with(|| Value::from("array"));
    let items = match rest {
        _ if is_full => union_of(places),
        Some(Value::Bool(false)) => union_of(places),
        Some(rest @ Value::Object(_)) => {
            places.push(rest);
            union_of(places)
        }
        // What is not one of the variants of a union is kept.
        _ if stays_union(&places) => union_of(places),
        _ => {
            members.insert("items".to_owned(), json!({}));
            let what = "the elements of the tuple became `items` of any type: elements of any type may follow";
            return Some(what.to_owned());
        }
    };
    members.insert("items".to_owned(), items);
    Some("the elements of the tuple became `items`: one type, or a union".to_owned())
}

/// Whether a union of schemas stays one whatever happens to it: two of them have different types.
fn stays_union(schemas: &[Value]) -> bool {
    let kind = |schema: &Value| {
        let kind = schema.get("type").and_then(Value::as_str)?;
        Some(if kind == "integer" { "number" } else { kind }.to_owned())
    };
    let mut kinds = schemas.iter().map(kind);
    let first = kinds.next().flatten();
    first.is_some() && kinds.any(|kind| kind.is_some() && kind != first)
}

/// The schema, if all are equal; otherwise their union.
pub(crate) fn union_of(list: Vec<Value>) -> Value {
    let mut distinct: Vec<Value> = Vec::new();
    for schema in list {
        // Comparing all schemas of a huge tuple with each other would take too long.
        if distinct.len() > 50 {
            return json!({});
        }
        if !distinct.contains(&schema) {
            distinct.push(schema);
        }
    }
    match distinct.len() {
        0 => json!({}),
        1 => distinct.remove(0),
        _ => json!({ "anyOf": distinct }),
    }
}

/// Properties whose names match a pattern become additional properties.
fn pattern_properties(members: &mut Map<String, Value>) -> Option<String> {
    let patterns = members.shift_remove("patternProperties")?;
    let mut schemas: Vec<Value> = match patterns {
        Value::Object(patterns) => patterns.into_iter().map(|(_, schema)| schema).collect(),
        _ => Vec::new(),
    };
    if schemas.is_empty() || members.get("additionalProperties") == Some(&Value::Bool(true)) {
        return Some("`patternProperties` became `additionalProperties`".to_owned());
    }
    if let Some(rest @ Value::Object(_)) = members.shift_remove("additionalProperties") {
        schemas.push(rest);
    }
    members.insert("additionalProperties".to_owned(), union_of(schemas));
    members
        .entry("type")
        .or_insert_with(|| Value::from("object"));
    Some("`patternProperties` became `additionalProperties`".to_owned())
}

/// Takes `unevaluatedItems`, and gives it if it is about all elements that no member beside it describes. The schemas of a composition,
/// a reference or a condition beside it may describe some of them, which it is not about.
fn unevaluated_items(members: &mut Map<String, Value>) -> Option<Value> {
    const OTHERS: [&str; 10] = [
        "$ref",
        "$dynamicRef",
        "allOf",
        "anyOf",
        "oneOf",
        "if",
        "then",
        "else",
        "dependentSchemas",
        "contains",
    ];
    let items = members.shift_remove("unevaluatedItems")?;
    let is_alone = OTHERS.iter().all(|name| !members.contains_key(*name));
    is_alone.then_some(items)
}

/// Unevaluated properties and items become additional ones, unless the schema has those.
fn unevaluated(members: &mut Map<String, Value>) -> Option<String> {
    let properties = members.shift_remove("unevaluatedProperties");
    let has_items = members.contains_key("unevaluatedItems");
    if properties.is_none() && !has_items {
        return None;
    }
    let items = unevaluated_items(members);
    if let Some(schema @ (Value::Object(_) | Value::Bool(true))) = properties {
        members.entry("additionalProperties").or_insert(schema);
        return Some("`unevaluatedProperties` became `additionalProperties`".to_owned());
    }
    if let Some(schema @ Value::Object(_)) = items {
        members.entry("items").or_insert(schema);
        return Some("`unevaluatedItems` became `items`".to_owned());
    }
    if has_items && items.is_none() {
        let what = "`unevaluatedItems` was removed: other schemas may describe the elements";
        return Some(what.to_owned());
    }
    Some("`unevaluated…: false` was removed: it does not change the type".to_owned())
}

/// Several types become a union, and null becomes `nullable`.
fn types(members: &mut Map<String, Value>) -> Option<String> {
    let Value::Array(listed) = members.get("type")? else {
        return None;
    };
    let mut kinds: Vec<String> = Vec::new();
    let mut is_nullable = false;
    for kind in listed {
        match kind {
            Value::Null => is_nullable = true,
            Value::String(kind) if kind == "null" => is_nullable = true,
            Value::String(kind) if !kinds.contains(kind) => kinds.push(kind.clone()),
            _ => {}
        }
    }
    if kinds.iter().any(|kind| kind == "number") {
        // Every integer is a number.
        kinds.retain(|kind| kind != "integer");
    }
    members.shift_remove("type");
    if is_nullable && !kinds.is_empty() {
        members.insert("nullable".to_owned(), Value::Bool(true));
    }
    match kinds.len() {
        0 if is_nullable => {
            members.insert("type".to_owned(), Value::from("null"));
        }
        0 => return Some("an empty array of types was removed".to_owned()),
        1 => {
            members.insert("type".to_owned(), Value::String(kinds.remove(0)));
        }
        // The values or variants have types themselves.
        _ if members.contains_key("enum") || keywords::is_composed(members) => {
            return Some(
                "the array of types was removed: the values or variants have types".to_owned(),
            );
        }
        _ => {
            split(members, &kinds);
            return Some(format!("the types {} became a union", kinds.join(", ")));
        }
    }
    Some("the array of types was replaced by one type, with `nullable` if it has null".to_owned())
}

/// Makes a variant of each type, with the keywords that belong to it.
fn split(members: &mut Map<String, Value>, kinds: &[String]) {
    let mut variants: Vec<Map<String, Value>> = kinds
        .iter()
        .map(|kind| Map::from_iter([("type".to_owned(), Value::from(kind.as_str()))]))
        .collect();
    let (rest, own): (Map<_, _>, Map<_, _>) = std::mem::take(members)
        .into_iter()
        .partition(|(keyword, _)| keywords::is_annotation(keyword));
    *members = rest;
    for (keyword, value) in own {
        let kind = match keyword.as_str() {
            "format" => value.as_str().and_then(crate::openapi::formats::domain),
            other => keywords::type_of_keyword(other),
        };
        for (variant, own) in variants.iter_mut().zip(kinds) {
            let fits =
                kind.is_some_and(|kind| kind == own || (kind == "number" && own == "integer"));
            if fits {
                variant.insert(keyword.clone(), value.clone());
            }
        }
    }
    let variants = variants.into_iter().map(Value::Object).collect();
    members.insert("anyOf".to_owned(), Value::Array(variants));
}

/// Removes keywords about the schema as a resource: no reference uses them any more.
fn forget(members: &mut Map<String, Value>) -> Option<String> {
    for keyword in [
        "$schema",
        "$vocabulary",
        "$comment",
        "$anchor",
        "$dynamicAnchor",
        "$recursiveAnchor",
    ] {
        members.shift_remove(keyword);
    }
    if members.get("$id").is_some_and(Value::is_string) {
        members.shift_remove("$id");
    }
    None
}
