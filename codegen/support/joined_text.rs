/// The elements of an array, or the names and values of an object, as one string; `None` if there are none.
fn joined_text(value: &Written, joints: Joints, encode: fn(&str) -> String) -> Option<String> {
    let parts: Vec<String> = match value {
        Written::List(items) => items.iter().map(|item| encode(&item.plain())).collect(),
        Written::Members(members) => members
            .iter()
            .map(|(name, value)| encode(name) + joints.equals + &encode(&value.plain()))
            .collect(),
        other => vec![encode(&other.plain())],
    };
    if parts.is_empty() {
        return None;
    }
    Some(match parts.join(joints.between) {
        // An empty value of the style `matrix` is `;name`, without `=`.
        text if text.is_empty() => joints.before.trim_end_matches('=').to_owned(),
        text => joints.before.to_owned() + &text,
    })
}
