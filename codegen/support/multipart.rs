/// A file to send: its content (bytes, or a stream), its name and its media type.
#[derive(Clone, Debug)]
pub struct File {
    content: crate::runtime::Body,
    name: String,
    content_type: Option<String>,
}

impl File {
    /// A file with a name. Its media type is the one that the API description declares, or else
    /// `application/octet-stream`; [`content_type`](Self::content_type) sets another one.
    pub fn new(name: impl Into<String>, content: impl Into<crate::runtime::Body>) -> Self {
        Self {
            content: content.into(),
            name: name.into(),
            content_type: None,
        }
    }

    /// The file at a path, which is read while it is sent.
    ///
    /// # Errors
    ///
    /// If its length cannot be read, for example because there is no such file.
    pub fn open(path: impl AsRef<std::path::Path>) -> std::io::Result<Self> {
        let path = path.as_ref();
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Self::new(name.to_string_lossy(), crate::runtime::Body::file(path)?))
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

impl From<crate::runtime::Body> for File {
    fn from(content: crate::runtime::Body) -> Self {
        Self::new("file", content)
    }
}

/// Builds a multipart body: by default `multipart/form-data` (RFC 7578). The parts have the order in which they are added.
#[derive(Clone, Debug)]
pub struct Multipart {
    subtype: &'static str,
    order: &'static [&'static str],
    parts: Vec<Part>,
    headers: Vec<(&'static str, &'static str, String)>,
    fault: Option<crate::runtime::RequestError>,
}

#[derive(Clone, Debug)]
struct Part {
    name: String,
    file_name: Option<String>,
    content_type: Option<String>,
    body: crate::runtime::Body,
}

impl Default for Multipart {
    fn default() -> Self {
        Self {
            subtype: "form-data",
            order: &[],
            parts: Vec::new(),
            headers: Vec::new(),
            fault: None,
        }
    }
}

impl Multipart {
    /// Sets the subtype: `form-data`, `mixed` or `related`. In `multipart/related` (RFC 2387), the first part is the root, and parts
    /// have no names.
    pub fn subtype(mut self, subtype: &'static str) -> Self {
        self.subtype = subtype;
        self
    }

    /// Puts the parts in this order of names when they are sent; the others follow.
    pub fn order(mut self, names: &'static [&'static str]) -> Self {
        self.order = names;
        self
    }

    /// Adds a part with text.
    pub fn text(self, name: &str, value: impl std::fmt::Display) -> Self {
        self.part(name, None, None, value.to_string())
    }

    /// Adds a part with text of a media type.
    pub fn text_of(self, name: &str, content_type: &str, value: impl std::fmt::Display) -> Self {
        self.part(name, None, Some(content_type), value.to_string())
    }

    /// Adds one part for each element of an array, all with the same name, or one part for any other value. Objects and nested
    /// arrays are written as JSON, other values as text.
    pub fn values<T: serde::Serialize + ?Sized>(self, name: &str, values: &T) -> Self {
        self.each(name, None, values)
    }

    /// As [`values`](Self::values). The text has a media type.
    pub fn values_of<T: serde::Serialize + ?Sized>(
        self,
        name: &str,
        content_type: &str,
        values: &T,
    ) -> Self {
        self.each(name, Some(content_type), values)
    }

    fn each<T: serde::Serialize + ?Sized>(
        self,
        name: &str,
        content_type: Option<&str>,
        values: &T,
    ) -> Self {
        match written(name, values) {
            Ok(Written::List(items)) => items
                .iter()
                .fold(self, |form, item| form.value(name, content_type, item)),
            Ok(other) => self.value(name, content_type, &other),
            Err(error) => self.refuse(error),
        }
    }

    fn value(self, name: &str, content_type: Option<&str>, value: &Written) -> Self {
        if has_parts(value) {
            self.part(name, None, Some("application/json"), value.json())
        } else {
            self.part(name, None, content_type, value.plain())
        }
    }

    /// Adds the elements of an array, or the names and values of an object, as one part with `between` between them.
    pub fn joined<T: serde::Serialize + ?Sized>(self, name: &str, between: &str, value: &T) -> Self {
        let parts: Vec<String> = match written(name, value) {
            Ok(Written::List(items)) => items.iter().map(Written::plain).collect(),
            Ok(Written::Members(members)) => members
                .iter()
                .flat_map(|(name, value)| [name.clone(), value.plain()])
                .collect(),
            Ok(other) => vec![other.plain()],
            Err(error) => return self.refuse(error),
        };
        if parts.is_empty() {
            return self;
        }
        self.text(name, parts.join(between))
    }

    /// Adds a part for each member of an object, under the name of the member.
    pub fn members<T: serde::Serialize + ?Sized>(self, name: &str, value: &T) -> Self {
        match written(name, value) {
            Ok(value) => exploded_pairs(name, &value)
                .iter()
                .fold(self, |form, (name, value)| form.text(name, value)),
            Err(error) => self.refuse(error),
        }
    }

    /// Adds a part for each value inside an object, under the name `name[member]`.
    pub fn brackets<T: serde::Serialize + ?Sized>(self, name: &str, value: &T) -> Self {
        match written(name, value) {
            Ok(value) => bracket_pairs(name, &value, true)
                .iter()
                .fold(self, |form, (name, value)| form.text(name, value)),
            Err(error) => self.refuse(error),
        }
    }

    /// Adds a part with a value as JSON.
    pub fn json<T: serde::Serialize + ?Sized>(self, name: &str, value: &T) -> Self {
        self.json_of(name, "application/json", value)
    }

    /// Adds a part with a value as JSON, of another media type.
    pub fn json_of<T: serde::Serialize + ?Sized>(
        self,
        name: &str,
        content_type: &str,
        value: &T,
    ) -> Self {
        match serde_json::to_vec(value) {
            Ok(text) => self.part(name, None, Some(content_type), text),
            Err(error) => {
                let error = error.to_string();
                self.refuse(crate::runtime::RequestError::Value(name.to_owned(), error))
            }
        }
    }

    /// Adds a file.
    pub fn file(self, name: &str, file: File) -> Self {
        let content_type = file.content_type.as_deref();
        let content_type = content_type.unwrap_or("application/octet-stream");
        self.part(name, Some(file.name), Some(content_type), file.content)
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

    /// Adds a header to all parts with a name, whether they were added already or not.
    pub fn part_header(
        mut self,
        part: &'static str,
        header: &'static str,
        value: impl std::fmt::Display,
    ) -> Self {
        self.headers.push((part, header, value.to_string()));
        self
    }

    /// As [`part_header`](Self::part_header), for an array or object.
    pub fn part_header_joined<T: serde::Serialize + ?Sized>(
        self,
        part: &'static str,
        header: &'static str,
        explode: bool,
        value: &T,
    ) -> Self {
        let equals = if explode { "=" } else { "," };
        let joints = Joints { before: "", between: ",", equals };
        match written(header, value) {
            Ok(value) => match joined_text(&value, joints, str::to_owned) {
                Some(text) => self.part_header(part, header, text),
                None => self,
            },
            Err(error) => self.refuse(error),
        }
    }

    fn part(
        mut self,
        name: &str,
        file_name: Option<String>,
        content_type: Option<&str>,
        body: impl Into<crate::runtime::Body>,
    ) -> Self {
        self.parts.push(Part {
            name: name.to_owned(),
            file_name,
            content_type: content_type.map(str::to_owned),
            body: body.into(),
        });
        self
    }

    fn refuse(mut self, fault: crate::runtime::RequestError) -> Self {
        self.fault.get_or_insert(fault);
        self
    }

    /// Sets the body of a request to the parts. Without parts it sets no body, because multipart needs at least one part (RFC
    /// 2046, section 5.1.1).
    pub fn into_request(mut self, request: crate::runtime::Request<'_>) -> crate::runtime::Request<'_> {
        if let Some(fault) = self.fault {
            return request.refuse(fault);
        }
        let order = self.order;
        let rank = |part: &Part| order.iter().position(|name| *name == part.name);
        self.parts.sort_by_key(|part| rank(part).unwrap_or(order.len()));
        let Some(root) = self.parts.first() else {
            return request;
        };
        let boundary = boundary(&self.parts);
        let mut bodies = Vec::new();
        let mut body = Vec::new();
        for part in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n").as_bytes());
            if self.subtype != "related" {
                body.extend_from_slice(part.disposition().as_bytes());
            }
            if let Some(content_type) = &part.content_type {
                push_header(&mut body, "Content-Type", content_type);
            }
            for (name, header, value) in &self.headers {
                if *name == part.name {
                    push_header(&mut body, header, value);
                }
            }
            body.extend_from_slice(b"\r\n");
            match part.body.as_bytes() {
                Some(bytes) => body.extend_from_slice(bytes),
                None => bodies.extend([std::mem::take(&mut body).into(), part.body.clone()]),
            }
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let mut content_type = format!("multipart/{}; boundary={boundary}", self.subtype);
        if self.subtype == "related" {
            // RFC 2387, section 3.1: the media type of the root is required.
            let root = root.content_type.as_deref().unwrap_or("text/plain");
            let root = root.split(';').next().unwrap_or(root).trim();
            content_type.push_str(&format!("; type=\"{root}\""));
        }
        bodies.push(body.into());
        request.body(&content_type, crate::runtime::Body::joined(bodies))
    }
}

impl Part {
    fn disposition(&self) -> String {
        let name = quoted(&self.name);
        let file_name = self.file_name.as_deref();
        let file_name = file_name.map_or_else(String::new, |file_name| {
            format!("; filename=\"{}\"", quoted(file_name))
        });
        format!("Content-Disposition: form-data; name=\"{name}\"{file_name}\r\n")
    }
}

/// Adds a header of a part. Control characters are left out: a line break would begin another header.
fn push_header(body: &mut Vec<u8>, name: &str, value: &str) {
    let value: String = value.chars().filter(|it| !it.is_control()).collect();
    body.extend_from_slice(format!("{name}: {value}\r\n").as_bytes());
}

/// A boundary that does not occur in a part. What is in a stream is not known, so then it is a random one.
fn boundary(parts: &[Part]) -> String {
    let bodies: Option<Vec<_>> = parts.iter().map(|part| part.body.as_bytes()).collect();
    let Some(bodies) = bodies else {
        return format!("part-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
    };
    (0_usize..)
        .map(|number| format!("part-6f1c2a94d7e04b3f8a5d-{number}"))
        .find(|boundary| !bodies.iter().any(|body| holds(body, boundary)))
        .unwrap_or_default()
}

fn holds(body: &[u8], boundary: &str) -> bool {
    body.windows(boundary.len())
        .any(|window| window == boundary.as_bytes())
}

/// Escapes a name as browsers do: <https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data>.
fn quoted(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
