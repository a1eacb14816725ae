//! Integers that 64 bits with a sign cannot hold: their bounds or values say so, and a format says it to the later steps.

use serde_json::{Map, Value};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::walk;

/// The format of integers that no number of bits holds for certain.
pub(crate) const ANY_SIZE: &str = "bigint";

/// 2^63. Bounds of signed integers that were rounded to a floating point number become this.
const SIGNED: f64 = 9_223_372_036_854_775_808.0;

/// 2^64, the same for integers without a sign.
const UNSIGNED: f64 = 18_446_744_073_709_551_616.0;

pub(crate) const PASS: Pass = Pass::new("integer-sizes", "finds the size of integers", apply);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        if keywords::type_of(members) != Some("integer") || members.contains_key("format") {
            return;
        }
        let (least, mut most) = range(members);
        let values = members.get("enum").and_then(Value::as_array);
        let is_large = |value: &Value| value.is_u64() && !value.is_i64();
        // Values are not rounded: this one is meant.
        if most <= SIGNED && values.is_some_and(|values| values.iter().any(is_large)) {
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

/// The least and the greatest integer that a schema names as a bound or a value.
fn range(members: &Map<String, Value>) -> (f64, f64) {
    let bounds = ["minimum", "maximum"]
        .into_iter()
        .filter_map(|bound| members.get(bound));
    let values = members.get("enum").and_then(Value::as_array);
    let numbers = bounds.chain(values.into_iter().flatten());
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
