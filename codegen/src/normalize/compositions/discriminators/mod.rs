//! Discriminators: complete, or removed.
//!
//! A discriminator is usable if every variant is an object with the property that it names. Then its mapping is completed.
//! A union without one gets one if a property has its own values in each variant.
//!
//! A mapping has strings only. The property may be a number or a boolean: what a string stands for then is kept as a fact.

mod variants;

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Number, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::normal_form;
use crate::normalize::schemas::{elements, members};
use crate::openapi::keywords;
use crate::openapi::names::folded;
use crate::openapi::reference;
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
            Ok(settled) => {
                if !settled.tags.is_empty() {
                    log.facts.note(&place).tags = settled.tags;
                }
                if members.get("discriminator") == Some(&settled.discriminator) {
                    continue;
                }
                members.insert("discriminator".to_owned(), settled.discriminator);
                settled.what
            }
            Err(what) => {
                members.shift_remove("discriminator");
                what
            }
        };
        log.change(&place, what);
    }
}

/// How many values of a property may stand for one variant, if no discriminator names the property.
const MAX_TAGS: usize = 4;

/// The discriminator that a union has in the end.
struct Settled {
    discriminator: Value,
    /// The values of its mapping that are not strings, by the strings.
    tags: BTreeMap<String, Value>,
    /// What changed.
    what: &'static str,
}

/// The discriminator of a union, or why it is removed.
type Outcome = Result<Settled, &'static str>;

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
    /// 1. Every variant must be a component. Every object in it must have the property as a scalar, or not at all; if there
    ///    is no mapping, one of them must have it.
    /// 2. Entries of the mapping that do not lead to a variant are removed, and those that the type of the property excludes.
    /// 3. A value in the enum of the property of only one variant is mapped to this variant.
    /// 4. A variant without a value gets the only value of its enum that is not mapped, or the one that resembles its name.
    /// 5. A variant without an enum gets its own name as value, if the name comes from the user's document.
    /// 6. The properties of a base have the name of the base as value, if the property can have it.
    /// 7. If a variant still has no value, the discriminator is removed. It stays if the type of the property excluded the
    ///    value in the mapping and another variant has one.
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
                "the discriminator was removed: its property is not a scalar in every variant",
            );
        }
        let mut mapping = Map::new();
        let mut mapped = HashSet::new();
        let mut excluded = HashSet::new();
        let mut what = "the mapping of the discriminator was completed";
        let mut other_tags = None;
        for (value, target) in written() {
            let Some(name) = self.named(target.as_str().unwrap_or_default(), &names) else {
                what = "the mapping of the discriminator was completed; entries without a variant were removed";
                continue;
            };
            if value == keywords::OTHER_TAGS {
                other_tags = Some(Value::from(reference::text(&name)));
                continue;
            }
            let Some(tag) = self.tag(&name, &names, property, value) else {
                what = "the mapping of the discriminator was completed; entries that the type of its property excludes were removed";
                excluded.insert(name);
                continue;
            };
            mapping.insert(text_of(&tag), Value::from(reference::text(&name)));
            mapped.insert(name);
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        // A base lists the values of all that extend it.
        let others = names.iter().filter(|name| self.base(name).is_none());
        for value in others.flat_map(|name| self.values(name, property)) {
            *counts.entry(value).or_default() += 1;
        }
        for name in &names {
            let target = Value::from(reference::text(name));
            let values = self.values(name, property);
            let mut is_mapped = mapped.contains(name);
            let base = self.base(name);
            let most = usize::from(base.is_none());
            let is_own = |value: &&String| counts.get(*value).copied().unwrap_or_default() == most;
            for value in values.iter().filter(is_own) {
                if !mapping.contains_key(value) {
                    mapping.insert(value.clone(), target.clone());
                    is_mapped = true;
                }
            }
            if is_mapped {
                continue;
            }
            let is_free = |value: &&String| !mapping.contains_key(*value);
            let authored = self.authored(name).filter(|_| base.is_none());
            let free: Vec<&String> = values.iter().filter(is_free).collect();
            let alike = || free.iter().find(|value| folded(value) == folded(name));
            let value = match &free[..] {
                [only] => Some(*only),
                [] if values.is_empty() && authored.is_some() => {
                    let can_be =
                        |value: &&String| self.tag(name, &names, property, value).is_some();
                    authored.as_ref().filter(is_free).filter(can_be)
                }
                _ if base.is_some() => None,
                _ => alike().copied(),
            };
            let implied = base.filter(|base| {
                let can_be = self.tag(name, &names, property, base).is_some();
                can_be && is_free(base) && (values.is_empty() || values.contains(base))
            });
            let value = value.or(implied);
            match value {
                Some(value) => {
                    mapping.insert(value.clone(), target);
                }
                // A base that is no value of the property can still be what an object without the property is.
                None if excluded.contains(name) || base.is_some() => {}
                None => return Err("the discriminator was removed: a variant has no value of it"),
            }
        }
        if mapping.is_empty() {
            return Err(
                "the discriminator was removed: the type of its property excludes all values in its mapping",
            );
        }
        let mut settled = self.settled(&names, property, &mapping, what);
        if let Some(target) = other_tags {
            settled.discriminator["mapping"][keywords::OTHER_TAGS] = target;
        }
        Ok(settled)
    }

    /// The name that the author gave to a component; `None` if a pass made the component. Names with characters that are not allowed
    /// were changed.
    fn authored(&self, name: &str) -> Option<String> {
        let place = Pointer::from_tokens(["components", "schemas", name]);
        let tokens: Vec<String> = self.log.origin(&place).tokens().collect();
        let written = match &tokens[..] {
            [components, schemas, name] if components == "components" && schemas == "schemas" => {
                name
            }
            [definitions, name] if definitions == "definitions" => name,
            _ => return None,
        };
        (written == name || folded(written) == folded(name)).then(|| written.clone())
    }

    /// The base whose properties a component has.
    fn base(&self, name: &str) -> Option<&String> {
        let place = Pointer::from_tokens(["components", "schemas", name]);
        self.log.facts.of(&place).base_of.as_ref()
    }

    fn settled(
        &self,
        names: &[String],
        property: &str,
        mapping: &Map<String, Value>,
        what: &'static str,
    ) -> Settled {
        let tags = mapping.iter().filter_map(|(text, target)| {
            let name = reference::name_of(target.as_str()?)?;
            let tag = self.tag(&name, names, property, text)?;
            (!tag.is_string()).then(|| (text.clone(), tag))
        });
        Settled {
            tags: tags.collect(),
            discriminator: json!({ "propertyName": property, "mapping": mapping }),
            what,
        }
    }

    /// The value of the property that a string in the mapping stands for, if the variant has this value. If no object of the
    /// variant declares the property, it is taken to be what it is in the other variants.
    fn tag(&self, name: &str, names: &[String], property: &str, text: &str) -> Option<Value> {
        let mut declared = self.declared(name, property);
        if declared.is_empty() {
            let all = names.iter().flat_map(|name| self.declared(name, property));
            declared = all.collect();
        }
        if declared.is_empty() {
            return Some(text.into());
        }
        let read = |schema: &&Map<String, Value>| read_as(text, keywords::type_of(schema)?);
        let lists = |schema: &&&Map<String, Value>| {
            elements(schema.get("enum")).any(|value| text_of(value) == text)
        };
        let listing = declared.iter().filter(lists).find_map(read);
        listing.or_else(|| declared.iter().find_map(read))
    }

    /// Finds the first property that is required in every variant and has values there that no other variant has. One
    /// variant must have a single value: otherwise different enums may be a coincidence.
    fn infer(&self, variants: &[Value]) -> Option<Settled> {
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
            has_single.then_some((property, mapping))
        });
        let (property, mapping) = found?;
        let what = "a discriminator was added: each variant has its own values of one property";
        Some(self.settled(&names, property, &mapping, what))
    }
}

/// The value of a type that a string in a mapping stands for.
fn read_as(text: &str, kind: &str) -> Option<Value> {
    match kind {
        "string" => Some(text.into()),
        "boolean" => text.parse::<bool>().ok().map(Value::from),
        "integer" | "number" => {
            let mut number: Number = text.parse().ok()?;
            if number.is_f64() {
                number = normal_form::number(number.as_f64()?)?;
            }
            let fits = number.is_i64() || (kind == "number" && number.is_f64());
            fits.then_some(Value::Number(number))
        }
        _ => None,
    }
}

/// A value as a mapping has it: `2` and `2.0` are one value.
fn text_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => {
            let number = number.as_f64().and_then(normal_form::number);
            number.map_or_else(|| value.to_string(), |number| number.to_string())
        }
        other => other.to_string(),
    }
}
