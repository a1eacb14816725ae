//! Describes security schemes. They are documentation: the transport sends the credentials.

use openapiv3::{APIKeyLocation, OpenAPI, SecurityScheme};

use super::constraints::code_span;
use crate::normalize::normal_form::Supplement;

/// The description of each scheme, e.g. "`basicAuth`: HTTP basic".
pub(super) fn describe(document: &OpenAPI, supplement: &Supplement) -> Vec<String> {
    let components = document.components.iter();
    let schemes = components.flat_map(|components| &components.security_schemes);
    let schemes = schemes.filter_map(|(name, scheme)| Some((name, scheme.as_item()?)));
    schemes
        .map(|(name, scheme)| {
            let phrase = match supplement.schemes.get(name).map(String::as_str) {
                None => phrase(scheme),
                Some("mutualTLS") => "a certificate of the client".to_owned(),
                Some(other) => format!("a scheme of type {}", code_span(other)),
            };
            format!("{}: {phrase}", code_span(name))
        })
        .collect()
}

fn phrase(scheme: &SecurityScheme) -> String {
    match scheme {
        SecurityScheme::HTTP { scheme, .. } => match scheme.to_ascii_lowercase().as_str() {
            "basic" => "user name and password (`Authorization: Basic`)".to_owned(),
            "bearer" => "a token (`Authorization: Bearer`)".to_owned(),
            other => format!("HTTP authentication {}", code_span(other)),
        },
        SecurityScheme::APIKey { location, name, .. } => {
            let place = match location {
                APIKeyLocation::Query => "query parameter",
                APIKeyLocation::Cookie => "cookie",
                APIKeyLocation::Header => "header",
            };
            format!("a key in the {place} {}", code_span(name))
        }
        SecurityScheme::OAuth2 { .. } => "a token of OAuth 2 (`Authorization: Bearer`)".to_owned(),
        SecurityScheme::OpenIDConnect { .. } => {
            "a token of OpenID Connect (`Authorization: Bearer`)".to_owned()
        }
    }
}
