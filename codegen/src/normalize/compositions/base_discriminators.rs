//! A base schema with a discriminator becomes a union of the schemas that extend it.
//!
//! `Pet` has `discriminator: {propertyName: kind}`, and `Cat` and `Dog` extend it with `allOf`. So a value of `Pet` is a cat
//! or a dog, and `kind` tells which.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::map_to;
use crate::normalize::Pass;
use crate::normalize::compositions::all_of::Hierarchy;
use crate::normalize::log::Log;
use crate::normalize::schemas::{elements, members};
use crate::openapi::names::Names;
use crate::openapi::reference;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "base-discriminators",
    "turns bases with a discriminator into unions",
    apply,
);

/// For each component that is not a union and has a discriminator:
///
/// 1. The variants are the components of its mapping, then all that extend it, directly or not, in the order of the
///    document. A base among these is replaced by the schemas that extend it.
/// 2. If there are no variants but the base itself, the discriminator is removed.
/// 3. If the base itself is a variant, or there is only one variant, the properties of the base move to a component
///    `<name>Base`, which becomes a variant too.
/// 4. The base gets `oneOf` with the variants. It keeps its properties: `all_of` merges them into the variants.
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
    let is_base = |name: &&String| discriminator(&schemas[*name]).is_some();
    let bases: HashSet<&str> = names.iter().filter(is_base).map(String::as_str).collect();
    let mut changes = Vec::new();
    for name in &names {
        let Some(found) = discriminator(&schemas[name]) else {
            continue;
        };
        let mut variants = mapped(found, schemas);
        let mut others = descendants(name, &children, &bases);
        let known: HashSet<&String> = variants.iter().collect();
        others.retain(|variant| !known.contains(variant));
        others.sort_by_key(|variant| order.get(variant));
        variants.extend(others);
        let taken_out = take_discriminator(&mut schemas[name]);
        let Some(mut found) = taken_out.filter(|_| variants.iter().any(|it| it != name)) else {
            let what = "the discriminator was removed: no schema extends this base";
            changes.push((name, what));
            continue;
        };
        for variant in &variants {
            if make_distinct(&mut schemas[variant]) {
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
            let properties = schemas[name].clone();
            log.moved(&section.join(name), &section.join(&own));
            schemas.insert(own, properties);
        }
        if let Value::Object(members) = &mut schemas[name] {
            members.insert("oneOf".to_owned(), Value::Array(list));
            members.insert("discriminator".to_owned(), found);
        }
        let what = "the base with a discriminator became a union of the schemas that extend it";
        changes.push((name, what));
    }
    for (name, what) in changes {
        log.change(&section.join(name), what);
    }
}

/// Keeps a variant from becoming an alias of the base, which is now the union of all variants, where the variant adds nothing
/// to the base. Gives whether the variant is an `allOf`.
fn make_distinct(schema: &mut Value) -> bool {
    let is_alias = reference::target(schema).is_some();
    let Some(Value::Array(parts)) = schema.get_mut("allOf") else {
        return false;
    };
    if is_alias {
        parts.push(json!({"type": "object", "properties": {}}));
    }
    true
}

/// The discriminator of a schema that is not a union: its own, or that of an inline part.
fn discriminator(schema: &Value) -> Option<&Value> {
    let parts = || std::iter::once(schema).chain(elements(schema.get("allOf")));
    let is_union = |part: &Value| part.get("oneOf").is_some() || part.get("anyOf").is_some();
    if parts().any(is_union) {
        return None;
    }
    let found = parts().find_map(|part| part.get("discriminator"))?;
    (found.is_object() || found.is_string()).then_some(found)
}

fn take_discriminator(schema: &mut Value) -> Option<Value> {
    let members = schema.as_object_mut()?;
    let mut taken = members.shift_remove("discriminator");
    let parts = members.get_mut("allOf").and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten().filter_map(Value::as_object_mut) {
        let inner = part.shift_remove("discriminator");
        taken = taken.or(inner);
    }
    Some(match taken? {
        // In Swagger 2.0 it is only the name of the property.
        Value::String(property) => json!({ "propertyName": property }),
        other => other,
    })
}

/// The components that the mapping names.
fn mapped(discriminator: &Value, schemas: &Map<String, Value>) -> Vec<String> {
    let mut names = Vec::new();
    for (_, target) in members(discriminator.get("mapping")) {
        let text = target.as_str().unwrap_or_default();
        let name = reference::name_of(text).unwrap_or_else(|| text.to_owned());
        if schemas.contains_key(&name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// All schemas that extend a base, without those that are bases of others.
fn descendants(
    name: &str,
    children: &HashMap<&str, Vec<&str>>,
    bases: &HashSet<&str>,
) -> Vec<String> {
    let mut seen = HashSet::from([name]);
    let mut open = vec![name];
    let mut found = Vec::new();
    while let Some(name) = open.pop() {
        for child in children.get(name).into_iter().flatten().copied() {
            if seen.insert(child) {
                open.push(child);
                if !(bases.contains(child) && children.contains_key(child)) {
                    found.push(child.to_owned());
                }
            }
        }
    }
    found
}
