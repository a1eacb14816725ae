//! Finds and removes what contains rejected nodes.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::diagnostic::Code;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::methods::{is_method, sent};
use crate::pointer::Pointer;

/// The nodes that are removed after one pass.
#[derive(Default)]
pub(super) struct Removals {
    /// By path and method.
    operations: HashSet<(String, String)>,
    paths: HashSet<String>,
    schemas: Vec<Pointer>,
    pub(super) components: HashMap<Pointer, Code>,
}

impl Removals {
    /// Adds the node that contains a rejected one. Returns phrases that say what happens to it.
    pub(super) fn add(&mut self, document: &Value, place: &Pointer, code: Code) -> Vec<String> {
        let tokens: Vec<String> = place.tokens().collect();
        match tokens.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["paths", path, method, ..] if is_method(method) => {
                self.operations.insert((path.to_owned(), method.to_owned()));
                vec![left_out(document, path, method)]
            }
            ["paths", path, ..] => {
                self.paths.insert(path.to_owned());
                let item = Pointer::from_tokens(["paths", path]);
                let item = item.get(document).and_then(Value::as_object);
                let members = item.into_iter().flatten();
                let methods = members
                    .filter(|(name, node)| is_method(name) && node.is_object())
                    .map(|(name, _)| name);
                let mut what: Vec<String> = methods
                    .map(|method| left_out(document, path, method))
                    .collect();
                if what.is_empty() {
                    what.push(format!("`{path}` was left out"));
                }
                what
            }
            ["components", "schemas", name, ..] => {
                let (schema, rest) = smallest_schema(&tokens);
                self.schemas.push(schema);
                let what = if rest.is_empty() {
                    format!("the schema `{name}`")
                } else {
                    format!("`{}` of the schema `{name}`", rest.join("."))
                };
                vec![format!("{what} was replaced by any value")]
            }
            ["components", section, name, ..] => {
                let component = Pointer::from_tokens(["components", section, name]);
                self.components.insert(component, code);
                vec!["everything that uses it was left out".to_owned()]
            }
            _ => vec!["it was ignored".to_owned()],
        }
    }

    /// Removes the operations and paths, and replaces the schemas.
    pub(super) fn take_operations(&self, document: &mut Value) {
        for schema in &self.schemas {
            if let Some(schema) = schema.get_mut(document) {
                *schema = Value::Object(Map::new());
            }
        }
        if self.operations.is_empty() && self.paths.is_empty() {
            return;
        }
        let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else {
            return;
        };
        paths.retain(|path, item| {
            let Some(item) = item.as_object_mut() else {
                return !self.paths.contains(path);
            };
            let had = item.len();
            item.retain(|method, _| {
                !is_method(method) || !self.operations.contains(&(path.clone(), method.clone()))
            });
            let has_operations = item.keys().any(|name| is_method(name));
            let is_emptied = item.len() < had && !has_operations;
            !(is_emptied || self.paths.contains(path))
        });
    }

    /// Removes the components.
    pub(super) fn take_components(&self, document: &mut Value) {
        let mut sections: HashMap<Pointer, HashSet<String>> = HashMap::new();
        for component in self.components.keys() {
            if let (Some(section), Some(name)) = (component.parent(), component.last()) {
                sections.entry(section).or_default().insert(name);
            }
        }
        for (section, names) in sections {
            if let Some(section) = section.get_mut(document).and_then(Value::as_object_mut) {
                section.retain(|name, _| !names.contains(name));
            }
        }
    }
}

fn left_out(document: &Value, path: &str, method: &str) -> String {
    let id = Pointer::from_tokens(["paths", path, method, "operationId"]);
    let id = id.get(document).and_then(Value::as_str);
    let id = id.filter(|id| !id.is_empty());
    let method = sent(method);
    match id {
        Some(id) => format!("`{method} {path}` ({id}) was left out"),
        None => format!("`{method} {path}` was left out"),
    }
}

/// The innermost schema that contains a place in a component schema, and the names that lead to it.
fn smallest_schema(tokens: &[String]) -> (Pointer, Vec<&str>) {
    let (mut end, mut names, mut names_at_end) = (3, Vec::new(), 0);
    let mut at = 3;
    while at < tokens.len() {
        let step = match Kind::Schema.member(&tokens[at]) {
            Some(Holds::Map(Kind::Schema) | Holds::List(Kind::Schema)) => 2,
            Some(Holds::One(Kind::Schema)) => 1,
            _ => break,
        };
        let Some(name) = tokens.get(at + step - 1) else {
            break;
        };
        names.push(name.as_str());
        at += step;
        end = at;
        names_at_end = names.len();
    }
    names.truncate(names_at_end);
    (Pointer::from_tokens(&tokens[..end]), names)
}
