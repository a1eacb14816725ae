//! Reads everything but schemas.

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, Components, CookieStyle, Encoding, Header, HeaderStyle, Info, MediaType,
    OAuth2Flows, OpenAPI, Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr, RequestBody, Response, Responses, SecurityRequirement, SecurityScheme,
    Server, ServerVariable, StatusCode,
};
use serde_json::{Map, Value};

use super::{NormalForm, Supplement};
use crate::normalize::facts::Facts;
use crate::openapi::methods;

impl<'n> NormalForm<'n> {
    /// Reads a document that has passed `check`.
    pub(crate) fn read(document: &Value, facts: &'n Facts) -> Self {
        let mut reader = Reader::default();
        let paths = members(document, "paths");
        reader.at("paths", |reader| {
            for (path, item) in paths {
                reader.at(path, |reader| reader.path_item(path, item));
            }
        });
        let schemas = members(&document["components"], "schemas");
        let schemas = reader.at("components", |reader| {
            reader.at("schemas", |reader| {
                schemas
                    .map(|(name, node)| (name.clone(), reader.at(name, |it| it.schema(node))))
                    .collect()
            })
        });
        let security_schemes = members(&document["components"], "securitySchemes")
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
                        description: text(server, "description"),
                        variables: Some(variables(server)),
                        ..Server::default()
                    })
                })
                .collect(),
            security: security(document),
            components: Some(Components {
                schemas,
                security_schemes,
                ..Components::default()
            }),
            ..OpenAPI::default()
        };
        Self {
            document,
            facts,
            supplement: reader.supplement,
        }
    }
}

/// Reads nodes, and keeps the place of the current one.
#[derive(Default)]
pub(super) struct Reader<'d> {
    pub(super) place: Vec<Cow<'d, str>>,
    pub(super) supplement: Supplement,
}

impl<'d> Reader<'d> {
    /// Reads a node below the current one.
    pub(super) fn at<T>(
        &mut self,
        token: impl Into<Cow<'d, str>>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.place.push(token.into());
        let result = read(self);
        self.place.pop();
        result
    }

    fn path_item(&mut self, path: &str, node: &'d Value) {
        let members = node.as_object().into_iter().flatten();
        for (method, node) in members.filter(|(name, _)| methods::is_method(name)) {
            let operation = self.at(method, |reader| reader.operation(node));
            let operation = (path.to_owned(), method.clone(), operation);
            self.supplement.operations.push(operation);
        }
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
            security: security(node),
            ..Operation::default()
        }
    }

    fn parameter(&mut self, node: &'d Value) -> Parameter {
        let format = if node.get("content").is_some() {
            ParameterSchemaOrContent::Content(self.content(node))
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
            extensions: IndexMap::new(),
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
                // Only the names of the headers matter.
                extensions: names(&node["headers"]),
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
        let encoding = self.at("encoding", |reader| {
            members(node, "encoding")
                .map(|(name, node)| (name.clone(), reader.at(name, |it| it.encoding(node))))
                .collect()
        });
        MediaType {
            schema,
            encoding,
            ..MediaType::default()
        }
    }

    /// An encoding object. Which members it has counts, not only their values: so their names are the names of its extensions.
    fn encoding(&mut self, node: &'d Value) -> Encoding {
        let style = query_style(node["style"].as_str());
        let usual = matches!(style, None | Some(QueryStyle::Form));
        Encoding {
            content_type: text(node, "contentType"),
            explode: node["explode"].as_bool().unwrap_or(usual),
            allow_reserved: is_true(node, "allowReserved"),
            style,
            headers: self.at("headers", |reader| {
                members(node, "headers")
                    .map(|(name, node)| (name.clone(), reader.at(name, |it| it.header(node))))
                    .collect()
            }),
            extensions: names(node),
        }
    }

    fn header(&mut self, node: &'d Value) -> ReferenceOr<Header> {
        let schema = self.at("schema", |reader| reader.schema(&node["schema"]));
        let is_exploded = is_true(node, "explode");
        ReferenceOr::Item(Header {
            description: text(node, "description"),
            style: HeaderStyle::Simple,
            required: is_true(node, "required"),
            deprecated: node["deprecated"].as_bool(),
            format: ParameterSchemaOrContent::Schema(schema),
            example: None,
            examples: IndexMap::new(),
            extensions: is_exploded
                .then(|| ("explode".to_owned(), Value::Null))
                .into_iter()
                .collect(),
        })
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
                    self.supplement.schemes.extend([scheme]);
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

fn status(key: &str) -> Option<StatusCode> {
    match key.strip_suffix("XX") {
        Some(series) => series.parse().ok().map(StatusCode::Range),
        None => key.parse().ok().map(StatusCode::Code),
    }
}

/// The variables in the URL of a server.
fn variables(server: &Value) -> IndexMap<String, ServerVariable> {
    let variables = members(server, "variables").map(|(name, node)| {
        let values = elements(node, "enum").filter_map(Value::as_str);
        let variable = ServerVariable {
            enumeration: values.map(str::to_owned).collect(),
            default: text(node, "default").unwrap_or_default(),
            description: text(node, "description"),
            extensions: IndexMap::new(),
        };
        (name.clone(), variable)
    });
    variables.collect()
}

/// The security requirements of a document or an operation: alternatives, each of which names the schemes that it needs.
fn security(node: &Value) -> Option<Vec<SecurityRequirement>> {
    node.get("security")?;
    let alternatives = elements(node, "security").filter_map(Value::as_object);
    let alternatives = alternatives.map(|schemes| {
        let schemes = schemes.keys().map(|name| (name.clone(), Vec::new()));
        schemes.collect()
    });
    Some(alternatives.collect())
}

/// The names of the members of a node.
fn names(node: &Value) -> IndexMap<String, Value> {
    let members = node.as_object().into_iter().flatten();
    members
        .map(|(name, _)| (name.clone(), Value::Null))
        .collect()
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

pub(super) fn text(node: &Value, member: &str) -> Option<String> {
    node[member].as_str().map(str::to_owned)
}

pub(super) fn is_true(node: &Value, member: &str) -> bool {
    node[member] == true
}

pub(super) fn members<'d>(
    node: &'d Value,
    member: &str,
) -> impl Iterator<Item = (&'d String, &'d Value)> {
    node[member].as_object().into_iter().flat_map(Map::iter)
}

pub(super) fn elements<'d>(node: &'d Value, member: &str) -> impl Iterator<Item = &'d Value> {
    node[member].as_array().into_iter().flatten()
}
