//! Members that exclude or need each other, and values that are unique or belong to a list.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Report;
use super::parameters::list;
use crate::diagnostic::{Code, brief};
use crate::openapi::Version;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::reference::resolver::resolved;
use crate::pointer::Pointer;

/// Pairs of members that exclude each other.
const EXCLUSIVE: &[(Kind, &str, &str)] = &[
    (Kind::Parameter, "schema", "content"),
    (Kind::Parameter, "example", "examples"),
    (Kind::Header, "schema", "content"),
    (Kind::Header, "example", "examples"),
    (Kind::MediaType, "example", "examples"),
    (Kind::Example, "value", "externalValue"),
    (Kind::Link, "operationId", "operationRef"),
    (Kind::Licence, "url", "identifier"),
];

/// The members that a security scheme of a type needs.
const SCHEMES: &[(&str, &[&str])] = &[
    ("apiKey", &["name", "in"]),
    ("http", &["scheme"]),
    ("oauth2", &["flows"]),
    ("openIdConnect", &["openIdConnectUrl"]),
    ("mutualTLS", &[]),
];

/// The members that an OAuth flow needs.
const FLOWS: &[(&str, &[&str])] = &[
    ("implicit", &["authorizationUrl"]),
    ("password", &["tokenUrl"]),
    ("clientCredentials", &["tokenUrl"]),
    ("authorizationCode", &["authorizationUrl", "tokenUrl"]),
];

pub(super) fn check(report: &mut Report) {
    check_exclusive(report);
    check_security_schemes(report);
    check_component_names(report);
    check_tags(report);
    check_encodings(report);
    check_server_variables(report);
}

fn check_exclusive(report: &mut Report) {
    for (kind, one, other) in EXCLUSIVE {
        report.each(*kind, |report, place, node| {
            if node.get(one).is_some() && node.get(other).is_some() {
                let message = format!("`{one}` and `{other}` exclude each other");
                let help = "remove one of them";
                let place = place.pointer().join(other);
                report.warn(Code::CONFLICTING_MEMBERS, place, message, help);
            }
        });
    }
}

fn check_security_schemes(report: &mut Report) {
    report.each(Kind::SecurityScheme, |report, place, scheme| {
        let Some(ty) = scheme.get("type").and_then(Value::as_str) else {
            return;
        };
        let Some((_, needed)) = SCHEMES.iter().find(|(name, _)| *name == ty) else {
            let names: Vec<&str> = match report.version {
                Version::V2_0 => vec!["apiKey", "basic", "oauth2"],
                _ => SCHEMES.iter().map(|(name, _)| *name).collect(),
            };
            let message = format!("`{}` is not a type of a security scheme", brief(ty));
            let help = report.suggest(
                ty,
                names.iter().copied(),
                &format!("the types are {}", list(&names)),
            );
            let place = place.pointer().join("type");
            return report.warn(Code::INVALID_VALUE, place, message, help);
        };
        let place = place.pointer();
        let what = format!("a security scheme of the type `{ty}`");
        require(report, &place, scheme, needed, &what);
        let location = scheme.get("in").and_then(Value::as_str);
        let is_valid = location.is_none_or(|it| ["query", "header", "cookie"].contains(&it));
        if ty == "apiKey" && !is_valid {
            let message = "an API key must be in `query`, `header` or `cookie`";
            let help = "write where the key is sent";
            report.warn(Code::INVALID_VALUE, place.join("in"), message, help);
        }
    });
    report.each(Kind::OAuthFlows, |report, place, flows| {
        for (name, needed) in FLOWS {
            if let Some(flow) = flows.get(name) {
                let what = format!("the OAuth flow `{name}`");
                require(report, &place.pointer().join(name), flow, needed, &what);
            }
        }
    });
}

fn require(report: &mut Report, place: &Pointer, node: &Value, needed: &[&str], what: &str) {
    for name in needed {
        if node.is_object() && node.get(name).is_none() {
            let message = format!("{what} must have `{name}`");
            let help = format!("add `{name}`");
            report.warn(Code::MISSING_MEMBER, place.clone(), message, help);
        }
    }
}

fn check_component_names(report: &mut Report) {
    let document = report.document;
    for section in Kind::Components.members() {
        let place = Pointer::from_tokens(["components", section.name]);
        let (Holds::Map(_), Some(Value::Object(members))) = (section.holds, place.get(document))
        else {
            continue;
        };
        for name in members.keys().filter(|name| !is_component_name(name)) {
            let message = format!("`{}` is not a valid name of a component", brief(name));
            let help = "use letters, digits, `.`, `-` and `_` only";
            report.warn(Code::INVALID_NAME, place.join(name), message, help);
        }
    }
}

fn is_component_name(name: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-_".contains(&byte);
    !name.is_empty() && name.bytes().all(is_allowed)
}

fn check_tags(report: &mut Report) {
    let mut known = HashSet::new();
    report.each(Kind::Tag, |report, place, tag| {
        let Some(name) = tag.get("name").and_then(Value::as_str) else {
            return;
        };
        if !known.insert(name) {
            let message = format!("the tag `{name}` is declared twice");
            let help = "remove one of them";
            let place = place.pointer().join("name");
            report.warn(Code::DUPLICATE_TAG, place, message, help);
        }
    });
}

/// The names in `encoding` are properties of the schema of the body.
fn check_encodings(report: &mut Report) {
    let document = report.document;
    report.each(Kind::MediaType, |report, place, media_type| {
        let encodings = media_type.get("encoding").and_then(Value::as_object);
        let schema = media_type.get("schema");
        let Some(schema) = schema.and_then(|schema| resolved(document, schema)) else {
            return;
        };
        // Other keywords can declare more properties.
        let is_open = ["allOf", "anyOf", "oneOf", "patternProperties"]
            .iter()
            .any(|keyword| schema.get(keyword).is_some());
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            return;
        };
        for name in encodings.into_iter().flat_map(Map::keys) {
            if !is_open && !properties.contains_key(name) {
                let message = format!("the body has no property `{name}`");
                let names = properties.keys().map(String::as_str);
                let help = "correct the name: `encoding` describes the properties of the body";
                let help = report.suggest(name, names, help);
                let place = place.pointer().join("encoding").join(name);
                report.warn(Code::UNDEFINED_ENCODING, place, message, help);
            }
        }
    });
}

fn check_server_variables(report: &mut Report) {
    report.each(Kind::ServerVariable, |report, place, variable| {
        let Some(values) = variable.get("enum").and_then(Value::as_array) else {
            return;
        };
        if values.is_empty() {
            let message = "the `enum` of a server variable must not be empty";
            let help = "list the values, or remove `enum`";
            let place = place.pointer().join("enum");
            return report.warn(Code::INVALID_VALUE, place, message, help);
        }
        if let Some(default) = variable.get("default")
            && !values.contains(default)
        {
            let message = "the `default` of a server variable must be one of its `enum`";
            let help = "add it to `enum`, or correct it";
            let place = place.pointer().join("default");
            report.warn(Code::DEFAULT_MISMATCH, place, message, help);
        }
    });
}
