//! Removes conditions between properties: `if`, `then`, `else`, `dependentSchemas`.
//!
//! A type cannot express them. The properties that they declare become optional properties of the schema.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::schema::union_of;
use crate::normalize::log::Log;
use crate::openapi::walk;
use crate::pointer::Pointer;

/// The keywords with one schema that depends on a condition. `if` is one: its properties are tested, so that they can be there.
const BRANCHES: [&str; 3] = ["then", "else", "if"];
/// The keywords with a schema for each property. Draft 7 had `dependencies` for both kinds of them.
const MAPS: [&str; 2] = ["dependentSchemas", "dependencies"];

pub(super) fn apply(document: &mut Value, log: &mut Log) {
    let targets = targets(document);
    walk::objects(document, |members, place| {
        if let Some(what) = remove(members, &targets) {
            log.change(&place.pointer(), what);
        }
    });
}

/// The schemas that branches refer to, by their references.
fn targets(document: &mut Value) -> HashMap<String, Value> {
    let mut texts = Vec::new();
    walk::objects(document, |members, _| {
        for branch in BRANCHES.iter().filter_map(|keyword| members.get(*keyword)) {
            find_references(branch, &mut texts);
        }
        for map in MAPS
            .iter()
            .filter_map(|keyword| members.get(*keyword)?.as_object())
        {
            map.values()
                .for_each(|branch| find_references(branch, &mut texts));
        }
    });
    let found = texts.into_iter().filter_map(|text| {
        let place = Pointer::parse(text.strip_prefix('#')?)?;
        let target = place.get(document)?.clone();
        Some((text, target))
    });
    found.collect()
}

/// Finds the references of a branch and of what is composed in it.
fn find_references(branch: &Value, texts: &mut Vec<String>) {
    texts.extend(
        branch
            .get("$ref")
            .and_then(Value::as_str)
            .map(str::to_owned),
    );
    for keyword in BRANCHES {
        if let Some(inner) = branch.get(keyword) {
            find_references(inner, texts);
        }
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        let parts = branch.get(keyword).and_then(Value::as_array);
        parts
            .into_iter()
            .flatten()
            .for_each(|part| find_references(part, texts));
    }
}

fn remove(members: &mut Map<String, Value>, targets: &HashMap<String, Value>) -> Option<String> {
    let mut found = false;
    let mut brought: Map<String, Value> = Map::new();
    let mut tested: Map<String, Value> = Map::new();
    for keyword in BRANCHES {
        if let Some(branch) = members.shift_remove(keyword) {
            found = true;
            let into = if keyword == "if" {
                &mut tested
            } else {
                &mut brought
            };
            collect(branch, into, targets);
        }
    }
    for keyword in MAPS {
        if let Some(dependent) = members.shift_remove(keyword) {
            found = true;
            if let Value::Object(dependent) = dependent {
                for (_, branch) in dependent {
                    collect(branch, &mut brought, targets);
                }
            }
        }
    }
    found |= members.shift_remove("dependentRequired").is_some();
    if !found {
        return None;
    }
    for (name, _) in tested {
        // A value that fails the test is valid, too.
        brought.entry(name).or_insert_with(|| json!({}));
    }
    if brought.is_empty() {
        return Some("conditions on other properties were removed".to_owned());
    }
    let properties = members.entry("properties").or_insert_with(|| json!({}));
    let mut added = Vec::new();
    if let Value::Object(properties) = properties {
        for (name, schema) in brought {
            if !properties.contains_key(&name) {
                added.push(format!("`{name}`"));
                properties.insert(name, schema);
            }
        }
    }
    if added.is_empty() {
        return Some("conditions on other properties were removed".to_owned());
    }
    let names = added.join(", ");
    Some(format!(
        "added as optional properties: {names}; a type cannot express the condition"
    ))
}

/// Collects the properties of a branch. If two branches declare one differently, it becomes a union.
fn collect(branch: Value, brought: &mut Map<String, Value>, targets: &HashMap<String, Value>) {
    let Value::Object(mut branch) = branch else {
        return;
    };
    if let Some(Value::Object(properties)) = branch.shift_remove("properties") {
        for (name, schema) in properties {
            match brought.get_mut(&name) {
                None => {
                    brought.insert(name, schema);
                }
                Some(other) if *other == schema => {}
                Some(other) => *other = union_of(vec![other.take(), schema]),
            }
        }
    }
    for keyword in BRANCHES {
        if let Some(inner) = branch.shift_remove(keyword) {
            let mut inside = Map::new();
            collect(inner, &mut inside, targets);
            for (name, schema) in inside {
                let schema = if keyword == "if" { json!({}) } else { schema };
                brought.entry(name).or_insert(schema);
            }
        }
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if let Some(Value::Array(list)) = branch.shift_remove(keyword) {
            for inner in list {
                collect(inner, brought, targets);
            }
        }
    }
    let target = branch
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|text| targets.get(text));
    if let Some(target) = target {
        // Its own references are not followed: the schema may lead back to this one.
        collect(target.clone(), brought, &HashMap::new());
    }
}
