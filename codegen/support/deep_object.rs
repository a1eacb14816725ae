/// Adds an object as query parameters of the form `name[member]=value`, at any depth.
pub fn deep_object<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    name: &str,
    object: &T,
) -> crate::runtime::Request<'c> {
    deep_value(request, name, &to_value(object))
}

fn deep_value<'c>(
    request: crate::runtime::Request<'c>,
    name: &str,
    value: &serde_json::Value,
) -> crate::runtime::Request<'c> {
    match value {
        serde_json::Value::Object(members) => {
            members.iter().fold(request, |request, (member, value)| {
                deep_value(request, &format!("{name}[{member}]"), value)
            })
        }
        serde_json::Value::Array(items) => {
            // An index keeps the members of one element together. Plain values do not need it.
            let is_numbered = items.iter().any(|item| item.is_object() || item.is_array());
            items.iter().enumerate().fold(request, |request, (index, item)| {
                let index = if is_numbered { index.to_string() } else { String::new() };
                deep_value(request, &format!("{name}[{index}]"), item)
            })
        }
        other => request.query(name, plain(other)),
    }
}
