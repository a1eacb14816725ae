/// A value as JSON.
pub fn json<T: serde::Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_value(value).unwrap_or_default().to_string()
}
