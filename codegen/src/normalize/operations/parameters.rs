//! Gives each operation all its parameters, with explicit `required`, `schema`, `style` and `explode`.
//!
//! Parameters of the path item come first, except those that the operation overrides. Reserved headers are removed:
//! `Accept` and `Content-Type` follow from the media types, `Authorization` from the security schemes (OpenAPI 3.0.3,
//! section "Fixed Fields" of the parameter object).

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde_json::{Map, Value, json};

use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::grammar::Kind;
use crate::openapi::methods::is_method;
use crate::openapi::walk::each;
use crate::pointer::Pointer;

/// Headers that cannot be parameters: OpenAPI reserves the first three, the others follow from the body.
const RESERVED_HEADERS: [&str; 5] = [
    "accept",
    "content-type",
    "authorization",
    "content-length",
    "transfer-encoding",
];

/// Keywords of a schema that Swagger 2.0 has in the parameter itself.
const SCHEMA_KEYWORDS: [&str; 13] = [
    "type",
    "format",
    "items",
    "enum",
    "default",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
];

pub(crate) const PASS: Pass = Pass::new(
    "parameters",
    "gives each operation all its parameters, with explicit defaults",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    each(document, Kind::PathItem, |place, item| {
        let shared = match item.shift_remove("parameters") {
            Some(Value::Array(shared)) => shared,
            _ => Vec::new(),
        };
        for (method, operation) in item.iter_mut().filter(|(name, _)| is_method(name)) {
            if let Some(operation) = operation.as_object_mut() {
                merge(log, place, method, &shared, operation);
            }
        }
    });
}

/// A string parameter, with explicit defaults.
pub(crate) fn text_parameter(name: &str, location: &str, is_required: bool) -> Value {
    let (style, explode) = match location {
        "query" | "cookie" => ("form", true),
        _ => ("simple", false),
    };
    json!({
        "name": name,
        "in": location,
        "required": is_required,
        "schema": {"type": "string"},
        "style": style,
        "explode": explode,
    })
}

/// A parameter of an operation or of its path item.
struct Candidate {
    from: Pointer,
    is_shared: bool,
    value: Map<String, Value>,
}

impl Candidate {
    /// What identifies a parameter.
    fn key(&self) -> (String, String) {
        let location = text(&self.value, "in").to_owned();
        let name = text(&self.value, "name");
        let name = match location.as_str() {
            "header" => name.to_ascii_lowercase(),
            _ => name.to_owned(),
        };
        (location, name)
    }
}

fn text<'m>(members: &'m Map<String, Value>, name: &str) -> &'m str {
    members
        .get(name)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

fn merge(
    log: &mut Log,
    item: &Pointer,
    method: &str,
    shared: &[Value],
    operation: &mut Map<String, Value>,
) {
    let operation_place = item.join(method);
    let place = operation_place.join("parameters");
    let own = match operation.shift_remove("parameters") {
        Some(Value::Array(own)) => own,
        _ => Vec::new(),
    };
    let shared = shared.iter().cloned().enumerate().map(|it| (it, true));
    let own = own.into_iter().enumerate().map(|it| (it, false));
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for ((index, value), is_shared) in shared.chain(own) {
        let list = if is_shared {
            item.join("parameters")
        } else {
            place.clone()
        };
        let from = list.index(index);
        let Value::Object(value) = value else {
            continue;
        };
        let mut candidate = Candidate {
            from,
            is_shared,
            value,
        };
        if !accept(log, &operation_place, &mut candidate) {
            continue;
        }
        match known.entry(candidate.key()) {
            Entry::Occupied(entry) => {
                let earlier = &mut candidates[*entry.get()];
                if earlier.is_shared == is_shared {
                    let (location, name) = entry.key();
                    let what =
                        format!("removed: the {location} parameter `{name}` is declared twice");
                    log.change(&earlier.from, what);
                }
                *earlier = candidate;
            }
            Entry::Vacant(entry) => {
                entry.insert(candidates.len());
                candidates.push(candidate);
            }
        }
    }
    let moves = candidates
        .iter()
        .enumerate()
        .map(|(index, it)| (it.from.clone(), place.index(index)))
        .filter(|(from, to)| from != to);
    log.moved_together(moves.collect::<Vec<_>>());
    let mut list = Vec::with_capacity(candidates.len());
    for (index, candidate) in candidates.into_iter().enumerate() {
        let mut parameter = candidate.value;
        complete(log, &place.index(index), &mut parameter);
        list.push(Value::Object(parameter));
    }
    operation.insert("parameters".to_owned(), Value::Array(list));
}

/// Whether a parameter is valid and not reserved.
fn accept(log: &mut Log, operation: &Pointer, candidate: &mut Candidate) -> bool {
    let place = &candidate.from;
    let name = text(&candidate.value, "name").to_owned();
    let location = text(&candidate.value, "in").to_ascii_lowercase();
    match location.as_str() {
        "header" if RESERVED_HEADERS.contains(&name.to_ascii_lowercase().as_str()) => {
            let what = format!("removed: the client sets the header `{name}` itself");
            log.change(place, what);
            return false;
        }
        "header" if !is_header_name(&name) => {
            let message = format!("`{name}` is not a valid name of a header");
            let help = "use ASCII letters, digits and dashes in the name of a header";
            log.reject_for(operation, Code::MALFORMED_NODE, place, message, help);
            return false;
        }
        "path" | "query" | "cookie" | "header" => {}
        "body" | "formdata" => {
            let message = format!("`in: {location}` belongs to Swagger 2.0");
            let help = "write it as `requestBody`";
            log.reject_for(operation, Code::UNSUPPORTED_PARAMETER, place, message, help);
            return false;
        }
        "querystring" => {
            let message = "this query string is not a form with a schema";
            let help = "write its `content` as `application/x-www-form-urlencoded` with a schema, or declare each parameter with `in: query`";
            log.reject_for(operation, Code::UNSUPPORTED_PARAMETER, place, message, help);
            return false;
        }
        other => {
            let message = format!("`in: {other}` is not valid");
            let help = "write `path`, `query`, `header` or `cookie`";
            log.reject_for(operation, Code::UNSUPPORTED_PARAMETER, place, message, help);
            return false;
        }
    }
    if location != text(&candidate.value, "in") {
        log.change(place, format!("`in` was changed to `{location}`"));
        candidate.value.insert("in".to_owned(), location.into());
    }
    true
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(it))
}

/// Makes the defaults of the specification explicit.
fn complete(log: &mut Log, place: &Pointer, parameter: &mut Map<String, Value>) {
    let location = text(parameter, "in").to_owned();
    let is_path = location == "path";
    let was_required = parameter.get("required").and_then(Value::as_bool);
    if is_path && was_required == Some(false) {
        log.change(
            place,
            "`required: true` was added: path parameters are always required",
        );
    }
    let is_required = is_path || was_required.unwrap_or(false);
    parameter.insert("required".to_owned(), is_required.into());

    if parameter.contains_key("schema") {
        if parameter.shift_remove("content").is_some() {
            let what =
                "`content` was removed: there is a `schema`, and only one of the two is allowed";
            log.change(place, what);
        }
    } else if !parameter.contains_key("content") {
        let (schema, what) = schema_in_parameter(parameter);
        log.change(place, what);
        parameter.insert("schema".to_owned(), schema);
    }
    style(log, place, &location, parameter);
    if parameter.get("allowReserved") == Some(&Value::Bool(true)) && location != "query" {
        let what = "`allowReserved` was removed: it belongs to query parameters";
        log.change(place, what);
        parameter.shift_remove("allowReserved");
    }
    if parameter.get("allowReserved").is_some_and(|it| *it != true) {
        parameter.shift_remove("allowReserved");
    }
    for member in ["allowEmptyValue", "collectionFormat"] {
        parameter.shift_remove(member);
    }
}

/// The schema of a parameter that has none: from the keywords of Swagger 2.0, or else a string.
fn schema_in_parameter(parameter: &mut Map<String, Value>) -> (Value, &'static str) {
    let mut schema = Map::new();
    for keyword in SCHEMA_KEYWORDS {
        if let Some(value) = parameter.shift_remove(keyword) {
            schema.insert(keyword.to_owned(), value);
        }
    }
    if schema.is_empty() {
        (
            json!({"type": "string"}),
            "the schema is missing: the value is a string",
        )
    } else {
        (
            schema.into(),
            "the schema is made from the members of the parameter",
        )
    }
}

/// Makes `style` and `explode` explicit.
fn style(log: &mut Log, place: &Pointer, location: &str, parameter: &mut Map<String, Value>) {
    let known: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "header" => &["simple"],
        _ => &["form"],
    };
    // Only `multi` sends each element as its own pair.
    let from_collection = match text(parameter, "collectionFormat") {
        "csv" => Some((known[0], false)),
        "multi" => Some((known[0], true)),
        "ssv" if location == "query" => Some(("spaceDelimited", false)),
        "pipes" if location == "query" => Some(("pipeDelimited", false)),
        _ => None,
    };
    let written = text(parameter, "style");
    let is_known = known.iter().find(|style| **style == written);
    if is_known.is_none() && !written.is_empty() {
        let what = format!("`style: {written}` was changed to `{}`", known[0]);
        log.change(place, what);
    }
    let usual = from_collection.map_or(known[0], |(style, _)| style);
    let style = is_known.copied().unwrap_or(usual);
    let explode = parameter.get("explode").and_then(Value::as_bool);
    let usual = from_collection.map_or(matches!(style, "form" | "deepObject"), |(_, it)| it);
    let explode = match explode {
        Some(false) if style == "deepObject" => {
            log.change(
                place,
                "`explode` was changed to true: deepObject has only this form",
            );
            true
        }
        Some(explode) => explode,
        None => usual,
    };
    parameter.insert("style".to_owned(), style.into());
    parameter.insert("explode".to_owned(), explode.into());
}
