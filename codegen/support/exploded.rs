/// Adds a query parameter as RFC 6570 explodes it: an array as its name once for each element, an object as each of its
/// members under its own name, and anything else under its name.
pub fn exploded<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    name: &str,
    value: &T,
) -> crate::runtime::Request<'c> {
    match to_value(value) {
        serde_json::Value::Object(members) => {
            members.iter().fold(request, |request, (name, value)| match value {
                serde_json::Value::Array(items) => exploded(request, name, items),
                other => request.query(name, plain(other)),
            })
        }
        serde_json::Value::Array(items) => items
            .iter()
            .fold(request, |request, item| request.query(name, plain(item))),
        other => request.query(name, plain(&other)),
    }
}
