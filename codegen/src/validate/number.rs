//! Numbers: what JSON Schema calls an integer and equal, and the bounds of OpenAPI 3.0, 3.1 and 3.2.

use serde_json::{Map, Number, Value};

/// A keyword for a bound, whether a value breaks it (exclusively, if OpenAPI 3.0 says so beside it), and what it is then.
type Bound = (&'static str, fn(f64, f64, bool) -> bool, &'static str);

const BOUNDS: &[Bound] = &[
    (
        "minimum",
        |value, least, is_exclusive| value < least || (is_exclusive && value <= least),
        "less than the minimum",
    ),
    (
        "maximum",
        |value, most, is_exclusive| value > most || (is_exclusive && value >= most),
        "more than the maximum",
    ),
    // In OpenAPI 3.1. In 3.0 these are booleans next to `minimum` and `maximum`.
    (
        "exclusiveMinimum",
        |value, least, _| value <= least,
        "not more than",
    ),
    (
        "exclusiveMaximum",
        |value, most, _| value >= most,
        "not less than",
    ),
    (
        "multipleOf",
        |value, step, _| step > 0.0 && !is_multiple(value, step),
        "not a multiple of",
    ),
];

/// Whether a number has no fraction: in JSON Schema, `1.0` is an integer.
pub(super) fn is_integer(number: &Number) -> bool {
    number.is_i64()
        || number.is_u64()
        || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// Whether two values are equal in JSON Schema, where `1` equals `1.0`.
pub(super) fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (one, other) => one == other,
    }
}

/// Adds what is wrong with a number.
pub(super) fn check(keywords: &Map<String, Value>, number: &Number, mut push: impl FnMut(String)) {
    let Some(value) = number.as_f64() else { return };
    let is_true = |keyword: &str| keywords.get(keyword) == Some(&Value::Bool(true));
    for (keyword, is_broken, what) in BOUNDS {
        let is_exclusive = match *keyword {
            "minimum" => is_true("exclusiveMinimum"),
            "maximum" => is_true("exclusiveMaximum"),
            _ => false,
        };
        let bound = keywords.get(*keyword).and_then(Value::as_f64);
        if let Some(bound) = bound.filter(|bound| is_broken(value, *bound, is_exclusive)) {
            push(format!("{number} is {what} {bound}"));
        }
    }
    let is_32_bits = keywords
        .get("format")
        .is_some_and(|format| format == "int32");
    if is_32_bits && !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&value) {
        push(format!("{number} does not fit in 32 bits"));
    }
}

/// Whether a number is a multiple of another one. 0.3 is three times 0.1, in spite of floating point.
fn is_multiple(value: f64, step: f64) -> bool {
    let times = value / step;
    (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0)
}
