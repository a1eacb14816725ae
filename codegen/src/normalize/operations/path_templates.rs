//! Makes the template of a path and the path parameters of its operations agree.
//!
//! The names of path parameters are not sent, so a parameter with a different spelling is renamed as in the template. A
//! name without a parameter becomes a string parameter; a parameter that is not in the template is removed.

mod template;

use std::collections::HashSet;

use heck::ToSnakeCase;
use serde_json::{Map, Value};

use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::operations::parameters::text_parameter;
use crate::normalize::operations::paths::{close_gaps, is_at, parameters, take_out};
use crate::openapi::walk::each_operation;
use crate::pointer::Pointer;
use template::{Piece, Template};

pub(crate) const PASS: Pass = Pass::new(
    "path-templates",
    "makes path templates and path parameters agree",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    each_operation(document, |place, node| operation(log, place, node));
}

fn operation(log: &mut Log, place: &Pointer, operation: &mut Map<String, Value>) {
    let key = place.tokens().nth(1).unwrap_or_default();
    let sent = log.facts.of(place).sent_path.clone();
    let sent = sent.unwrap_or_else(|| key.clone());
    if sent.chars().any(char::is_control) {
        let message = "the path has characters that cannot be sent";
        let help = "remove the control characters from the path";
        log.reject(Code::INVALID_PATH, place, message, help);
        return;
    }
    let item = place.parent().unwrap_or_default();
    let mut template = Template::read(&sent);
    for repair in std::mem::take(&mut template.repairs) {
        let help = "write each parameter of the path as `{name}`";
        log.warn(Code::INVALID_PATH, &item, repair, help);
    }
    let list = parameters(operation);
    let list_place = place.join("parameters");
    colons(&mut template, list);
    spellings(log, &list_place, &mut template, list);
    additions(log, place, &mut template, list);
    repetitions(log, place, &mut template, list);
    superfluous(log, &list_place, &template, list);
    for (index, parameter) in list.iter().enumerate() {
        let is_whole = template.whole.iter().any(|it| is_at(parameter, "path", it));
        // Two vendor extensions mean the same.
        let is_marked = parameter["in"] == "path"
            && (parameter["x-multi-segment"] == true
                || parameter["x-ms-skip-url-encoding"] == true);
        if is_whole || is_marked {
            log.facts.note(&list_place.index(index)).is_segments = true;
        }
    }

    let text = template.to_string();
    if text != sent {
        log.change(&item, format!("requests use the path `{text}`"));
    }
    if text != key || log.facts.of(place).sent_path.is_some() {
        log.facts.note(place).sent_path = (text != key).then_some(text);
    }
}

/// The names of path parameters that are not in the template.
fn unused_names(list: &[Value], template: &Template) -> Vec<String> {
    let used: HashSet<&str> = template.variables().collect();
    let path = list
        .iter()
        .filter(|it| it.get("in").and_then(Value::as_str) == Some("path"));
    path.filter_map(|it| it.get("name")?.as_str())
        .filter(|name| !used.contains(name))
        .map(str::to_owned)
        .collect()
}

/// `/pets/:id` means `/pets/{id}` when there is a path parameter of that name.
fn colons(template: &mut Template, list: &[Value]) {
    for name in unused_names(list, template) {
        template.take_colon(&name);
    }
}

/// Renames parameters with a different spelling. If one parameter and one name are left, they belong together.
fn spellings(log: &mut Log, place: &Pointer, template: &mut Template, list: &mut [Value]) {
    let mut missing: Vec<String> = template
        .variables()
        .filter(|name| !list.iter().any(|it| is_at(it, "path", name)))
        .map(str::to_owned)
        .collect();
    missing.dedup();
    let mut unused = unused_names(list, template);
    let mut pairs = Vec::new();
    missing.retain(|name| {
        let plain = simplify(name);
        let found = unused.iter().position(|other| simplify(other) == plain);
        if let Some(index) = found {
            pairs.push((name.clone(), unused.remove(index)));
        }
        found.is_none()
    });
    if let ([name], [other]) = (&missing[..], &unused[..]) {
        pairs.push((name.clone(), other.clone()));
    }
    for (name, written) in pairs {
        let found = list.iter().position(|it| is_at(it, "path", &written));
        let Some(index) = found else {
            continue;
        };
        let what =
            format!("the path parameter `{written}` was renamed to `{name}`, as in the path");
        log.change(&place.index(index), what);
        if name.is_empty() {
            template.name_nameless(&written);
        } else {
            list[index]["name"] = name.into();
        }
    }
}

fn simplify(name: &str) -> String {
    name.to_snake_case().replace('_', "")
}

/// Adds the parameters that are in the template only.
fn additions(log: &mut Log, place: &Pointer, template: &mut Template, list: &mut Vec<Value>) {
    let nameless = template.pieces.iter_mut().filter_map(|piece| match piece {
        Piece::Variable(name) if name.is_empty() => Some(name),
        _ => None,
    });
    for (index, name) in nameless.enumerate() {
        *name = format!("value{}", index + 1);
    }
    let known: HashSet<String> = list
        .iter()
        .filter(|it| it.get("in").and_then(Value::as_str) == Some("path"))
        .filter_map(|it| Some(it.get("name")?.as_str()?.to_owned()))
        .collect();
    let mut added = HashSet::new();
    for name in template.variables() {
        if !known.contains(name) && added.insert(name.to_owned()) {
            let what =
                format!("the path parameter `{name}` is not declared: it was added as a string");
            log.change(place, what);
            list.push(text_parameter(name, "path", true));
        }
    }
}

/// The second `{id}` of `/pets/{id}/toys/{id}` is another value.
fn repetitions(log: &mut Log, place: &Pointer, template: &mut Template, list: &mut Vec<Value>) {
    let mut seen: HashSet<String> = HashSet::new();
    let all: HashSet<String> = template.variables().map(str::to_owned).collect();
    for piece in &mut template.pieces {
        let Piece::Variable(name) = piece else {
            continue;
        };
        if seen.insert(name.clone()) {
            continue;
        }
        let mut number = 2;
        let mut other = format!("{name}{number}");
        while all.contains(&other) || seen.contains(&other) {
            number += 1;
            other = format!("{name}{number}");
        }
        let what =
            format!("`{{{name}}}` occurs in the path twice: the second was renamed to `{other}`");
        log.change(place, what);
        let parameter = list.iter().position(|it| is_at(it, "path", name));
        if let Some(index) = parameter {
            let mut copy = list[index].clone();
            copy["name"] = other.clone().into();
            let parameters = place.join("parameters");
            log.moved(&parameters.index(index), &parameters.index(list.len()));
            list.push(copy);
        }
        seen.insert(other.clone());
        *name = other;
    }
}

/// Removes path parameters that are not in the template.
fn superfluous(log: &mut Log, place: &Pointer, template: &Template, list: &mut Vec<Value>) {
    for name in unused_names(list, template) {
        if let Some(index) = list.iter().position(|it| is_at(it, "path", &name)) {
            let why = format!("removed: `{{{name}}}` is not in the path");
            take_out(log, place, list, index, &why);
        }
    }
    close_gaps(log, place, list);
}
