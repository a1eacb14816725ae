//! Which components extend which others, and which of them are objects.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::normalize::schemas::elements;
use crate::openapi::reference;

/// The relations of component schemas before they are merged.
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
            if describes_object(schema, &mut |target| {
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

    /// Whether a component has another one in its `allOf`, directly or not.
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

    /// The components in the `allOf` of a component, directly or not: the nearest first.
    pub(crate) fn ancestors(&self, name: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        let mut next = 0;
        let mut here = name.to_owned();
        loop {
            for parent in self.parents.get(&here).into_iter().flatten() {
                if parent != name && found.len() < 1000 && !found.contains(parent) {
                    found.push(parent.clone());
                }
            }
            match found.get(next) {
                Some(name) => here.clone_from(name),
                None => return found,
            }
            next += 1;
        }
    }

    /// For each component, those that have it in their `allOf`.
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

    /// Whether the values of a schema are objects, by its own keywords or by those of its parts and variants.
    pub(crate) fn is_object(&self, schema: &Value) -> bool {
        describes_object(schema, &mut |target| self.objects.contains(&target))
    }

    pub(crate) fn add_object(&mut self, name: &str) {
        self.objects.insert(name.to_owned());
    }
}

fn collect_bases(schema: &Value, bases: &mut Vec<String>) {
    for part in elements(schema.get("allOf")) {
        match reference::target(part) {
            Some(name) => bases.push(name),
            None => collect_bases(part, bases),
        }
    }
}

fn describes_object(schema: &Value, is_object: &mut dyn FnMut(String) -> bool) -> bool {
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
        for part in elements(members.get(keyword)) {
            // Not `any`: the closure must see every reference.
            found |= describes_object(part, is_object);
        }
    }
    found
}
