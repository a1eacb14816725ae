//! What the variants of a union declare: the objects that a variant may be, and a property in them.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Tags, text_of};
use crate::normalize::schemas::elements;
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::openapi::reference::resolver::follow;

/// How many schemas the unions inside a variant may have.
const MAX_INNER: usize = 200;

impl Tags<'_> {
    /// The schemas of a property in the objects that a variant may be.
    pub(super) fn declared(&self, name: &str, property: &str) -> Vec<&Map<String, Value>> {
        let objects = self.objects(name).unwrap_or_default();
        let schemas = objects.iter().map(|name| self.property(name, property));
        schemas.flatten().map(|(schema, _)| schema).collect()
    }

    /// The variant that a value of the mapping names: by reference, by name, by a file with this name, or by an alias.
    pub(super) fn named(&self, text: &str, variants: &[String]) -> Option<String> {
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
    pub(super) fn resolved(&self, name: &str) -> Option<(String, &Map<String, Value>)> {
        let last = follow(name.to_owned(), |name| {
            reference::target(self.schemas.get(name)?)
        });
        let name = last.ok()?;
        let members = self.schemas.get(&name)?.as_object()?;
        Some((name, members))
    }

    /// The schema of a property, and whether it is required.
    pub(super) fn property(
        &self,
        name: &str,
        property: &str,
    ) -> Option<(&Map<String, Value>, bool)> {
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
    /// scalar.
    pub(super) fn has_tag(&self, name: &str, property: &str) -> Option<bool> {
        let objects = self.objects(name)?;
        let mut is_declared = false;
        for name in &objects {
            if let Some((schema, _)) = self.property(name, property) {
                let scalars = ["string", "integer", "number", "boolean"];
                if !keywords::type_of(schema).is_some_and(|kind| scalars.contains(&kind)) {
                    return None;
                }
                is_declared = true;
            } else if self.resolved(name)?.1.get("properties").is_none() {
                return None;
            }
        }
        Some(is_declared)
    }

    /// The values that a variant allows for a property, as they are written in a mapping.
    pub(super) fn values(&self, name: &str, property: &str) -> Vec<String> {
        let mut all = Vec::new();
        for schema in self.declared(name, property) {
            let values = elements(schema.get("enum")).filter(|value| !value.is_null());
            for value in values.map(text_of) {
                if !all.contains(&value) {
                    all.push(value);
                }
            }
        }
        all
    }

    /// The objects that a variant may be: itself, or those of a union inside the union.
    pub(super) fn objects(&self, name: &str) -> Option<Vec<String>> {
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
}
