//! Keywords that JSON Schema 2020-12 added or changed have values that it allows.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Report;
use super::addresses::is_reference;
use crate::diagnostic::{Code, brief, kind_of};
use crate::openapi::Version;
use crate::openapi::grammar::Kind;
use crate::pointer::Pointer;

pub(super) fn check(report: &mut Report) {
    let is_newer = report.version >= Version::V3_1;
    report.each(Kind::Schema, |report, place, schema| {
        let Some(members) = schema.as_object() else {
            return;
        };
        let place = place.pointer();
        check_exclusive_bounds(report, &place, members, is_newer);
        if !is_newer {
            return;
        }
        check_types(report, &place, members);
        check_dependencies(report, &place, members);
        check_names(report, &place, members);
        for keyword in ["prefixItems", "examples"] {
            check_array(report, &place, members, keyword);
        }
    });
}

fn invalid(report: &mut Report, place: Pointer, message: impl Into<String>, help: &str) {
    report.warn(Code::INVALID_VALUE, place, message, help);
}

/// They are flags in OpenAPI 3.0, and numbers since 3.1.
fn check_exclusive_bounds(
    report: &mut Report,
    place: &Pointer,
    members: &Map<String, Value>,
    is_newer: bool,
) {
    for (keyword, bound) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        let Some(value) = members.get(keyword) else {
            continue;
        };
        let (is_valid, message, help) = if is_newer {
            (
                value.is_number(),
                format!("`{keyword}` must be a number, found {}", kind_of(value)),
                format!("write the number of `{bound}` here instead of there"),
            )
        } else {
            (
                value.is_boolean(),
                format!(
                    "`{keyword}` must be `true` or `false` here, found {}",
                    kind_of(value)
                ),
                format!("write the number in `{bound}`, and `{keyword}: true`"),
            )
        };
        if !is_valid {
            invalid(report, place.join(keyword), message, &help);
        }
    }
}

/// Several types are different strings.
fn check_types(report: &mut Report, place: &Pointer, members: &Map<String, Value>) {
    let help = "list each type once, e.g. `[string, 'null']`";
    let place = place.join("type");
    match members.get("type") {
        Some(Value::Array(types)) => {
            if types.is_empty() {
                invalid(report, place.clone(), "`type` has no type", help);
            }
            let mut known = HashSet::new();
            for (index, ty) in types.iter().enumerate() {
                let place = place.index(index);
                if !ty.is_string() {
                    let message = format!("a type is a string, found {}", kind_of(ty));
                    invalid(report, place, message, help);
                } else if !known.insert(ty) {
                    invalid(report, place, format!("`type` has {ty} twice"), help);
                }
            }
        }
        None | Some(Value::String(_)) => {}
        Some(other) => {
            let what = kind_of(other);
            let message = format!("`type` must be a string or an array of strings, found {what}");
            invalid(report, place, message, help);
        }
    }
}

/// Each property has a list of others, whose names are different strings.
fn check_dependencies(report: &mut Report, place: &Pointer, members: &Map<String, Value>) {
    let help = "list the names of the properties that it needs";
    let place = place.join("dependentRequired");
    match members.get("dependentRequired") {
        None => {}
        Some(Value::Object(properties)) => {
            for (name, needed) in properties {
                let names = needed.as_array();
                let mut known = HashSet::new();
                let is_name =
                    |it: &Value| it.as_str().is_some_and(|it| known.insert(it.to_owned()));
                if !names.is_some_and(|names| names.iter().all(is_name)) {
                    let message = "a dependency is an array of different strings";
                    invalid(report, place.join(name), message, help);
                }
            }
        }
        Some(other) => {
            let what = kind_of(other);
            let message = format!("`dependentRequired` must be an object, found {what}");
            invalid(report, place, message, help);
        }
    }
}

/// The names by which references find a schema.
fn check_names(report: &mut Report, place: &Pointer, members: &Map<String, Value>) {
    let text = |keyword: &str| members.get(keyword).and_then(Value::as_str);
    for keyword in ["$anchor", "$dynamicAnchor"] {
        if let Some(name) = text(keyword).filter(|name| !is_anchor(name)) {
            let message = format!("`{}` is not a valid anchor", brief(name));
            let help =
                "begin it with a letter or `_`, and go on with letters, digits, `-`, `_` and `.`";
            invalid(report, place.join(keyword), message, help);
        }
    }
    if let Some(id) = text("$id") {
        let fragment = id.split_once('#').map_or("", |(_, fragment)| fragment);
        if !fragment.is_empty() || !is_reference(id) {
            let message = format!("`{}` is not a valid `$id`", brief(id));
            let help = "write a URI without a fragment; an `$anchor` names a part of a schema";
            invalid(report, place.join("$id"), message, help);
        }
    }
}

fn is_anchor(name: &str) -> bool {
    let is_of_anchor = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name.bytes().all(is_of_anchor)
}

fn check_array(report: &mut Report, place: &Pointer, members: &Map<String, Value>, keyword: &str) {
    let Some(value) = members.get(keyword) else {
        return;
    };
    let (is_valid, message) = match value.as_array() {
        Some(elements) => (
            !elements.is_empty() || keyword == "examples",
            format!("`{keyword}` must have at least one schema"),
        ),
        None => (
            false,
            format!("`{keyword}` must be an array, found {}", kind_of(value)),
        ),
    };
    if !is_valid {
        let help = "list the values, or remove the keyword";
        invalid(report, place.join(keyword), message, help);
    }
}
