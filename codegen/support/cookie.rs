/// Adds a cookie. All cookies are sent in one header.
pub fn cookie<'c>(
    request: crate::runtime::Request<'c>,
    name: &str,
    value: impl std::fmt::Display,
) -> crate::runtime::Request<'c> {
    cookie_encoded(request, name, cookie_value(&value.to_string()))
}

/// Adds a cookie whose value is already encoded with [`cookie_value`].
pub fn cookie_encoded<'c>(
    request: crate::runtime::Request<'c>,
    name: &str,
    value: impl AsRef<str>,
) -> crate::runtime::Request<'c> {
    let before = request.headers.get("cookie");
    let before = before
        .and_then(|cookies| cookies.to_str().ok())
        .map_or_else(String::new, |cookies| format!("{cookies}; "));
    request.header("cookie", format!("{before}{name}={}", value.as_ref()))
}

/// Percent-encodes the characters that are not allowed in a cookie (RFC 6265, section 4.1.1).
pub fn cookie_value(text: &str) -> String {
    use std::fmt::Write;
    let mut value = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_graphic() && !b"\",;\\%".contains(&byte) {
            value.push(char::from(byte));
        } else {
            let _ = write!(value, "%{byte:02X}");
        }
    }
    value
}
