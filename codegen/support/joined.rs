/// Joins the elements of an array, or the names and values of an object, into one value, and adds it to a request with `add`.
/// `encode` encodes each of them. An empty array or object is not sent (RFC 6570, section 2.3).
pub fn joined<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    name: &'static str,
    value: &T,
    joints: Joints,
    encode: fn(&str) -> String,
    add: impl FnOnce(crate::runtime::Request<'c>, &'static str, String) -> crate::runtime::Request<'c>,
) -> crate::runtime::Request<'c> {
    match written(name, value) {
        Ok(value) => match joined_text(&value, joints, encode) {
            Some(text) => add(request, name, text),
            None if joints.before.is_empty() => request,
            // In a path, it is expanded to nothing.
            None => add(request, name, String::new()),
        },
        Err(error) => request.refuse(error),
    }
}
