//! `runtime::data` on types as the generator writes them. The module is compiled into this binary, as into a generated crate.

mod formats;
mod lenient;
mod memory;
mod mutation;
mod runtime;
#[allow(unreachable_pub, reason = "in a generated crate the types are public")]
mod samples;
mod strict;
mod tags;
mod traps;
mod unions;

use serde_json::Value;

/// Asserts that two values are the same.
pub(crate) fn assert_same(one: &Value, other: &Value) {
    assert!(is_same(one, other), "{one} is not {other}");
}

/// Whether two values are equal. `1` and `1.0` are: a whole number is written without a fraction.
pub(crate) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) if one.is_f64() || other.is_f64() => {
            one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let mut members = one.iter();
            one.len() == other.len()
                && members.all(|(name, it)| other.get(name).is_some_and(|other| is_same(it, other)))
        }
        (one, other) => one == other,
    }
}
