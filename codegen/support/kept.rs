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
        (value, other) => usize::from(value == other),
    }
}
