//! Discriminators: complete, or not there.
//!
//! One is of use when every variant is an object with the property that it names; then each value that can be told is
//! mapped to its variant. Where there is none, a property that allows exactly one value in each variant does the same.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::names::folded;
use crate::openapi::reference;
use crate::openapi::reference::resolver::follow;
use crate::openapi::walk;
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
    let mut settled: HashMap<String, Settled> = HashMap::new();
    for (name, schema) in schemas {
        if let Some((_, variants)) = schema.as_object().and_then(keywords::union) {
            let tags = Tags { log, schemas };
            let found = tags.settle(variants, schema.get("discriminator"));
            settled.insert(name.clone(), found);
        } else if schema.get("discriminator").is_some() {
            settled.insert(name.clone(), Settled::Unused);
        }
    }
    walk::top_down(document, |schema, place| {
        let name = place
            .is_component()
            .then(|| place.pointer().last())
            .flatten();
        let found = name.and_then(|name| settled.remove(&name));
        let (Some(members), Some(found)) = (schema.as_object_mut(), found) else {
            return;
        };
        let what = match found {
            Settled::None => return,
            Settled::Complete(discriminator, what) => {
                let is_same = members.get("discriminator") == Some(&discriminator);
                members.insert("discriminator".to_owned(), discriminator);
                if is_same {
                    return;
                }
                what
            }
            Settled::Unusable(why) => {
                members.shift_remove("discriminator");
                why
            }
            Settled::Unused => {
                members.shift_remove("discriminator");
                "the discriminator was removed: there is no union"
            }
        };
        log.change(&place.pointer(), what);
    });
}

/// How many schemas a variant may be made of; more are not looked through.
const MAX_INNER: usize = 200;

/// How many values of a property mean one variant where no discriminator says that it tells them apart.
const MOST_TAGS: usize = 4;

enum Settled {
    None,
    Complete(Value, &'static str),
    Unusable(&'static str),
    Unused,
}

struct Tags<'d> {
    log: &'d Log,
    schemas: &'d Map<String, Value>,
}

impl Tags<'_> {
    fn settle(&self, variants: &[Value], discriminator: Option<&Value>) -> Settled {
        let Some(discriminator) = discriminator else {
            return self.inferred(variants).map_or(Settled::None, |found| {
                Settled::Complete(
                    found,
                    "a discriminator was added: each variant has its own value of one property",
                )
            });
        };
        let property = match discriminator {
            Value::String(property) => Some(property.as_str()),
            other => other.get("propertyName").and_then(Value::as_str),
        };
        let Some(property) = property else {
            return Settled::Unusable("the discriminator was removed: it does not name a property");
        };
        let names: Option<Vec<String>> = variants.iter().map(reference::target).collect();
        let Some(names) = names else {
            return Settled::Unusable(
                "the discriminator was removed: not every variant is an object",
            );
        };
        let is_mapped = discriminator
            .get("mapping")
            .and_then(Value::as_object)
            .is_some_and(|mapping| !mapping.is_empty());
        let tags: Option<Vec<bool>> = names
            .iter()
            .map(|name| self.has_tag(name, property))
            .collect();
        if !tags.is_some_and(|tags| is_mapped || tags.contains(&true)) {
            return Settled::Unusable(
                "the discriminator was removed: its property is not a string in every variant",
            );
        }
        let mut mapping = Map::new();
        let mut mapped = HashSet::new();
        let mut has_strays = false;
        for (value, target) in discriminator
            .get("mapping")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            if let Some(name) = self.named(target.as_str().unwrap_or_default(), &names) {
                mapping.insert(value.clone(), Value::from(reference::text(&name)));
                mapped.insert(name);
            } else {
                has_strays = true;
            }
        }
        let mut listed: HashMap<String, usize> = HashMap::new();
        for value in names.iter().flat_map(|name| self.values(name, property)) {
            *listed.entry(value).or_default() += 1;
        }
        for name in &names {
            let values = self.values(name, property);
            // What no other variant lists means this one, also beside what the mapping says.
            let mut is_mapped = mapped.contains(name);
            for value in &values {
                if listed[value] == 1 && !mapping.contains_key(value) {
                    mapping.insert(value.clone(), Value::from(reference::text(name)));
                    is_mapped = true;
                }
            }
            if is_mapped {
                continue;
            }
            let is_published = {
                let place = Pointer::from_tokens(["components", "schemas", name]);
                self.log.origin(&place) == place
            };
            let is_open = values.is_empty();
            let fresh: Vec<String> = values
                .into_iter()
                .filter(|value| !mapping.contains_key(value))
                .collect();
            let alike = fresh.iter().find(|value| folded(value) == folded(name));
            if let ([value], _) | (_, Some(value)) = (&fresh[..], alike) {
                mapping.insert(value.clone(), Value::from(reference::text(name)));
            } else if is_open && is_published && !mapping.contains_key(name) {
                mapping.insert(name.clone(), Value::from(reference::text(name)));
            } else {
                return Settled::Unusable(
                    "the discriminator was removed: a variant has no value of it",
                );
            }
        }
        let complete = json!({ "propertyName": property, "mapping": mapping });
        let what = if has_strays {
            "the mapping of the discriminator was completed; entries without a variant were removed"
        } else {
            "the mapping of the discriminator was completed"
        };
        Settled::Complete(complete, what)
    }

    /// The variant that an entry of a mapping means.
    fn named(&self, text: &str, variants: &[String]) -> Option<String> {
        let name = reference::name_of(text).or_else(|| {
            // A name, or a file called like the schema.
            let last = text.rsplit(['/', '#']).find(|part| !part.is_empty())?;
            let last = last.split('.').next().unwrap_or(last);
            Some(
                if self.schemas.contains_key(text) {
                    text
                } else {
                    last
                }
                .to_owned(),
            )
        })?;
        if variants.contains(&name) {
            return Some(name);
        }
        // Another name for a variant.
        let (target, _) = self.resolved(&name)?;
        variants.contains(&target).then_some(target)
    }

    fn resolved(&self, name: &str) -> Option<(String, &Map<String, Value>)> {
        let last = follow(name.to_owned(), |name| {
            reference::target(self.schemas.get(name)?)
        });
        let name = last.ok()?;
        let members = self.schemas.get(&name)?.as_object()?;
        Some((name, members))
    }

    fn property(&self, name: &str, property: &str) -> Option<(&Map<String, Value>, bool)> {
        let (_, members) = self.resolved(name)?;
        let schema = members.get("properties")?.get(property)?;
        let required = members.get("required").and_then(Value::as_array);
        let is_required = required.is_some_and(|names| names.iter().any(|name| name == property));
        let schema = match reference::target(schema) {
            Some(target) => self.resolved(&target)?.1,
            None => schema.as_object()?,
        };
        Some((schema, is_required))
    }

    /// Whether a variant, an object or a union of such, lists the property; `None` if that is no text, or it is no object.
    fn has_tag(&self, name: &str, property: &str) -> Option<bool> {
        let objects = self.objects(name)?;
        let mut is_listed = false;
        for name in &objects {
            if let Some((schema, _)) = self.property(name, property) {
                if schema.get("type").is_none_or(|kind| kind != "string") {
                    return None;
                }
                is_listed = true;
            } else if self.resolved(name)?.1.get("properties").is_none() {
                return None;
            }
        }
        Some(is_listed)
    }

    /// The values that a variant allows for a property.
    fn values(&self, name: &str, property: &str) -> Vec<String> {
        let mut all = Vec::new();
        for name in self.objects(name).unwrap_or_default() {
            let values = self
                .property(&name, property)
                .and_then(|(schema, _)| schema.get("enum")?.as_array());
            let values = values.into_iter().flatten().filter_map(Value::as_str);
            for value in values {
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

    fn inferred(&self, variants: &[Value]) -> Option<Value> {
        let names: Option<Vec<String>> = variants.iter().map(reference::target).collect();
        let names = names?;
        let (_, first) = self.resolved(names.first()?)?;
        let properties = first.get("properties")?.as_object()?;
        properties.keys().find_map(|property| {
            let mut mapping = Map::new();
            let mut has_single = false;
            for name in &names {
                let (_, is_required) = self.property(name, property)?;
                let values = self.values(name, property);
                has_single |= values.len() == 1;
                let is_free = |value: &String| !mapping.contains_key(value);
                if !is_required || values.is_empty() || values.len() > MOST_TAGS {
                    return None;
                }
                if !values.iter().all(is_free) {
                    return None;
                }
                for value in values {
                    mapping.insert(value, Value::from(reference::text(name)));
                }
            }
            // Where no variant has a value of its own, that the lists differ may be chance.
            has_single.then_some(())?;
            Some(json!({ "propertyName": property, "mapping": mapping }))
        })
    }
}
