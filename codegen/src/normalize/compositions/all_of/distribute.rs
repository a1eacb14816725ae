//! The keywords next to a union are merged into its variants.

use serde_json::{Map, Value, json};

use super::Merger;
use crate::normalize::compositions::map_to;
use crate::normalize::naming::schema_names::{from_title, pascal};
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::pointer::Pointer;

impl Merger<'_> {
    /// Reduces a component that is a union to the union and annotations:
    ///
    /// 1. If it has `oneOf` and `anyOf`, both must hold: [`Merger::unite`] combines them, and this starts again.
    /// 2. If the keywords next to the union say nothing about values, they are removed.
    /// 3. Otherwise they are merged into every variant. The mapping of the discriminator follows the new variants.
    pub(super) fn distribute(&mut self, name: &str) {
        let Some(Value::Object(members)) = self.done.get_mut(name) else {
            return;
        };
        let Some(keyword) = ["oneOf", "anyOf"]
            .into_iter()
            .find(|keyword| members.contains_key(*keyword))
        else {
            return;
        };
        let is_beside = |keyword: &str| {
            !keywords::is_annotation(keyword)
                && !matches!(keyword, "oneOf" | "anyOf" | "discriminator" | "allOf")
        };
        let (beside, mut members): (Map<_, _>, Map<_, _>) = std::mem::take(members)
            .into_iter()
            .partition(|(keyword, _)| is_beside(keyword));
        let second = (keyword == "oneOf")
            .then(|| members.shift_remove("anyOf"))
            .flatten();
        let variants = match members.shift_remove(keyword) {
            Some(Value::Array(variants)) => variants,
            _ => Vec::new(),
        };
        if let Some(second) = second {
            let first = json!({ keyword: variants });
            let second = json!({ "anyOf": second });
            let mut all = Map::new();
            all.insert("allOf".to_owned(), json!([first, second, beside]));
            all.extend(members);
            let place = Pointer::from_tokens(["components", "schemas", name]);
            let composed = self.compose(Value::Object(all), &place);
            let has_two = composed.get("oneOf").is_some() && composed.get("anyOf").is_some();
            self.done.insert(name.to_owned(), composed);
            if !has_two {
                self.distribute(name);
            }
            return;
        }
        let has_keywords = beside
            .iter()
            .any(|(keyword, value)| match keyword.as_str() {
                "type" => false,
                "additionalProperties" => *value != Value::Bool(false),
                "properties" => value.as_object().is_some_and(|value| !value.is_empty()),
                "required" => value.as_array().is_some_and(|value| !value.is_empty()),
                _ => true,
            });
        let variants = if has_keywords {
            self.give_to_variants(name, &beside, variants, &mut members)
        } else {
            variants
        };
        members.insert(keyword.to_owned(), Value::Array(variants));
        self.done.insert(name.to_owned(), Value::Object(members));
    }

    /// Merges the keywords next to a union into each variant:
    ///
    /// 1. A variant that extends this component, or has all these keywords, stays as it is.
    /// 2. A variant that is not an object, or contradicts the keywords, is removed.
    /// 3. Any other variant is replaced by a new component, an `allOf` of the keywords and the variant.
    fn give_to_variants(
        &mut self,
        name: &str,
        beside: &Map<String, Value>,
        variants: Vec<Value>,
        members: &mut Map<String, Value>,
    ) -> Vec<Value> {
        let place = Pointer::from_tokens(["components", "schemas", name]);
        let mut result = Vec::with_capacity(variants.len());
        for (index, variant) in variants.into_iter().enumerate() {
            let target = reference::target(&variant);
            let is_extension = target
                .as_ref()
                .is_some_and(|target| self.hierarchy.extends(target, name));
            if is_extension || self.has_all(&variant, beside) {
                result.push(variant);
                continue;
            }
            if !self.hierarchy.is_object(&variant) && keywords::type_of(beside) == Some("object") {
                let is_open = variant.as_object().is_some_and(|variant| {
                    !variant.contains_key("type") && !variant.contains_key("$ref")
                });
                if !is_open {
                    self.log.change(
                        &place,
                        "variant removed: it is not an object, but the union has properties next to it",
                    );
                    continue;
                }
            }
            let shared = Value::Object(beside.clone());
            if self.contradict(&shared, &variant) {
                self.log.change(
                    &place,
                    "variant removed: it contradicts the properties next to the union",
                );
                continue;
            }
            let words = format!("{}{}", pascal(name), variant_words(name, &variant, index));
            let at = place.join("oneOf").index(index);
            let made = self.named(&words, &shared, &variant, &at);
            if let (Some(old), Some(new)) = (target, reference::plain(&made))
                && let Some(discriminator) = members.get_mut("discriminator")
            {
                map_to(discriminator, &old, &new);
            }
            result.push(made);
        }
        self.log.change(
            &place,
            "the properties next to the union were merged into its variants",
        );
        result
    }

    /// Whether a variant has all these keywords.
    fn has_all(&mut self, variant: &Value, beside: &Map<String, Value>) -> bool {
        let keywords = match reference::target(variant) {
            Some(name) => match self.resolved(&name) {
                Some((_, keywords)) => keywords,
                None => return true,
            },
            None => match variant.as_object() {
                Some(keywords) => keywords,
                None => return true,
            },
        };
        let own = keywords.get("properties").and_then(Value::as_object);
        let required = keywords.get("required").and_then(Value::as_array);
        beside
            .iter()
            .all(|(keyword, value)| match (keyword.as_str(), value) {
                ("properties", Value::Object(properties)) => properties
                    .keys()
                    .all(|name| own.is_some_and(|own| own.contains_key(name))),
                ("required", Value::Array(names)) => names
                    .iter()
                    .all(|name| required.is_some_and(|required| required.contains(name))),
                ("additionalProperties", Value::Bool(_)) => true,
                _ => keywords.get(keyword) == Some(value),
            })
    }
}

/// The part of a name that distinguishes a variant of a union.
fn variant_words(owner: &str, variant: &Value, index: usize) -> String {
    if let Some(name) = reference::target(variant) {
        let name = pascal(&name);
        let owner = pascal(owner);
        return match name.strip_prefix(&owner) {
            Some(rest) if !rest.is_empty() => rest.to_owned(),
            _ => name,
        };
    }
    let title = variant.get("title").and_then(Value::as_str);
    if let Some(name) = title.and_then(from_title) {
        return name;
    }
    let properties = variant.get("properties").and_then(Value::as_object);
    let tag = properties.into_iter().flatten().find_map(|(_, schema)| {
        match schema.get("enum")?.as_array()?.as_slice() {
            [Value::String(only)] => Some(pascal(only)),
            _ => None,
        }
    });
    tag.filter(|tag| !tag.is_empty())
        .unwrap_or_else(|| format!("Variant{}", index + 1))
}
