//! Security schemes and OAuth flows have the members that their types need.

use serde_json::{Map, Value};

use super::Report;
use super::parameters::list;
use crate::diagnostic::{Code, brief, kind_of};
use crate::openapi::Version;
use crate::openapi::grammar::Kind;
use crate::pointer::Pointer;

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
    (
        "deviceAuthorization",
        &["deviceAuthorizationUrl", "tokenUrl"],
    ),
];

pub(super) fn check(report: &mut Report) {
    report.each(Kind::SecurityScheme, |report, place, scheme| {
        check_scheme(report, &place.pointer(), scheme);
    });
    report.each(Kind::OAuthFlows, |report, place, flows| {
        for (name, needed) in FLOWS {
            if let Some(flow) = flows.get(name) {
                let what = format!("the OAuth flow `{name}`");
                require(report, &place.pointer().join(name), flow, needed, &what);
            }
        }
    });
    report.each(Kind::OAuthFlow, |report, place, flow| {
        check_scopes(report, &place.pointer().join("scopes"), flow);
    });
}

fn check_scheme(report: &mut Report, place: &Pointer, scheme: &Value) {
    let Some(ty) = scheme.get("type").and_then(Value::as_str) else {
        return;
    };
    let version = report.version;
    let is_known = |name: &str| name != "mutualTLS" || version >= Version::V3_1;
    let mut known = SCHEMES.iter().filter(|(name, _)| is_known(name));
    let Some((_, needed)) = known.find(|(name, _)| *name == ty) else {
        let names: Vec<&str> = if version == Version::V2_0 {
            vec!["apiKey", "basic", "oauth2"]
        } else {
            let names = SCHEMES.iter().map(|(name, _)| *name);
            names.filter(|name| is_known(name)).collect()
        };
        let message = format!("`{}` is not a type of a security scheme", brief(ty));
        let help = format!("the types are {}", list(&names));
        let help = report.suggest(ty, names.iter().copied(), &help);
        return report.warn(Code::INVALID_VALUE, place.join("type"), message, help);
    };
    let what = format!("a security scheme of the type `{ty}`");
    require(report, place, scheme, needed, &what);
    let location = scheme.get("in").and_then(Value::as_str);
    let is_valid = location.is_none_or(|it| ["query", "header", "cookie"].contains(&it));
    if ty == "apiKey" && !is_valid {
        let message = "an API key must be in `query`, `header` or `cookie`";
        let help = "write where the key is sent";
        report.warn(Code::INVALID_VALUE, place.join("in"), message, help);
    }
}

/// The scopes are a map from names to descriptions, and may be empty.
fn check_scopes(report: &mut Report, place: &Pointer, flow: &Value) {
    const HELP: &str = "write each scope as `name: description`, or `scopes: {}` if there is none";
    match flow.get("scopes") {
        None => {}
        Some(Value::Object(scopes)) => {
            let all = scopes.iter().filter(|(name, _)| !name.starts_with("x-"));
            for (name, value) in all.filter(|(_, value)| !value.is_string()) {
                let message = format!(
                    "the description of a scope must be a string, found {}",
                    kind_of(value)
                );
                report.warn(Code::INVALID_VALUE, place.join(name), message, HELP);
            }
        }
        Some(other) => {
            let message = format!("`scopes` must be an object, found {}", kind_of(other));
            report.warn(Code::INVALID_VALUE, place.clone(), message, HELP);
        }
    }
}

fn require(report: &mut Report, place: &Pointer, node: &Value, needed: &[&str], what: &str) {
    let missing = needed.iter().filter(|name| {
        let members = node.as_object();
        members.is_some_and(|members: &Map<String, Value>| !members.contains_key(**name))
    });
    for name in missing {
        let message = format!("{what} must have `{name}`");
        let help = format!("add `{name}`");
        report.warn(Code::MISSING_MEMBER, place.clone(), message, help);
    }
}
