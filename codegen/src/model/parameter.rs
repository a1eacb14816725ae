//! Parameters: where each stands, and how its value becomes text.

use std::fmt::Write;

use serde_json::Value;

use super::components::Kind;
use super::names::{self, Scope};
use super::operation::Reader;
use super::{Typed, prose, text};
use crate::pointer::Pointer;

/// A parameter, or one part of a multipart body.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) ident: String,
    /// The method that sets it, if it is optional.
    pub(crate) setter: String,
    pub(crate) place: ParameterPlace,
    pub(crate) style: Style,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) prose: String,
    pub(crate) typed: Typed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParameterPlace {
    Path,
    Query,
    Header,
    Cookie,
    /// A part of a `multipart/form-data` body.
    Part,
}

/// How a value becomes text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As it displays itself.
    Text,
    /// As JSON.
    Json,
    /// In the path: text whose slashes are sent as such.
    Segments,
    /// In the query and in cookies: an array as its name once for each element, an object as its members. In a body: a part for
    /// each element.
    Exploded,
    /// An array or object as one text.
    Joined(Joints),
    /// An object: `name[member]=value`, at any depth.
    DeepObject,
    /// A file.
    File,
    /// A file of a media type that the description names.
    FileOf(String),
}

/// What stands around the parts of an array or object that are written as one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Joints {
    /// Before the first part.
    pub(crate) before: String,
    /// Between parts.
    pub(crate) between: String,
    /// Between the name and the value of a member.
    pub(crate) equals: &'static str,
}

impl Joints {
    /// What the expansions of RFC 6570 put there.
    fn of(name: &str, style: &str, explode: bool, kind: Kind) -> Self {
        let (before, between) = match (style, explode) {
            ("label", true) => (".".to_owned(), "."),
            ("label", false) => (".".to_owned(), ","),
            ("matrix", true) if kind == Kind::Object => (";".to_owned(), ";"),
            ("matrix", _) => (format!(";{name}="), ","),
            ("spaceDelimited", _) => (String::new(), "%20"),
            ("pipeDelimited", _) => (String::new(), "%7C"),
            _ => (String::new(), ","),
        };
        let between = match (style, explode, kind) {
            ("matrix", true, Kind::Array | Kind::Any) => before.clone(),
            _ => between.to_owned(),
        };
        let equals = match (explode, style) {
            (true, _) => "=",
            (false, "spaceDelimited") => "%20",
            (false, "pipeDelimited") => "%7C",
            (false, _) => ",",
        };
        Self {
            before,
            between,
            equals,
        }
    }
}

impl Reader<'_> {
    pub(super) fn parameters(&self, scope: &mut Scope) -> Vec<Parameter> {
        let nodes = self.node["parameters"].as_array();
        let place = self.place.join("parameters");
        nodes
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(index, node)| self.parameter(node, &place.index(index), scope))
            .collect()
    }

    fn parameter(&self, node: &Value, at: &Pointer, scope: &mut Scope) -> Parameter {
        let name = text(node, "name");
        let (place, suffix) = match node["in"].as_str() {
            Some("path") => (ParameterPlace::Path, "path"),
            Some("header") => (ParameterPlace::Header, "header"),
            Some("cookie") => (ParameterPlace::Cookie, "cookie"),
            _ => (ParameterPlace::Query, "query"),
        };
        let schema = without_null(&node["schema"]);
        let style = self.style(node, &schema, place);
        Parameter {
            ident: claim_value(&name, suffix, scope),
            setter: String::new(),
            name,
            place,
            style,
            required: node["required"] == true,
            deprecated: node["deprecated"] == true,
            prose: prose(node, "title"),
            typed: Typed::new(at.join("schema"), schema),
        }
    }

    fn style(&self, node: &Value, schema: &Value, place: ParameterPlace) -> Style {
        if node.get("x-content").is_some() {
            return Style::Json;
        }
        let style = node["style"].as_str().unwrap_or_default();
        let explode = node["explode"] == true;
        let kind = self.components.kind(schema);
        match kind {
            Kind::Scalar if matches!(style, "label" | "matrix") => {}
            Kind::Scalar if node["x-segments"] == true => return Style::Segments,
            Kind::Scalar => return Style::Text,
            _ if style == "deepObject" => return Style::DeepObject,
            _ if matches!(place, ParameterPlace::Query | ParameterPlace::Cookie) && explode => {
                return Style::Exploded;
            }
            _ => {}
        }
        let name = node["name"].as_str().unwrap_or_default();
        Style::Joined(Joints::of(&percent_encoded(name), style, explode, kind))
    }
}

pub(super) fn claim_value(name: &str, suffix: &str, scope: &mut Scope) -> String {
    let wanted = names::value_name(name);
    if scope.has(&wanted) {
        return scope.claim(&format!("{}_{suffix}", wanted.trim_end_matches('_')));
    }
    scope.claim(&wanted)
}

/// A parameter that is not set is left out, so that `null` is no value of it.
pub(super) fn without_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Some(node) = schema.as_object_mut() {
        node.shift_remove("nullable");
    }
    schema
}

/// A name as part of a URL (RFC 3986, section 2.3).
fn percent_encoded(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
