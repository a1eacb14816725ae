//! What stands where in an OpenAPI document: one table, and a walk that follows it.
//!
//! Whoever looks for references, schemas or examples needs to know what a member is: `example` below `properties` is a
//! schema of that name, anywhere else it is data, and a `$ref` in data is text. The table is the fixed fields of OpenAPI
//! [3.0](https://spec.openapis.org/oas/v3.0.4.html) and [3.1](https://spec.openapis.org/oas/v3.1.1.html) in one.

mod members;
mod walk;

use members::{
    COMPONENTS, DOCUMENT, ENCODING, EXAMPLE, HEADER, INFO, LINK, MEDIA_TYPE, O_AUTH_FLOW,
    O_AUTH_FLOWS, OPERATION, PARAMETER, PATH_ITEM, REQUEST_BODY, RESPONSE, SCHEMA, SECURITY_SCHEME,
    SERVER, SERVER_VARIABLE, TAG, XML,
};
pub(crate) use walk::{Place, walk};

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

use Holds::{Data, One, Text, Texts};

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
