//! Operations: what is sent, what may come back, and what Rust calls it.

use std::collections::HashMap;
use std::fmt::Write;

use serde_json::{Value, json};

use super::names::{self, Scope};
use super::schema::{Schema, Shape};
use super::{Typed, prose, reference, text};
use crate::Pointer;

/// One operation.
#[derive(Debug)]
pub(crate) struct Operation {
    /// Where it stands.
    pub(crate) place: Pointer,
    /// Its `operationId`.
    pub(crate) id: String,
    /// The request type; the answers are called after it.
    pub(crate) type_name: String,
    pub(crate) method_name: String,
    pub(crate) constant: String,
    /// The HTTP method, in capitals.
    pub(crate) method: String,
    /// The path with `{name}` for each path parameter.
    pub(crate) path: String,
    /// A query that the path of the document fixes.
    pub(crate) fixed_query: Vec<(String, String)>,
    pub(crate) prose: String,
    pub(crate) tag: Option<String>,
    pub(crate) deprecated: bool,
    /// Required ones first, each group in the order of the document; the parts of a multipart body are among them.
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Option<Body>,
    pub(crate) success: Vec<Reply>,
    pub(crate) errors: Vec<Reply>,
}

/// A parameter, or one part of a multipart body.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) ident: String,
    pub(crate) place: Place,
    pub(crate) style: Style,
    pub(crate) required: bool,
    pub(crate) deprecated: bool,
    pub(crate) prose: String,
    pub(crate) typed: Typed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
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
    /// A value of any kind: a scalar as its text, anything else as JSON.
    Value,
    /// As JSON.
    Json,
    /// In the path: text whose slashes are sent as such.
    Segments,
    /// In the query: an array as its name once for each element, an object as its members.
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
        use crate::normalize::media_types::MediaKind;
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

/// One answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) statuses: Statuses,
    /// `None` if it has no body.
    pub(crate) content: Option<(Media, Typed)>,
    /// The media type that is asked for.
    pub(crate) media_type: String,
    pub(crate) prose: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Statuses {
    One(u16),
    /// `2XX` is `Range(2)`.
    Range(u16),
    Default,
}

impl Operation {
    /// Every part that has a Rust type, in a fixed order: parameters, body, answers.
    pub(crate) fn typed(&self) -> Vec<&Typed> {
        let parameters = self.parameters.iter().map(|parameter| &parameter.typed);
        let body = self.body.iter().map(|body| &body.typed);
        let replies = self.success.iter().chain(&self.errors);
        let replies = replies.filter_map(|reply| reply.content.as_ref().map(|(_, typed)| typed));
        parameters.chain(body).chain(replies).collect()
    }
}

type Components<'d> = HashMap<&'d str, &'d Schema>;

/// The methods that a path item can have; everything else in it is no operation.
const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

pub(super) fn read_all(document: &Value, components: &Components) -> Vec<Operation> {
    let mut scopes = Scopes {
        types: Scope::with(IMPORTED.iter().copied()),
        methods: Scope::with(["new", "clone", "fmt"]),
    };
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, node) in item.as_object().into_iter().flatten() {
            if METHODS.contains(&method.as_str()) {
                let place = Pointer::from_tokens(["paths", path, method]);
                let reader = Reader {
                    node,
                    place,
                    components,
                };
                operations.push(reader.read(path, method, &mut scopes));
            }
        }
    }
    operations
}

/// What the modules of operations may import.
const IMPORTED: &[&str] = &[
    "Binary",
    "Bytes",
    "Client",
    "Decode",
    "DecodeError",
    "Empty",
    "Error",
    "Json",
    "Method",
    "Operation",
    "Reply",
    "Request",
    "Response",
    "Text",
];

struct Scopes {
    /// Request types and constants: a type of one letter is spelled as its constant.
    types: Scope,
    methods: Scope,
}

struct Reader<'d> {
    node: &'d Value,
    place: Pointer,
    components: &'d Components<'d>,
}

impl Reader<'_> {
    fn read(&self, path: &str, method: &str, scopes: &mut Scopes) -> Operation {
        let node = self.node;
        let id = text(node, "operationId");
        let body = self.body();
        let mut scope = Scope::with(["body", "send", "clone", "self_", "types"]);
        if body
            .as_ref()
            .is_some_and(|body| body.media_type.contains('*'))
        {
            scope.claim("content_type");
        }
        let mut parameters = self.parameters(&mut scope);
        let body = match body {
            Some(body) if body.media == Media::Multipart => {
                let parts = self.parts(&body, &mut scope);
                // Whoever calls builds a form whose parts are not listed.
                let is_listed = !parts.is_empty();
                parameters.extend(parts);
                (!is_listed).then_some(body)
            }
            other => other,
        };
        parameters.sort_by_key(|parameter| !parameter.required);
        let (success, errors) = self.replies();
        let type_name = claim_type(&id, &mut scopes.types);
        let method_name = scopes.methods.claim(&names::value_name(&id));
        Operation {
            place: self.place.clone(),
            constant: scopes.types.claim(&names::constant_name(&type_name)),
            type_name,
            method_name,
            method: method.to_uppercase(),
            path: node["x-path"].as_str().unwrap_or(path).to_owned(),
            fixed_query: fixed_query(node),
            prose: prose(node, "summary"),
            tag: node["tags"][0].as_str().map(str::to_owned),
            deprecated: node["deprecated"] == true,
            parameters,
            body,
            success,
            errors,
            id,
        }
    }

    fn parameters(&self, scope: &mut Scope) -> Vec<Parameter> {
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
            Some("path") => (Place::Path, "path"),
            Some("header") => (Place::Header, "header"),
            Some("cookie") => (Place::Cookie, "cookie"),
            _ => (Place::Query, "query"),
        };
        let schema = without_null(&node["schema"]);
        let style = self.style(node, &schema, place);
        Parameter {
            ident: claim_value(&name, suffix, scope),
            name,
            place,
            style,
            required: node["required"] == true,
            deprecated: node["deprecated"] == true,
            prose: prose(node, "title"),
            typed: Typed {
                place: at.join("schema"),
                schema,
            },
        }
    }

    fn style(&self, node: &Value, schema: &Value, place: Place) -> Style {
        if node.get("x-content").is_some() {
            return Style::Json;
        }
        let style = node["style"].as_str().unwrap_or_default();
        let explode = node["explode"] == true;
        let kind = self.kind(schema, 0);
        match kind {
            Kind::Scalar if matches!(style, "label" | "matrix") => {}
            Kind::Scalar if node["x-segments"] == true => return Style::Segments,
            Kind::Scalar => return Style::Text,
            _ if style == "deepObject" => return Style::DeepObject,
            _ if place == Place::Query && explode => return Style::Exploded,
            _ => {}
        }
        let name = node["name"].as_str().unwrap_or_default();
        Style::Joined(Joints::of(&percent_encoded(name), style, explode, kind))
    }

    fn body(&self) -> Option<Body> {
        let node = &self.node["requestBody"];
        let (media_type, content) = node["content"].as_object()?.iter().next()?;
        let place = self
            .place
            .join("requestBody")
            .join("content")
            .join(media_type);
        Some(Body {
            media: media(media_type, &content["schema"]),
            media_type: media_type.clone(),
            required: node["required"] == true,
            prose: text(node, "description"),
            typed: Typed {
                place: place.join("schema"),
                schema: without_null(&content["schema"]),
            },
            encoding: encoding(content)
                .filter_map(|(name, node)| Some((name.clone(), Encoding::read(node)?)))
                .collect(),
        })
    }

    /// What a schema is another name for.
    fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let mut schema = schema;
        // No chain of names is longer than there are names.
        for _ in 0..self.components.len() {
            let target = reference(schema).and_then(|name| self.components.get(name.as_str()));
            match target.map(|target| &target.shape) {
                Some(Shape::Alias(typed)) => schema = &typed.schema,
                _ => break,
            }
        }
        schema
    }

    /// The parts of a multipart body: the properties of its schema.
    fn parts(&self, body: &Body, scope: &mut Scope) -> Vec<Parameter> {
        let content = &self.node["requestBody"]["content"][&body.media_type];
        let types: HashMap<&String, Style> = encoding(content)
            .filter_map(|(name, node)| Some((name, part_style(node)?)))
            .collect();
        let schema = reference(&body.typed.schema)
            .and_then(|name| self.components.get(name.as_str()).copied());
        let Some(Shape::Object(object)) = schema.map(|schema| &schema.shape) else {
            return Vec::new();
        };
        object
            .fields
            .iter()
            .map(|field| {
                let schema = without_null(&field.typed.schema);
                let plain = self.resolved(&schema);
                let is_file = is_binary(plain)
                    || (plain["type"] == "array" && is_binary(self.resolved(&plain["items"])));
                let style = match self.kind(&schema, 0) {
                    _ if is_file => Style::File,
                    Kind::Scalar | Kind::Any if types.contains_key(&field.name) => {
                        types[&field.name].clone()
                    }
                    Kind::Scalar => Style::Text,
                    Kind::Array => Style::Exploded,
                    Kind::Any => Style::Value,
                    Kind::Object => Style::Json,
                };
                Parameter {
                    name: field.name.clone(),
                    ident: claim_value(&field.name, "part", scope),
                    place: Place::Part,
                    style,
                    required: field.required && body.required,
                    deprecated: field.deprecated,
                    prose: field.prose.clone(),
                    typed: Typed {
                        place: field.typed.place.clone(),
                        schema,
                    },
                }
            })
            .collect()
    }

    /// The answers: successes and errors.
    fn replies(&self) -> (Vec<Reply>, Vec<Reply>) {
        let place = self.place.join("responses");
        let mut success = Vec::new();
        let mut errors = Vec::new();
        let mut fallback = None;
        for (key, node) in self.node["responses"].as_object().into_iter().flatten() {
            let Some(statuses) = Statuses::read(key) else {
                continue;
            };
            let reply = Reply::read(node, statuses, &place.join(key));
            match statuses {
                Statuses::One(200..300) | Statuses::Range(2) => success.push(reply),
                Statuses::Default => fallback = Some(reply),
                _ => errors.push(reply),
            }
        }
        success.sort_by_key(|reply| reply.statuses);
        errors.sort_by_key(|reply| reply.statuses);
        if let Some(reply) = fallback {
            // An operation that declares no success at all means its default for both.
            if success.is_empty() {
                success.push(Reply {
                    statuses: Statuses::Default,
                    content: reply.content.clone(),
                    media_type: reply.media_type.clone(),
                    prose: reply.prose.clone(),
                });
            }
            errors.push(reply);
        } else if success.is_empty() {
            // Only errors are described: what comes of a success is handed on as it is.
            success.push(Reply {
                statuses: Statuses::Range(2),
                content: Some((
                    Media::Binary,
                    Typed {
                        place: place.clone(),
                        schema: json!({"type": "string", "format": "binary"}),
                    },
                )),
                media_type: "*/*".to_owned(),
                prose: String::new(),
            });
        }
        (success, errors)
    }

    fn kind(&self, schema: &Value, depth: usize) -> Kind {
        // Deeper than this no chain of names leads; what does is no scalar.
        if depth > 64 {
            return Kind::Any;
        }
        if let Some(name) = reference(schema) {
            return match self
                .components
                .get(name.as_str())
                .map(|schema| &schema.shape)
            {
                Some(Shape::StringEnum(_)) => Kind::Scalar,
                Some(Shape::Object(_)) => Kind::Object,
                Some(Shape::Alias(typed)) => self.kind(&typed.schema, depth + 1),
                Some(Shape::Union(_)) | None => Kind::Any,
            };
        }
        match schema["type"].as_str() {
            _ if schema["nullable"] == true => Kind::Any,
            Some("string" | "integer" | "number" | "boolean") => Kind::Scalar,
            Some("array") => Kind::Array,
            Some("object") => Kind::Object,
            _ => Kind::Any,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Scalar,
    Array,
    Object,
    Any,
}

impl Statuses {
    fn read(key: &str) -> Option<Self> {
        if key == "default" {
            return Some(Self::Default);
        }
        if let Some(series) = key.strip_suffix("XX") {
            return series.parse().ok().map(Self::Range);
        }
        key.parse().ok().map(Self::One)
    }
}

impl Reply {
    fn read(node: &Value, statuses: Statuses, place: &Pointer) -> Self {
        let content = node["content"]
            .as_object()
            .and_then(|content| content.iter().next());
        let media_type = content
            .map(|(media_type, _)| media_type.clone())
            .unwrap_or_default();
        let content = content.map(|(media_type, content)| {
            let schema = content["schema"].clone();
            let place = place.join("content").join(media_type).join("schema");
            let media = match media(media_type, &schema) {
                Media::Form => Media::Text,
                Media::Multipart => Media::Binary,
                other => other,
            };
            (media, Typed { place, schema })
        });
        Self {
            statuses,
            content,
            media_type,
            prose: text(node, "description"),
        }
    }
}

/// A parameter that is not set is left out, so that `null` is no value of it.
fn without_null(schema: &Value) -> Value {
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

fn encoding(content: &Value) -> impl Iterator<Item = (&String, &Value)> {
    content["encoding"].as_object().into_iter().flatten()
}

/// How a part of a media type is written; `None` for what is usual.
fn part_style(encoding: &Value) -> Option<Style> {
    use crate::normalize::media_types::MediaKind;
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

fn fixed_query(node: &Value) -> Vec<(String, String)> {
    let pairs = node["x-query"].as_array();
    pairs
        .into_iter()
        .flatten()
        .filter_map(|pair| Some((pair[0].as_str()?.to_owned(), pair[1].as_str()?.to_owned())))
        .collect()
}

/// The request type `X` keeps `XResponse` and `XError` for the answers.
fn claim_type(id: &str, scope: &mut Scope) -> String {
    let wanted = names::type_name(id);
    let companions = |name: &str| [format!("{name}Response"), format!("{name}Error")];
    let is_free =
        |name: &str| !scope.has(name) && companions(name).iter().all(|name| !scope.has(name));
    let name = std::iter::once(wanted.clone())
        .chain((2..=u32::MAX).map(|number| format!("{wanted}{number}")))
        .find(|name| is_free(name))
        .expect("a finite scope leaves a number free");
    for companion in companions(&name) {
        scope.claim(&companion);
    }
    scope.claim(&name)
}

fn claim_value(name: &str, suffix: &str, scope: &mut Scope) -> String {
    let wanted = names::value_name(name);
    if scope.has(&wanted) {
        return scope.claim(&format!("{}_{suffix}", wanted.trim_end_matches('_')));
    }
    scope.claim(&wanted)
}

/// Sorts a media type of the normal form.
fn media(media_type: &str, schema: &Value) -> Media {
    use crate::normalize::media_types::MediaKind;
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
