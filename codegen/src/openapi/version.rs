//! Which kind of document it is, and whether the later steps can do anything with it.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, brief};
use crate::pointer::Pointer;

/// A version of OpenAPI that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// OpenAPI 3.0.x.
    V3_0,
    /// OpenAPI 3.1.x.
    V3_1,
}

/// What a document says it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// OpenAPI of a version that is understood.
    OpenApi(Version),
    /// An OpenAPI Overlay.
    Overlay,
    /// Something else.
    Other,
}

impl Kind {
    /// What a document says it is, by the members at its top.
    pub fn of(document: &Value) -> Self {
        match version(document, "openapi") {
            Some(text) if is_series(&text, "3.0") => Self::OpenApi(Version::V3_0),
            Some(text) if is_series(&text, "3.1") => Self::OpenApi(Version::V3_1),
            None if document.get("overlay").is_some() => Self::Overlay,
            _ => Self::Other,
        }
    }
}

impl Version {
    /// The version of a document that is OpenAPI 3.0 or 3.1.
    ///
    /// # Errors
    ///
    /// Anything else, in one sentence that says what it is.
    ///
    /// ```
    /// use releasepack_codegen::Version;
    /// use serde_json::json;
    ///
    /// assert_eq!(Version::of(&json!({"openapi": "3.1.0"})).unwrap(), Version::V3_1);
    ///
    /// let refused = Version::of(&json!({"swagger": "2.0"})).unwrap_err();
    /// assert_eq!(refused.message, "this is Swagger 2.0, not OpenAPI 3.0 or 3.1");
    /// ```
    pub fn of(document: &Value) -> Result<Self, Box<Diagnostic>> {
        if let Kind::OpenApi(version) = Kind::of(document) {
            return Ok(version);
        }
        let (member, what, help) = describe(document);
        let place = if member.is_empty() {
            Pointer::root()
        } else {
            Pointer::root().join(member)
        };
        let message = format!("this is {what}, not OpenAPI 3.0 or 3.1");
        let diagnostic = Diagnostic::error(Code::UNSUPPORTED_DOCUMENT, place, message);
        Err(Box::new(diagnostic.help(help)))
    }
}

fn describe(document: &Value) -> (&'static str, String, &'static str) {
    const OTHER: &str =
        "give the OpenAPI document of the API: it has a member `openapi` at its top";
    if !document.is_object() {
        let what = match document {
            Value::Array(_) => "a list",
            _ => "plain text or a single value",
        };
        return ("", what.to_owned(), OTHER);
    }
    let published = |member| version(document, member).filter(|text| is_version(text));
    if let Some(version) = published("swagger") {
        let help =
            "convert it first, for example with `swagger2openapi`, or ask the vendor for OpenAPI 3";
        return ("swagger", format!("Swagger {version}"), help);
    }
    if let Some(version) = published("openapi") {
        let help = "use the document of version 3.0 or 3.1 if the vendor publishes one";
        return ("openapi", format!("OpenAPI {version}"), help);
    }
    if let Some(version) = published("asyncapi") {
        let help = "AsyncAPI describes messages; give the OpenAPI document of the HTTP API";
        return ("asyncapi", format!("AsyncAPI {version}"), help);
    }
    if let Some(version) = published("overlay") {
        let help = "give it with `--overlay`, beside the document that it is for";
        return ("overlay", format!("an OpenAPI Overlay {version}"), help);
    }
    if document.get("openapi").is_some() {
        let what = match version(document, "openapi") {
            Some(text) if text.trim().is_empty() => {
                "a document whose `openapi` is empty".to_owned()
            }
            Some(text) => {
                let text = brief(&text);
                format!("a document whose `openapi` is `{text}`, which is no version")
            }
            None => "a document whose `openapi` is no version".to_owned(),
        };
        return (
            "openapi",
            what,
            "write the version as a string, e.g. `openapi: 3.0.3`",
        );
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
            "add its version at the top, e.g. `openapi: 3.0.3`",
        );
    } else {
        "a document without a member `openapi`"
    };
    ("", what.to_owned(), OTHER)
}

/// A version is a string; YAML without quotes makes a number of `3.1`.
fn version(document: &Value, member: &str) -> Option<String> {
    match document.get(member)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a text is that of a version: `2.0`, `3.2.0-rc1`.
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

/// Whether a version is one of a series: `3.0`, `3.0.3`, `3.0.1-rc1`, and what some vendors write, `3.0.x` and `3.0-rc1`.
fn is_series(version: &str, series: &str) -> bool {
    let Some(rest) = version.strip_prefix(series).filter(|_| is_version(version)) else {
        return false;
    };
    match rest.strip_prefix('.') {
        Some(patch) => patch.starts_with(|first: char| first.is_ascii_digit() || first == 'x'),
        None => rest.is_empty() || rest.starts_with('-'),
    }
}
