/// Adds a query parameter once for each element of an array.
pub fn repeated<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    name: &str,
    values: &T,
) -> crate::runtime::Request<'c> {
    match to_value(values) {
        serde_json::Value::Array(items) => items
            .iter()
            .fold(request, |request, item| request.query(name, plain(item))),
        other => request.query(name, plain(&other)),
    }
}
