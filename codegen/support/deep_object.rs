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
            let name = format!("{name}[]");
            items
                .iter()
                .fold(request, |request, item| deep_value(request, &name, item))
        }
        other => request.query(name, plain(other)),
    }
}
