/// A text as part of a path, in which slashes part segments.
pub fn segments(value: impl std::fmt::Display) -> String {
    let value = value.to_string();
    let segments: Vec<String> = value.split('/').map(crate::runtime::encode).collect();
    segments.join("/")
}
