/// The pairs of a value in the style `deepObject`. `is_numbered`: elements have an index, though they may have no members.
fn bracket_pairs(name: &str, value: &Written, is_numbered: bool) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    bracketed(&mut pairs, name, value, is_numbered);
    pairs
}

fn bracketed(pairs: &mut Vec<(String, String)>, name: &str, value: &Written, is_numbered: bool) {
    match value {
        Written::Members(members) => {
            for (member, value) in members {
                bracketed(pairs, &format!("{name}[{member}]"), value, is_numbered);
            }
        }
        Written::List(items) => {
            // An index keeps the members of one element together. Plain values do not need it.
            let is_numbered = is_numbered || items.iter().any(has_parts);
            for (index, item) in items.iter().enumerate() {
                let index = if is_numbered { index.to_string() } else { String::new() };
                bracketed(pairs, &format!("{name}[{index}]"), item, is_numbered);
            }
        }
        other => pairs.push((name.to_owned(), other.plain())),
    }
}

/// Whether a value is an array or an object.
fn has_parts(value: &Written) -> bool {
    matches!(value, Written::List(_) | Written::Members(_))
}
