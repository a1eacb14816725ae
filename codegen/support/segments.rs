/// Encodes a value for a path. Its slashes separate segments of the path.
pub fn segments(value: impl std::fmt::Display) -> String {
    let value = value.to_string();
    let segments: Vec<String> = value.split('/').map(crate::runtime::encode).collect();
    segments.join("/")
}
