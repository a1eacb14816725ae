//! Numbers whose bounds, values or examples do not fit in 64 bits: they get a format for later steps.
//!
//! An integer may need an unsigned type, or one of any size. A number with a fraction may have more digits than a float: then its
//! format, its values or its examples show it. The formats `float` and `double` say that it has not.

use serde_json::{Map, Value};

use super::elements;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::walk;

/// The format of integers that may need more than 64 bits.
pub(crate) const ANY_SIZE: &str = "bigint";

/// The format of numbers that may need more digits than a float has.
pub(crate) const EXACT: &str = "decimal";

/// 2^63, which is also the greatest signed integer after rounding to a float.
const SIGNED: f64 = 9_223_372_036_854_775_808.0;

/// 2^64, the same for unsigned integers.
const UNSIGNED: f64 = 18_446_744_073_709_551_616.0;

/// 2^53: not every integer beyond it is a float.
const FLOAT: f64 = 9_007_199_254_740_992.0;

/// The greatest float of single precision. A bound as great as it says that the number is a float.
const GREATEST: f64 = 3.4e38;

pub(crate) const PASS: Pass = Pass::new(
    "number-sizes",
    "adds a format to numbers that do not fit in 64 bits",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        let format = members.get("format").and_then(Value::as_str);
        let (format, why) = match (keywords::type_of(members), format) {
            (Some("integer"), Some("int128" | "uint128" | "biginteger")) => {
                (ANY_SIZE, "it does not fit in 64 bits".to_owned())
            }
            (Some("number"), Some("decimal128" | "bigdecimal")) => {
                (EXACT, "it has more digits than a float".to_owned())
            }
            (Some("integer"), None) => {
                let (least, most) = range(members);
                let Some(format) = integer(members, least, most) else {
                    return;
                };
                (
                    format,
                    format!("the integer is between {least:e} and {most:e}"),
                )
            }
            (Some("number"), None) if shows_many_digits(members) => {
                (EXACT, "its values have more digits than a float".to_owned())
            }
            _ => return,
        };
        members.insert("format".to_owned(), Value::from(format));
        let what = format!("the format `{format}` was added: {why}");
        log.change(&place.pointer(), what);
    });
}

/// The format of an integer between these two; `None` if it fits in `int64`.
fn integer(members: &Map<String, Value>, least: f64, most: f64) -> Option<&'static str> {
    let is_large = |value: &Value| value.is_u64() && !value.is_i64();
    // Values are not rounded, as bounds are.
    let has_large = shown(members).any(is_large);
    if least >= -SIGNED && most <= SIGNED && !has_large {
        None
    } else if least >= 0.0 && most <= UNSIGNED {
        Some("uint64")
    } else {
        Some(ANY_SIZE)
    }
}

/// The values and examples of a schema.
fn shown(members: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let values = ["const", "default", "example"].into_iter();
    values.filter_map(|keyword| members.get(keyword)).chain(
        ["enum", "examples"]
            .into_iter()
            .flat_map(|keyword| elements(members.get(keyword))),
    )
}

/// The least and the greatest integer among the bounds, the values and the examples.
fn range(members: &Map<String, Value>) -> (f64, f64) {
    let bounds = ["minimum", "maximum"]
        .into_iter()
        .filter_map(|bound| members.get(bound));
    let numbers = bounds.chain(shown(members));
    let numbers = numbers.filter_map(|value| match value {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_f64(),
    });
    let minimum = members.get("minimum").and_then(Value::as_f64);
    let least = minimum.unwrap_or(if members.contains_key("minimum") {
        0.0
    } else {
        -1.0
    });
    numbers.fold((least, 0.0), |(least, most), number: f64| {
        (least.min(number), most.max(number))
    })
}

/// Whether a value, an example or a bound of a number is an integer that a float does not hold.
fn shows_many_digits(members: &Map<String, Value>) -> bool {
    let is_beyond = |value: &Value| value.as_f64().is_some_and(|it| it.abs() > FLOAT);
    let is_bound = |value: &&Value| value.as_f64().is_some_and(|it| it.abs() < GREATEST);
    let bounds = ["minimum", "maximum"].into_iter();
    let mut bounds = bounds
        .filter_map(|bound| members.get(bound))
        .filter(is_bound);
    shown(members).any(is_beyond) || bounds.any(is_beyond)
}
