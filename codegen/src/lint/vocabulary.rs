//! What happens to each keyword of OpenAPI: none is ignored in silence.
//!
//! The table has every member that the grammar has. A test changes the value of each in a document, generates clients from both
//! and holds the table to what really happens. A keyword that neither changes the client nor is reported by another step is
//! reported here.

mod swagger;

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::grammar::{Holds, Kind};
use Verdict::{Irrelevant, Told, Used, WithoutEffect};

/// What happens to a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The client depends on it.
    Used,
    /// It does not change the client, and a diagnostic with this code says so at its node.
    Told(Code),
    /// It does not change the client, and the general diagnostic [`Code::KEYWORD_WITHOUT_EFFECT`] says so, with this help.
    WithoutEffect(&'static str),
    /// A client does not need it, for this reason. Nothing is reported.
    Irrelevant(&'static str),
}

/// A keyword of an object of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The name of the object, as in messages: `operation`, `security scheme`.
    pub object: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What happens to it.
    pub verdict: Verdict,
}

/// Every keyword of every object of the supported versions, and what happens to it.
///
/// ```
/// use releasepack_codegen::{Verdict, vocabulary};
///
/// let style = vocabulary().find(|it| it.object == "parameter" && it.name == "style");
/// assert_eq!(style.unwrap().verdict, Verdict::Used);
/// ```
pub fn vocabulary() -> impl Iterator<Item = Keyword> {
    tables().flat_map(|(kind, rows)| {
        rows.iter().map(|(name, verdict)| Keyword {
            object: kind.name(),
            name,
            verdict: *verdict,
        })
    })
}

/// Reports the keywords that have no effect.
pub(super) fn check(report: &mut Report) {
    report.walk(|report, holds, place, node| {
        let (Holds::One(kind), Some(members)) = (holds, node.as_object()) else {
            return true;
        };
        for name in members.keys() {
            if let Some(Verdict::WithoutEffect(help)) = verdict(kind, name) {
                let message = format!(
                    "`{name}` of {} has no effect on the client",
                    kind.with_article()
                );
                let place = place.pointer().join(name);
                report.note(Code::KEYWORD_WITHOUT_EFFECT, place, message, help);
            }
        }
        true
    });
}

fn tables() -> impl Iterator<Item = &'static (Kind, &'static [Row])> {
    TABLE.iter().chain(swagger::TABLE)
}

fn verdict(kind: Kind, name: &str) -> Option<Verdict> {
    let (_, rows) = tables().find(|(other, _)| *other == kind)?;
    let (_, verdict) = rows.iter().find(|(other, _)| *other == name)?;
    Some(*verdict)
}

const CHANGED: Verdict = Told(Code::NORMALIZATION);

const FOR_READERS: Verdict = Irrelevant("it is for readers of the description");
const ELSEWHERE: Verdict = Irrelevant("it links to documentation elsewhere");
const EXAMPLE: Verdict = Irrelevant("an example is checked, and does not change what is sent");
const IN_LINK: Verdict = Irrelevant("links are left out, which is reported at `links`");
const IN_HEADER: Verdict = Irrelevant(
    "the client has no type for headers of responses and parts, which is reported at `headers`",
);
const IN_XML: Verdict = Irrelevant("bodies of XML are strings, which is reported at `xml`");
const CREDENTIALS: Verdict = Irrelevant(
    "the transport adds the credentials; the documentation of the client names the scheme",
);
const CHECKS: Verdict = WithoutEffect(
    "values are not checked: a client must read what the server sends; the server checks what it gets",
);

type Row = (&'static str, Verdict);
type Table = &'static [(Kind, &'static [Row])];

#[rustfmt::skip]
const TABLE: Table = &[
    (Kind::Document, &[
        ("openapi", Irrelevant("it selects the rules by which the document is read")),
        ("info", Used),
        ("jsonSchemaDialect", CHANGED),
        ("$self", CHANGED),
        ("servers", Used),
        ("components", Used),
        ("paths", Used),
        ("webhooks", CHANGED),
        ("security", Used),
        ("tags", FOR_READERS),
        ("externalDocs", ELSEWHERE),
    ]),
    (Kind::Info, &[
        ("title", Used),
        ("summary", FOR_READERS),
        ("description", FOR_READERS),
        ("termsOfService", FOR_READERS),
        ("contact", FOR_READERS),
        ("license", FOR_READERS),
        ("version", Used),
    ]),
    (Kind::Contact, &[("name", FOR_READERS), ("url", FOR_READERS), ("email", FOR_READERS)]),
    (Kind::Licence, &[("name", FOR_READERS), ("identifier", CHANGED), ("url", FOR_READERS)]),
    (Kind::ExternalDocs, &[("description", ELSEWHERE), ("url", ELSEWHERE)]),
    (Kind::Discriminator, &[("propertyName", Used), ("mapping", Used), ("defaultMapping", Used)]),
    (Kind::Server, &[("url", Used), ("name", FOR_READERS), ("description", Used), ("variables", Used)]),
    (Kind::ServerVariable, &[
        ("enum", Used),
        ("default", Used),
        ("description", Used),
    ]),
    (Kind::Components, &[
        ("schemas", Used),
        ("responses", Used),
        ("parameters", Used),
        ("examples", CHANGED),
        ("requestBodies", Used),
        ("headers", Told(Code::UNUSED_COMPONENT)),
        ("securitySchemes", Used),
        ("links", CHANGED),
        ("callbacks", CHANGED),
        ("pathItems", Used),
        ("mediaTypes", Used),
    ]),
    (Kind::PathItem, &[
        ("$ref", Used),
        ("summary", FOR_READERS),
        ("description", FOR_READERS),
        ("servers", Told(Code::OPERATION_SERVER)),
        ("parameters", Used),
        ("get", Used),
        ("put", Used),
        ("post", Used),
        ("delete", Used),
        ("options", Used),
        ("head", Used),
        ("patch", Used),
        ("trace", Used),
        ("query", Used),
        ("additionalOperations", Used),
    ]),
    (Kind::Operation, &[
        ("tags", Irrelevant("they group the modules of a large client, and change nothing that is sent")),
        ("summary", Used),
        ("description", Used),
        ("externalDocs", ELSEWHERE),
        ("operationId", Used),
        ("parameters", Used),
        ("requestBody", Used),
        ("responses", Used),
        ("callbacks", CHANGED),
        ("deprecated", Used),
        ("security", Used),
        ("servers", Told(Code::OPERATION_SERVER)),
    ]),
    (Kind::Parameter, &[
        ("name", Used),
        ("in", Used),
        ("description", Used),
        ("required", Used),
        ("deprecated", Used),
        ("allowEmptyValue", WithoutEffect("a parameter that is not set is not sent; set it to an empty value to send its name")),
        ("style", Used),
        ("explode", Used),
        ("allowReserved", Used),
        ("schema", Used),
        ("example", EXAMPLE),
        ("examples", EXAMPLE),
        ("content", Used),
    ]),
    (Kind::Header, &[
        ("description", IN_HEADER),
        ("required", IN_HEADER),
        ("deprecated", IN_HEADER),
        ("allowEmptyValue", Told(Code::INVALID_VALUE)),
        ("style", IN_HEADER),
        ("explode", IN_HEADER),
        ("allowReserved", Told(Code::INVALID_VALUE)),
        ("schema", IN_HEADER),
        ("example", IN_HEADER),
        ("examples", IN_HEADER),
        ("content", IN_HEADER),
    ]),
    (Kind::RequestBody, &[("description", Used), ("content", Used), ("required", Used)]),
    (Kind::MediaType, &[
        ("description", FOR_READERS),
        ("schema", Used),
        ("itemSchema", CHANGED),
        ("example", EXAMPLE),
        ("examples", EXAMPLE),
        ("encoding", Used),
        ("prefixEncoding", CHANGED),
        ("itemEncoding", CHANGED),
    ]),
    (Kind::Encoding, &[
        ("contentType", Used),
        ("headers", Used),
        ("style", Used),
        ("explode", Used),
        ("allowReserved", Used),
        ("encoding", WithoutEffect("the parts of a part are written as the schema of the part says")),
        ("prefixEncoding", CHANGED),
        ("itemEncoding", CHANGED),
    ]),
    (Kind::Response, &[
        ("summary", Used),
        ("description", Used),
        ("headers", WithoutEffect("the client has no type for them: read them from the headers of the response")),
        ("content", Used),
        ("links", CHANGED),
    ]),
    (Kind::Example, &[("summary", EXAMPLE), ("description", EXAMPLE), ("value", EXAMPLE), ("externalValue", EXAMPLE), ("dataValue", EXAMPLE), ("serializedValue", EXAMPLE)]),
    (Kind::Link, &[
        ("operationRef", IN_LINK),
        ("operationId", IN_LINK),
        ("parameters", IN_LINK),
        ("requestBody", IN_LINK),
        ("description", IN_LINK),
        ("server", IN_LINK),
    ]),
    (Kind::Tag, &[
        ("name", FOR_READERS),
        ("summary", FOR_READERS),
        ("parent", FOR_READERS),
        ("kind", FOR_READERS),
        ("description", FOR_READERS),
        ("externalDocs", ELSEWHERE),
    ]),
    (Kind::Xml, &[
        ("name", IN_XML),
        ("namespace", IN_XML),
        ("prefix", IN_XML),
        ("attribute", IN_XML),
        ("wrapped", IN_XML),
        ("nodeType", IN_XML),
    ]),
    (Kind::SecurityScheme, &[
        ("type", Used),
        ("description", Used),
        ("name", Used),
        ("in", Used),
        ("scheme", Used),
        ("bearerFormat", FOR_READERS),
        ("flows", CREDENTIALS),
        ("openIdConnectUrl", CREDENTIALS),
        ("oauth2MetadataUrl", CREDENTIALS),
        ("deprecated", WithoutEffect("the documentation of the client lists the scheme as the others: look for another one")),
    ]),
    (Kind::OAuthFlows, &[
        ("implicit", CREDENTIALS),
        ("password", CREDENTIALS),
        ("clientCredentials", CREDENTIALS),
        ("authorizationCode", CREDENTIALS),
        ("deviceAuthorization", CREDENTIALS),
    ]),
    (Kind::OAuthFlow, &[
        ("authorizationUrl", CREDENTIALS),
        ("tokenUrl", CREDENTIALS),
        ("refreshUrl", CREDENTIALS),
        ("scopes", CREDENTIALS),
        ("deviceAuthorizationUrl", CREDENTIALS),
    ]),
    (Kind::Schema, &[
        ("$ref", Used),
        ("title", Used),
        ("description", Used),
        ("type", Used),
        ("format", Used),
        ("nullable", Used),
        ("readOnly", Used),
        ("writeOnly", Used),
        ("deprecated", Used),
        ("enum", Used),
        ("const", Used),
        ("default", Used),
        ("example", EXAMPLE),
        ("examples", CHANGED),
        ("multipleOf", CHECKS),
        ("maximum", Used),
        ("exclusiveMaximum", Used),
        ("minimum", Used),
        ("exclusiveMinimum", Used),
        ("maxLength", Used),
        ("minLength", Used),
        ("pattern", Used),
        ("maxItems", Used),
        ("minItems", Used),
        ("uniqueItems", CHECKS),
        ("maxContains", CHANGED),
        ("minContains", CHANGED),
        ("maxProperties", Used),
        ("minProperties", Used),
        ("required", Used),
        ("dependentRequired", CHANGED),
        ("properties", Used),
        ("patternProperties", Used),
        ("additionalProperties", Used),
        ("propertyNames", CHANGED),
        ("dependentSchemas", Used),
        ("unevaluatedProperties", Used),
        ("items", Used),
        ("prefixItems", Used),
        ("additionalItems", WithoutEffect("elements after those of the tuple have the type of the others, or are kept as any value")),
        ("unevaluatedItems", CHANGED),
        ("contains", CHANGED),
        ("allOf", Used),
        ("anyOf", Used),
        ("oneOf", Used),
        ("not", CHANGED),
        ("if", Used),
        ("then", Used),
        ("else", Used),
        ("contentEncoding", CHANGED),
        ("contentMediaType", CHANGED),
        ("contentSchema", WithoutEffect("the content of the string is not read: decode it, and read it as the type that it has")),
        ("discriminator", Used),
        ("xml", WithoutEffect("a body of XML is a string: write and read it with a library for XML")),
        ("externalDocs", ELSEWHERE),
        ("$defs", Used),
        ("definitions", Used),
        ("$id", WithoutEffect("references are read from the begin of the document: write them so")),
        ("$schema", WithoutEffect("schemas are always read in the dialect of OpenAPI")),
        ("$anchor", Used),
        ("$dynamicRef", Used),
        ("$dynamicAnchor", Used),
        ("$vocabulary", WithoutEffect("schemas are always read in the dialect of OpenAPI")),
        ("$comment", FOR_READERS),
    ]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_table_has_every_member_of_the_grammar_once() {
        let mut known = BTreeSet::new();
        for keyword in vocabulary() {
            assert!(known.insert((keyword.object, keyword.name)), "{keyword:?}");
        }
        let members = Kind::all().flat_map(|kind| kind.names().map(move |name| (kind, name)));
        let missing: Vec<_> = members
            .filter(|(kind, name)| verdict(*kind, name).is_none())
            .collect();
        assert!(missing.is_empty(), "what happens to {missing:?}?");
    }

    #[test]
    fn the_grammar_has_every_keyword_of_the_table() {
        for (kind, rows) in tables() {
            for (name, _) in *rows {
                assert!(kind.member(name).is_some(), "{kind:?} has no `{name}`");
            }
        }
    }
}
