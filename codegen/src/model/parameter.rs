//! Parameters: the place of each in the request, and how its value becomes text.

use std::fmt::Write;

use openapiv3::{ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use super::body::PartStyle;
use super::components::ValueKind;
use super::operation::Reader;
use super::{Node, Typed, constraints};
use crate::pointer::Pointer;

/// A parameter, or one part of a multipart body.
#[derive(Debug)]
pub(crate) struct Parameter<'d> {
    pub(crate) name: String,
    pub(crate) ident: String,
    /// The method that sets it, if it is optional.
    pub(crate) setter: String,
    pub(crate) place: ParameterPlace,
    pub(crate) style: Style,
    /// In the query: reserved characters are not encoded.
    pub(crate) allow_reserved: bool,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) prose: String,
    /// The constraints that its type cannot express, in Markdown.
    pub(crate) constraints: String,
    pub(crate) typed: Typed<'d>,
}

impl Parameter<'_> {
    /// Whether it is a part of a multipart body, and not a header of one.
    pub(super) fn is_part(&self) -> bool {
        match &self.style {
            Style::Part(style) => !matches!(style, PartStyle::Header(..)),
            _ => false,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParameterPlace {
    Path,
    Query,
    Header,
    Cookie,
    /// A part of a multipart body, or a header of one.
    Part,
}

/// How a value becomes text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As its `Display` writes it.
    Text,
    /// As JSON.
    Json,
    /// The whole query, without a name: as JSON, or as it is.
    QueryString { is_json: bool },
    /// In the path: a string whose slashes are not encoded.
    Segments,
    /// In the query and in cookies: an array as one pair for each element, an object as one pair for each member.
    Exploded,
    /// An array or object as one string.
    Joined(Joints),
    /// An object: `name[member]=value`, at any depth.
    DeepObject,
    /// In a multipart body.
    Part(PartStyle),
}

/// The text around the parts of an array or object that is written as one string.
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
    /// The joints of the expansions of RFC 6570.
    fn of(name: &str, style: &str, explode: bool, kind: ValueKind) -> Self {
        let (before, between) = match (style, explode) {
            ("label", true) => (".".to_owned(), "."),
            ("label", false) => (".".to_owned(), ","),
            ("matrix", true) if kind == ValueKind::Object => (";".to_owned(), ";"),
            ("matrix", _) => (format!(";{name}="), ","),
            ("spaceDelimited", _) => (String::new(), "%20"),
            ("pipeDelimited", _) => (String::new(), "%7C"),
            _ => (String::new(), ","),
        };
        let between = match (style, explode, kind) {
            ("matrix", true, ValueKind::Array | ValueKind::Any) => before.clone(),
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

impl<'d> Reader<'_, 'd> {
    pub(super) fn parameters(&self) -> Vec<Parameter<'d>> {
        let place = self.place.join("parameters");
        let nodes = self.node.parameters.iter().enumerate();
        nodes
            .filter_map(|(index, node)| match node {
                ReferenceOr::Item(node) => Some(self.parameter(node, &place.index(index))),
                ReferenceOr::Reference { .. } => None,
            })
            .collect()
    }

    fn parameter(&self, node: &'d openapiv3::Parameter, at: &Pointer) -> Parameter<'d> {
        let data = node.parameter_data_ref();
        let place = match node {
            openapiv3::Parameter::Path { .. } => ParameterPlace::Path,
            openapiv3::Parameter::Header { .. } => ParameterPlace::Header,
            openapiv3::Parameter::Cookie { .. } => ParameterPlace::Cookie,
            openapiv3::Parameter::Query { .. } => ParameterPlace::Query,
        };
        let typed = typed(data, at).without_null();
        let style = match data.format {
            ParameterSchemaOrContent::Content(_) => Style::Json,
            ParameterSchemaOrContent::Schema(_) => self.style(node, &typed, place, at),
        };
        let style = if self.form.facts.of(at).is_query_string {
            let is_json = style == Style::Json;
            Style::QueryString { is_json }
        } else {
            style
        };
        Parameter {
            ident: String::new(),
            setter: String::new(),
            name: data.name.clone(),
            place,
            style,
            allow_reserved: matches!(
                node,
                openapiv3::Parameter::Query {
                    allow_reserved: true,
                    ..
                }
            ) || self.form.facts.of(at).is_reserved,
            required: data.required,
            deprecated: data.deprecated == Some(true),
            prose: data
                .description
                .as_deref()
                .unwrap_or_default()
                .trim()
                .to_owned(),
            constraints: constraints::describe(typed.node, &typed.place, &self.form.supplement),
            typed,
        }
    }

    fn style(
        &self,
        node: &openapiv3::Parameter,
        typed: &Typed<'d>,
        place: ParameterPlace,
        at: &Pointer,
    ) -> Style {
        let data = node.parameter_data_ref();
        let style = style_name(node);
        let explode = data.explode == Some(true);
        let kind = self.components.kind(typed);
        match kind {
            ValueKind::Scalar if matches!(style, "label" | "matrix") => {}
            ValueKind::Scalar if self.form.facts.of(at).is_segments => return Style::Segments,
            ValueKind::Scalar => return Style::Text,
            _ if style == "deepObject" => return Style::DeepObject,
            _ if matches!(place, ParameterPlace::Query | ParameterPlace::Cookie) && explode => {
                return Style::Exploded;
            }
            _ => {}
        }
        Style::Joined(Joints::of(
            &percent_encoded(&data.name),
            style,
            explode,
            kind,
        ))
    }
}

/// What the value is.
fn typed<'d>(data: &'d ParameterData, at: &Pointer) -> Typed<'d> {
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => Typed::new(at.join("schema"), schema),
        ParameterSchemaOrContent::Content(content) => {
            let (name, media_type) = content.iter().next().unzip();
            let place = at.join("content").join(name.map_or("", String::as_str));
            let schema = media_type.and_then(|media_type| media_type.schema.as_ref());
            Typed::new(place.join("schema"), schema.map_or(Node::Any, Node::from))
        }
    }
}

fn style_name(node: &openapiv3::Parameter) -> &'static str {
    match node {
        openapiv3::Parameter::Path { style, .. } => match style {
            PathStyle::Label => "label",
            PathStyle::Matrix => "matrix",
            PathStyle::Simple => "simple",
        },
        openapiv3::Parameter::Query { style, .. } => match style {
            QueryStyle::Form => "form",
            QueryStyle::SpaceDelimited => "spaceDelimited",
            QueryStyle::PipeDelimited => "pipeDelimited",
            QueryStyle::DeepObject => "deepObject",
        },
        openapiv3::Parameter::Header { .. } => "simple",
        openapiv3::Parameter::Cookie { .. } => "form",
    }
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
