/// How much of a value is in what was read from it.
pub(crate) fn kept(value: &serde_json::Value, again: &serde_json::Value) -> usize {
    match (value, again) {
        (serde_json::Value::Object(members), serde_json::Value::Object(others)) => {
            let both = members.iter().filter_map(|(name, value)| Some((value, others.get(name)?)));
            1 + both.map(|(value, other)| 1 + kept(value, other)).sum::<usize>()
        }
        (serde_json::Value::Array(items), serde_json::Value::Array(others)) => {
            1 + items.iter().zip(others).map(|(item, other)| kept(item, other)).sum::<usize>()
        }
        (serde_json::Value::Number(number), serde_json::Value::Number(other)) => {
            usize::from(number == other || (is_exact(number) && number.as_f64() == other.as_f64()))
        }
        (value, other) => usize::from(value == other),
    }
}

/// Whether an `f64` holds a number: integers up to 2^53, and everything that is no integer.
fn is_exact(number: &serde_json::Number) -> bool {
    let integer = number.as_i64().map(i64::unsigned_abs).or(number.as_u64());
    integer.is_none_or(|integer| integer <= 1 << 53)
}
