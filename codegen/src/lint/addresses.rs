//! Addresses are written as URIs are: RFC 3986 allows some characters only, and a relative address where no rule says "absolute".

use serde_json::Value;

use super::Report;
use crate::diagnostic::{Code, brief};
use crate::openapi::grammar::Kind;

/// What a member must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A URI, or a reference relative to the document.
    Reference,
    /// A URI with a scheme.
    Absolute,
    Email,
}

const ADDRESSES: &[(Kind, &str, Form)] = &[
    (Kind::Document, "$self", Form::Reference),
    (Kind::Document, "jsonSchemaDialect", Form::Reference),
    (Kind::Info, "termsOfService", Form::Reference),
    (Kind::Contact, "url", Form::Reference),
    (Kind::Contact, "email", Form::Email),
    (Kind::Licence, "url", Form::Reference),
    (Kind::ExternalDocs, "url", Form::Reference),
    (Kind::Example, "externalValue", Form::Reference),
    (Kind::Schema, "$schema", Form::Absolute),
    (Kind::Xml, "namespace", Form::Absolute),
    (Kind::SecurityScheme, "openIdConnectUrl", Form::Reference),
    (Kind::SecurityScheme, "oauth2MetadataUrl", Form::Reference),
    (Kind::OAuthFlow, "authorizationUrl", Form::Reference),
    (Kind::OAuthFlow, "deviceAuthorizationUrl", Form::Reference),
    (Kind::OAuthFlow, "tokenUrl", Form::Reference),
    (Kind::OAuthFlow, "refreshUrl", Form::Reference),
];

pub(super) fn check(report: &mut Report) {
    for (kind, name, form) in ADDRESSES {
        report.each(*kind, |report, place, node| {
            let Some(text) = node.get(name).and_then(Value::as_str) else {
                return;
            };
            let (is_valid, what, help) = match form {
                Form::Reference => (
                    is_reference(text),
                    "a URI",
                    "encode other characters, e.g. a space as `%20`",
                ),
                Form::Absolute => (
                    is_reference(text) && scheme(text).is_some(),
                    "a URI with a scheme",
                    "begin it with a scheme, e.g. `https:`",
                ),
                Form::Email => (
                    is_email(text),
                    "an email address",
                    "write it as `name@example.com`",
                ),
            };
            if !is_valid {
                let message = format!("`{}` is not {what}", brief(text));
                let place = place.pointer().join(name);
                report.warn(Code::INVALID_VALUE, place, message, help);
            }
        });
    }
}

/// Whether a string is a URI reference (RFC 3986, section 4.1).
pub(super) fn is_reference(text: &str) -> bool {
    let is_first_segment_plain = || {
        let end = text.find(['/', '?', '#']).unwrap_or(text.len());
        !text[..end].contains(':')
    };
    let has_one_fragment = text.matches('#').count() <= 1;
    let rest = text.split('%').skip(1);
    let mut triplets = rest.map(|after| after.as_bytes().get(..2).unwrap_or_default());
    has_one_fragment
        && text.bytes().all(is_of_uri)
        && triplets.all(|digits| digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit))
        && (scheme(text).is_some() || is_first_segment_plain())
}

fn is_of_uri(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte)
}

/// The scheme of a URI.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let is_of_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(is_of_scheme);
    is_scheme.then_some(scheme)
}

fn is_email(text: &str) -> bool {
    let parts = text.rsplit_once('@');
    let is_part = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    parts.is_some_and(|(name, host)| is_part(name) && is_part(host) && !host.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_and_relative_references_are_references() {
        for text in [
            "https://example.com/a?b=c#d",
            "https://[::1]:8080/%20a",
            "mailto:a@example.com",
            "../a/b:c",
            "?a",
            "#/a",
            "a",
        ] {
            assert!(is_reference(text), "{text}");
        }
        for text in [
            "see our wiki",
            "https://{host}/a",
            "https://example.com/%2",
            "https://example.com/%zz",
            "a#b#c",
            "1a:b",
            "https://example.com/ä",
            "<https://example.com>",
        ] {
            assert!(!is_reference(text), "{text}");
        }
    }

    #[test]
    fn an_email_address_has_a_name_and_a_host() {
        assert!(is_email("a@example.com") && is_email("\"a@b\"@localhost"));
        let wrong = ["a", "@b", "a@", "a b@c", "a@.com", "a@b c"];
        assert!(wrong.iter().all(|text| !is_email(text)));
    }
}
