//! The fixed members of the objects of [Swagger 2.0](https://spec.openapis.org/oas/v2.0.html) that OpenAPI 3 defines in another way.
//!
//! Only the steps before normalization see these objects. Its first pass converts them.

use super::Holds::{Data, Flag, List, Map, One, Text, Texts};
use super::members::{may, must};
use super::{Kind, Member};

pub(super) const DOCUMENT: &[Member] = &[
    must("swagger", Text),
    must("info", One(Kind::Info)),
    may("host", Text),
    may("basePath", Text),
    may("schemes", Texts),
    may("consumes", Texts),
    may("produces", Texts),
    // A rule of lint reports if it is missing.
    may("paths", One(Kind::SwaggerPaths)),
    may("definitions", Map(Kind::SwaggerSchema)),
    may("parameters", Map(Kind::SwaggerParameter)),
    may("responses", Map(Kind::SwaggerResponse)),
    may("securityDefinitions", Map(Kind::SwaggerSecurityScheme)),
    may("security", List(Kind::SecurityRequirement)),
    may("tags", List(Kind::Tag)),
    may("externalDocs", One(Kind::ExternalDocs)),
];

/// Beside the methods.
pub(super) const PATH_ITEM: &[Member] = &[may("parameters", List(Kind::SwaggerParameter))];

pub(super) const OPERATION: &[Member] = &[
    may("tags", Texts),
    may("summary", Text),
    may("description", Text),
    may("externalDocs", One(Kind::ExternalDocs)),
    may("operationId", Text),
    may("consumes", Texts),
    may("produces", Texts),
    may("parameters", List(Kind::SwaggerParameter)),
    // A rule of lint reports if it is missing.
    may("responses", One(Kind::SwaggerResponses)),
    may("schemes", Texts),
    may("deprecated", Flag),
    may("security", List(Kind::SecurityRequirement)),
];

pub(super) const PARAMETER: &[Member] = &[
    must("name", Text),
    must("in", Text),
    may("required", Flag),
    may("schema", One(Kind::SwaggerSchema)),
    may("allowEmptyValue", Flag),
    may("description", Text),
    may("type", Text),
    may("format", Text),
    may("items", One(Kind::SwaggerItems)),
    may("collectionFormat", Text),
    may("default", Data),
    may("maximum", Data),
    may("exclusiveMaximum", Data),
    may("minimum", Data),
    may("exclusiveMinimum", Data),
    may("maxLength", Data),
    may("minLength", Data),
    may("pattern", Text),
    may("maxItems", Data),
    may("minItems", Data),
    may("uniqueItems", Flag),
    may("enum", Data),
    may("multipleOf", Data),
];

/// The elements of an array that is not in a body: a parameter without `name`, `in`, `required`, `schema`, `allowEmptyValue` and
/// `description`.
pub(super) const ITEMS: &[Member] = PARAMETER.split_at(6).1;

/// A header is a parameter without `name`, `in`, `required`, `schema` and `allowEmptyValue`.
pub(super) const HEADER: &[Member] = PARAMETER.split_at(5).1;

pub(super) const RESPONSE: &[Member] = &[
    must("description", Text),
    may("schema", One(Kind::SwaggerSchema)),
    may("headers", Map(Kind::SwaggerHeader)),
    may("examples", Data),
];

pub(super) const SECURITY_SCHEME: &[Member] = &[
    must("type", Text),
    may("description", Text),
    may("name", Text),
    may("in", Text),
    may("flow", Text),
    may("authorizationUrl", Text),
    may("tokenUrl", Text),
    may("scopes", Data),
];

/// Documents also have keywords of OpenAPI 3 in schemas; `Kind::member` knows them.
pub(super) const SCHEMA: &[Member] = &[
    may("title", Text),
    may("description", Text),
    may("type", Data),
    may("format", Text),
    may("readOnly", Flag),
    may("enum", Data),
    may("default", Data),
    may("example", Data),
    may("multipleOf", Data),
    may("maximum", Data),
    may("exclusiveMaximum", Data),
    may("minimum", Data),
    may("exclusiveMinimum", Data),
    may("maxLength", Data),
    may("minLength", Data),
    may("pattern", Text),
    may("maxItems", Data),
    may("minItems", Data),
    may("uniqueItems", Flag),
    may("maxProperties", Data),
    may("minProperties", Data),
    may("required", Data),
    may("properties", Map(Kind::SwaggerSchema)),
    may("additionalProperties", One(Kind::SwaggerSchema)),
    may("items", One(Kind::SwaggerSchema)),
    may("allOf", List(Kind::SwaggerSchema)),
    // In OpenAPI 3 it is an object.
    may("discriminator", Data),
    may("xml", One(Kind::Xml)),
    may("externalDocs", One(Kind::ExternalDocs)),
];
