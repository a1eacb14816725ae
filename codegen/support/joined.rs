/// The separators in an array or object that is written as one value (RFC 6570).
#[derive(Clone, Copy, Debug)]
pub struct Joints {
    /// Before the first part.
    pub before: &'static str,
    /// Between parts.
    pub between: &'static str,
    /// Between the name and the value of a member.
    pub equals: &'static str,
}

/// Joins the elements of an array, or the names and values of an object, into one value. `encode` encodes each of them.
pub fn joined<T: serde::Serialize + ?Sized>(
    value: &T,
    joints: Joints,
    encode: impl Fn(&str) -> String,
) -> String {
    let parts: Vec<String> = match to_value(value) {
        serde_json::Value::Array(items) => items.iter().map(|item| encode(&plain(item))).collect(),
        serde_json::Value::Object(members) => members
            .iter()
            .map(|(name, value)| encode(name) + joints.equals + &encode(&plain(value)))
            .collect(),
        other => vec![encode(&plain(&other))],
    };
    match parts.join(joints.between) {
        // An empty value of the style `matrix` is `;name`, without `=`.
        text if text.is_empty() => joints.before.trim_end_matches('=').to_owned(),
        text => joints.before.to_owned() + &text,
    }
}
