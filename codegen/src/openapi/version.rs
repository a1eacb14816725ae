//! The kind of a document, and whether the later steps support it.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, brief};
use crate::pointer::Pointer;

/// A supported version of OpenAPI. Swagger 2.0 is its older name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// Swagger 2.0, which is converted to OpenAPI 3.0.
    V2_0,
    /// OpenAPI 3.0.x.
    V3_0,
    /// OpenAPI 3.1.x.
    V3_1,
    /// OpenAPI 3.2.x.
    V3_2,
}

/// The kind of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentKind {
    /// Swagger 2.0, or OpenAPI of a supported version.
    OpenApi(Version),
    /// An OpenAPI Overlay.
    Overlay,
    /// Something else.
    Other,
}

impl DocumentKind {
    /// The kind of a document, by its members at the top level.
    pub fn of(document: &Value) -> Self {
        match version(document, "openapi") {
            Some(text) if is_series(&text, "3.0") => Self::OpenApi(Version::V3_0),
            Some(text) if is_series(&text, "3.1") => Self::OpenApi(Version::V3_1),
            Some(text) if is_series(&text, "3.2") => Self::OpenApi(Version::V3_2),
            None if version(document, "swagger").as_deref() == Some("2.0") => {
                Self::OpenApi(Version::V2_0)
            }
            None if document.get("overlay").is_some() => Self::Overlay,
            _ => Self::Other,
        }
    }
}

impl Version {
    /// The version of a document that is Swagger 2.0, or OpenAPI 3.0, 3.1 or 3.2.
    ///
    /// # Errors
    ///
    /// The document is none of these. The message says what it is.
    ///
    /// ```
    /// use releasepack_codegen::Version;
    /// use serde_json::json;
    ///
    /// assert_eq!(Version::of(&json!({"openapi": "3.1.0"})).unwrap(), Version::V3_1);
    ///
    /// let refused = Version::of(&json!({"swagger": "1.2"})).unwrap_err();
    /// assert_eq!(refused.message, "this is Swagger 1.2, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2");
    /// ```
    pub fn of(document: &Value) -> Result<Self, Box<Diagnostic>> {
        if let DocumentKind::OpenApi(version) = DocumentKind::of(document) {
            return Ok(version);
        }
        let (member, what, help) = describe(document);
        let place = if member.is_empty() {
            Pointer::root()
        } else {
            Pointer::root().join(member)
        };
        let message = format!("this is {what}, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2");
        let diagnostic = Diagnostic::error(Code::UNSUPPORTED_DOCUMENT, place, message);
        Err(Box::new(diagnostic.help(help)))
    }
}

fn describe(document: &Value) -> (&'static str, String, &'static str) {
    const OTHER: &str =
        "use the OpenAPI document of the API: it has a member `openapi` at the top level";
    if !document.is_object() {
        let what = match document {
            Value::Array(_) => "an array",
            _ => "plain text or a single value",
        };
        return ("", what.to_owned(), OTHER);
    }
    let published = |member| version(document, member).filter(|text| is_version(text));
    if let Some(version) = published("swagger") {
        let help = "use the document of Swagger 2.0 or OpenAPI 3 if the vendor publishes one";
        return ("swagger", format!("Swagger {version}"), help);
    }
    if let Some(version) = published("openapi") {
        let help = "use the document of version 3.0, 3.1 or 3.2 if the vendor publishes one";
        return ("openapi", format!("OpenAPI {version}"), help);
    }
    if let Some(version) = published("asyncapi") {
        let help = "AsyncAPI describes messages; use the OpenAPI document of the HTTP API";
        return ("asyncapi", format!("AsyncAPI {version}"), help);
    }
    if let Some(version) = published("overlay") {
        let help = "pass it with `--overlay`, together with the document that it corrects";
        return ("overlay", format!("an OpenAPI Overlay {version}"), help);
    }
    if document.get("openapi").is_some() {
        let what = match version(document, "openapi") {
            Some(text) if text.trim().is_empty() => "a document with an empty version".to_owned(),
            Some(text) => {
                let text = brief(&text);
                format!("a document with the invalid version `{text}`")
            }
            None => "a document without a valid version".to_owned(),
        };
        return (
            "openapi",
            what,
            "write the version as a string, e.g. `openapi: 3.0.3`",
        );
    }
    if document.get("swagger").is_some() {
        let what = "a document without a valid version of Swagger".to_owned();
        let help = "write the version as a string: `swagger: '2.0'`";
        return ("swagger", what, help);
    }
    let has = |members: &[&str]| members.iter().all(|name| document.get(name).is_some());
    let what = if has(&["info", "item"]) {
        "a Postman collection"
    } else if has(&["$schema"]) {
        "a JSON Schema"
    } else if has(&["resources", "discoveryVersion"]) {
        "a Google API discovery document"
    } else if has(&["paths"]) {
        return (
            "",
            "a document without a version".to_owned(),
            "add the version at the top level, e.g. `openapi: 3.0.3`",
        );
    } else {
        "a document without a member `openapi`"
    };
    ("", what.to_owned(), OTHER)
}

/// Reads a version, which is a string. YAML reads `3.1` without quotes as a number.
fn version(document: &Value, member: &str) -> Option<String> {
    match document.get(member)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a string is a version: `2.0`, `3.2.0-rc1`.
fn is_version(text: &str) -> bool {
    const LONGEST: usize = 40;
    text.len() <= LONGEST
        && text.starts_with(|first: char| first.is_ascii_digit())
        && text.ends_with(|last: char| last.is_ascii_alphanumeric())
        && text.chars().all(is_of_version)
}

fn is_of_version(character: char) -> bool {
    character.is_ascii_alphanumeric() || ".+-".contains(character)
}

/// Whether a version belongs to a series: `3.0`, `3.0.3`, `3.0.1-rc1`. Some vendors also write `3.0.x` and `3.0-rc1`.
fn is_series(version: &str, series: &str) -> bool {
    let Some(rest) = version.strip_prefix(series).filter(|_| is_version(version)) else {
        return false;
    };
    match rest.strip_prefix('.') {
        Some(patch) => patch.starts_with(|first: char| first.is_ascii_digit() || first == 'x'),
        None => rest.is_empty() || rest.starts_with('-'),
    }
}
