//! Separates the path from the other parts of a path key: a fixed query (`/pets?kind=dog`), a fragment that only makes the
//! key unique (`/pets#cats`), names of query parameters (`/pets{?limit}`). Adds a missing slash.
//!
//! The key stays, because two keys may have the same path. If the path differs from it, it is a fact about the operation.

use serde_json::{Map, Value, json};

use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::operations::parameters::text_parameter;
use crate::openapi::walk::each_operation;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "paths",
    "splits queries and fragments from path keys",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    each_operation(document, |place, node| operation(log, place, node));
}

fn operation(log: &mut Log, place: &Pointer, operation: &mut Map<String, Value>) {
    let key = place.tokens().nth(1).unwrap_or_default();
    if key.contains("://") {
        let message = format!("`{key}` is a URL, not a path");
        let help = "move the address to `servers`, and keep only the path";
        log.reject(Code::INVALID_PATH, place, message, help);
        return;
    }
    let (path, names) = take_query_names(key.trim());
    let (path, _fragment) = path.split_once('#').unwrap_or((&path, ""));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let path = match path.strip_prefix('/') {
        Some(_) => path.to_owned(),
        None => format!("/{path}"),
    };
    if path == key {
        return;
    }
    let mut fixed = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if let Some(value) = query_member(log, place, operation, name, value) {
            fixed.push((decode(name), value));
        }
    }
    close_gaps(log, &place.join("parameters"), parameters(operation));
    for name in names {
        if !parameters(operation)
            .iter()
            .any(|it| is_at(it, "query", &name))
        {
            log.change(place, format!("the query parameter `{name}` was added"));
            parameters(operation).push(text_parameter(&name, "query", false));
        }
    }
    let item = place.parent().unwrap_or_default();
    log.change(&item, format!("requests use the path `{path}`"));
    let fact = log.facts.note(place);
    fact.sent_path = Some(path);
    fact.fixed_query = fixed;
}

/// The value of a fixed pair of the query; `None` when a parameter gives it.
fn query_member(
    log: &mut Log,
    place: &Pointer,
    operation: &mut Map<String, Value>,
    name: &str,
    value: &str,
) -> Option<String> {
    let name = decode(name);
    let variable = value.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
    if let Some(variable) = variable {
        let parameters = parameters(operation);
        let is_there = parameters.iter().any(|it| is_at(it, "query", &name));
        let meant = parameters
            .iter_mut()
            .find(|it| is_at(it, "path", variable) || is_at(it, "query", variable));
        match meant.and_then(Value::as_object_mut) {
            Some(parameter) if !is_there => {
                let is_typed = ["schema", "content"]
                    .iter()
                    .any(|it| parameter.contains_key(*it));
                let sent = text_parameter(&name, "query", true);
                for (member, value) in sent.as_object().into_iter().flatten() {
                    if !(is_typed && member == "schema") {
                        parameter.insert(member.clone(), value.clone());
                    }
                }
            }
            Some(_) => {}
            None if is_there => {}
            None => parameters.push(text_parameter(&name, "query", true)),
        }
        log.change(
            place,
            format!("`{name}` was moved from the path to the query"),
        );
        return None;
    }
    if value.contains('{') {
        let message =
            format!("the query `{name}={value}` in the path mixes fixed text and a parameter");
        let help = "declare a query parameter for the whole value";
        log.reject(Code::INVALID_PATH, place, message, help);
        return None;
    }
    let parameters = parameters(operation);
    if let Some(index) = parameters.iter().position(|it| is_at(it, "query", &name)) {
        if value.is_empty() {
            return None;
        }
        let list = place.join("parameters");
        let what = format!("removed: the path fixes `{name}` to `{value}`");
        take_out(log, &list, parameters, index, &what);
    }
    Some(decode(value))
}

/// Replaces a parameter by null. After the last removal, [`close_gaps`] must follow.
pub(crate) fn take_out(
    log: &mut Log,
    list: &Pointer,
    parameters: &mut [Value],
    index: usize,
    why: &str,
) {
    log.change(&list.index(index), why);
    parameters[index] = Value::Null;
}

/// Removes the nulls from a list of parameters, and notes the moves of the elements behind them.
pub(crate) fn close_gaps(log: &mut Log, list: &Pointer, parameters: &mut Vec<Value>) {
    let is_left = |(_, parameter): &(usize, &Value)| !parameter.is_null();
    let left = parameters.iter().enumerate().filter(is_left);
    let moves = left
        .enumerate()
        .map(|(to, (from, _))| (from, to))
        .filter(|(from, to)| from != to)
        .map(|(from, to)| (list.index(from), list.index(to)));
    log.moved_together(moves.collect::<Vec<_>>());
    parameters.retain(|parameter| !parameter.is_null());
}

/// The parameters of an operation. The pass `parameters` has made them an array.
pub(crate) fn parameters(operation: &mut Map<String, Value>) -> &mut Vec<Value> {
    let list = operation.entry("parameters").or_insert_with(|| json!([]));
    if !list.is_array() {
        *list = json!([]);
    }
    list.as_array_mut().expect("it was made a list above")
}

/// Whether a parameter has this location and name.
pub(crate) fn is_at(parameter: &Value, location: &str, name: &str) -> bool {
    let member = |name| parameter.get(name).and_then(Value::as_str);
    member("in") == Some(location) && member("name") == Some(name)
}

/// Splits `{?limit,offset}` (RFC 6570) from a path.
fn take_query_names(key: &str) -> (String, Vec<String>) {
    let (mut path, mut names) = (String::new(), Vec::new());
    let mut rest = key;
    while let Some(begin) = rest.find("{?").or_else(|| rest.find("{&")) {
        let Some(end) = rest[begin..].find('}').map(|end| begin + end) else {
            break;
        };
        let inner = rest[begin + 2..end].split(',');
        let inner = inner.map(|name| name.trim().trim_end_matches('*').to_owned());
        names.extend(inner.filter(|name| !name.is_empty()));
        path.push_str(&rest[..begin]);
        rest = &rest[end + 1..];
    }
    path.push_str(rest);
    (path, names)
}

/// Decodes a query that is encoded as a form.
fn decode(text: &str) -> String {
    crate::openapi::reference::uri::decode(&text.replace('+', " "))
        .unwrap_or_else(|| text.to_owned())
}
