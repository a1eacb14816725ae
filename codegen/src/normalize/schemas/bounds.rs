//! Bounds and annotations: with values of the right type, numbers within 64 bits.
//!
//! The generated types use them only as documentation, so malformed ones are removed.

use serde_json::{Map, Number, Value};

use super::quoted;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::walk;

pub(crate) const PASS: Pass =
    Pass::new("bounds", "removes malformed bounds and annotations", apply);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        let kind = keywords::type_of(members).map(str::to_owned);
        let mut removed = Vec::new();
        let keys: Vec<String> = members.keys().cloned().collect();
        for keyword in keys {
            let value = &members[&keyword];
            let settled = settle(&keyword, value, kind.as_deref());
            match settled {
                Settled::Same => {}
                Settled::Other(value) => {
                    members.insert(keyword, value);
                }
                Settled::Gone => {
                    members.shift_remove(&keyword);
                    removed.push(keyword);
                }
            }
        }
        for (flag, partner) in [
            ("exclusiveMinimum", "minimum"),
            ("exclusiveMaximum", "maximum"),
        ] {
            if members.contains_key(flag) && !members.contains_key(partner) {
                members.shift_remove(flag);
                removed.push(flag.to_owned());
            }
        }
        if integers_too_large(members, kind.as_deref()) {
            members.shift_remove("enum");
            removed.push("enum".to_owned());
        }
        if !removed.is_empty() {
            log.change(
                &place.pointer(),
                format!(
                    "removed, because the values are not valid: {}",
                    quoted(removed)
                ),
            );
        }
    });
}

enum Settled {
    Same,
    Other(Value),
    Gone,
}

fn settle(keyword: &str, value: &Value, kind: Option<&str>) -> Settled {
    match keyword {
        "minimum" | "maximum" | "multipleOf" => match read(value) {
            None => Settled::Gone,
            Some(number) if kind == Some("integer") => whole(&number),
            Some(number) => changed(value, Value::Number(number)),
        },
        "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties" | "maxProperties" => {
            match read(value).map(|number| whole(&number)) {
                Some(Settled::Same) if value.is_u64() => Settled::Same,
                Some(Settled::Other(number)) if number.is_u64() => Settled::Other(number),
                Some(Settled::Same) if value.is_string() => read(value)
                    .map_or(Settled::Gone, |number| {
                        Settled::Other(Value::Number(number))
                    }),
                _ => Settled::Gone,
            }
        }
        "exclusiveMinimum" | "exclusiveMaximum" | "uniqueItems" | "deprecated" | "readOnly"
        | "writeOnly" => flag(value),
        "pattern" if !value.is_string() => Settled::Gone,
        "title" | "description" | "summary" => match value {
            Value::String(_) => Settled::Same,
            Value::Number(_) | Value::Bool(_) => Settled::Other(Value::String(value.to_string())),
            _ => Settled::Gone,
        },
        "externalDocs" | "xml" if !value.is_object() => Settled::Gone,
        _ => Settled::Same,
    }
}

fn changed(old: &Value, new: Value) -> Settled {
    if *old == new {
        Settled::Same
    } else {
        Settled::Other(new)
    }
}

fn flag(value: &Value) -> Settled {
    match value {
        Value::Bool(_) => Settled::Same,
        Value::String(text) => text
            .trim()
            .to_ascii_lowercase()
            .parse()
            .map_or(Settled::Gone, |flag| Settled::Other(Value::Bool(flag))),
        _ => Settled::Gone,
    }
}

fn read(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::String(text) => {
            let text = text.trim();
            if let Ok(whole) = text.parse::<i64>() {
                return Some(Number::from(whole));
            }
            Number::from_f64(text.parse().ok()?)
        }
        _ => None,
    }
}

/// 2^53. A larger float may have lost its fraction, and published bounds of that size mean "any".
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A bound as an integer of 64 bits.
fn whole(number: &Number) -> Settled {
    if number.is_i64() || number.is_u64() {
        return Settled::Same;
    }
    match number.as_f64() {
        Some(value) if value.fract() == 0.0 && value.abs() <= EXACT => format!("{value:.0}")
            .parse::<i64>()
            .map_or(Settled::Gone, |whole| Settled::Other(Value::from(whole))),
        _ => Settled::Gone,
    }
}

fn integers_too_large(members: &Map<String, Value>, kind: Option<&str>) -> bool {
    let values = members.get("enum").and_then(Value::as_array);
    kind == Some("integer")
        && values.is_some_and(|values| !values.iter().all(|it| it.is_i64() || it.is_u64()))
}
