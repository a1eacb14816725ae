/// How a field of a form is written, if not in the default way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormField {
    /// The elements of an array in one value, with this separator between them.
    Joined(&'static str),
    /// `name[member]=value` and `name[0]=value`, at any depth.
    Brackets,
    /// As JSON.
    Json,
}

/// Sets the body to an object as `application/x-www-form-urlencoded`. By default, an array repeats the name of its field, and
/// objects and arrays of objects are written with brackets. `fields` lists the fields that are written in another way.
pub fn form<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    body: &T,
    fields: &[(&str, FormField)],
) -> crate::runtime::Request<'c> {
    let mut text = String::new();
    if let serde_json::Value::Object(members) = to_value(body) {
        for (name, value) in &members {
            let field = fields.iter().find(|(other, _)| other == name);
            match field.map(|(_, field)| field) {
                Some(FormField::Json) => form_pair(&mut text, name, &value.to_string()),
                Some(FormField::Joined(between)) if value.is_array() => {
                    let items = value.as_array().into_iter().flatten();
                    let items: Vec<String> = items.map(plain).collect();
                    form_pair(&mut text, name, &items.join(between));
                }
                Some(FormField::Brackets) => form_value(&mut text, name, value, true),
                Some(FormField::Joined(_)) | None => form_value(&mut text, name, value, false),
            }
        }
    }
    request.body("application/x-www-form-urlencoded", text)
}

fn form_value(text: &mut String, name: &str, value: &serde_json::Value, is_numbered: bool) {
    match value {
        serde_json::Value::Object(members) => {
            for (member, value) in members {
                form_value(text, &format!("{name}[{member}]"), value, is_numbered);
            }
        }
        serde_json::Value::Array(items) => {
            // An index keeps the members of one element together.
            let is_numbered = is_numbered || items.iter().any(|item| item.is_object() || item.is_array());
            for (index, item) in items.iter().enumerate() {
                if is_numbered {
                    form_value(text, &format!("{name}[{index}]"), item, is_numbered);
                } else {
                    form_pair(text, name, &plain(item));
                }
            }
        }
        other => form_pair(text, name, &plain(other)),
    }
}

fn form_pair(text: &mut String, name: &str, value: &str) {
    if !text.is_empty() {
        text.push('&');
    }
    form_text(text, name);
    text.push('=');
    form_text(text, value);
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
