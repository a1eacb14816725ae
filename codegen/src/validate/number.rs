//! Bounds of numbers, in the words of OpenAPI 3.0 and 3.1.

use serde_json::{Map, Number, Value};

/// Whether a number has no fraction; `1.0` is an integer to JSON Schema.
pub(super) fn is_integer(number: &Number) -> bool {
    number.is_i64()
        || number.is_u64()
        || number.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// Whether two values are one to JSON Schema, where `1` and `1.0` are.
pub(super) fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (one, other) => one == other,
    }
}

pub(super) fn check(keywords: &Map<String, Value>, number: &Number, mut push: impl FnMut(String)) {
    let Some(value) = number.as_f64() else { return };
    let bound = |keyword: &str| keywords.get(keyword).and_then(Value::as_f64);
    // 3.0 has a flag beside the bound, 3.1 a bound of its own.
    let is_exclusive = |keyword: &str| keywords.get(keyword) == Some(&Value::Bool(true));
    if let Some(least) = bound("minimum") {
        let exclusive = is_exclusive("exclusiveMinimum");
        if value < least || (exclusive && value <= least) {
            push(format!("{number} is less than the minimum {least}"));
        }
    }
    if let Some(most) = bound("maximum") {
        let exclusive = is_exclusive("exclusiveMaximum");
        if value > most || (exclusive && value >= most) {
            push(format!("{number} is more than the maximum {most}"));
        }
    }
    if let Some(least) = bound("exclusiveMinimum").filter(|least| value <= *least) {
        push(format!("{number} is not more than {least}"));
    }
    if let Some(most) = bound("exclusiveMaximum").filter(|most| value >= *most) {
        push(format!("{number} is not less than {most}"));
    }
    if let Some(step) = bound("multipleOf").filter(|step| *step > 0.0) {
        let times = value / step;
        // 0.3 is three times 0.1, in spite of floating point.
        if (times - times.round()).abs() > 1e-9 * times.abs().max(1.0) {
            push(format!("{number} is not a multiple of {step}"));
        }
    }
    let is_32_bits =
        matches!(keywords.get("format"), Some(Value::String(format)) if format == "int32");
    if is_32_bits && !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&value) {
        push(format!("{number} does not fit in 32 bits"));
    }
}
