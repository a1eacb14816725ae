/// Sets the body to `body` as JSON, with a media type other than `application/json`.
pub fn json_as<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    media_type: &str,
    body: &T,
) -> crate::runtime::Request<'c> {
    match serde_json::to_vec(body) {
        Ok(bytes) => request.body(media_type, bytes),
        // `json` fails in the same way, and keeps the error for `send`.
        Err(_) => request.json(body),
    }
}
