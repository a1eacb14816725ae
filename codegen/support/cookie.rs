/// Adds a cookie; all of them travel in one header. Its value is percent-encoded where a cookie cannot hold it as it is.
pub fn cookie<'c>(
    request: crate::runtime::Request<'c>,
    name: &str,
    value: impl std::fmt::Display,
) -> crate::runtime::Request<'c> {
    use std::fmt::Write;
    let before = request.headers.get("cookie");
    let mut cookies = before
        .and_then(|cookies| cookies.to_str().ok())
        .map_or_else(String::new, |cookies| format!("{cookies}; "));
    cookies.push_str(name);
    cookies.push('=');
    for byte in value.to_string().bytes() {
        if byte.is_ascii_graphic() && !b"\",;\\%".contains(&byte) {
            cookies.push(char::from(byte));
        } else {
            let _ = write!(cookies, "%{byte:02X}");
        }
    }
    request.header("cookie", cookies)
}
