//! Parameters are declared once, fit the path, and have a form in which they can be sent.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Report;
use super::servers::names;
use crate::diagnostic::Code;
use crate::openapi::Version;
use crate::openapi::grammar::Kind;
use crate::openapi::methods;
use crate::openapi::reference::resolver::resolved;
use crate::pointer::Pointer;

pub(super) fn check(report: &mut Report) {
    report.each(Kind::Parameter, |report, place, parameter| {
        check_one(report, &place.pointer(), parameter);
    });
    report.each(Kind::Header, |report, place, header| {
        check_form(report, &place.pointer(), header);
    });
    report.each(Kind::PathItem, |report, place, item| {
        check_list(report, &place.pointer().join("parameters"), item);
    });
    report.each(Kind::Operation, |report, place, operation| {
        check_list(report, &place.pointer().join("parameters"), operation);
    });
    check_paths(report);
}

/// A parameter by itself.
fn check_one(report: &mut Report, place: &Pointer, parameter: &Value) {
    if parameter.get("$ref").is_some() {
        return;
    }
    check_form(report, place, parameter);
    let Some(location) = text(parameter, "in") else {
        return;
    };
    if location == "path" && parameter.get("required") != Some(&Value::Bool(true)) {
        let here = match parameter.get("required") {
            Some(_) => place.join("required"),
            None => place.clone(),
        };
        let message = "a path parameter must have `required: true`";
        let help = "write `required: true`: a path cannot be sent without it";
        report.warn(Code::OPTIONAL_PATH_PARAMETER, here, message, help);
    }
}

/// `schema` and `content` say how a value is sent: there must be one of them.
fn check_form(report: &mut Report, place: &Pointer, parameter: &Value) {
    let Some(members) = parameter.as_object() else {
        return;
    };
    if members.contains_key("$ref") {
        return;
    }
    let Some(content) = members.get("content") else {
        if !members.contains_key("schema") {
            let (message, help) = match report.version {
                Version::V2_0 => ("there must be a `type`", "add the `type` of the values"),
                _ => (
                    "there must be a `schema` or `content`",
                    "add the `schema` of the values",
                ),
            };
            report.warn(Code::MISSING_MEMBER, place.clone(), message, help);
        }
        return;
    };
    if content.as_object().is_some_and(|all| all.len() != 1) {
        let message = "`content` must have exactly one media type here";
        let help = "keep the media type in which the value is sent";
        let place = place.join("content");
        report.warn(Code::INVALID_VALUE, place, message, help);
    }
}

/// The parameters of one list have different names or locations.
fn check_list(report: &mut Report, place: &Pointer, holder: &Value) {
    let document = report.document;
    let list = holder.get("parameters").and_then(Value::as_array);
    let mut known = HashMap::new();
    for (index, parameter) in list.into_iter().flatten().enumerate() {
        let parameter = resolved(document, parameter);
        let Some((location, name)) = parameter.and_then(key) else {
            continue;
        };
        if let Some(other) = known.get(&(location, name)) {
            let message =
                format!("the {location} parameter `{name}` is declared twice; see `#{other}`");
            let help = "remove one of them: the last one is used";
            let here = place.index(index);
            report.warn(Code::DUPLICATE_PARAMETER, here, message, help);
        } else {
            known.insert((location, name), place.index(index));
        }
    }
}

/// The path and its path parameters belong together.
fn check_paths(report: &mut Report) {
    let document = report.document;
    let Some(Value::Object(paths)) = document.get("paths") else {
        return;
    };
    for (path, item) in paths.iter().filter(|(path, _)| path.starts_with('/')) {
        let place = Pointer::from_tokens(["paths", path]);
        let in_path: HashSet<&str> = names(path).map(plain).collect();
        let shared = path_parameters(document, item, &place);
        let mut is_used = false;
        for method in methods::names() {
            let Some(operation) = item.get(method).filter(|it| it.is_object()) else {
                continue;
            };
            is_used = true;
            let place = place.join(method);
            let own = path_parameters(document, operation, &place);
            let is_declared =
                |name: &str| own.iter().chain(&shared).any(|(other, _)| *other == name);
            let mut missing: Vec<&str> = in_path.iter().copied().collect();
            missing.sort_unstable();
            missing.retain(|name| !is_declared(name));
            for name in missing {
                let message =
                    format!("the path contains `{{{name}}}`, but no path parameter has this name");
                let names = own.iter().chain(&shared).map(|(name, _)| *name);
                let unused = names
                    .filter(|name| !in_path.contains(name))
                    .collect::<Vec<_>>();
                let otherwise =
                    format!("add a parameter with `name: {name}`, `in: path` and `required: true`");
                let help = report.suggest(name, unused, &otherwise);
                let here = match operation.get("parameters") {
                    Some(_) => place.join("parameters"),
                    None => place.clone(),
                };
                report.warn(Code::UNDECLARED_PATH_PARAMETER, here, message, help);
            }
            check_unused(report, path, &in_path, &own);
        }
        if is_used || in_path.is_empty() {
            check_unused(report, path, &in_path, &shared);
        }
    }
}

fn check_unused(
    report: &mut Report,
    path: &str,
    in_path: &HashSet<&str>,
    declared: &[(&str, Pointer)],
) {
    for (name, place) in declared {
        if !in_path.contains(name) {
            let message = format!("the path `{path}` does not contain `{{{name}}}`");
            let otherwise = "add it to the path, or remove the parameter: it cannot be sent";
            let names = in_path.iter().copied();
            let help = report.suggest(name, names, otherwise);
            report.warn(Code::UNUSED_PATH_PARAMETER, place.clone(), message, help);
        }
    }
}

/// The names of the path parameters of an operation or a path item, and the places of the names.
fn path_parameters<'d>(
    document: &'d Value,
    holder: &'d Value,
    place: &Pointer,
) -> Vec<(&'d str, Pointer)> {
    let list = holder.get("parameters").and_then(Value::as_array);
    let list = list.into_iter().flatten().enumerate();
    list.filter_map(|(index, parameter)| {
        let here = place.join("parameters").index(index);
        let here = match parameter.get("$ref") {
            Some(_) => here.join("$ref"),
            None => here.join("name"),
        };
        let (location, name) = key(resolved(document, parameter)?)?;
        (location == "path").then_some((name, here))
    })
    .collect()
}

/// The location and the name of a parameter.
fn key(parameter: &Value) -> Option<(&str, &str)> {
    Some((text(parameter, "in")?, text(parameter, "name")?))
}

fn text<'v>(node: &'v Value, name: &str) -> Option<&'v str> {
    node.get(name).and_then(Value::as_str)
}

/// The name of a variable. Vendors also write `{id:[0-9]+}`, `{+path}` and `{path*}`.
fn plain(inner: &str) -> &str {
    let name = inner.split_once(':').map_or(inner, |(name, _)| name);
    name.trim_matches(['+', '*', ' '])
}

/// Names in backticks.
pub(super) fn list(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}
