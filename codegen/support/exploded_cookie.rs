/// Adds a cookie for each element of an array, or for each member of an object.
pub fn exploded_cookie<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    name: &str,
    value: &T,
) -> crate::runtime::Request<'c> {
    match to_value(value) {
        serde_json::Value::Object(members) => members
            .iter()
            .fold(request, |request, (name, value)| cookie(request, name, plain(value))),
        serde_json::Value::Array(items) => items
            .iter()
            .fold(request, |request, item| cookie(request, name, plain(item))),
        other => cookie(request, name, plain(&other)),
    }
}
