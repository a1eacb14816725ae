/// How a field of a form is written, if not in the default way.
#[derive(Clone, Copy, Debug)]
pub enum FormField {
    /// Each element of an array, or each member of an object, as a pair of its own.
    Exploded,
    /// The elements of an array, or the names and values of an object, in one value with this between them.
    Joined(&'static str),
    /// `name[member]=value`, at any depth.
    Brackets,
    /// As JSON.
    Json,
}

/// A field of a form that is not written in the default way.
#[derive(Clone, Copy, Debug)]
pub struct FormEncoding {
    /// The name of the field.
    pub name: &'static str,
    /// How its value is written.
    pub field: FormField,
    /// Reserved characters are not encoded.
    pub allow_reserved: bool,
}

/// Sets the body to an object as `application/x-www-form-urlencoded`. By default, an array repeats the name of its field, and
/// objects are written as JSON. `fields` lists the fields that are written in another way.
pub fn form<'c, T: serde::Serialize + ?Sized>(
    request: crate::runtime::Request<'c>,
    media_type: &str,
    body: &T,
    fields: &[FormEncoding],
) -> crate::runtime::Request<'c> {
    let body = match written("body", body) {
        Ok(body) => body,
        Err(error) => return request.refuse(error),
    };
    let mut text = String::new();
    if let Written::Members(members) = &body {
        for (name, value) in members {
            let encoding = fields.iter().find(|encoding| encoding.name == name);
            let field = encoding.map(|encoding| encoding.field);
            let encode = match encoding {
                Some(encoding) if encoding.allow_reserved => crate::runtime::encode_reserved,
                _ => form_text,
            };
            let mut pairs = Vec::new();
            match (field, value) {
                (Some(FormField::Exploded), _) => pairs = exploded_pairs(name, value),
                (Some(FormField::Brackets), _) => {
                    // A form has no other way to say which members belong together.
                    pairs = bracket_pairs(name, value, true);
                }
                (Some(FormField::Joined(between)), Written::List(_) | Written::Members(_)) => {
                    // A comma is not encoded between the elements, and so differs from one in an element.
                    let between = match between {
                        " " => "+",
                        "|" => "%7C",
                        other => other,
                    };
                    let joints = Joints { before: "", between, equals: between };
                    if let Some(value) = joined_text(value, joints, encode) {
                        form_pair(&mut text, name, &value);
                    }
                }
                (Some(FormField::Json), _) | (None, Written::Members(_)) => {
                    pairs.push((name.clone(), value.json()));
                }
                _ => pairs = exploded_pairs(name, value),
            }
            for (name, value) in pairs {
                form_pair(&mut text, &name, &encode(&value));
            }
        }
    }
    request.body(media_type, text)
}

/// Adds a pair. The value is encoded already.
fn form_pair(text: &mut String, name: &str, value: &str) {
    if !text.is_empty() {
        text.push('&');
    }
    text.push_str(&form_text(name));
    text.push('=');
    text.push_str(value);
}

/// Encodes a name or a value of a form.
fn form_text(value: &str) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(value.len());
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
    text
}
