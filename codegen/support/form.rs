/// Sets the body: an object as `application/x-www-form-urlencoded`. Arrays repeat their name; what lies deeper is
/// `name[member]=value`.
pub fn form<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    body: &T,
) -> crate::runtime::Request<'c> {
    let mut text = String::new();
    if let serde_json::Value::Object(members) = to_value(body) {
        for (name, value) in &members {
            form_value(&mut text, name, value);
        }
    }
    request.body("application/x-www-form-urlencoded", text)
}

fn form_value(text: &mut String, name: &str, value: &serde_json::Value) {
    match value {
        serde_json::Value::Object(members) => {
            for (member, value) in members {
                form_value(text, &format!("{name}[{member}]"), value);
            }
        }
        serde_json::Value::Array(items) => {
            for item in items {
                form_value(text, name, item);
            }
        }
        other => {
            if !text.is_empty() {
                text.push('&');
            }
            form_text(text, name);
            text.push('=');
            form_text(text, &plain(other));
        }
    }
}

fn form_text(text: &mut String, value: &str) {
    use std::fmt::Write;
    for byte in value.bytes() {
        match byte {
            b' ' => text.push('+'),
            b'*' | b'-' | b'.' | b'_' => text.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => text.push(char::from(byte)),
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
}
