//! A base schema with a discriminator becomes a union of the schemas that extend it.
//!
//! `Pet` has `discriminator: {propertyName: kind}`, and `Cat` and `Dog` extend it with `allOf`. So a value of `Pet` is a cat
//! or a dog, and `kind` tells which. If `Siamese` extends `Cat`, `Cat` is such a base too: the discriminator is inherited.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

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

/// For each component that is not a union and has a discriminator, or is extended and inherits one:
///
/// 1. The variants are the components of its mapping, then all that extend it, directly or not, in the order of the document.
/// 2. If there are no variants but the base itself, the discriminator is removed.
/// 3. The properties of the base move to a component `<name>Base`, which is the last variant: a value may be no more than the
///    base. A variant that is such a base is replaced by its `<name>Base`; what extends it is a variant already.
/// 4. The base gets `oneOf` with the variants. It keeps its properties: `all_of` merges them into the variants.
fn apply(document: &mut Value, log: &mut Log) {
    let section = Pointer::from_tokens(["components", "schemas"]);
    let Some(Value::Object(schemas)) = section.get_mut(document) else {
        return;
    };
    let mut changes = Vec::new();
    let bases = bases(schemas);
    let names: Vec<String> = schemas.keys().cloned().collect();
    for name in &names {
        let taken_out = take_discriminator(&mut schemas[name]);
        if taken_out.is_some() && !bases.iter().any(|base| base.name == *name) {
            let what = "the discriminator was removed: no schema extends this base";
            changes.push((name, what));
        }
    }
    for variant in bases.iter().flat_map(|base| &base.variants) {
        if make_distinct(&mut schemas[variant]) {
            log.facts.note(&section.join(variant)).stays_apart = true;
        }
    }
    let mut taken = Names::folded(schemas.keys().map(String::as_str));
    let own: HashMap<String, String> = bases
        .iter()
        .map(|base| {
            let own = taken.take(&format!("{}Base", base.name));
            (base.name.clone(), own)
        })
        .collect();
    for base in &bases {
        let (name, own) = (&base.name, &own[&base.name]);
        log.moved(&section.join(name), &section.join(own));
        log.facts.note(&section.join(own)).base_of = Some(name.clone());
        let properties = schemas[name].clone();
        schemas.insert(own.clone(), properties);
    }
    for base in bases {
        let mut found = base.discriminator;
        let variants = base
            .variants
            .iter()
            .filter(|variant| **variant != base.name);
        let list = variants.map(String::as_str).chain([base.name.as_str()]);
        let list = list.map(|name| match own.get(name) {
            Some(own) => {
                redirect(&mut found, name, own);
                reference::to(own)
            }
            None => reference::to(name),
        });
        let list: Vec<Value> = list.collect();
        if let Value::Object(members) = &mut schemas[&base.name] {
            members.insert("oneOf".to_owned(), Value::Array(list));
            members.insert("discriminator".to_owned(), found);
        }
        let name = names.iter().find(|name| **name == base.name);
        let what = "the base with a discriminator became a union of the schemas that extend it";
        changes.extend(name.map(|name| (name, what)));
    }
    for (name, what) in changes {
        log.change(&section.join(name), what);
    }
}

/// A component that becomes a union.
struct Base {
    name: String,
    discriminator: Value,
    /// Its variants by their names before this pass; it may be one of them.
    variants: Vec<String>,
}

/// The components that become unions, in the order of the document.
fn bases(schemas: &Map<String, Value>) -> Vec<Base> {
    let hierarchy = Hierarchy::new(schemas);
    let children = hierarchy.children();
    let order: HashMap<&String, usize> = schemas.keys().zip(0..).collect();
    let mut bases = Vec::new();
    for (name, schema) in schemas {
        if is_union(schema) {
            continue;
        }
        let mut others = descendants(name, &children);
        let inherited = || {
            let mut ancestors = hierarchy.ancestors(name).into_iter();
            ancestors.find_map(|ancestor| complete_form(discriminator(schemas.get(&ancestor)?)?))
        };
        let own = discriminator(schema).and_then(complete_form);
        if own.is_none() && others.is_empty() {
            continue;
        }
        let Some(discriminator) = merged(own, inherited(), |target| {
            target == name || others.contains(target)
        }) else {
            continue;
        };
        let mut variants = mapped(&discriminator, schemas);
        let known: HashSet<&String> = variants.iter().collect();
        others.retain(|variant| !known.contains(variant));
        others.sort_by_key(|variant| order.get(variant));
        variants.extend(others);
        if variants.iter().any(|variant| variant != name) {
            bases.push(Base {
                name: name.clone(),
                discriminator,
                variants,
            });
        }
    }
    bases
}

/// The discriminator of a component that has one, or inherits one, or both. What it inherits is the part of the mapping that is
/// about itself and what extends it.
fn merged(
    own: Option<Value>,
    inherited: Option<Value>,
    is_about: impl Fn(&String) -> bool,
) -> Option<Value> {
    let is_same = |own: &Value, inherited: &Value| own["propertyName"] == inherited["propertyName"];
    let inherited = inherited.filter(|it| own.as_ref().is_none_or(|own| is_same(own, it)));
    let mapping = members(inherited.as_ref().and_then(|it| it.get("mapping")));
    let about: Vec<(String, Value)> = mapping
        .filter(|(_, target)| is_about(&name_of(target)))
        .map(|(value, target)| (value.clone(), target.clone()))
        .collect();
    let mut merged = match (own, &inherited) {
        (Some(own), _) => own,
        (None, Some(inherited)) => json!({ "propertyName": inherited["propertyName"] }),
        (None, None) => return None,
    };
    if !about.is_empty()
        && let Some(members) = merged.as_object_mut()
        && let Value::Object(mapping) = members.entry("mapping").or_insert_with(|| json!({}))
    {
        for (value, target) in about {
            mapping.entry(value).or_insert(target);
        }
    }
    Some(merged)
}

/// The component that a value of a mapping names.
fn name_of(target: &Value) -> String {
    let text = target.as_str().unwrap_or_default();
    reference::name_of(text).unwrap_or_else(|| text.to_owned())
}

/// Maps the values that a mapping has for one component to another.
fn redirect(discriminator: &mut Value, old: &str, new: &str) {
    let mapping = discriminator
        .get_mut("mapping")
        .and_then(Value::as_object_mut);
    for target in mapping.into_iter().flat_map(Map::values_mut) {
        if name_of(target) == old {
            *target = Value::from(reference::text(new));
        }
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

/// Whether a schema is a union, by itself or by an inline part.
fn is_union(schema: &Value) -> bool {
    let mut parts = std::iter::once(schema).chain(elements(schema.get("allOf")));
    parts.any(|part| part.get("oneOf").is_some() || part.get("anyOf").is_some())
}

/// The discriminator of a schema that is not a union: its own, or that of an inline part.
fn discriminator(schema: &Value) -> Option<&Value> {
    if is_union(schema) {
        return None;
    }
    let mut parts = std::iter::once(schema).chain(elements(schema.get("allOf")));
    parts.find_map(|part| part.get("discriminator"))
}

/// Removes the discriminator of a schema that is not a union.
fn take_discriminator(schema: &mut Value) -> Option<Value> {
    discriminator(schema)?;
    let members = schema.as_object_mut()?;
    let mut taken = members.shift_remove("discriminator");
    let parts = members.get_mut("allOf").and_then(Value::as_array_mut);
    for part in parts.into_iter().flatten().filter_map(Value::as_object_mut) {
        let inner = part.shift_remove("discriminator");
        taken = taken.or(inner);
    }
    taken
}

/// A discriminator as an object. In Swagger 2.0 it is only the name of the property.
fn complete_form(discriminator: &Value) -> Option<Value> {
    match discriminator {
        Value::String(property) => Some(json!({ "propertyName": property })),
        Value::Object(_) => Some(discriminator.clone()),
        _ => None,
    }
}

/// The components that the mapping names.
fn mapped(discriminator: &Value, schemas: &Map<String, Value>) -> Vec<String> {
    let mut names = Vec::new();
    for (_, target) in members(discriminator.get("mapping")) {
        let name = name_of(target);
        if schemas.contains_key(&name) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// All schemas that extend a base.
fn descendants(name: &str, children: &HashMap<&str, Vec<&str>>) -> Vec<String> {
    let mut seen = HashSet::from([name]);
    let mut open = vec![name];
    let mut found = Vec::new();
    while let Some(name) = open.pop() {
        for child in children.get(name).into_iter().flatten().copied() {
            if seen.insert(child) {
                open.push(child);
                found.push(child.to_owned());
            }
        }
    }
    found
}
