//! What stands where in an OpenAPI document: one table, and a walk that follows it.
//!
//! Whoever looks for references, schemas or examples needs to know what a member is: `example` below `properties` is a
//! schema of that name, anywhere else it is data, and a `$ref` in data is text. The table is the fixed fields of OpenAPI
//! [3.0](https://spec.openapis.org/oas/v3.0.4.html) and [3.1](https://spec.openapis.org/oas/v3.1.1.html) in one.

use serde_json::Value;

use crate::Pointer;

/// The objects of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Callback,
    Components,
    Contact,
    Discriminator,
    Document,
    Encoding,
    Example,
    ExternalDocs,
    Header,
    Info,
    Licence,
    Link,
    MediaType,
    OAuthFlow,
    OAuthFlows,
    Operation,
    Parameter,
    PathItem,
    Paths,
    RequestBody,
    Response,
    Responses,
    Schema,
    SecurityRequirement,
    SecurityScheme,
    Server,
    ServerVariable,
    Tag,
    Xml,
}

/// What a member holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// An object of a kind.
    One(Kind),
    /// A list of them.
    List(Kind),
    /// An object whose members are of a kind; their names are the author's.
    Map(Kind),
    /// A string.
    Text,
    /// A list of strings.
    Texts,
    /// `true` or `false`.
    Flag,
    /// Anything: examples, extensions, and what the versions of OpenAPI write differently.
    Data,
}

use Holds::{Data, Flag, List, Map, One, Text, Texts};

/// A fixed field: its name, what it holds, and whether it must be there in every version.
pub(crate) type Member = (&'static str, Holds, bool);

impl Kind {
    /// Where components of this kind are kept; `None` for what cannot be one in every version.
    pub(crate) fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Callback => "callbacks",
            Self::Example => "examples",
            Self::Header => "headers",
            Self::Link => "links",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Response => "responses",
            Self::Schema => "schemas",
            Self::SecurityScheme => "securitySchemes",
            _ => return None,
        })
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Callback => "callback",
            Self::Components => "components object",
            Self::Contact => "contact",
            Self::Discriminator => "discriminator",
            Self::Document => "document",
            Self::Encoding => "encoding",
            Self::Example => "example",
            Self::ExternalDocs => "external documentation",
            Self::Header => "header",
            Self::Info => "info object",
            Self::Licence => "licence",
            Self::Link => "link",
            Self::MediaType => "media type",
            Self::OAuthFlow => "OAuth flow",
            Self::OAuthFlows => "OAuth flows object",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::PathItem => "path item",
            Self::Paths => "paths object",
            Self::RequestBody => "request body",
            Self::Response => "response",
            Self::Responses => "responses object",
            Self::Schema => "schema",
            Self::SecurityRequirement => "security requirement",
            Self::SecurityScheme => "security scheme",
            Self::Server => "server",
            Self::ServerVariable => "server variable",
            Self::Tag => "tag",
            Self::Xml => "XML object",
        }
    }

    /// Its fixed fields.
    pub(crate) fn members(self) -> &'static [Member] {
        match self {
            Self::Callback | Self::Paths | Self::Responses | Self::SecurityRequirement => &[],
            Self::Components => COMPONENTS,
            Self::Contact => &[
                ("name", Text, false),
                ("url", Text, false),
                ("email", Text, false),
            ],
            Self::Discriminator => &[("propertyName", Text, true), ("mapping", Data, false)],
            Self::Document => DOCUMENT,
            Self::Encoding => ENCODING,
            Self::Example => EXAMPLE,
            Self::ExternalDocs => &[("description", Text, false), ("url", Text, true)],
            Self::Header => HEADER,
            Self::Info => INFO,
            Self::Licence => &[
                ("name", Text, true),
                ("identifier", Text, false),
                ("url", Text, false),
            ],
            Self::Link => LINK,
            Self::MediaType => MEDIA_TYPE,
            Self::OAuthFlow => O_AUTH_FLOW,
            Self::OAuthFlows => O_AUTH_FLOWS,
            Self::Operation => OPERATION,
            Self::Parameter => PARAMETER,
            Self::PathItem => PATH_ITEM,
            Self::RequestBody => REQUEST_BODY,
            Self::Response => RESPONSE,
            Self::Schema => SCHEMA,
            Self::SecurityScheme => SECURITY_SCHEME,
            Self::Server => SERVER,
            Self::ServerVariable => SERVER_VARIABLE,
            Self::Tag => TAG,
            Self::Xml => XML,
        }
    }

    /// What a member of this name holds; `None` when the kind has no such member.
    pub(crate) fn member(self, name: &str) -> Option<Holds> {
        if name == "$ref" {
            return Some(Text);
        }
        let fixed = self.members().iter().find(|member| member.0 == name);
        if let Some(member) = fixed {
            return Some(member.1);
        }
        if name.starts_with("x-") {
            return Some(Data);
        }
        match self {
            Self::Callback | Self::Paths => Some(One(Self::PathItem)),
            Self::Responses => Some(One(Self::Response)),
            Self::SecurityRequirement => Some(Texts),
            _ => None,
        }
    }
}

const DOCUMENT: &[Member] = &[
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

const INFO: &[Member] = &[
    ("title", Text, true),
    ("summary", Text, false),
    ("description", Text, false),
    ("termsOfService", Text, false),
    ("contact", One(Kind::Contact), false),
    ("license", One(Kind::Licence), false),
    ("version", Text, true),
];

const SERVER: &[Member] = &[
    ("url", Text, true),
    ("name", Text, false),
    ("description", Text, false),
    ("variables", Map(Kind::ServerVariable), false),
];

const SERVER_VARIABLE: &[Member] = &[
    ("enum", Texts, false),
    ("default", Text, true),
    ("description", Text, false),
];

const COMPONENTS: &[Member] = &[
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

const PATH_ITEM: &[Member] = &[
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

const OPERATION: &[Member] = &[
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

const PARAMETER: &[Member] = &[
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

const HEADER: &[Member] = &[
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

const REQUEST_BODY: &[Member] = &[
    ("description", Text, false),
    ("content", Map(Kind::MediaType), true),
    ("required", Flag, false),
];

const MEDIA_TYPE: &[Member] = &[
    ("schema", One(Kind::Schema), false),
    ("example", Data, false),
    ("examples", Map(Kind::Example), false),
    ("encoding", Map(Kind::Encoding), false),
];

const ENCODING: &[Member] = &[
    ("contentType", Text, false),
    ("headers", Map(Kind::Header), false),
    ("style", Text, false),
    ("explode", Flag, false),
    ("allowReserved", Flag, false),
];

const RESPONSE: &[Member] = &[
    ("description", Text, true),
    ("headers", Map(Kind::Header), false),
    ("content", Map(Kind::MediaType), false),
    ("links", Map(Kind::Link), false),
];

const EXAMPLE: &[Member] = &[
    ("summary", Text, false),
    ("description", Text, false),
    ("value", Data, false),
    ("externalValue", Text, false),
];

const LINK: &[Member] = &[
    ("operationRef", Text, false),
    ("operationId", Text, false),
    ("parameters", Data, false),
    ("requestBody", Data, false),
    ("description", Text, false),
    ("server", One(Kind::Server), false),
];

const TAG: &[Member] = &[
    ("name", Text, true),
    ("summary", Text, false),
    ("description", Text, false),
    ("externalDocs", One(Kind::ExternalDocs), false),
];

const XML: &[Member] = &[
    ("name", Text, false),
    ("namespace", Text, false),
    ("prefix", Text, false),
    ("attribute", Flag, false),
    ("wrapped", Flag, false),
];

const SECURITY_SCHEME: &[Member] = &[
    ("type", Text, true),
    ("description", Text, false),
    ("name", Text, false),
    ("in", Text, false),
    ("scheme", Text, false),
    ("bearerFormat", Text, false),
    ("flows", One(Kind::OAuthFlows), false),
    ("openIdConnectUrl", Text, false),
];

const O_AUTH_FLOWS: &[Member] = &[
    ("implicit", One(Kind::OAuthFlow), false),
    ("password", One(Kind::OAuthFlow), false),
    ("clientCredentials", One(Kind::OAuthFlow), false),
    ("authorizationCode", One(Kind::OAuthFlow), false),
];

const O_AUTH_FLOW: &[Member] = &[
    ("authorizationUrl", Text, false),
    ("tokenUrl", Text, false),
    ("refreshUrl", Text, false),
    ("scopes", Data, true),
];

const SCHEMA: &[Member] = &[
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

/// Where a walk stands, without a copy of the names above.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'p> {
    above: Option<&'p Place<'p>>,
    token: Token<'p>,
}

#[derive(Clone, Copy, Debug)]
enum Token<'p> {
    Begin(&'p Pointer),
    Name(&'p str),
    Index(usize),
}

impl<'p> Place<'p> {
    /// Where a walk begins.
    pub(crate) fn begin(pointer: &'p Pointer) -> Self {
        Self {
            above: None,
            token: Token::Begin(pointer),
        }
    }

    pub(crate) fn join(&'p self, name: &'p str) -> Self {
        Self {
            above: Some(self),
            token: Token::Name(name),
        }
    }

    pub(crate) fn index(&'p self, index: usize) -> Self {
        Self {
            above: Some(self),
            token: Token::Index(index),
        }
    }

    pub(crate) fn pointer(&self) -> Pointer {
        let above = self.above.map(Self::pointer).unwrap_or_default();
        match self.token {
            Token::Begin(pointer) => pointer.clone(),
            Token::Name(name) => above.join(name),
            Token::Index(index) => above.index(index),
        }
    }
}

/// Visits a node and every node below it that is no data, outermost first, in the order of the document. `visit` gets
/// what should stand there, and says whether to go on below.
pub(crate) fn walk<'v>(
    value: &'v Value,
    holds: Holds,
    place: &Place<'_>,
    visit: &mut dyn FnMut(Holds, &Place<'_>, &'v Value) -> bool,
) {
    if !visit(holds, place, value) {
        return;
    }
    match (holds, value) {
        (One(kind), Value::Object(members)) => {
            for (name, member) in members {
                if let Some(holds) = kind.member(name) {
                    walk(member, holds, &place.join(name), visit);
                }
            }
        }
        // `items` of older JSON Schema is a list of schemas.
        (List(kind) | One(kind @ Kind::Schema), Value::Array(elements)) => {
            for (at, element) in elements.iter().enumerate() {
                walk(element, One(kind), &place.index(at), visit);
            }
        }
        (Map(kind), Value::Object(members)) => {
            for (name, member) in members {
                walk(member, One(kind), &place.join(name), visit);
            }
        }
        _ => {}
    }
}
