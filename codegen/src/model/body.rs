//! Bodies of requests: how they are written, and the parts of those that have several.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::components::Kind;
use super::names::Scope;
use super::operation::Reader;
use super::parameter::{Parameter, ParameterPlace, Style, claim_value, without_null};
use super::schema::Shape;
use super::{Typed, reference, text};
use crate::openapi::media_kind::MediaKind;

#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) media: Media,
    pub(crate) media_type: String,
    pub(crate) required: bool,
    pub(crate) prose: String,
    pub(crate) typed: Typed,
    /// How fields of a form are written, as far as it is not as usual.
    pub(crate) encoding: Vec<(String, Encoding)>,
}

/// How a field of a form is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// An array: its elements with this between them.
    Joined(&'static str),
    /// `name[member]=value`, at any depth.
    Brackets,
    Json,
}

impl Encoding {
    /// Reads an encoding object; `None` for what is usual.
    fn read(node: &Value) -> Option<Self> {
        let content_type = node["contentType"].as_str();
        match content_type.map(MediaKind::of) {
            Some(Some(MediaKind::Json)) => return Some(Self::Json),
            // A style has no meaning beside a media type (OpenAPI 3.0.3, encoding object).
            Some(_) => return None,
            None => {}
        }
        match (node["style"].as_str(), node["explode"].as_bool()) {
            (Some("deepObject"), _) => Some(Self::Brackets),
            (Some("spaceDelimited"), _) => Some(Self::Joined(" ")),
            (Some("pipeDelimited"), _) => Some(Self::Joined("|")),
            (_, Some(false)) => Some(Self::Joined(",")),
            _ => None,
        }
    }
}

/// How a body is written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    Json,
    Form,
    /// The parts are parameters of the operation, if they are listed.
    Multipart,
    /// Text: also XML, which is passed through as it is.
    Text,
    Binary,
}

impl Reader<'_> {
    pub(super) fn body(&self) -> Option<Body> {
        let node = &self.node["requestBody"];
        let (media_type, content) = node["content"].as_object()?.iter().next()?;
        let place = self
            .place
            .join("requestBody")
            .join("content")
            .join(media_type);
        let media = media(media_type, &content["schema"]);
        Some(Body {
            // JSON has a `null`; there is none of anything else.
            typed: Typed::new(
                place.join("schema"),
                match media {
                    Media::Json => content["schema"].clone(),
                    _ => without_null(&content["schema"]),
                },
            ),
            media,
            media_type: media_type.clone(),
            required: node["required"] == true,
            prose: text(node, "description"),
            encoding: encoding(content)
                .filter_map(|(name, node)| Some((name.clone(), Encoding::read(node)?)))
                .collect(),
        })
    }

    /// The schema of a file, or of several, if a part may be one. What is a file or a text is a file: its caller can make one of
    /// a text.
    fn files(&self, schema: &Value) -> Option<Value> {
        let plain = self.components.resolved(schema);
        let component = reference(plain).and_then(|name| self.components.get(&name));
        let Some(Shape::Union(union)) = component.map(|component| &component.shape) else {
            return self.file(plain);
        };
        let variants = union.variants.iter();
        let found = variants.filter_map(|variant| self.file(&variant.typed.schema));
        found.max_by_key(|files| files["type"] == "array")
    }

    fn file(&self, schema: &Value) -> Option<Value> {
        let file = json!({"type": "string", "format": "binary"});
        let plain = self.components.resolved(schema);
        if is_binary(plain) {
            return Some(file);
        }
        let is_list =
            plain["type"] == "array" && is_binary(self.components.resolved(&plain["items"]));
        is_list.then(|| json!({"type": "array", "items": file}))
    }

    /// The parts of a multipart body: the properties of its schema.
    pub(super) fn parts(&self, body: &Body, scope: &mut Scope) -> Vec<Parameter> {
        let content = &self.node["requestBody"]["content"][&body.media_type];
        let types: HashMap<&String, Style> = encoding(content)
            .filter_map(|(name, node)| Some((name, part_style(node)?)))
            .collect();
        let schema =
            reference(&body.typed.schema).and_then(|name| self.components.get(name.as_str()));
        let Some(Shape::Object(object)) = schema.map(|schema| &schema.shape) else {
            return Vec::new();
        };
        object
            .fields
            .iter()
            .map(|field| {
                let schema = without_null(&field.typed.schema);
                let files = self.files(&schema);
                let is_file = files.is_some();
                let schema = files.unwrap_or(schema);
                let style = match self.components.kind(&schema) {
                    _ if is_file => match types.get(&field.name) {
                        Some(style @ Style::FileOf(_)) => style.clone(),
                        _ => Style::File,
                    },
                    Kind::Scalar | Kind::Any if types.contains_key(&field.name) => {
                        types[&field.name].clone()
                    }
                    Kind::Scalar => Style::Text,
                    Kind::Array | Kind::Any => Style::Exploded,
                    Kind::Object => Style::Json,
                };
                Parameter {
                    name: field.name.clone(),
                    ident: claim_value(&field.name, "part", scope),
                    setter: String::new(),
                    place: ParameterPlace::Part,
                    style,
                    required: field.required && body.required,
                    deprecated: field.deprecated,
                    prose: field.prose.clone(),
                    typed: Typed::new(field.typed.place.clone(), schema),
                }
            })
            .collect()
    }
}

fn encoding(content: &Value) -> impl Iterator<Item = (&String, &Value)> {
    content["encoding"].as_object().into_iter().flatten()
}

/// How a part of a media type is written; `None` for what is usual.
fn part_style(encoding: &Value) -> Option<Style> {
    let content_type = encoding["contentType"].as_str()?;
    let first = content_type.split(',').next()?.trim();
    match MediaKind::of(first)? {
        MediaKind::Json => Some(Style::Json),
        MediaKind::Binary if first.contains('*') || content_type.contains(',') => Some(Style::File),
        MediaKind::Binary => Some(Style::FileOf(first.to_owned())),
        _ => None,
    }
}

fn is_binary(schema: &Value) -> bool {
    schema["type"] == "string" && schema["format"] == "binary"
}

/// Sorts a media type of the normal form.
pub(super) fn media(media_type: &str, schema: &Value) -> Media {
    match MediaKind::of_body(media_type, schema).unwrap_or(MediaKind::Binary) {
        MediaKind::Json => Media::Json,
        MediaKind::Form => Media::Form,
        MediaKind::Multipart => Media::Multipart,
        MediaKind::Text | MediaKind::Xml => Media::Text,
        MediaKind::Binary if schema["type"] == "string" && schema["format"] != "binary" => {
            Media::Text
        }
        MediaKind::Binary => Media::Binary,
    }
}
