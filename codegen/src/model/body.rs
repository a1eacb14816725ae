//! Request bodies: their media types, and the parts of multipart bodies.

use std::collections::HashMap;

use openapiv3::{QueryStyle, Type};

use super::components::ValueKind;
use super::names::Scope;
use super::operation::Reader;
use super::parameter::{Parameter, ParameterPlace, Style, claim_value};
use super::schema::Shape;
use super::{Node, Typed, constraints};
use crate::openapi::media_types::MediaKind;
use crate::pointer::Pointer;

#[derive(Debug)]
pub(crate) struct Body<'d> {
    pub(crate) media: Media,
    pub(crate) media_type: String,
    pub(crate) required: bool,
    pub(crate) prose: String,
    pub(crate) typed: Typed<'d>,
    /// The encoding of the fields of a form, if it is not the default.
    pub(crate) encoding: Vec<(String, Encoding)>,
}

/// The encoding of a field of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// An array: its elements, separated by this.
    Joined(&'static str),
    /// `name[member]=value`, at any depth.
    Brackets,
    Json,
}

impl Encoding {
    /// Reads an encoding object; `None` for the default.
    fn read(node: &openapiv3::Encoding) -> Option<Self> {
        match node.content_type.as_deref().map(MediaKind::of) {
            Some(Some(MediaKind::Json)) => return Some(Self::Json),
            // A style has no meaning next to a media type (OpenAPI 3.0.3, encoding object).
            Some(_) => return None,
            None => {}
        }
        match (&node.style, node.explode) {
            (Some(QueryStyle::DeepObject), _) => Some(Self::Brackets),
            (Some(QueryStyle::SpaceDelimited), _) => Some(Self::Joined(" ")),
            (Some(QueryStyle::PipeDelimited), _) => Some(Self::Joined("|")),
            (_, false) => Some(Self::Joined(",")),
            _ => None,
        }
    }
}

/// How a body is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    Json,
    Form,
    /// The parts are parameters of the operation, if they are listed.
    Multipart,
    /// Text, also XML: it is sent and returned as it is.
    Text,
    Binary,
}

impl<'d> Reader<'_, 'd> {
    pub(super) fn body(&self) -> Option<Body<'d>> {
        let node = self.node.request_body.as_ref()?.as_item()?;
        let (media_type, content) = node.content.iter().next()?;
        let place = self.place.join("requestBody").join("content");
        let typed = typed(content, &place.join(media_type));
        let media = media(media_type, typed.node);
        Some(Body {
            typed: match media {
                Media::Json => typed,
                // Only JSON has `null`.
                _ => typed.without_null(),
            },
            media,
            media_type: media_type.clone(),
            required: node.required,
            prose: node.description.clone().unwrap_or_default(),
            encoding: content
                .encoding
                .iter()
                .filter_map(|(name, node)| Some((name.clone(), Encoding::read(node)?)))
                .collect(),
        })
    }

    /// A file or a list of files, if a part may be one. A union of a file and a string is a file: the caller can make one of a string.
    fn files(&self, node: Node<'d>) -> Option<Node<'d>> {
        let plain = self.components.resolved(node);
        let component = plain.reference().and_then(|name| self.components.get(name));
        let Some(Shape::Union(union)) = component.map(|component| &component.shape) else {
            return self.file(plain);
        };
        let variants = union.variants.iter();
        let found = variants.filter_map(|variant| self.file(variant.typed.node));
        found.max_by_key(|files| matches!(files, Node::Files))
    }

    fn file(&self, node: Node<'d>) -> Option<Node<'d>> {
        let plain = self.components.resolved(node);
        if plain.is_binary() {
            return Some(Node::File);
        }
        let items = self.components.resolved(plain.items()?);
        items.is_binary().then_some(Node::Files)
    }

    /// The parts of a multipart body: the properties of its schema.
    pub(super) fn parts(&self, body: &Body<'d>, scope: &mut Scope) -> Vec<Parameter<'d>> {
        let node = self.node.request_body.as_ref().and_then(|it| it.as_item());
        let content = node.and_then(|node| node.content.get(&body.media_type));
        let encodings = content.into_iter().flat_map(|content| &content.encoding);
        let styles: HashMap<&String, Style> = encodings
            .filter_map(|(name, node)| Some((name, part_style(node)?)))
            .collect();
        let schema = body.typed.node.reference();
        let schema = schema.and_then(|name| self.components.get(name));
        let Some(Shape::Object(object)) = schema.map(|schema| &schema.shape) else {
            return Vec::new();
        };
        object
            .fields
            .iter()
            .map(|field| {
                let files = self.files(field.typed.node);
                let node = files.unwrap_or(field.typed.node);
                let typed = Typed::new(field.typed.place.clone(), node).without_null();
                let written = styles.get(&field.name);
                let style = match (self.components.kind(&typed), written) {
                    (_, Some(style @ Style::FileOf(_))) if files.is_some() => style.clone(),
                    _ if files.is_some() => Style::File,
                    (ValueKind::Scalar | ValueKind::Any, Some(style)) => style.clone(),
                    (ValueKind::Scalar, None) => Style::Text,
                    (ValueKind::Array | ValueKind::Any, _) => Style::Exploded,
                    (ValueKind::Object, _) => Style::Json,
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
                    constraints: constraints::describe(
                        typed.node,
                        &typed.place,
                        &self.form.supplement,
                    ),
                    typed,
                }
            })
            .collect()
    }
}

/// The schema of a media type.
pub(super) fn typed<'d>(content: &'d openapiv3::MediaType, place: &Pointer) -> Typed<'d> {
    let schema = content.schema.as_ref();
    Typed::new(place.join("schema"), schema.map_or(Node::Any, Node::from))
}

/// The style of a part with a media type; `None` for the default.
fn part_style(encoding: &openapiv3::Encoding) -> Option<Style> {
    let content_type = encoding.content_type.as_deref()?;
    let first = content_type.split(',').next()?.trim();
    match MediaKind::of(first)? {
        MediaKind::Json => Some(Style::Json),
        MediaKind::Binary if first.contains('*') || content_type.contains(',') => Some(Style::File),
        MediaKind::Binary => Some(Style::FileOf(first.to_owned())),
        _ => None,
    }
}

/// The kind of a media type of the normal form.
pub(super) fn media(media_type: &str, schema: Node) -> Media {
    let is_structured = matches!(schema.ty(), Some(Type::Array(_) | Type::Object(_)));
    let kind = MediaKind::of_typed_body(media_type, schema.is_binary(), is_structured);
    match kind.unwrap_or(MediaKind::Binary) {
        MediaKind::Json => Media::Json,
        MediaKind::Form => Media::Form,
        MediaKind::Multipart => Media::Multipart,
        MediaKind::Text | MediaKind::Xml => Media::Text,
        MediaKind::Binary if schema.is_string() && !schema.is_binary() => Media::Text,
        MediaKind::Binary => Media::Binary,
    }
}
