//! Which component extends which, and which of them describe objects.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::openapi::reference;

/// The component schemas, before anything is put together.
pub(crate) struct Hierarchy {
    parents: HashMap<String, Vec<String>>,
    objects: HashSet<String>,
}

impl Hierarchy {
    pub(crate) fn new(schemas: &Map<String, Value>) -> Self {
        let mut parents = HashMap::new();
        let mut objects = HashSet::new();
        let mut users: HashMap<String, Vec<&str>> = HashMap::new();
        for (name, schema) in schemas {
            let mut bases = Vec::new();
            collect_bases(schema, &mut bases);
            parents.insert(name.clone(), bases);
            let mut targets = Vec::new();
            if says_object(schema, &mut |target| {
                targets.push(target);
                false
            }) {
                objects.insert(name.clone());
            }
            for target in targets {
                users.entry(target).or_default().push(name);
            }
        }
        let mut fresh: Vec<String> = objects.iter().cloned().collect();
        while let Some(name) = fresh.pop() {
            for user in users.get(&name).into_iter().flatten() {
                if objects.insert((*user).to_owned()) {
                    fresh.push((*user).to_owned());
                }
            }
        }
        Self { parents, objects }
    }

    /// Whether a component is another one and more, by `allOf`.
    pub(crate) fn extends(&self, name: &str, base: &str) -> bool {
        let mut seen = HashSet::new();
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            for parent in self.parents.get(name).into_iter().flatten() {
                if parent == base {
                    return true;
                }
                if seen.len() < 1000 && seen.insert(parent) {
                    open.push(parent);
                }
            }
        }
        false
    }

    /// The components that name this one in their `allOf`.
    pub(crate) fn children(&self) -> HashMap<&str, Vec<&str>> {
        let mut children: HashMap<&str, Vec<&str>> = HashMap::new();
        for (name, parents) in &self.parents {
            for parent in parents {
                children.entry(parent).or_default().push(name);
            }
        }
        for names in children.values_mut() {
            names.sort_unstable();
        }
        children
    }

    /// Whether a schema describes objects, itself or by what it is made of.
    pub(crate) fn is_object(&self, schema: &Value) -> bool {
        says_object(schema, &mut |target| self.objects.contains(&target))
    }

    pub(crate) fn add_object(&mut self, name: &str) {
        self.objects.insert(name.to_owned());
    }
}

fn collect_bases(schema: &Value, bases: &mut Vec<String>) {
    for part in schema
        .get("allOf")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        match reference::target(part) {
            Some(name) => bases.push(name),
            None => collect_bases(part, bases),
        }
    }
}

fn says_object(schema: &Value, is_object: &mut dyn FnMut(String) -> bool) -> bool {
    let Some(members) = schema.as_object() else {
        return false;
    };
    if let Some(name) = reference::plain(schema) {
        return is_object(name);
    }
    let mut found = members.contains_key("properties")
        || members.contains_key("additionalProperties")
        || members.get("type").is_some_and(|kind| kind == "object");
    for keyword in ["allOf", "oneOf", "anyOf"] {
        for part in members
            .get(keyword)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            // Every part is asked, so that each reference is heard of.
            found |= says_object(part, is_object);
        }
    }
    found
}
