//! Discriminators: complete, or removed.
//!
//! A discriminator is usable if every variant is an object with the property that it names. Then its mapping is completed.
//! A union without one gets one if a property has its own values in each variant.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::schemas::{elements, members};
use crate::openapi::keywords;
use crate::openapi::names::folded;
use crate::openapi::reference;
use crate::openapi::reference::resolver::follow;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "discriminators",
    "completes, adds or removes discriminators",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    let section = Pointer::from_tokens(["components", "schemas"]);
    let Some(Value::Object(schemas)) = section.get(document) else {
        return;
    };
    let tags = Tags { log, schemas };
    let outcomes = schemas.iter().filter_map(|(name, schema)| {
        let outcome = tags.settle(schema.as_object()?)?;
        Some((section.join(name), outcome))
    });
    for (place, outcome) in outcomes.collect::<Vec<_>>() {
        let Some(Value::Object(members)) = place.get_mut(document) else {
            continue;
        };
        let what = match outcome {
            Ok((complete, _)) if members.get("discriminator") == Some(&complete) => continue,
            Ok((complete, what)) => {
                members.insert("discriminator".to_owned(), complete);
                what
            }
            Err(what) => {
                members.shift_remove("discriminator");
                what
            }
        };
        log.change(&place, what);
    }
}

/// How many schemas the unions inside a variant may have.
const MAX_INNER: usize = 200;

/// How many values of a property may stand for one variant, if no discriminator names the property.
const MAX_TAGS: usize = 4;

/// The complete discriminator of a union and what changed, or why it is removed.
type Outcome = Result<(Value, &'static str), &'static str>;

struct Tags<'d> {
    log: &'d Log,
    schemas: &'d Map<String, Value>,
}

impl Tags<'_> {
    fn settle(&self, schema: &Map<String, Value>) -> Option<Outcome> {
        let discriminator = schema.get("discriminator");
        match (keywords::union(schema), discriminator) {
            (Some((_, variants)), Some(discriminator)) => {
                Some(self.complete(variants, discriminator))
            }
            (Some((_, variants)), None) => self.infer(variants).map(Ok),
            (None, Some(_)) => Some(Err("the discriminator was removed: there is no union")),
            (None, None) => None,
        }
    }

    /// Completes the mapping of a discriminator:
    ///
    /// 1. Every variant must be a component. Every object in it must have the property as a string, or not at all; if there
    ///    is no mapping, one of them must have it.
    /// 2. Entries of the mapping that do not lead to a variant are removed.
    /// 3. A value in the enum of the property of only one variant is mapped to this variant.
    /// 4. A variant without a value gets the only value of its enum that is not mapped, or the one that resembles its name.
    /// 5. A variant without an enum gets its own name as value, if the name comes from the user's document.
    /// 6. If a variant still has no value, the discriminator is removed.
    fn complete(&self, variants: &[Value], discriminator: &Value) -> Outcome {
        let property = match discriminator {
            Value::String(property) => Some(property.as_str()),
            other => other.get("propertyName").and_then(Value::as_str),
        };
        let property =
            property.ok_or("the discriminator was removed: it does not name a property")?;
        let names: Option<Vec<String>> = variants.iter().map(reference::target).collect();
        let names = names.ok_or("the discriminator was removed: not every variant is an object")?;
        let written = || members(discriminator.get("mapping"));
        let tags: Option<Vec<bool>> = names
            .iter()
            .map(|name| self.has_tag(name, property))
            .collect();
        if !tags.is_some_and(|tags| written().next().is_some() || tags.contains(&true)) {
            return Err(
                "the discriminator was removed: its property is not a string in every variant",
            );
        }
        let mut mapping = Map::new();
        let mut mapped = HashSet::new();
        let mut what = "the mapping of the discriminator was completed";
        for (value, target) in written() {
            if let Some(name) = self.named(target.as_str().unwrap_or_default(), &names) {
                mapping.insert(value.clone(), Value::from(reference::text(&name)));
                mapped.insert(name);
            } else {
                what = "the mapping of the discriminator was completed; entries without a variant were removed";
            }
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        for value in names.iter().flat_map(|name| self.values(name, property)) {
            *counts.entry(value).or_default() += 1;
        }
        for name in &names {
            let target = Value::from(reference::text(name));
            let values = self.values(name, property);
            let mut is_mapped = mapped.contains(name);
            for value in values.iter().filter(|value| counts[*value] == 1) {
                if !mapping.contains_key(value) {
                    mapping.insert(value.clone(), target.clone());
                    is_mapped = true;
                }
            }
            if is_mapped {
                continue;
            }
            let is_free = |value: &&String| !mapping.contains_key(*value);
            let free: Vec<&String> = values.iter().filter(is_free).collect();
            let alike = || free.iter().find(|value| folded(value) == folded(name));
            let place = Pointer::from_tokens(["components", "schemas", name]);
            let value = match &free[..] {
                [only] => Some(*only),
                [] if values.is_empty() && self.log.origin(&place) == place => {
                    Some(name).filter(is_free)
                }
                _ => alike().copied(),
            };
            let value =
                value.ok_or("the discriminator was removed: a variant has no value of it")?;
            mapping.insert(value.clone(), target);
        }
        Ok((
            json!({ "propertyName": property, "mapping": mapping }),
            what,
        ))
    }

    /// The variant that a value of the mapping names: by reference, by name, by a file with this name, or by an alias.
    fn named(&self, text: &str, variants: &[String]) -> Option<String> {
        let name = reference::name_of(text).or_else(|| {
            if self.schemas.contains_key(text) {
                return Some(text.to_owned());
            }
            let last = text.rsplit(['/', '#']).find(|part| !part.is_empty())?;
            last.split('.').next().map(str::to_owned)
        })?;
        if variants.contains(&name) {
            return Some(name);
        }
        let (target, _) = self.resolved(&name)?;
        variants.contains(&target).then_some(target)
    }

    /// The component at the end of a chain of aliases.
    fn resolved(&self, name: &str) -> Option<(String, &Map<String, Value>)> {
        let last = follow(name.to_owned(), |name| {
            reference::target(self.schemas.get(name)?)
        });
        let name = last.ok()?;
        let members = self.schemas.get(&name)?.as_object()?;
        Some((name, members))
    }

    /// The schema of a property, and whether it is required.
    fn property(&self, name: &str, property: &str) -> Option<(&Map<String, Value>, bool)> {
        let (_, members) = self.resolved(name)?;
        let schema = members.get("properties")?.get(property)?;
        let is_required = elements(members.get("required")).any(|name| name == property);
        let schema = match reference::target(schema) {
            Some(target) => self.resolved(&target)?.1,
            None => schema.as_object()?,
        };
        Some((schema, is_required))
    }

    /// Whether a variant declares the property. `None` if it is not an object or a union of objects, or the property is not a
    /// string.
    fn has_tag(&self, name: &str, property: &str) -> Option<bool> {
        let objects = self.objects(name)?;
        let mut is_declared = false;
        for name in &objects {
            if let Some((schema, _)) = self.property(name, property) {
                if schema.get("type").is_none_or(|kind| kind != "string") {
                    return None;
                }
                is_declared = true;
            } else if self.resolved(name)?.1.get("properties").is_none() {
                return None;
            }
        }
        Some(is_declared)
    }

    /// The values that a variant allows for a property.
    fn values(&self, name: &str, property: &str) -> Vec<String> {
        let mut all = Vec::new();
        for name in self.objects(name).unwrap_or_default() {
            let schema = self.property(&name, property).map(|(schema, _)| schema);
            let values = elements(schema.and_then(|schema| schema.get("enum")));
            for value in values.filter_map(Value::as_str) {
                if !all.iter().any(|other| other == value) {
                    all.push(value.to_owned());
                }
            }
        }
        all
    }

    /// The objects that a variant may be: itself, or those of a union inside the union.
    fn objects(&self, name: &str) -> Option<Vec<String>> {
        let mut objects = Vec::new();
        let mut seen = HashSet::new();
        let mut open = vec![name.to_owned()];
        while let Some(name) = open.pop() {
            let (name, members) = self.resolved(&name)?;
            if !seen.insert(name.clone()) || seen.len() > MAX_INNER {
                return None;
            }
            match keywords::union(members) {
                Some((_, variants)) => {
                    for variant in variants {
                        open.push(reference::target(variant)?);
                    }
                }
                None => objects.push(name),
            }
        }
        Some(objects)
    }

    /// Finds the first property that is required in every variant and has values there that no other variant has. One
    /// variant must have a single value: otherwise different enums may be a coincidence.
    fn infer(&self, variants: &[Value]) -> Option<(Value, &'static str)> {
        let names: Option<Vec<String>> = variants.iter().map(reference::target).collect();
        let names = names?;
        let (_, first) = self.resolved(names.first()?)?;
        let properties = first.get("properties")?.as_object()?;
        let found = properties.keys().find_map(|property| {
            let mut mapping = Map::new();
            let mut has_single = false;
            for name in &names {
                let (_, is_required) = self.property(name, property)?;
                let values = self.values(name, property);
                has_single |= values.len() == 1;
                let is_mapped = values.iter().any(|value| mapping.contains_key(value));
                if !is_required || values.is_empty() || values.len() > MAX_TAGS || is_mapped {
                    return None;
                }
                let target = Value::from(reference::text(name));
                mapping.extend(values.into_iter().map(|value| (value, target.clone())));
            }
            has_single.then(|| json!({ "propertyName": property, "mapping": mapping }))
        })?;
        let what = "a discriminator was added: each variant has its own values of one property";
        Some((found, what))
    }
}
