/// Adds an exploded query parameter (RFC 6570): an array repeats the name of the parameter for each element, an object adds each
/// member under the name of the member, and any other value is added once.
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
