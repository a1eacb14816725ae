/// Sets the body: `body` as JSON, under a media type of the API's own.
pub fn json_as<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    media_type: &'static str,
    body: &T,
) -> crate::runtime::Request<'c> {
    match serde_json::to_vec(body) {
        Ok(bytes) => request.body(media_type, bytes),
        // Fails the same way, and keeps the failure for `send`.
        Err(_) => request.json(body),
    }
}
