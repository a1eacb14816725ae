/// Adds each member of an object as a query parameter of its own name.
pub fn members<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    object: &T,
) -> crate::runtime::Request<'c> {
    let serde_json::Value::Object(members) = to_value(object) else {
        return request;
    };
    members
        .iter()
        .fold(request, |request, (name, value)| match value {
            serde_json::Value::Array(items) => items
                .iter()
                .fold(request, |request, item| request.query(name, plain(item))),
            other => request.query(name, plain(other)),
        })
}
