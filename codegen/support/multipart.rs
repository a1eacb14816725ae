/// A file to send: its bytes, its name and its media type.
#[derive(Clone, Debug)]
pub struct File {
    bytes: crate::runtime::Bytes,
    name: String,
    content_type: Option<String>,
}

impl File {
    /// A file with a name. Its media type is the one that the API description declares, or else
    /// `application/octet-stream`; [`content_type`](Self::content_type) sets another one.
    pub fn new(name: impl Into<String>, bytes: impl Into<crate::runtime::Bytes>) -> Self {
        Self {
            bytes: bytes.into(),
            name: name.into(),
            content_type: None,
        }
    }

    /// Sets the media type.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }
}

impl From<Vec<u8>> for File {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new("file", bytes)
    }
}

impl From<crate::runtime::Bytes> for File {
    fn from(bytes: crate::runtime::Bytes) -> Self {
        Self::new("file", bytes)
    }
}

/// Builds a `multipart/form-data` body (RFC 7578).
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<(String, crate::runtime::Bytes)>,
}

impl Multipart {
    /// Adds a part with text.
    pub fn text(self, name: &str, value: impl std::fmt::Display) -> Self {
        self.part(disposition(name, None), value.to_string())
    }

    /// Adds one part for each element of an array, all with the same name, or one part for any other value. Objects and nested
    /// arrays are written as JSON, other values as text.
    pub fn values<T: serde::Serialize + ?Sized>(self, name: &str, values: &T) -> Self {
        match to_value(values) {
            serde_json::Value::Array(items) => {
                items.iter().fold(self, |form, item| form.value(name, item))
            }
            other => self.value(name, &other),
        }
    }

    fn value(self, name: &str, value: &serde_json::Value) -> Self {
        if value.is_object() || value.is_array() {
            self.json(name, value)
        } else {
            self.text(name, plain(value))
        }
    }

    /// Adds a part with a value as JSON.
    pub fn json<T: serde::Serialize + ?Sized>(self, name: &str, value: &T) -> Self {
        let head = format!(
            "{}Content-Type: application/json\r\n",
            disposition(name, None)
        );
        self.part(head, json(value))
    }

    /// Adds a file.
    pub fn file(self, name: &str, file: File) -> Self {
        let content_type = file.content_type.as_deref();
        let content_type: String = content_type
            .unwrap_or("application/octet-stream")
            .chars()
            .filter(|character| !character.is_control())
            .collect();
        let head = format!(
            "{}Content-Type: {content_type}\r\n",
            disposition(name, Some(&file.name))
        );
        self.part(head, file.bytes)
    }

    /// Adds a file. The API description declares its media type.
    pub fn file_of(self, name: &str, content_type: &str, mut file: File) -> Self {
        file.content_type.get_or_insert_with(|| content_type.to_owned());
        self.file(name, file)
    }

    /// Adds one part for each file, all with the same name.
    pub fn files(self, name: &str, files: Vec<File>) -> Self {
        files
            .into_iter()
            .fold(self, |form, file| form.file(name, file))
    }

    /// Adds one part for each file, all with the same name. The API description declares their media type.
    pub fn files_of(self, name: &str, content_type: &str, files: Vec<File>) -> Self {
        files
            .into_iter()
            .fold(self, |form, file| form.file_of(name, content_type, file))
    }

    fn part(mut self, head: String, body: impl Into<crate::runtime::Bytes>) -> Self {
        self.parts.push((head, body.into()));
        self
    }

    /// Sets the body of a request to the form. A form without parts sets no body, because multipart needs at least one part
    /// (RFC 2046, section 5.1.1).
    pub fn into_request(self, request: crate::runtime::Request<'_>) -> crate::runtime::Request<'_> {
        if self.parts.is_empty() {
            return request;
        }
        // The boundary must not occur in a part.
        let boundary = BOUNDARIES
            .iter()
            .find(|(boundary, _)| !self.parts.iter().any(|(_, body)| holds(body, boundary)))
            .unwrap_or(&BOUNDARIES[0]);
        let (boundary, content_type) = *boundary;
        let mut body = Vec::new();
        for (head, part) in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{head}\r\n").as_bytes());
            body.extend_from_slice(part);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        request.body(content_type, body)
    }
}

const BOUNDARIES: [(&str, &str); 3] = [
    (
        "part-6f1c2a94d7e04b3f8a5d",
        "multipart/form-data; boundary=part-6f1c2a94d7e04b3f8a5d",
    ),
    (
        "part-c03b8e517f2d46a9b1e7",
        "multipart/form-data; boundary=part-c03b8e517f2d46a9b1e7",
    ),
    (
        "part-92d4f06b3a8c4e15907d",
        "multipart/form-data; boundary=part-92d4f06b3a8c4e15907d",
    ),
];

fn holds(body: &[u8], boundary: &str) -> bool {
    body.windows(boundary.len())
        .any(|window| window == boundary.as_bytes())
}

fn disposition(name: &str, file_name: Option<&str>) -> String {
    let name = quoted(name);
    let file_name = file_name.map_or_else(String::new, |file_name| {
        format!("; filename=\"{}\"", quoted(file_name))
    });
    format!("Content-Disposition: form-data; name=\"{name}\"{file_name}\r\n")
}

/// Escapes a name as browsers do: <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data>.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
