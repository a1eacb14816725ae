//! Removes conditions between properties: `if`, `then`, `else`, `dependentSchemas`.
//!
//! A type cannot express them. The properties that they declare become optional properties of the schema.

use serde_json::{Map, Value, json};

use super::schema::union_of;

pub(super) fn apply(members: &mut Map<String, Value>) -> Option<String> {
    let mut found = false;
    let mut brought: Map<String, Value> = Map::new();
    for keyword in ["if", "then", "else"] {
        if let Some(branch) = members.shift_remove(keyword) {
            found = true;
            // `if` only tests properties.
            if keyword != "if" {
                collect(branch, &mut brought);
            }
        }
    }
    if let Some(dependent) = members.shift_remove("dependentSchemas") {
        found = true;
        if let Value::Object(dependent) = dependent {
            for (_, branch) in dependent {
                collect(branch, &mut brought);
            }
        }
    }
    found |= members.shift_remove("dependentRequired").is_some();
    found |= members.shift_remove("dependencies").is_some();
    if !found {
        return None;
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
fn collect(branch: Value, brought: &mut Map<String, Value>) {
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
    for keyword in ["then", "else"] {
        if let Some(inner) = branch.shift_remove(keyword) {
            collect(inner, brought);
        }
    }
    for keyword in ["allOf", "anyOf", "oneOf"] {
        if let Some(Value::Array(list)) = branch.shift_remove(keyword) {
            for inner in list {
                collect(inner, brought);
            }
        }
    }
}
