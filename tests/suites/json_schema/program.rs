//! Reads values strictly, writes them, and prints which have changed: the module of the group, a tab, and what happened.

use json_schema::runtime::data::{Blank, read, to_json};
use serde_json::Value;

fn check<T: Blank>(group: &str, values: &[&str]) {
    for text in values {
        if let Err(failure) = try_it::<T>(text) {
            println!("{group}\t{}", failure.replace('\n', " "));
        }
    }
}

fn try_it<T: Blank>(text: &str) -> Result<(), String> {
    let before: Value = serde_json::from_str(text).expect("the value is JSON");
    let read: Result<T, _> = read(&mut serde_json::Deserializer::from_str(text));
    let value = read.map_err(|fault| format!("{text} is not read: {fault}"))?;
    let now = to_json(&value).map_err(|fault| format!("{text} is not written: {fault}"))?;
    let now: Value = serde_json::from_slice(&now).expect("what is written is JSON");
    if is_equal(&before, &now) {
        Ok(())
    } else {
        Err(format!("{text} becomes {now}"))
    }
}

/// Whether two values are equal as JSON Schema compares them: `1` and `1.0` are one number.
fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(left), Value::Number(right)) => {
            left == right || ((left.is_f64() || right.is_f64()) && left.as_f64() == right.as_f64())
        }
        (Value::Array(left), Value::Array(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(l, r)| is_equal(l, r))
        }
        (Value::Object(left), Value::Object(right)) => {
            let is_kept = |(name, value)| right.get(name).is_some_and(|it| is_equal(value, it));
            left.len() == right.len() && left.iter().all(is_kept)
        }
        _ => one == other,
    }
}
