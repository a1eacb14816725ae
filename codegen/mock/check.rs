//! Checks a request against the API description.

use std::fmt;

use http::HeaderMap;
use http::header::{AUTHORIZATION, CONTENT_TYPE};

use super::operation::{Body, Form, Kind, Operation, Parameter, Place};
use super::request::Request;
use super::route::Route;
use crate::client::DESCRIPTION;
use crate::runtime::SchemeKind;

/// Something in a request that the API description does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The `operationId`; `None` if the request has none.
    pub operation: Option<&'static str>,
    /// Method and path of the request; empty if the test itself has a fault.
    pub request: String,
    /// What is wrong. It has no credentials.
    pub what: String,
}

impl Fault {
    /// A fault of a request.
    pub(super) fn new(request: &Request, what: String) -> Self {
        Self {
            operation: request.operation,
            request: format!("{} {}", request.method, request.path),
            what,
        }
    }

    /// A fault of the test.
    pub(super) fn of_test(what: String) -> Self {
        Self {
            operation: None,
            request: String::new(),
            what,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.operation, self.request.as_str()) {
            (_, "") => f.write_str(&self.what),
            (None, request) => write!(f, "{request}: {}", self.what),
            (Some(id), request) => write!(f, "{id} ({request}): {}", self.what),
        }
    }
}

/// What is wrong with a request, in sentences without an end.
pub(super) fn check(request: &Request, route: &Route) -> Vec<String> {
    let operation = route.operation;
    let query = request.pairs();
    let mut faults = Vec::new();
    for parameter in operation.parameters {
        let values = values(parameter, request, route, &query);
        if values.is_empty() && parameter.required && parameter.form != Form::Members {
            faults.push(format!("the required {} is missing", named(parameter)));
        }
        let wrong = values.iter().filter(|value| !fits(parameter.kind, value));
        faults.extend(wrong.map(|value| {
            let (what, kind) = (named(parameter), expected(parameter.kind));
            format!("`{value}` in the {what} is not {kind}")
        }));
    }
    faults.extend(undeclared(operation, &query));
    faults.extend(credentials(operation, request, &query));
    faults.extend(operation.body.as_ref().and_then(|it| body(it, request)));
    if operation.body.is_none() && !request.body.is_empty() {
        faults.push("it has a body, and the operation has none".to_owned());
    }
    faults
}

fn named(parameter: &Parameter) -> String {
    let place = match parameter.place {
        Place::Path => "path parameter",
        Place::Query => "query parameter",
        Place::Header => "header",
        Place::Cookie => "cookie",
    };
    format!("{place} `{}`", parameter.name)
}

/// The values of a parameter.
fn values(
    parameter: &Parameter,
    request: &Request,
    route: &Route,
    query: &[(String, String)],
) -> Vec<String> {
    let name = parameter.name;
    let is_member = |key: &str| {
        let rest = key.strip_prefix(name);
        parameter.form == Form::Brackets && rest.is_some_and(|rest| rest.starts_with('['))
    };
    match parameter.place {
        Place::Path => {
            let values = route.values.iter().filter(|(other, _)| *other == name);
            values.map(|(_, value)| value.clone()).collect()
        }
        Place::Query => {
            let pairs = query
                .iter()
                .filter(|(key, _)| key == name || is_member(key));
            pairs.map(|(_, value)| value.clone()).collect()
        }
        Place::Header => {
            let values = request.headers.get_all(name).iter();
            values
                .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
                .collect()
        }
        Place::Cookie => {
            let pairs = request.cookies().filter(|(key, _)| *key == name);
            pairs.map(|(_, value)| value.to_owned()).collect()
        }
    }
}

fn fits(kind: Kind, value: &str) -> bool {
    match kind {
        Kind::Any => true,
        Kind::Integer => {
            let digits = value.strip_prefix('-').unwrap_or(value);
            !digits.is_empty() && digits.bytes().all(|it| it.is_ascii_digit())
        }
        Kind::Number => value.parse::<f64>().is_ok_and(f64::is_finite),
        Kind::Boolean => matches!(value, "true" | "false"),
        Kind::Date => {
            let pattern = value
                .bytes()
                .map(|it| if it.is_ascii_digit() { b'0' } else { it });
            pattern.eq(*b"0000-00-00")
        }
        Kind::Uuid => {
            let pattern = value
                .bytes()
                .map(|it| if it.is_ascii_hexdigit() { b'0' } else { it });
            pattern.eq(*b"00000000-0000-0000-0000-000000000000")
        }
        Kind::OneOf(values) => values.contains(&value),
    }
}

fn expected(kind: Kind) -> String {
    match kind {
        Kind::Any => "valid".to_owned(),
        Kind::Integer => "an integer".to_owned(),
        Kind::Number => "a number".to_owned(),
        Kind::Boolean => "`true` or `false`".to_owned(),
        Kind::Date => "a date".to_owned(),
        Kind::Uuid => "a UUID".to_owned(),
        Kind::OneOf(values) => format!("one of `{}`", values.join("`, `")),
    }
}

/// The query parameters that the operation does not have.
fn undeclared(operation: &Operation, query: &[(String, String)]) -> Vec<String> {
    let declared = || {
        operation
            .parameters
            .iter()
            .filter(|it| it.place == Place::Query)
    };
    if declared().any(|it| it.form == Form::Members) {
        return Vec::new();
    }
    let is_known = |key: &str| {
        let plain = key.split('[').next().unwrap_or_default();
        let is_credential = |kind| matches!(kind, SchemeKind::Query(name) if name == key);
        declared().any(|it| it.name == key || it.name == plain)
            || operation.fixed_query.iter().any(|(name, _)| *name == key)
            || DESCRIPTION.schemes.iter().any(|it| is_credential(it.kind))
    };
    let unknown = query.iter().filter(|(key, _)| !is_known(key));
    unknown
        .map(|(key, _)| format!("the operation has no query parameter `{key}`"))
        .collect()
}

/// What is wrong with the credentials.
fn credentials(
    operation: &Operation,
    request: &Request,
    query: &[(String, String)],
) -> Option<String> {
    let alternatives = operation.security;
    let has = |name: &&'static str| {
        let scheme = DESCRIPTION.schemes.iter().find(|it| it.name == *name);
        scheme.is_none_or(|scheme| is_given(scheme.kind, request, query))
    };
    let is_allowed =
        alternatives.is_empty() || alternatives.iter().any(|it| it.iter().all(has));
    if is_allowed {
        return None;
    }
    let wanted: Vec<String> = alternatives
        .iter()
        .map(|schemes| format!("`{}`", schemes.join("` and `")))
        .collect();
    Some(format!("it has no credentials of {}", wanted.join(" or ")))
}

/// Whether a request has credentials of a kind.
fn is_given(kind: SchemeKind, request: &Request, query: &[(String, String)]) -> bool {
    let authorization = |scheme: &str| {
        let value = request
            .headers
            .get(AUTHORIZATION)
            .and_then(|it| it.to_str().ok());
        let parts = value.and_then(|value| value.split_once(' '));
        parts.is_some_and(|(name, value)| name.eq_ignore_ascii_case(scheme) && !value.is_empty())
    };
    match kind {
        SchemeKind::Basic => authorization("Basic"),
        SchemeKind::Bearer => authorization("Bearer"),
        SchemeKind::Http(scheme) => authorization(scheme),
        SchemeKind::Header(name) => request.headers.contains_key(name),
        SchemeKind::Query(name) => query.iter().any(|(key, _)| key == name),
        SchemeKind::Cookie(name) => request.cookies().any(|(key, _)| key == name),
        SchemeKind::Connection => true,
    }
}

/// What is wrong with the body.
fn body(body: &Body, request: &Request) -> Option<String> {
    if request.body.is_empty() {
        return body
            .required
            .then(|| "the required body is missing".to_owned());
    }
    let sent = media_type(&request.headers);
    if !body.media_type.contains('*') && sent.as_deref() != Some(&essence(body.media_type)) {
        let sent = sent.map_or("missing".to_owned(), |it| format!("`{it}`"));
        return Some(format!(
            "the media type of the body is {sent}, not `{}`",
            body.media_type
        ));
    }
    let checked = body.check?(&request.body);
    checked
        .err()
        .map(|why| format!("the body is not what the operation takes: {why}"))
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    headers.get(CONTENT_TYPE)?.to_str().ok().map(essence)
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
