//! The formats that OpenAPI and its [registry](https://spec.openapis.org/registry/format/) define.

/// The correct name of a format, from a name that vendors use.
pub(crate) fn canonical(name: &str) -> Option<&'static str> {
    let folded: String = name
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect();
    Some(match folded.as_str() {
        "date" | "fulldate" => "date",
        "datetime" | "rfc3339" => "date-time",
        "uuid" | "guid" => "uuid",
        "url" | "uri" => "uri",
        "byte" | "base64" => "byte",
        "binary" | "file" => "binary",
        "email" => "email",
        "int32" => "int32",
        "int64" | "long" => "int64",
        "int8" => "int8",
        "int16" | "short" => "int16",
        "uint8" => "uint8",
        "uint16" => "uint16",
        "uint32" => "uint32",
        "uint64" => "uint64",
        "float" | "float32" => "float",
        "double" | "float64" => "double",
        _ => return None,
    })
}

/// The type of the values that have a format.
pub(crate) fn domain(format: &str) -> Option<&'static str> {
    Some(match format {
        "date" | "date-time" | "uuid" | "uri" | "byte" | "binary" | "email" | "hostname"
        | "ipv4" | "ipv6" | "password" | "time" | "duration" | "uri-reference" => "string",
        "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64" => {
            "integer"
        }
        "float" | "double" => "number",
        _ => return None,
    })
}
