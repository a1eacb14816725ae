//! A base schema with a discriminator stands for whatever extends it.
//!
//! `Pet` with `discriminator: {propertyName: kind}`, extended by `Cat` and `Dog` with `allOf`, says that a value of `Pet`
//! is a cat or a dog, told apart by `kind`. That is a union. Where the base itself is among the values, or one schema alone
//! extends it, its own fields become one more variant.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::normalize::Pass;
use crate::normalize::compositions::all_of::Hierarchy;
use crate::normalize::log::Log;
use crate::openapi::names::Names;
use crate::openapi::reference;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "base-discriminators",
    "turns bases with a discriminator into unions",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    let section = Pointer::from_tokens(["components", "schemas"]);
    let Some(Value::Object(schemas)) = section.get_mut(document) else {
        return;
    };
    let hierarchy = Hierarchy::new(schemas);
    let children = hierarchy.children();
    let order: HashMap<String, usize> = schemas.keys().cloned().zip(0..).collect();
    let mut taken = Names::folded(schemas.keys().map(String::as_str));
    let names: Vec<String> = schemas.keys().cloned().collect();
    let bases: HashSet<&String> = names
        .iter()
        .filter(|name| discriminator(&schemas[*name]).is_some())
        .collect();
    let mut notes = Vec::new();
    for name in &names {
        let Some(found) = discriminator(&schemas[name]).cloned() else {
            continue;
        };
        let mut variants = mapped(&found, schemas);
        // A mapping names some values; each child stands for the value of its own name besides.
        let mut more = descendants(name, &children, &bases);
        let mapped: HashSet<&String> = variants.iter().collect();
        more.retain(|variant| !mapped.contains(variant));
        more.sort_by_key(|variant| order.get(variant));
        variants.extend(more);
        if variants.iter().all(|variant| variant == name) {
            take_discriminator(&mut schemas[name]);
            notes.push((
                name.clone(),
                "the discriminator was removed: no schema extends this base",
            ));
            continue;
        }
        let mut found = take_discriminator(&mut schemas[name]).unwrap_or(found);
        for variant in &variants {
            if make_own(&mut schemas[variant]) {
                log.facts.note(&section.join(variant)).stays_apart = true;
            }
        }
        let is_itself = variants.contains(name);
        variants.retain(|variant| variant != name);
        let mut list: Vec<Value> = variants.iter().map(|name| reference::to(name)).collect();
        if is_itself || list.len() == 1 {
            let own = taken.take(&format!("{name}Base"));
            list.push(reference::to(&own));
            map_to(&mut found, name, &own);
            let fields = schemas[name].clone();
            log.moved(&section.join(name), &section.join(&own));
            schemas.insert(own, fields);
        }
        if let Value::Object(members) = &mut schemas[name] {
            members.insert("oneOf".to_owned(), Value::Array(list));
            members.insert("discriminator".to_owned(), found);
        }
        notes.push((
            name.clone(),
            "the base with a discriminator became a union of the schemas that extend it",
        ));
    }
    for (name, note) in notes {
        log.change(&section.join(&name), note);
    }
}

/// A schema that extends a base and adds nothing to it, however it says so, reads like another name for the base, which stands
/// for the union of both. Whether that may be one.
fn make_own(schema: &mut Value) -> bool {
    let is_name = reference::target(schema).is_some();
    let parts = schema.get_mut("allOf").and_then(Value::as_array_mut);
    let Some(parts) = parts else {
        return false;
    };
    if is_name {
        parts.push(json!({"type": "object", "properties": {}}));
    }
    true
}

/// The discriminator of a schema that is no union: its own, or that of an inline part.
fn discriminator(schema: &Value) -> Option<&Value> {
    let members = schema.as_object()?;
    if members.contains_key("oneOf") || members.contains_key("anyOf") {
        return None;
    }
    let parts = members.get("allOf").and_then(Value::as_array);
    let is_union = |part: &Value| part.get("oneOf").is_some() || part.get("anyOf").is_some();
    if parts.is_some_and(|parts| parts.iter().any(is_union)) {
        return None;
    }
    let inline = || {
        parts
            .into_iter()
            .flatten()
            .find_map(|part| part.get("discriminator"))
    };
    members
        .get("discriminator")
        .or_else(inline)
        .filter(|found| found.is_object() || found.is_string())
}

fn take_discriminator(schema: &mut Value) -> Option<Value> {
    let members = schema.as_object_mut()?;
    let mut taken = members.shift_remove("discriminator");
    for part in members
        .get_mut("allOf")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let inner = part
            .as_object_mut()
            .and_then(|part| part.shift_remove("discriminator"));
        taken = taken.or(inner);
    }
    Some(match taken? {
        // As Swagger 2 wrote it.
        Value::String(property) => json!({ "propertyName": property }),
        other => other,
    })
}

/// The components that the mapping leads to.
fn mapped(discriminator: &Value, schemas: &Map<String, Value>) -> Vec<String> {
    let mut names = Vec::new();
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    for target in mapping.into_iter().flatten() {
        let text = target.1.as_str().unwrap_or_default();
        let name = reference::name_of(text).unwrap_or_else(|| text.to_owned());
        if schemas.contains_key(&name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Everything that extends a base. What is a base itself stands for others, which are there too.
fn descendants(
    name: &str,
    children: &HashMap<&str, Vec<&str>>,
    bases: &HashSet<&String>,
) -> Vec<String> {
    let mut seen = HashSet::from([name]);
    let mut open = vec![name];
    let mut found = Vec::new();
    while let Some(name) = open.pop() {
        for child in children.get(name).into_iter().flatten().copied() {
            if seen.insert(child) {
                open.push(child);
                let is_base = bases.contains(&child.to_owned()) && children.contains_key(child);
                if !is_base {
                    found.push(child.to_owned());
                }
            }
        }
    }
    found
}

/// Lets the values that lead to the base lead to its own fields.
fn map_to(discriminator: &mut Value, name: &str, own: &str) {
    let Value::Object(members) = discriminator else {
        return;
    };
    let mapping = members
        .entry("mapping")
        .or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(mapping) = mapping else {
        return;
    };
    let mut is_named = false;
    for (_, target) in mapping.iter_mut() {
        let text = target.as_str().unwrap_or_default();
        if text == name || reference::name_of(text).as_deref() == Some(name) {
            *target = Value::from(reference::text(own));
            is_named = true;
        }
    }
    if !is_named {
        mapping.insert(name.to_owned(), Value::from(reference::text(own)));
    }
}
