//! The border: what leaves `normalize` for the later steps is an [`openapiv3::OpenAPI`].
//!
//! It is written by hand and not derived: the form is known, `check` has proved it, and a large document takes milliseconds.
//! What no later step reads is left out: examples, extensions, external documentation. What openapiv3 cannot say is
//! [`Unsaid`].

use std::borrow::Cow;
use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, AdditionalProperties, AnySchema, ArrayType, BooleanType, Components,
    CookieStyle, Discriminator, Encoding, HeaderStyle, Info, IntegerType, MediaType, NumberType,
    OAuth2Flows, ObjectType, OpenAPI, Operation, Parameter, ParameterData,
    ParameterSchemaOrContent, PathItem, PathStyle, Paths, QueryStyle, ReferenceOr, RequestBody,
    Response, Responses, Schema, SchemaData, SchemaKind, SecurityScheme, Server, StatusCode,
    StringType, Type,
};
use serde_json::{Map, Number, Value};

use crate::pointer::Pointer;

/// A document in the normal form.
#[derive(Debug)]
pub(crate) struct NormalForm {
    pub(crate) document: OpenAPI,
    pub(crate) unsaid: Unsaid,
}

/// What a document says and openapiv3 cannot.
#[derive(Debug, Default)]
pub(crate) struct Unsaid {
    /// Path and method of each operation, in the order of the document.
    pub(crate) operations: Vec<(String, String)>,
    /// The type of each security scheme that OpenAPI 3.0 does not have, by its name.
    pub(crate) schemes: HashMap<String, String>,
    /// Numbers that the typed ones would not be printed as: bounds and values beyond 64 bits with a sign, and `1.0`.
    numbers: HashMap<Pointer, Number>,
}

impl Unsaid {
    /// A number of a schema that stands at a keyword (or below it), if the typed one is not the same.
    pub(crate) fn number(&self, schema: &Pointer, keyword: &str) -> Option<&Number> {
        if self.numbers.is_empty() {
            return None;
        }
        self.numbers.get(&schema.join(keyword))
    }

    /// A value of an enum, if the typed one is not the same.
    pub(crate) fn value(&self, schema: &Pointer, index: usize) -> Option<&Number> {
        if self.numbers.is_empty() {
            return None;
        }
        self.numbers.get(&schema.join("enum").index(index))
    }
}

/// A floating point number as documents write it: without a fraction if it has none.
pub(crate) fn number(value: f64) -> Option<Number> {
    /// Beyond 2^53 not every whole number is one.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "it is a whole number")]
        return Some(Number::from(value as i64));
    }
    Number::from_f64(value)
}

impl NormalForm {
    /// Reads a document of which `check` has nothing to say.
    pub(crate) fn read(document: &Value) -> Self {
        let mut reader = Reader::default();
        let paths = members(document, "paths");
        let paths = reader.at("paths", |reader| {
            paths
                .map(|(path, item)| {
                    let item = reader.at(path, |reader| reader.path_item(path, item));
                    (path.clone(), ReferenceOr::Item(item))
                })
                .collect()
        });
        let schemas = members(&document["components"], "schemas");
        let schemas = reader.at("components", |reader| {
            reader.at("schemas", |reader| {
                schemas
                    .map(|(name, node)| (name.clone(), reader.at(name, |it| it.schema(node))))
                    .collect()
            })
        });
        let schemes = members(&document["components"], "securitySchemes");
        let security_schemes = schemes
            .map(|(name, node)| (name.clone(), ReferenceOr::Item(reader.scheme(name, node))))
            .collect();
        let servers = elements(document, "servers");
        let document = OpenAPI {
            openapi: "3.0.3".to_owned(),
            info: Info {
                title: text(&document["info"], "title").unwrap_or_default(),
                version: text(&document["info"], "version").unwrap_or_default(),
                ..Info::default()
            },
            servers: servers
                .filter_map(|server| {
                    Some(Server {
                        url: text(server, "url")?,
                        ..Server::default()
                    })
                })
                .collect(),
            paths: Paths {
                paths,
                ..Paths::default()
            },
            components: Some(Components {
                schemas,
                security_schemes,
                ..Components::default()
            }),
            ..OpenAPI::default()
        };
        Self {
            document,
            unsaid: reader.unsaid,
        }
    }
}

/// Reads nodes, and knows where the one that it reads stands.
#[derive(Default)]
struct Reader<'d> {
    place: Vec<Cow<'d, str>>,
    unsaid: Unsaid,
}

impl<'d> Reader<'d> {
    /// Reads what stands below the node that is read.
    fn at<T>(&mut self, token: impl Into<Cow<'d, str>>, read: impl FnOnce(&mut Self) -> T) -> T {
        self.place.push(token.into());
        let result = read(self);
        self.place.pop();
        result
    }

    fn path_item(&mut self, path: &str, node: &'d Value) -> PathItem {
        let mut item = PathItem::default();
        for (method, node) in node.as_object().into_iter().flatten() {
            let slot = match method.as_str() {
                "get" => &mut item.get,
                "put" => &mut item.put,
                "post" => &mut item.post,
                "delete" => &mut item.delete,
                "options" => &mut item.options,
                "head" => &mut item.head,
                "patch" => &mut item.patch,
                "trace" => &mut item.trace,
                _ => continue,
            };
            *slot = Some(self.at(method, |reader| reader.operation(node)));
            let operation = (path.to_owned(), method.clone());
            self.unsaid.operations.push(operation);
        }
        item
    }

    fn operation(&mut self, node: &'d Value) -> Operation {
        let parameters = self.at("parameters", |reader| {
            let parameters = elements(node, "parameters").enumerate();
            parameters
                .map(|(index, node)| {
                    let index = index.to_string();
                    ReferenceOr::Item(reader.at(index, |reader| reader.parameter(node)))
                })
                .collect()
        });
        let body = node.get("requestBody").map(|body| {
            ReferenceOr::Item(RequestBody {
                description: text(body, "description"),
                content: self.at("requestBody", |reader| reader.content(body)),
                required: is_true(body, "required"),
                ..RequestBody::default()
            })
        });
        let tags = elements(node, "tags").filter_map(Value::as_str);
        Operation {
            tags: tags.map(str::to_owned).collect(),
            summary: text(node, "summary"),
            description: text(node, "description"),
            operation_id: text(node, "operationId"),
            parameters,
            request_body: body,
            responses: self.at("responses", |reader| reader.responses(&node["responses"])),
            deprecated: is_true(node, "deprecated"),
            extensions: own(node, &["x-path", "x-query"]),
            ..Operation::default()
        }
    }

    fn parameter(&mut self, node: &'d Value) -> Parameter {
        let format = if node.get("content").is_some() {
            ParameterSchemaOrContent::Content(self.content(node))
        } else if node.get("x-content").is_some() {
            let json = ("application/json".to_owned(), self.media_type(node));
            ParameterSchemaOrContent::Content([json].into_iter().collect())
        } else {
            let schema = self.at("schema", |reader| reader.schema(&node["schema"]));
            ParameterSchemaOrContent::Schema(schema)
        };
        let parameter_data = ParameterData {
            name: text(node, "name").unwrap_or_default(),
            description: text(node, "description"),
            required: is_true(node, "required"),
            deprecated: node["deprecated"].as_bool(),
            format,
            example: None,
            examples: IndexMap::new(),
            explode: node["explode"].as_bool(),
            extensions: own(node, &["x-segments"]),
        };
        let style = node["style"].as_str();
        match node["in"].as_str() {
            Some("path") => Parameter::Path {
                parameter_data,
                style: match style {
                    Some("label") => PathStyle::Label,
                    Some("matrix") => PathStyle::Matrix,
                    _ => PathStyle::Simple,
                },
            },
            Some("header") => Parameter::Header {
                parameter_data,
                style: HeaderStyle::Simple,
            },
            Some("cookie") => Parameter::Cookie {
                parameter_data,
                style: CookieStyle::Form,
            },
            _ => Parameter::Query {
                parameter_data,
                allow_reserved: is_true(node, "allowReserved"),
                style: query_style(style).unwrap_or_default(),
                allow_empty_value: node["allowEmptyValue"].as_bool(),
            },
        }
    }

    fn responses(&mut self, node: &'d Value) -> Responses {
        let mut responses = Responses::default();
        for (key, node) in node.as_object().into_iter().flatten() {
            let response = ReferenceOr::Item(Response {
                description: text(node, "description").unwrap_or_default(),
                content: self.at(key, |reader| reader.content(node)),
                ..Response::default()
            });
            if key == "default" {
                responses.default = Some(response);
            } else if let Some(status) = status(key) {
                responses.responses.insert(status, response);
            }
        }
        responses
    }

    fn content(&mut self, node: &'d Value) -> IndexMap<String, MediaType> {
        self.at("content", |reader| {
            let media_types = members(node, "content");
            media_types
                .map(|(name, node)| (name.clone(), reader.at(name, |it| it.media_type(node))))
                .collect()
        })
    }

    fn media_type(&mut self, node: &'d Value) -> MediaType {
        let schema = node.get("schema");
        let schema = schema.map(|schema| self.at("schema", |reader| reader.schema(schema)));
        let encoding = members(node, "encoding").map(|(name, node)| {
            let style = query_style(node["style"].as_str());
            let usual = matches!(style, None | Some(QueryStyle::Form));
            let encoding = Encoding {
                content_type: text(node, "contentType"),
                explode: node["explode"].as_bool().unwrap_or(usual),
                style,
                ..Encoding::default()
            };
            (name.clone(), encoding)
        });
        MediaType {
            schema,
            encoding: encoding.collect(),
            ..MediaType::default()
        }
    }

    fn scheme(&mut self, name: &str, node: &Value) -> SecurityScheme {
        let extensions = IndexMap::new();
        let description = text(node, "description");
        match node["type"].as_str().unwrap_or_default() {
            "apiKey" => SecurityScheme::APIKey {
                location: match node["in"].as_str() {
                    Some("query") => APIKeyLocation::Query,
                    Some("cookie") => APIKeyLocation::Cookie,
                    _ => APIKeyLocation::Header,
                },
                name: text(node, "name").unwrap_or_default(),
                description,
                extensions,
            },
            "oauth2" => SecurityScheme::OAuth2 {
                flows: OAuth2Flows::default(),
                description,
                extensions,
            },
            "openIdConnect" => SecurityScheme::OpenIDConnect {
                open_id_connect_url: text(node, "openIdConnectUrl").unwrap_or_default(),
                description,
                extensions,
            },
            kind => {
                if kind != "http" {
                    let scheme = (name.to_owned(), kind.to_owned());
                    self.unsaid.schemes.extend([scheme]);
                }
                SecurityScheme::HTTP {
                    scheme: text(node, "scheme").unwrap_or_default(),
                    bearer_format: text(node, "bearerFormat"),
                    description,
                    extensions,
                }
            }
        }
    }
}

/// Schemas.
impl<'d> Reader<'d> {
    fn schema(&mut self, node: &'d Value) -> ReferenceOr<Schema> {
        match node["$ref"].as_str() {
            Some(reference) => ReferenceOr::ref_(reference),
            None => ReferenceOr::Item(self.item(node)),
        }
    }

    fn boxed(&mut self, node: &'d Value) -> ReferenceOr<Box<Schema>> {
        match node["$ref"].as_str() {
            Some(reference) => ReferenceOr::ref_(reference),
            None => ReferenceOr::boxed_item(self.item(node)),
        }
    }

    fn item(&mut self, node: &'d Value) -> Schema {
        let discriminator = text(&node["discriminator"], "propertyName");
        let mapping = members(&node["discriminator"], "mapping");
        let mapping = mapping
            .filter_map(|(value, target)| Some((value.clone(), target.as_str()?.to_owned())));
        Schema {
            schema_data: SchemaData {
                nullable: is_true(node, "nullable"),
                read_only: is_true(node, "readOnly"),
                write_only: is_true(node, "writeOnly"),
                deprecated: is_true(node, "deprecated"),
                title: text(node, "title"),
                description: text(node, "description"),
                default: node.get("default").cloned(),
                discriminator: discriminator.map(|property_name| Discriminator {
                    property_name,
                    mapping: mapping.collect(),
                    ..Discriminator::default()
                }),
                ..SchemaData::default()
            },
            schema_kind: self.kind(node),
        }
    }

    fn kind(&mut self, node: &'d Value) -> SchemaKind {
        if node.get("allOf").is_some() {
            return SchemaKind::AllOf {
                all_of: self.variants(node, "allOf"),
            };
        }
        if node.get("anyOf").is_some() {
            return SchemaKind::AnyOf {
                any_of: self.variants(node, "anyOf"),
            };
        }
        if is_true(node, "x-any-of") {
            return SchemaKind::AnyOf {
                any_of: self.variants(node, "oneOf"),
            };
        }
        if node.get("oneOf").is_some() {
            return SchemaKind::OneOf {
                one_of: self.variants(node, "oneOf"),
            };
        }
        SchemaKind::Type(match node["type"].as_str() {
            Some("string") => Type::String(StringType {
                format: text(node, "format").into(),
                pattern: text(node, "pattern"),
                enumeration: elements(node, "enum")
                    .map(|value| value.as_str().map(str::to_owned))
                    .collect(),
                min_length: size(node, "minLength"),
                max_length: size(node, "maxLength"),
            }),
            Some("integer") => Type::Integer(IntegerType {
                format: text(node, "format").into(),
                multiple_of: node["multipleOf"].as_i64(),
                exclusive_minimum: is_true(node, "exclusiveMinimum"),
                exclusive_maximum: is_true(node, "exclusiveMaximum"),
                minimum: self.number(node, "minimum", integer),
                maximum: self.number(node, "maximum", integer),
                enumeration: self.values(node, integer),
            }),
            Some("number") => Type::Number(NumberType {
                format: text(node, "format").into(),
                multiple_of: node["multipleOf"].as_f64(),
                exclusive_minimum: is_true(node, "exclusiveMinimum"),
                exclusive_maximum: is_true(node, "exclusiveMaximum"),
                minimum: self.number(node, "minimum", float),
                maximum: self.number(node, "maximum", float),
                enumeration: self.values(node, float),
            }),
            Some("boolean") => Type::Boolean(BooleanType {
                enumeration: elements(node, "enum").map(Value::as_bool).collect(),
            }),
            Some("array") => Type::Array(ArrayType {
                items: Some(self.at("items", |reader| reader.boxed(&node["items"]))),
                min_items: size(node, "minItems"),
                max_items: size(node, "maxItems"),
                unique_items: is_true(node, "uniqueItems"),
            }),
            Some("object") => Type::Object(self.object(node)),
            _ => return SchemaKind::Any(AnySchema::default()),
        })
    }

    fn variants(&mut self, node: &'d Value, keyword: &'static str) -> Vec<ReferenceOr<Schema>> {
        self.at(keyword, |reader| {
            let variants = elements(node, keyword).enumerate();
            variants
                .map(|(index, node)| reader.at(index.to_string(), |reader| reader.schema(node)))
                .collect()
        })
    }

    fn object(&mut self, node: &'d Value) -> ObjectType {
        let properties = self.at("properties", |reader| {
            let properties = members(node, "properties");
            properties
                .map(|(name, node)| (name.clone(), reader.at(name, |it| it.boxed(node))))
                .collect()
        });
        let required = elements(node, "required").filter_map(Value::as_str);
        ObjectType {
            properties,
            required: required.map(str::to_owned).collect(),
            additional_properties: node.get("additionalProperties").map(|rest| match rest {
                Value::Bool(any) => AdditionalProperties::Any(*any),
                schema => {
                    let schema = self.at("additionalProperties", |reader| reader.schema(schema));
                    AdditionalProperties::Schema(Box::new(schema))
                }
            }),
            min_properties: size(node, "minProperties"),
            max_properties: size(node, "maxProperties"),
        }
    }

    /// A bound, as openapiv3 has it.
    fn number<T>(&mut self, node: &Value, keyword: &'static str, read: Read<T>) -> Option<T> {
        let number = node[keyword].as_number()?;
        self.at(keyword, |reader| reader.exactly(number, read))
    }

    /// The values of an enum, as openapiv3 has them.
    fn values<T>(&mut self, node: &Value, read: Read<T>) -> Vec<Option<T>> {
        self.at("enum", |reader| {
            let values = elements(node, "enum").enumerate();
            values
                .map(|(index, value)| {
                    let number = value.as_number()?;
                    reader.at(index.to_string(), |reader| reader.exactly(number, read))
                })
                .collect()
        })
    }

    fn exactly<T>(&mut self, number: &Number, read: Read<T>) -> Option<T> {
        let (value, printed) = read(number).unzip();
        if printed.flatten().as_ref() != Some(number) {
            let place = Pointer::from_tokens(&self.place);
            self.unsaid.numbers.insert(place, number.clone());
        }
        value
    }
}

/// Reads a number as openapiv3 has it; and as it is printed then.
type Read<T> = fn(&Number) -> Option<(T, Option<Number>)>;

fn integer(value: &Number) -> Option<(i64, Option<Number>)> {
    let value = value.as_i64()?;
    Some((value, Some(Number::from(value))))
}

fn float(value: &Number) -> Option<(f64, Option<Number>)> {
    let value = value.as_f64()?;
    Some((value, number(value)))
}

fn status(key: &str) -> Option<StatusCode> {
    match key.strip_suffix("XX") {
        Some(series) => series.parse().ok().map(StatusCode::Range),
        None => key.parse().ok().map(StatusCode::Code),
    }
}

fn query_style(style: Option<&str>) -> Option<QueryStyle> {
    match style? {
        "form" => Some(QueryStyle::Form),
        "spaceDelimited" => Some(QueryStyle::SpaceDelimited),
        "pipeDelimited" => Some(QueryStyle::PipeDelimited),
        "deepObject" => Some(QueryStyle::DeepObject),
        _ => None,
    }
}

fn text(node: &Value, member: &str) -> Option<String> {
    node[member].as_str().map(str::to_owned)
}

fn is_true(node: &Value, member: &str) -> bool {
    node[member] == true
}

fn own(node: &Value, names: &[&str]) -> IndexMap<String, Value> {
    let found = names
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), node.get(name)?.clone())));
    found.collect()
}

fn size(node: &Value, keyword: &str) -> Option<usize> {
    usize::try_from(node[keyword].as_u64()?).ok()
}

fn members<'d>(node: &'d Value, member: &str) -> impl Iterator<Item = (&'d String, &'d Value)> {
    node[member].as_object().into_iter().flat_map(Map::iter)
}

fn elements<'d>(node: &'d Value, member: &str) -> impl Iterator<Item = &'d Value> {
    node[member].as_array().into_iter().flatten()
}
