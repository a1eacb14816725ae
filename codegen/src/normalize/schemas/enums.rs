//! Enums: unique values, all of the type of the schema.
//!
//! Values of another type are converted if possible (YAML reads `1` as a number, also for `type: string`); otherwise the
//! schema takes the type of its values, or becomes a union. The values of numbers and booleans are only documentation: a
//! new value must not break a client, and Rust has no open enum of numbers.

use std::collections::HashSet;

use serde_json::{Map, Number, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new("enums", "makes enum values unique and of one type", apply);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        let Some(written) = members.get_mut("enum") else {
            return;
        };
        let values = match written.take() {
            Value::Array(values) => values,
            single @ (Value::String(_) | Value::Number(_) | Value::Bool(_)) => vec![single],
            _ => Vec::new(),
        };
        let mut kept: Vec<Value> = Vec::with_capacity(values.len());
        let mut seen = HashSet::new();
        let before = values.len();
        for value in values {
            if !value.is_object() && !value.is_array() && seen.insert(value.to_string()) {
                kept.push(value);
            }
        }
        if kept.len() < before {
            log.change(
                &place.pointer(),
                "enum values that are duplicates, objects or arrays were removed",
            );
        }
        if kept.is_empty() {
            members.shift_remove("enum");
            log.change(&place.pointer(), "the enum was removed: it has no values");
            return;
        }
        if let Some(what) = settle(members, kept) {
            log.change(&place.pointer(), what);
        }
    });
}

/// Adds the values again, in the form that fits the type, and gives what changed.
fn settle(members: &mut Map<String, Value>, values: Vec<Value>) -> Option<String> {
    let own = keywords::type_of(members).map(str::to_owned);
    // The parts of an `allOf` are merged later, with this enum. Variants of a union are not.
    let is_merged = keywords::union(members).is_none()
        && (own.is_some() || values.iter().all(Value::is_string));
    if keywords::is_composed(members) && !is_merged {
        members.shift_remove("enum");
        return Some("the enum was removed: the schema is a composition".to_owned());
    }
    match own.as_deref() {
        Some("string") => {
            let changed = values.iter().any(|value| !value.is_string());
            let mut seen = HashSet::with_capacity(values.len());
            let texts = values.into_iter().map(text_of);
            let texts = texts.filter(|text| seen.insert(text.clone()));
            let texts = texts.map(Value::String).collect();
            members.insert("enum".to_owned(), Value::Array(texts));
            changed.then(|| "the values of the string enum were changed to strings".to_owned())
        }
        Some("array") => {
            members.shift_remove("enum");
            let items = members.entry("items").or_insert_with(|| json!({}));
            let is_free =
                |items: &&mut Map<_, _>| !items.contains_key("$ref") && !items.contains_key("enum");
            if let Some(items) = items.as_object_mut().filter(is_free) {
                items.insert("enum".to_owned(), Value::Array(values));
                return Some("the enum of the array was moved to its items".to_owned());
            }
            Some("the enum was removed: the type is array".to_owned())
        }
        Some("object" | "null") => {
            members.shift_remove("enum");
            Some("the enum was removed: the type is object".to_owned())
        }
        Some(kind @ ("integer" | "number" | "boolean")) => of_scalar(members, values, kind),
        _ => Some(untyped(members, values)),
    }
}

fn text_of(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

/// Values of a schema with the type integer, number or boolean.
fn of_scalar(members: &mut Map<String, Value>, values: Vec<Value>, kind: &str) -> Option<String> {
    let read: Option<Vec<Value>> = values.iter().map(|value| read_as(value, kind)).collect();
    if let Some(read) = read {
        let changed = read != values;
        members.insert("enum".to_owned(), Value::Array(read));
        return changed.then(|| format!("the enum values were changed to {kind}"));
    }
    members.shift_remove("type");
    members.shift_remove("format");
    untyped(members, values);
    Some(format!(
        "the type was changed to the type of the enum values, which are not {kind}"
    ))
}

fn read_as(value: &Value, kind: &str) -> Option<Value> {
    match (value, kind) {
        (Value::Number(number), "integer") if number.is_i64() || number.is_u64() => {
            Some(value.clone())
        }
        (Value::Number(_), "number") | (Value::Bool(_), "boolean") => Some(value.clone()),
        (Value::String(text), "integer") => text.trim().parse::<i64>().ok().map(Value::from),
        (Value::String(text), "number") => {
            let number = text.trim().parse::<f64>().ok()?;
            Number::from_f64(number).map(Value::Number)
        }
        (Value::String(text), "boolean") => text.trim().parse::<bool>().ok().map(Value::from),
        _ => None,
    }
}

/// Values of a schema without a type: it takes their type, or becomes a union of their types.
fn untyped(members: &mut Map<String, Value>, values: Vec<Value>) -> String {
    let mut strings = Vec::new();
    let mut numbers = Vec::new();
    let mut booleans = Vec::new();
    for value in values {
        match value {
            Value::String(_) => strings.push(value),
            Value::Number(_) => numbers.push(value),
            _ => booleans.push(value),
        }
    }
    let is_integer = numbers
        .iter()
        .all(|number| number.is_i64() || number.is_u64());
    let number = if is_integer { "integer" } else { "number" };
    let mut kinds: Vec<(&str, Vec<Value>)> = vec![
        ("string", strings),
        (number, numbers),
        ("boolean", booleans),
    ];
    kinds.retain(|(_, values)| !values.is_empty());
    if let [(kind, values)] = &mut kinds[..] {
        members.insert("type".to_owned(), Value::from(*kind));
        members.insert("enum".to_owned(), Value::Array(std::mem::take(values)));
        return format!("the type of the enum was missing; {kind} was added");
    }
    members.shift_remove("enum");
    let variants = kinds
        .into_iter()
        .map(|(kind, values)| json!({ "type": kind, "enum": values }))
        .collect();
    members.insert("oneOf".to_owned(), Value::Array(variants));
    "the enum has values of several types and became a union".to_owned()
}
