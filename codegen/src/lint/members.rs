//! Members that exclude or need each other, and values that are unique or belong to a list.

use serde_json::{Map, Value};

use super::Report;
use super::parameters::list;
use crate::diagnostic::{Code, brief};
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
    (Kind::Example, "value", "dataValue"),
    (Kind::Example, "value", "serializedValue"),
    (Kind::Example, "serializedValue", "externalValue"),
    (Kind::MediaType, "encoding", "prefixEncoding"),
    (Kind::MediaType, "encoding", "itemEncoding"),
    (Kind::Encoding, "encoding", "prefixEncoding"),
    (Kind::Encoding, "encoding", "itemEncoding"),
    (Kind::Xml, "nodeType", "attribute"),
    (Kind::Xml, "nodeType", "wrapped"),
];

/// Members whose value is one of a list.
const VALUES: &[(Kind, &str, &[&str])] = &[(
    Kind::Xml,
    "nodeType",
    &["element", "attribute", "text", "cdata", "none"],
)];

pub(super) fn check(report: &mut Report) {
    check_exclusive(report);
    check_values(report);
    check_component_names(report);
    check_encodings(report);
    check_positions(report);
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

fn check_values(report: &mut Report) {
    for (kind, name, values) in VALUES {
        report.each(*kind, |report, place, node| {
            let value = node.get(name).and_then(Value::as_str);
            if let Some(value) = value.filter(|value| !values.contains(value)) {
                let message = format!("`{}` is not a value of `{name}`", brief(value));
                let help = format!("the values are {}", list(values));
                let help = report.suggest(value, values.iter().copied(), &help);
                let place = place.pointer().join(name);
                report.warn(Code::INVALID_VALUE, place, message, help);
            }
        });
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

/// Encodings by position are for the elements of an array.
fn check_positions(report: &mut Report) {
    let document = report.document;
    report.each(Kind::MediaType, |report, place, media_type| {
        if media_type.get("itemSchema").is_some() {
            return;
        }
        let schema = media_type.get("schema");
        let schema = schema.and_then(|schema| resolved(document, schema));
        let ty = schema.and_then(|schema| schema.get("type"));
        // A schema without a type may be of arrays.
        let is_array = schema.is_some() && ty.is_none_or(|ty| *ty == "array" || ty.is_array());
        for name in ["prefixEncoding", "itemEncoding"] {
            if media_type.get(name).is_some() && !is_array {
                let message = format!("`{name}` needs the schema of an array, or `itemSchema`");
                let help = "add `itemSchema`, or describe an object with `encoding`";
                let place = place.pointer().join(name);
                report.warn(Code::INVALID_VALUE, place, message, help);
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
