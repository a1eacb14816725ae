//! Request bodies: their media types, and the parts of multipart bodies.

use openapiv3::{ParameterSchemaOrContent, QueryStyle, ReferenceOr, Type};

use super::components::ValueKind;
use super::operation::Reader;
use super::parameter::{Parameter, ParameterPlace, Style};
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
    pub(crate) encoding: Vec<FieldEncoding>,
}

/// The encoding of a field of a form, or of a part of a multipart body that has a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Encoding {
    /// An array as one value for each element, an object as one value for each member.
    Exploded,
    /// An array or object: its elements, or names and values, separated by this.
    Joined(&'static str),
    /// `name[member]=value`, at any depth.
    Brackets,
    Json,
}

/// A field of a form that is not encoded in the default way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldEncoding {
    pub(crate) name: String,
    pub(crate) encoding: Encoding,
    /// Reserved characters are not encoded.
    pub(crate) allow_reserved: bool,
}

/// How the value of a part of a multipart body is written. The strings are media types that the description names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PartStyle {
    /// As its `Display` writes it.
    Text(Option<String>),
    /// As a part for each element. Objects are JSON, everything else text.
    Values(Option<String>),
    /// As JSON.
    Json(Option<String>),
    /// The caller gives the bytes.
    File(Option<String>),
    /// As one text, with this between the elements.
    Joined(&'static str),
    /// As a part for each member.
    Members,
    /// As a part for each value inside it.
    Brackets,
    /// Not a part, but a header of one: the name of the part, and whether an array or object is exploded. `None`: it is neither.
    Header(String, Option<bool>),
}

impl Encoding {
    /// Reads the style of an encoding object; `None` without one. A style has priority over a media type (OpenAPI 3.1.1, section
    /// 4.8.15.1.2).
    fn of_style(node: &openapiv3::Encoding) -> Option<Self> {
        let is_written = |member| node.extensions.contains_key(member);
        if !["style", "explode", "allowReserved"]
            .into_iter()
            .any(is_written)
        {
            return None;
        }
        Some(match (&node.style, node.explode) {
            (Some(QueryStyle::DeepObject), _) => Self::Brackets,
            (_, true) => Self::Exploded,
            (Some(QueryStyle::SpaceDelimited), _) => Self::Joined(" "),
            (Some(QueryStyle::PipeDelimited), _) => Self::Joined("|"),
            _ => Self::Joined(","),
        })
    }

    /// Reads an encoding object of a form; `None` for the default.
    fn of_field(node: &openapiv3::Encoding) -> Option<Self> {
        let is_json = || {
            let content_type = node.content_type.as_deref()?;
            (MediaKind::of(content_type) == Some(MediaKind::Json)).then_some(Self::Json)
        };
        Self::of_style(node).or_else(is_json)
    }
}

impl Body<'_> {
    /// Whether the caller gives the media type: it is a range, or it has a boundary that only the caller knows.
    pub(crate) fn is_range(&self) -> bool {
        let top = self.media_type.trim_start().get(.."multipart/".len());
        let has_boundary = top.is_some_and(|top| top.eq_ignore_ascii_case("multipart/"));
        self.media == Media::Binary && (self.media_type.contains('*') || has_boundary)
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
                .filter_map(|(name, node)| {
                    Some(FieldEncoding {
                        name: name.clone(),
                        encoding: Encoding::of_field(node)?,
                        allow_reserved: node.allow_reserved,
                    })
                })
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
    pub(super) fn parts(&self, body: &Body<'d>) -> Vec<Parameter<'d>> {
        let node = self.node.request_body.as_ref().and_then(|it| it.as_item());
        let content = node.and_then(|node| node.content.get(&body.media_type));
        let schema = body.typed.node.reference();
        let schema = schema.and_then(|name| self.components.get(name));
        let Some(Shape::Object(object)) = schema.map(|schema| &schema.shape) else {
            return Vec::new();
        };
        let mut parts = Vec::new();
        for field in &object.fields {
            let encoding = content.and_then(|content| content.encoding.get(&field.name));
            let files = self.files(field.typed.node);
            let style = self.part_style(&field.typed, files, encoding);
            let node = match style {
                PartStyle::File(_) => files.unwrap_or(Node::File),
                _ => field.typed.node,
            };
            let typed = Typed::new(field.typed.place.clone(), node).without_null();
            let required = field.required && body.required;
            parts.push(Parameter {
                name: field.name.clone(),
                ident: String::new(),
                setter: String::new(),
                place: ParameterPlace::Part,
                style: Style::Part(style),
                allow_reserved: false,
                required,
                deprecated: field.deprecated,
                prose: field.prose.clone(),
                constraints: constraints::describe(typed.node, &typed.place, &self.form.supplement),
                typed,
            });
            let place = self.place.join("requestBody").join("content");
            let place = place.join(&body.media_type).join("encoding");
            let place = place.join(&field.name).join("headers");
            let headers = encoding.into_iter().flat_map(|encoding| &encoding.headers);
            for (name, header) in headers {
                if let ReferenceOr::Item(header) = header {
                    let place = place.join(name);
                    let header = self.part_header(&field.name, name, header, &place);
                    let is_required = header.required && required;
                    parts.push(Parameter {
                        required: is_required,
                        ..header
                    });
                }
            }
        }
        parts
    }

    /// How a part is written: by its style, else by its media type, else by its type (OpenAPI 3.0.3, encoding object).
    fn part_style(
        &self,
        typed: &Typed<'d>,
        files: Option<Node<'d>>,
        encoding: Option<&openapiv3::Encoding>,
    ) -> PartStyle {
        let written = encoding.and_then(|encoding| encoding.content_type.as_deref());
        // A range, or one of several: the caller knows which.
        let one = written.filter(|it| !it.contains(['*', ',']));
        let one = one.map(|it| it.trim().to_owned());
        if files.is_some() {
            return PartStyle::File(one);
        }
        let kind = self
            .components
            .kind(&Typed::new(typed.place.clone(), typed.node).without_null());
        let style = encoding.and_then(Encoding::of_style);
        match (kind, style) {
            (ValueKind::Scalar, _) | (_, None) => {}
            (ValueKind::Object, Some(Encoding::Exploded)) => return PartStyle::Members,
            (_, Some(Encoding::Exploded)) => return PartStyle::Values(None),
            (_, Some(Encoding::Joined(between))) => return PartStyle::Joined(between),
            (_, Some(Encoding::Brackets)) => return PartStyle::Brackets,
            (_, Some(Encoding::Json)) => return PartStyle::Json(None),
        }
        let first = written.and_then(|written| written.split(',').next());
        let media = first.and_then(|first| MediaKind::of(first.trim()));
        match (kind, media) {
            (_, Some(MediaKind::Json)) => {
                PartStyle::Json(one.filter(|it| it != "application/json"))
            }
            // Only the caller can write an object as another format, or a value as bytes.
            (ValueKind::Object, Some(_)) | (ValueKind::Scalar, Some(MediaKind::Binary)) => {
                PartStyle::File(one)
            }
            (ValueKind::Object, None) => PartStyle::Json(None),
            (ValueKind::Scalar, _) => PartStyle::Text(one),
            (ValueKind::Array | ValueKind::Any, _) => PartStyle::Values(one),
        }
    }

    /// A header of a part, as an argument.
    fn part_header(
        &self,
        part: &str,
        name: &str,
        header: &'d openapiv3::Header,
        place: &Pointer,
    ) -> Parameter<'d> {
        let node = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => Node::from(schema),
            ParameterSchemaOrContent::Content(_) => Node::Any,
        };
        let typed = Typed::new(place.join("schema"), node).without_null();
        let explode = match self.components.kind(&typed) {
            ValueKind::Scalar => None,
            _ => Some(header.extensions.contains_key("explode")),
        };
        let prose = header.description.as_deref().unwrap_or_default().trim();
        let about = format!("A header of the part `{}`.", part.replace('`', ""));
        Parameter {
            name: name.to_owned(),
            ident: String::new(),
            setter: String::new(),
            place: ParameterPlace::Part,
            style: Style::Part(PartStyle::Header(part.to_owned(), explode)),
            allow_reserved: false,
            required: header.required,
            deprecated: header.deprecated == Some(true),
            prose: match prose {
                "" => about,
                prose => format!("{prose}\n\n{about}"),
            },
            constraints: constraints::describe(typed.node, &typed.place, &self.form.supplement),
            typed,
        }
    }
}

/// The schema of a media type.
pub(super) fn typed<'d>(content: &'d openapiv3::MediaType, place: &Pointer) -> Typed<'d> {
    let schema = content.schema.as_ref();
    Typed::new(place.join("schema"), schema.map_or(Node::Any, Node::from))
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
