//! The fixed members of each object of OpenAPI, as data: the value, whether it is required, and the first version that has it.

use super::Holds::{Data, Flag, List, Map, One, Text, Texts};
use super::Since::{V3_0, V3_1, V3_2};
use super::{Holds, Member, Since, swagger};

/// An optional member.
pub(super) const fn may(name: &'static str, holds: Holds) -> Member {
    Member {
        name,
        holds,
        is_required: false,
        optional_since: None,
        since: V3_0,
    }
}

/// A member that every version requires.
pub(super) const fn must(name: &'static str, holds: Holds) -> Member {
    Member {
        is_required: true,
        ..may(name, holds)
    }
}

impl Member {
    const fn since(self, since: Since) -> Self {
        Self { since, ..self }
    }

    const fn optional_since(self, since: Since) -> Self {
        Self {
            optional_since: Some(since),
            ..self
        }
    }
}

macro_rules! kinds {
    ($($kind:ident: $name:literal, $members:expr;)*) => {
        /// The objects of OpenAPI, and those of Swagger 2.0 that differ.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) enum Kind {
            $($kind),*
        }

        /// Every kind in the order of the enum, its name in messages, and its members in all versions.
        pub(super) const KINDS: &[(Kind, &str, &[Member])] = &[$((Kind::$kind, $name, $members)),*];
    };
}

kinds! {
    Callback: "callback", &[];
    Components: "components object", COMPONENTS;
    Contact: "contact", CONTACT;
    Discriminator: "discriminator", DISCRIMINATOR;
    Document: "document", DOCUMENT;
    Encoding: "encoding", ENCODING;
    Example: "example", EXAMPLE;
    ExternalDocs: "external documentation", EXTERNAL_DOCS;
    Header: "header", HEADER;
    Info: "info object", INFO;
    Licence: "licence", LICENCE;
    Link: "link", LINK;
    MediaType: "media type", MEDIA_TYPE;
    OAuthFlow: "OAuth flow", O_AUTH_FLOW;
    OAuthFlows: "OAuth flows object", O_AUTH_FLOWS;
    Operation: "operation", OPERATION;
    Parameter: "parameter", PARAMETER;
    PathItem: "path item", PATH_ITEM;
    Paths: "paths object", &[];
    RequestBody: "request body", REQUEST_BODY;
    Response: "response", RESPONSE;
    Responses: "responses object", &[];
    Schema: "schema", SCHEMA;
    SecurityRequirement: "security requirement", &[];
    SecurityScheme: "security scheme", SECURITY_SCHEME;
    Server: "server", SERVER;
    ServerVariable: "server variable", SERVER_VARIABLE;
    Tag: "tag", TAG;
    Xml: "XML object", XML;
    Swagger: "Swagger document", swagger::DOCUMENT;
    SwaggerHeader: "Swagger header", swagger::HEADER;
    SwaggerItems: "Swagger items object", swagger::ITEMS;
    SwaggerOperation: "Swagger operation", swagger::OPERATION;
    SwaggerParameter: "Swagger parameter", swagger::PARAMETER;
    SwaggerPathItem: "Swagger path item", swagger::PATH_ITEM;
    SwaggerPaths: "Swagger paths object", &[];
    SwaggerResponse: "Swagger response", swagger::RESPONSE;
    SwaggerResponses: "Swagger responses object", &[];
    SwaggerSchema: "Swagger schema", swagger::SCHEMA;
    SwaggerSecurityScheme: "Swagger security scheme", swagger::SECURITY_SCHEME;
}

const DOCUMENT: &[Member] = &[
    must("openapi", Text),
    may("$self", Text).since(V3_2),
    must("info", One(Kind::Info)),
    may("jsonSchemaDialect", Text).since(V3_1),
    may("servers", List(Kind::Server)),
    may("components", One(Kind::Components)),
    may("paths", One(Kind::Paths)),
    may("webhooks", Map(Kind::PathItem)).since(V3_1),
    may("security", List(Kind::SecurityRequirement)),
    may("tags", List(Kind::Tag)),
    may("externalDocs", One(Kind::ExternalDocs)),
];

const INFO: &[Member] = &[
    must("title", Text),
    may("summary", Text).since(V3_1),
    may("description", Text),
    may("termsOfService", Text),
    may("contact", One(Kind::Contact)),
    may("license", One(Kind::Licence)),
    must("version", Text),
];

const CONTACT: &[Member] = &[may("name", Text), may("url", Text), may("email", Text)];

const LICENCE: &[Member] = &[
    must("name", Text),
    may("identifier", Text).since(V3_1),
    may("url", Text),
];

const EXTERNAL_DOCS: &[Member] = &[may("description", Text), must("url", Text)];

const DISCRIMINATOR: &[Member] = &[
    must("propertyName", Text),
    may("mapping", Data),
    may("defaultMapping", Text).since(V3_2),
];

const SERVER: &[Member] = &[
    must("url", Text),
    may("name", Text).since(V3_2),
    may("description", Text),
    may("variables", Map(Kind::ServerVariable)),
];

const SERVER_VARIABLE: &[Member] = &[
    may("enum", Texts),
    must("default", Text),
    may("description", Text),
];

const COMPONENTS: &[Member] = &[
    may("schemas", Map(Kind::Schema)),
    may("responses", Map(Kind::Response)),
    may("parameters", Map(Kind::Parameter)),
    may("examples", Map(Kind::Example)),
    may("requestBodies", Map(Kind::RequestBody)),
    may("headers", Map(Kind::Header)),
    may("securitySchemes", Map(Kind::SecurityScheme)),
    may("links", Map(Kind::Link)),
    may("callbacks", Map(Kind::Callback)),
    may("pathItems", Map(Kind::PathItem)).since(V3_1),
    may("mediaTypes", Map(Kind::MediaType)).since(V3_2),
];

/// Beside the methods.
const PATH_ITEM: &[Member] = &[
    may("summary", Text),
    may("description", Text),
    may("servers", List(Kind::Server)),
    may("parameters", List(Kind::Parameter)),
    may("additionalOperations", Map(Kind::Operation)).since(V3_2),
];

const OPERATION: &[Member] = &[
    may("tags", Texts),
    may("summary", Text),
    may("description", Text),
    may("externalDocs", One(Kind::ExternalDocs)),
    may("operationId", Text),
    may("parameters", List(Kind::Parameter)),
    may("requestBody", One(Kind::RequestBody)),
    may("responses", One(Kind::Responses)),
    may("callbacks", Map(Kind::Callback)),
    may("deprecated", Flag),
    may("security", List(Kind::SecurityRequirement)),
    may("servers", List(Kind::Server)),
];

const PARAMETER: &[Member] = &[
    must("name", Text),
    must("in", Text),
    may("description", Text),
    may("required", Flag),
    may("deprecated", Flag),
    may("allowEmptyValue", Flag),
    may("style", Text),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("schema", One(Kind::Schema)),
    may("example", Data),
    may("examples", Map(Kind::Example)),
    may("content", Map(Kind::MediaType)),
];

/// A header is a parameter without `name` and `in`.
const HEADER: &[Member] = PARAMETER.split_at(2).1;

const REQUEST_BODY: &[Member] = &[
    may("description", Text),
    must("content", Map(Kind::MediaType)),
    may("required", Flag),
];

const MEDIA_TYPE: &[Member] = &[
    may("description", Text).since(V3_2),
    may("schema", One(Kind::Schema)),
    may("itemSchema", One(Kind::Schema)).since(V3_2),
    may("example", Data),
    may("examples", Map(Kind::Example)),
    may("encoding", Map(Kind::Encoding)),
    may("prefixEncoding", List(Kind::Encoding)).since(V3_2),
    may("itemEncoding", One(Kind::Encoding)).since(V3_2),
];

const ENCODING: &[Member] = &[
    may("contentType", Text),
    may("headers", Map(Kind::Header)),
    may("style", Text),
    may("explode", Flag),
    may("allowReserved", Flag),
    may("encoding", Map(Kind::Encoding)).since(V3_2),
    may("prefixEncoding", List(Kind::Encoding)).since(V3_2),
    may("itemEncoding", One(Kind::Encoding)).since(V3_2),
];

const RESPONSE: &[Member] = &[
    may("summary", Text).since(V3_2),
    must("description", Text).optional_since(V3_2),
    may("headers", Map(Kind::Header)),
    may("content", Map(Kind::MediaType)),
    may("links", Map(Kind::Link)),
];

const EXAMPLE: &[Member] = &[
    may("summary", Text),
    may("description", Text),
    may("value", Data),
    may("externalValue", Text),
    may("dataValue", Data).since(V3_2),
    may("serializedValue", Text).since(V3_2),
];

const LINK: &[Member] = &[
    may("operationRef", Text),
    may("operationId", Text),
    may("parameters", Data),
    may("requestBody", Data),
    may("description", Text),
    may("server", One(Kind::Server)),
];

const TAG: &[Member] = &[
    must("name", Text),
    may("summary", Text).since(V3_2),
    may("description", Text),
    may("externalDocs", One(Kind::ExternalDocs)),
    may("parent", Text).since(V3_2),
    may("kind", Text).since(V3_2),
];

const XML: &[Member] = &[
    may("name", Text),
    may("namespace", Text),
    may("prefix", Text),
    may("attribute", Flag),
    may("wrapped", Flag),
    may("nodeType", Text).since(V3_2),
];

const SECURITY_SCHEME: &[Member] = &[
    must("type", Text),
    may("description", Text),
    may("name", Text),
    may("in", Text),
    may("scheme", Text),
    may("bearerFormat", Text),
    may("flows", One(Kind::OAuthFlows)),
    may("openIdConnectUrl", Text),
    may("oauth2MetadataUrl", Text).since(V3_2),
    may("deprecated", Flag).since(V3_2),
];

const O_AUTH_FLOWS: &[Member] = &[
    may("implicit", One(Kind::OAuthFlow)),
    may("password", One(Kind::OAuthFlow)),
    may("clientCredentials", One(Kind::OAuthFlow)),
    may("authorizationCode", One(Kind::OAuthFlow)),
    may("deviceAuthorization", One(Kind::OAuthFlow)).since(V3_2),
];

const O_AUTH_FLOW: &[Member] = &[
    may("authorizationUrl", Text),
    may("deviceAuthorizationUrl", Text).since(V3_2),
    may("tokenUrl", Text),
    may("refreshUrl", Text),
    must("scopes", Data),
];

const SCHEMA: &[Member] = &[
    may("title", Text),
    may("description", Text),
    may("type", Data),
    may("format", Text),
    may("nullable", Flag),
    may("readOnly", Flag),
    may("writeOnly", Flag),
    may("deprecated", Flag),
    may("enum", Data),
    may("const", Data).since(V3_1),
    may("default", Data),
    may("example", Data),
    may("examples", Data).since(V3_1),
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
    may("maxContains", Data).since(V3_1),
    may("minContains", Data).since(V3_1),
    may("maxProperties", Data),
    may("minProperties", Data),
    may("required", Data),
    may("dependentRequired", Data).since(V3_1),
    may("properties", Map(Kind::Schema)),
    may("patternProperties", Map(Kind::Schema)).since(V3_1),
    may("additionalProperties", One(Kind::Schema)),
    may("propertyNames", One(Kind::Schema)).since(V3_1),
    may("dependentSchemas", Map(Kind::Schema)).since(V3_1),
    may("unevaluatedProperties", One(Kind::Schema)).since(V3_1),
    may("items", One(Kind::Schema)),
    may("prefixItems", List(Kind::Schema)).since(V3_1),
    may("additionalItems", One(Kind::Schema)),
    may("unevaluatedItems", One(Kind::Schema)).since(V3_1),
    may("contains", One(Kind::Schema)).since(V3_1),
    may("allOf", List(Kind::Schema)),
    may("anyOf", List(Kind::Schema)),
    may("oneOf", List(Kind::Schema)),
    may("not", One(Kind::Schema)),
    may("if", One(Kind::Schema)).since(V3_1),
    may("then", One(Kind::Schema)).since(V3_1),
    may("else", One(Kind::Schema)).since(V3_1),
    may("contentEncoding", Text).since(V3_1),
    may("contentMediaType", Text).since(V3_1),
    may("contentSchema", One(Kind::Schema)).since(V3_1),
    may("discriminator", One(Kind::Discriminator)),
    may("xml", One(Kind::Xml)),
    may("externalDocs", One(Kind::ExternalDocs)),
    may("$defs", Map(Kind::Schema)).since(V3_1),
    may("definitions", Map(Kind::Schema)),
    may("$id", Text).since(V3_1),
    may("$schema", Text).since(V3_1),
    may("$anchor", Text).since(V3_1),
    may("$dynamicRef", Text).since(V3_1),
    may("$dynamicAnchor", Text).since(V3_1),
    may("$vocabulary", Data).since(V3_1),
    may("$comment", Text).since(V3_1),
];
