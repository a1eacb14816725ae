//! Finds the operation of a request.

use http::Method;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::operation::{Form, Operation, Place};
use super::operations::OPERATIONS;

/// An operation whose path matches, with the values in the path.
pub(super) struct Route {
    pub(super) operation: &'static Operation,
    /// Decoded, with the names of the parameters.
    pub(super) values: Vec<(&'static str, String)>,
}

/// The operation of a request; of several, the one with the fewest parameters in its path. If there is none, what is wrong.
pub(super) fn route(
    method: &Method,
    path: &str,
    query: &[(String, String)],
) -> Result<Route, String> {
    let mut paths = vec![path];
    if let Some(server) = crate::client::DESCRIPTION.server {
        let base = base_path(server);
        let rest = path.strip_prefix(base.trim_end_matches('/'));
        paths.extend(rest.filter(|rest| rest.starts_with('/') && !base.is_empty()));
    }
    let mut found: Option<Route> = None;
    let mut methods = Vec::new();
    for operation in OPERATIONS {
        let has = |pair: &(&str, &str)| {
            query
                .iter()
                .any(|(name, value)| (&**name, &**value) == *pair)
        };
        if !operation.fixed_query.iter().all(has) {
            continue;
        }
        let Some(values) = paths.iter().find_map(|path| values(operation, path)) else {
            continue;
        };
        if operation.method != method.as_str() {
            methods.push(operation.method);
            continue;
        }
        let rank = |operation: &Operation, count: usize| {
            (
                count,
                usize::MAX - operation.fixed_query.len(),
                usize::MAX - operation.path.len(),
            )
        };
        if found
            .as_ref()
            .is_none_or(|it| rank(operation, values.len()) < rank(it.operation, it.values.len()))
        {
            found = Some(Route { operation, values });
        }
    }
    found.ok_or_else(|| match methods.as_slice() {
        [] => "no operation has this path".to_owned(),
        methods => format!(
            "this path has no method {method}, but {}",
            methods.join(", ")
        ),
    })
}

/// The path of a URL that may be relative.
fn base_path(server: &str) -> &str {
    let rest = server.split_once("://").map_or(server, |(_, rest)| {
        rest.find('/').map_or("", |at| &rest[at..])
    });
    rest.split(['?', '#']).next().unwrap_or_default()
}

/// The values of the parameters in a path, if it matches the template of an operation.
fn values(operation: &Operation, path: &str) -> Option<Vec<(&'static str, String)>> {
    let has_slashes = |name: &str| {
        let mut parameters = operation.parameters.iter();
        parameters.any(|it| it.place == Place::Path && it.form == Form::Segments && it.name == name)
    };
    let mut values = Vec::new();
    matches(operation.path, path, &has_slashes, &mut values).then(|| {
        let decoded = values.into_iter().rev();
        decoded
            .map(|(name, value)| {
                (
                    name,
                    percent_decode_str(value).decode_utf8_lossy().into_owned(),
                )
            })
            .collect()
    })
}

/// Whether a path matches a template. The values are collected from the last to the first.
fn matches<'p>(
    template: &'static str,
    path: &'p str,
    has_slashes: &impl Fn(&str) -> bool,
    values: &mut Vec<(&'static str, &'p str)>,
) -> bool {
    let (literal, parameter) = match template.split_once('{') {
        Some((literal, rest)) => (literal, rest.split_once('}')),
        None => (template, None),
    };
    let literal = utf8_percent_encode(literal, IN_PATH).to_string();
    let Some(path) = path.strip_prefix(literal.as_str()) else {
        return false;
    };
    let Some((name, rest)) = parameter else {
        return path.is_empty();
    };
    let end = if has_slashes(name) {
        path.len()
    } else {
        path.find('/').unwrap_or(path.len())
    };
    // The longest value that leaves a match for the rest.
    let mut ends = (1..=end).rev().filter(|at| path.is_char_boundary(*at));
    ends.any(|at| {
        let is_match = matches(rest, &path[at..], has_slashes, values);
        if is_match {
            values.push((name, &path[..at]));
        }
        is_match
    })
}

/// What a URL cannot have in its path (URL Standard, path percent-encode set).
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'}');
