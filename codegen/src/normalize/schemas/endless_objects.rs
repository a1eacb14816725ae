//! Objects that contain themselves through required properties: no value of them ends.
//!
//! A list, a map, a union and what may be `null` end such a loop, because they have a value without an object in it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{elements, members};
use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "endless-objects",
    "rejects objects that contain themselves through required properties",
    apply,
);

/// From each component, the components that each of its values contains: the property on the way, if there is one.
type Parts = BTreeMap<String, BTreeSet<(Option<String>, String)>>;

fn apply(document: &mut Value, log: &mut Log) {
    let section = Pointer::from_tokens(["components", "schemas"]);
    let mut parts = Parts::new();
    for (name, schema) in members(section.get(document)) {
        let found = parts.entry(name.clone()).or_default();
        if let Some(target) = reference::target(schema) {
            found.insert((None, target));
        }
        for (property, schema) in required(schema) {
            let mut targets = BTreeSet::new();
            contained(schema, &mut targets);
            found.extend(targets.into_iter().map(|it| (Some(property.clone()), it)));
        }
    }
    let nullable: BTreeSet<&String> = members(section.get(document))
        .filter(|(_, schema)| schema.as_object().is_some_and(keywords::is_nullable))
        .map(|(name, _)| name)
        .collect();
    for found in parts.values_mut() {
        found.retain(|(_, target)| !nullable.contains(target));
    }
    for (name, found) in loops(parts) {
        let properties: BTreeSet<String> = found.into_iter().filter_map(|(it, _)| it).collect();
        let place = section.join(&name);
        for property in &properties {
            log.leave_out(
                Code::REFERENCE_LOOP,
                &place.join("properties").join(property),
                format!("`{name}` contains itself through required properties, so no value of it ends: the requirement of `{property}` cannot be met"),
                "remove one of the properties in the loop from `required`, or make it nullable",
            );
        }
        if let Some(Value::Array(names)) = place.join("required").get_mut(document) {
            names.retain(|name| !name.as_str().is_some_and(|name| properties.contains(name)));
        }
    }
}

/// The required properties of an object.
fn required(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    let names: BTreeSet<&str> = elements(schema.get("required"))
        .filter_map(Value::as_str)
        .collect();
    members(schema.get("properties")).filter(move |(name, _)| names.contains(name.as_str()))
}

/// The components that each value of a schema contains.
fn contained(schema: &Value, targets: &mut BTreeSet<String>) {
    if schema.as_object().is_some_and(keywords::is_nullable) {
        return;
    }
    targets.extend(reference::target(schema));
    for (_, schema) in required(schema) {
        contained(schema, targets);
    }
}

/// The parts that are in loops, or between two.
fn loops(mut parts: Parts) -> Parts {
    let edges = parts.iter().flat_map(|(name, found)| {
        let targets = found.iter().map(|(_, target)| target.as_str());
        targets.map(move |target| (name.as_str(), target))
    });
    let edges: Vec<(&str, &str)> = edges.collect();
    let backwards: Vec<(&str, &str)> = edges.iter().map(|(from, to)| (*to, *from)).collect();
    let (leading, reached) = (leading_to_loops(&edges), leading_to_loops(&backwards));
    let looping: BTreeSet<String> = leading
        .intersection(&reached)
        .map(|it| (*it).to_owned())
        .collect();
    parts.retain(|name, _| looping.contains(name));
    for found in parts.values_mut() {
        found.retain(|(_, target)| looping.contains(target));
    }
    parts
}

/// The nodes of a graph from which some way does not end.
fn leading_to_loops<'n>(edges: &[(&'n str, &'n str)]) -> BTreeSet<&'n str> {
    let mut holders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    for (from, to) in edges {
        holders.entry(to).or_default().push(from);
        *open.entry(from).or_default() += 1;
        open.entry(to).or_default();
    }
    let ends = open.iter().filter(|(_, count)| **count == 0);
    let mut done: Vec<&str> = ends.map(|(name, _)| *name).collect();
    while let Some(name) = done.pop() {
        for holder in holders.get(name).into_iter().flatten() {
            let count = open.entry(holder).or_default();
            *count -= 1;
            if *count == 0 {
                done.push(holder);
            }
        }
    }
    open.retain(|_, count| *count > 0);
    open.into_keys().collect()
}
