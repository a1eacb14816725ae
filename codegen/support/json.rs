/// A value as JSON.
pub fn json<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    name: &'static str,
    value: &T,
    add: impl FnOnce(crate::runtime::Request<'c>, &'static str, String) -> crate::runtime::Request<'c>,
) -> crate::runtime::Request<'c> {
    match serde_json::to_string(value) {
        Ok(text) => add(request, name, text),
        Err(error) => {
            request.refuse(crate::runtime::RequestError::Value(name.to_owned(), error.to_string()))
        }
    }
}
