//! Security schemes, and which operations want which.

use std::collections::HashMap;

use openapiv3::{APIKeyLocation, OpenAPI, SecurityRequirement, SecurityScheme};

use super::constraints::code_span;
use super::names::{Scope, value_name};
use crate::normalize::normal_form::Supplement;

/// Alternatives, each of which names the schemes that are needed together.
pub(crate) type Requirement = Vec<Vec<String>>;

/// A security scheme of the document.
#[derive(Clone, Debug)]
pub(crate) struct Scheme {
    pub(crate) name: String,
    pub(crate) kind: SchemeKind,
    /// The method of the builder that takes its credentials.
    pub(crate) setter: String,
    /// Its description, in Markdown.
    pub(crate) prose: String,
}

/// How a scheme sends credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SchemeKind {
    Basic,
    /// A token of HTTP Bearer.
    Bearer,
    /// A token of OAuth 2.
    OAuth2,
    /// A token of `OpenID` Connect.
    OpenIdConnect,
    /// Another scheme of HTTP.
    Http(String),
    Header(String),
    Query(String),
    Cookie(String),
    /// A certificate of the client.
    MutualTls,
    /// A type that is not known.
    Unknown(String),
}

/// The methods of the builder that are not for schemes.
const METHODS: &[&str] = &[
    "allow_plain_http",
    "base_url",
    "body_limit",
    "build",
    "build_over",
    "clone",
    "configure_http",
    "connect_timeout",
    "fmt",
    "http_client",
    "new",
    "rate_limit",
    "request_timeout",
    "retry",
    "server",
    "server_url",
    "service",
    "service_over",
    "with_basic",
    "with_secret",
    "with_token",
    "user_agent",
];

/// Reads the schemes.
pub(super) fn read_all(document: &OpenAPI, supplement: &Supplement) -> Vec<Scheme> {
    let mut setters = Scope::with(METHODS.iter().copied());
    let components = document.components.iter();
    let schemes = components.flat_map(|components| &components.security_schemes);
    let schemes = schemes.filter_map(|(name, scheme)| Some((name, scheme.as_item()?)));
    schemes
        .map(|(name, scheme)| {
            let setter = value_name(name);
            let setter = if setters.has(&setter) {
                format!("{}_credentials", setter.trim_end_matches('_'))
            } else {
                setter
            };
            Scheme {
                kind: kind(scheme, supplement.schemes.get(name).map(String::as_str)),
                setter: setters.claim(&setter),
                prose: prose(scheme).unwrap_or_default().to_owned(),
                name: name.clone(),
            }
        })
        .collect()
}

fn prose(scheme: &SecurityScheme) -> Option<&str> {
    match scheme {
        SecurityScheme::APIKey { description, .. }
        | SecurityScheme::HTTP { description, .. }
        | SecurityScheme::OAuth2 { description, .. }
        | SecurityScheme::OpenIDConnect { description, .. } => description.as_deref(),
    }
}

/// `newer` is the type of a scheme that OpenAPI 3.0 does not know.
fn kind(scheme: &SecurityScheme, newer: Option<&str>) -> SchemeKind {
    match (newer, scheme) {
        (Some("mutualTLS"), _) => SchemeKind::MutualTls,
        (Some(other), _) => SchemeKind::Unknown(other.to_owned()),
        (None, SecurityScheme::HTTP { scheme, .. }) => match scheme.to_ascii_lowercase().as_str() {
            "basic" => SchemeKind::Basic,
            "bearer" => SchemeKind::Bearer,
            _ => SchemeKind::Http(scheme.clone()),
        },
        (None, SecurityScheme::APIKey { location, name, .. }) => {
            let name = name.clone();
            match location {
                APIKeyLocation::Query => SchemeKind::Query(name),
                APIKeyLocation::Cookie => SchemeKind::Cookie(name),
                APIKeyLocation::Header => SchemeKind::Header(name),
            }
        }
        (None, SecurityScheme::OAuth2 { .. }) => SchemeKind::OAuth2,
        (None, SecurityScheme::OpenIDConnect { .. }) => SchemeKind::OpenIdConnect,
    }
}

impl Scheme {
    /// Its name, and how it sends credentials: "`basicAuth`: user name and password".
    pub(crate) fn describe(&self) -> String {
        let phrase = match &self.kind {
            SchemeKind::Basic => "user name and password (`Authorization: Basic`)".to_owned(),
            SchemeKind::Bearer => "a token (`Authorization: Bearer`)".to_owned(),
            SchemeKind::OAuth2 => "a token of OAuth 2 (`Authorization: Bearer`)".to_owned(),
            SchemeKind::OpenIdConnect => {
                "a token of OpenID Connect (`Authorization: Bearer`)".to_owned()
            }
            SchemeKind::Http(scheme) => format!("HTTP authentication {}", code_span(scheme)),
            SchemeKind::Header(name) => format!("a key in the header {}", code_span(name)),
            SchemeKind::Query(name) => format!("a key in the query parameter {}", code_span(name)),
            SchemeKind::Cookie(name) => format!("a key in the cookie {}", code_span(name)),
            SchemeKind::MutualTls => "a certificate of the client".to_owned(),
            SchemeKind::Unknown(kind) => format!("a scheme of type {}", code_span(kind)),
        };
        format!("{}: {phrase}", code_span(&self.name))
    }
}

/// The alternatives of a list of requirements. A scheme that the document does not define cannot be asked for, so it is left out.
pub(super) fn requirement(nodes: &[SecurityRequirement], schemes: &[Scheme]) -> Requirement {
    let is_defined = |name: &&String| schemes.iter().any(|scheme| scheme.name == **name);
    let alternatives = nodes.iter();
    let alternatives =
        alternatives.map(|node| node.keys().filter(is_defined).cloned().collect::<Vec<_>>());
    alternatives.collect()
}

/// The requirement that most operations have; of several, the one that comes first.
pub(super) fn usual<'r>(requirements: impl Iterator<Item = &'r Requirement>) -> Requirement {
    let mut counts: HashMap<&Requirement, (usize, usize)> = HashMap::new();
    for (index, requirement) in requirements.enumerate() {
        counts.entry(requirement).or_insert((0, index)).0 += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|(_, (count, first))| (*count, usize::MAX - first));
    most.map(|(requirement, _)| requirement.clone())
        .unwrap_or_default()
}
