//! The fixed fields of each object of OpenAPI, as data.

use super::Holds::{Data, Flag, List, Map, One, Text, Texts};
use super::{Kind, Member};

pub(super) const DOCUMENT: &[Member] = &[
    ("openapi", Text, true),
    ("info", One(Kind::Info), true),
    ("jsonSchemaDialect", Text, false),
    ("servers", List(Kind::Server), false),
    ("paths", One(Kind::Paths), false),
    ("webhooks", Map(Kind::PathItem), false),
    ("components", One(Kind::Components), false),
    ("security", List(Kind::SecurityRequirement), false),
    ("tags", List(Kind::Tag), false),
    ("externalDocs", One(Kind::ExternalDocs), false),
];

pub(super) const INFO: &[Member] = &[
    ("title", Text, true),
    ("summary", Text, false),
    ("description", Text, false),
    ("termsOfService", Text, false),
    ("contact", One(Kind::Contact), false),
    ("license", One(Kind::Licence), false),
    ("version", Text, true),
];

pub(super) const SERVER: &[Member] = &[
    ("url", Text, true),
    ("name", Text, false),
    ("description", Text, false),
    ("variables", Map(Kind::ServerVariable), false),
];

pub(super) const SERVER_VARIABLE: &[Member] = &[
    ("enum", Texts, false),
    ("default", Text, true),
    ("description", Text, false),
];

pub(super) const COMPONENTS: &[Member] = &[
    ("schemas", Map(Kind::Schema), false),
    ("responses", Map(Kind::Response), false),
    ("parameters", Map(Kind::Parameter), false),
    ("examples", Map(Kind::Example), false),
    ("requestBodies", Map(Kind::RequestBody), false),
    ("headers", Map(Kind::Header), false),
    ("securitySchemes", Map(Kind::SecurityScheme), false),
    ("links", Map(Kind::Link), false),
    ("callbacks", Map(Kind::Callback), false),
    ("pathItems", Map(Kind::PathItem), false),
];

pub(super) const PATH_ITEM: &[Member] = &[
    ("summary", Text, false),
    ("description", Text, false),
    ("get", One(Kind::Operation), false),
    ("put", One(Kind::Operation), false),
    ("post", One(Kind::Operation), false),
    ("delete", One(Kind::Operation), false),
    ("options", One(Kind::Operation), false),
    ("head", One(Kind::Operation), false),
    ("patch", One(Kind::Operation), false),
    ("trace", One(Kind::Operation), false),
    ("servers", List(Kind::Server), false),
    ("parameters", List(Kind::Parameter), false),
];

pub(super) const OPERATION: &[Member] = &[
    ("tags", Texts, false),
    ("summary", Text, false),
    ("description", Text, false),
    ("externalDocs", One(Kind::ExternalDocs), false),
    ("operationId", Text, false),
    ("parameters", List(Kind::Parameter), false),
    ("requestBody", One(Kind::RequestBody), false),
    ("responses", One(Kind::Responses), false),
    ("callbacks", Map(Kind::Callback), false),
    ("deprecated", Flag, false),
    ("security", List(Kind::SecurityRequirement), false),
    ("servers", List(Kind::Server), false),
];

pub(super) const PARAMETER: &[Member] = &[
    ("name", Text, true),
    ("in", Text, true),
    ("description", Text, false),
    ("required", Flag, false),
    ("deprecated", Flag, false),
    ("allowEmptyValue", Flag, false),
    ("style", Text, false),
    ("explode", Flag, false),
    ("allowReserved", Flag, false),
    ("schema", One(Kind::Schema), false),
    ("example", Data, false),
    ("examples", Map(Kind::Example), false),
    ("content", Map(Kind::MediaType), false),
];

pub(super) const HEADER: &[Member] = &[
    ("description", Text, false),
    ("required", Flag, false),
    ("deprecated", Flag, false),
    ("allowEmptyValue", Flag, false),
    ("style", Text, false),
    ("explode", Flag, false),
    ("allowReserved", Flag, false),
    ("schema", One(Kind::Schema), false),
    ("example", Data, false),
    ("examples", Map(Kind::Example), false),
    ("content", Map(Kind::MediaType), false),
];

pub(super) const REQUEST_BODY: &[Member] = &[
    ("description", Text, false),
    ("content", Map(Kind::MediaType), true),
    ("required", Flag, false),
];

pub(super) const MEDIA_TYPE: &[Member] = &[
    ("schema", One(Kind::Schema), false),
    ("example", Data, false),
    ("examples", Map(Kind::Example), false),
    ("encoding", Map(Kind::Encoding), false),
];

pub(super) const ENCODING: &[Member] = &[
    ("contentType", Text, false),
    ("headers", Map(Kind::Header), false),
    ("style", Text, false),
    ("explode", Flag, false),
    ("allowReserved", Flag, false),
];

pub(super) const RESPONSE: &[Member] = &[
    ("description", Text, true),
    ("headers", Map(Kind::Header), false),
    ("content", Map(Kind::MediaType), false),
    ("links", Map(Kind::Link), false),
];

pub(super) const EXAMPLE: &[Member] = &[
    ("summary", Text, false),
    ("description", Text, false),
    ("value", Data, false),
    ("externalValue", Text, false),
];

pub(super) const LINK: &[Member] = &[
    ("operationRef", Text, false),
    ("operationId", Text, false),
    ("parameters", Data, false),
    ("requestBody", Data, false),
    ("description", Text, false),
    ("server", One(Kind::Server), false),
];

pub(super) const TAG: &[Member] = &[
    ("name", Text, true),
    ("summary", Text, false),
    ("description", Text, false),
    ("externalDocs", One(Kind::ExternalDocs), false),
];

pub(super) const XML: &[Member] = &[
    ("name", Text, false),
    ("namespace", Text, false),
    ("prefix", Text, false),
    ("attribute", Flag, false),
    ("wrapped", Flag, false),
];

pub(super) const SECURITY_SCHEME: &[Member] = &[
    ("type", Text, true),
    ("description", Text, false),
    ("name", Text, false),
    ("in", Text, false),
    ("scheme", Text, false),
    ("bearerFormat", Text, false),
    ("flows", One(Kind::OAuthFlows), false),
    ("openIdConnectUrl", Text, false),
];

pub(super) const O_AUTH_FLOWS: &[Member] = &[
    ("implicit", One(Kind::OAuthFlow), false),
    ("password", One(Kind::OAuthFlow), false),
    ("clientCredentials", One(Kind::OAuthFlow), false),
    ("authorizationCode", One(Kind::OAuthFlow), false),
];

pub(super) const O_AUTH_FLOW: &[Member] = &[
    ("authorizationUrl", Text, false),
    ("tokenUrl", Text, false),
    ("refreshUrl", Text, false),
    ("scopes", Data, true),
];

pub(super) const SCHEMA: &[Member] = &[
    ("title", Text, false),
    ("description", Text, false),
    ("type", Data, false),
    ("format", Text, false),
    ("nullable", Flag, false),
    ("readOnly", Flag, false),
    ("writeOnly", Flag, false),
    ("deprecated", Flag, false),
    ("enum", Data, false),
    ("const", Data, false),
    ("default", Data, false),
    ("example", Data, false),
    ("examples", Data, false),
    ("multipleOf", Data, false),
    ("maximum", Data, false),
    ("exclusiveMaximum", Data, false),
    ("minimum", Data, false),
    ("exclusiveMinimum", Data, false),
    ("maxLength", Data, false),
    ("minLength", Data, false),
    ("pattern", Text, false),
    ("maxItems", Data, false),
    ("minItems", Data, false),
    ("uniqueItems", Flag, false),
    ("maxContains", Data, false),
    ("minContains", Data, false),
    ("maxProperties", Data, false),
    ("minProperties", Data, false),
    ("required", Data, false),
    ("dependentRequired", Data, false),
    ("properties", Map(Kind::Schema), false),
    ("patternProperties", Map(Kind::Schema), false),
    ("additionalProperties", One(Kind::Schema), false),
    ("propertyNames", One(Kind::Schema), false),
    ("dependentSchemas", Map(Kind::Schema), false),
    ("unevaluatedProperties", One(Kind::Schema), false),
    ("items", One(Kind::Schema), false),
    ("prefixItems", List(Kind::Schema), false),
    ("additionalItems", One(Kind::Schema), false),
    ("unevaluatedItems", One(Kind::Schema), false),
    ("contains", One(Kind::Schema), false),
    ("allOf", List(Kind::Schema), false),
    ("anyOf", List(Kind::Schema), false),
    ("oneOf", List(Kind::Schema), false),
    ("not", One(Kind::Schema), false),
    ("if", One(Kind::Schema), false),
    ("then", One(Kind::Schema), false),
    ("else", One(Kind::Schema), false),
    ("contentEncoding", Text, false),
    ("contentMediaType", Text, false),
    ("contentSchema", One(Kind::Schema), false),
    ("discriminator", One(Kind::Discriminator), false),
    ("xml", One(Kind::Xml), false),
    ("externalDocs", One(Kind::ExternalDocs), false),
    ("$defs", Map(Kind::Schema), false),
    ("definitions", Map(Kind::Schema), false),
    ("$id", Text, false),
    ("$schema", Text, false),
    ("$anchor", Text, false),
    ("$dynamicRef", Text, false),
    ("$dynamicAnchor", Text, false),
    ("$vocabulary", Data, false),
    ("$comment", Text, false),
];
