//! Whether two schemas contradict each other in their types or in the enums of their properties.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::Merger;
use crate::openapi::keywords;
use crate::openapi::reference;

impl Merger<'_> {
    /// Whether no value is valid for both: their types differ, or the enums of a common property have no common value.
    pub(super) fn contradict(&mut self, first: &Value, second: &Value) -> bool {
        let (Some(first), Some(second)) = (self.outline(first), self.outline(second)) else {
            return false;
        };
        if let (Some(one), Some(other)) = (&first.kind, &second.kind)
            && one != other
        {
            let is_number = |kind: &str| kind == "integer" || kind == "number";
            return !(is_number(one) && is_number(other));
        }
        let (few, many) = if first.tags.len() < second.tags.len() {
            (first.tags, second.tags)
        } else {
            (second.tags, first.tags)
        };
        few.iter().any(|(name, values)| {
            many.get(name)
                .is_some_and(|others| values.is_disjoint(others))
        })
    }

    fn outline(&mut self, schema: &Value) -> Option<Outline> {
        let keywords = match reference::target(schema) {
            Some(name) => self.resolved(&name)?.1.clone(),
            None => schema.as_object()?.clone(),
        };
        let kind = keywords::type_of(&keywords).map(str::to_owned);
        let mut tags = HashMap::new();
        let properties = keywords.get("properties").and_then(Value::as_object);
        for (name, schema) in properties.into_iter().flatten() {
            if let Some(values) = self.values(schema) {
                tags.insert(name.clone(), values);
            }
        }
        Some(Outline { kind, tags })
    }

    /// The values of an enum.
    fn values(&mut self, schema: &Value) -> Option<HashSet<String>> {
        let values = |keywords: &Map<String, Value>| {
            let values = keywords.get("enum")?.as_array()?;
            Some(values.iter().map(ToString::to_string).collect())
        };
        match reference::target(schema) {
            Some(name) => values(self.resolved(&name)?.1),
            None => values(schema.as_object()?),
        }
    }
}

struct Outline {
    kind: Option<String>,
    /// The values of the properties that are enums.
    tags: HashMap<String, HashSet<String>>,
}
