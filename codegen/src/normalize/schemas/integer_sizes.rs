//! Integers whose bounds or values do not fit in 64 bits with a sign: they get a format for later steps.

use serde_json::{Map, Value};

use super::elements;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::walk;

/// The format of integers that may need more than 64 bits.
pub(crate) const ANY_SIZE: &str = "bigint";

/// 2^63, which is also the greatest signed integer after rounding to a float.
const SIGNED: f64 = 9_223_372_036_854_775_808.0;

/// 2^64, the same for unsigned integers.
const UNSIGNED: f64 = 18_446_744_073_709_551_616.0;

pub(crate) const PASS: Pass = Pass::new(
    "integer-sizes",
    "adds a format to integers that do not fit in `int64`",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        if keywords::type_of(members) != Some("integer") || members.contains_key("format") {
            return;
        }
        let (least, mut most) = range(members);
        let is_large = |value: &Value| value.is_u64() && !value.is_i64();
        // Values of an enum are not rounded.
        if most <= SIGNED && elements(members.get("enum")).any(is_large) {
            most = UNSIGNED;
        }
        let format = if least >= -SIGNED && most <= SIGNED {
            return;
        } else if least >= 0.0 && most <= UNSIGNED {
            "uint64"
        } else {
            ANY_SIZE
        };
        members.insert("format".to_owned(), Value::from(format));
        let what = format!(
            "the format `{format}` was added: the integer is between {least:e} and {most:e}"
        );
        log.change(&place.pointer(), what);
    });
}

/// The least and the greatest integer among the bounds and the values.
fn range(members: &Map<String, Value>) -> (f64, f64) {
    let bounds = ["minimum", "maximum"]
        .into_iter()
        .filter_map(|bound| members.get(bound));
    let numbers = bounds.chain(elements(members.get("enum")));
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
