//! Unions: two or more variants that a value can distinguish:
//!
//! 1. If one variant allows any value, the union is replaced by any value.
//! 2. Of variants that a value cannot distinguish, the first is kept: references to one component, scalars of one type and
//!    format, equal schemas.
//! 3. All string enums become one enum with all values. A plain string next to an enum is removed: generated enums accept
//!    unknown values.
//! 4. A union of one variant is replaced by the variant.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new(
    "union-variants",
    "keeps the variants of a union that differ",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    let known = Known::new(document);
    walk::bottom_up(document, |schema, place| {
        let Some(members) = schema.as_object_mut() else {
            return;
        };
        let mut notes = Vec::new();
        if members.contains_key("oneOf") && members.shift_remove("anyOf").is_some() {
            notes.push("a schema has both `oneOf` and `anyOf`; the first was kept");
        }
        if let Some((keyword, _)) = keywords::union(members) {
            settle(schema, keyword, &known, &mut notes);
        }
        for note in notes {
            log.change(&place.pointer(), note);
        }
    });
}

/// How a schema is compared with other variants.
#[derive(Clone, Debug)]
enum Fact {
    Any,
    /// A string without a format.
    Text,
    Enum(Vec<Value>),
    /// Another scalar, with its identity.
    Scalar(String),
    Other,
}

struct Known(HashMap<String, Fact>);

impl Known {
    fn new(document: &Value) -> Self {
        let schemas = document
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let mut facts = HashMap::new();
        let mut aliases = HashMap::new();
        for (name, schema) in schemas.into_iter().flatten() {
            match reference::target(schema) {
                Some(target) => {
                    aliases.insert(name.clone(), target);
                }
                None => {
                    facts.insert(name.clone(), of_keywords(schema));
                }
            }
        }
        let mut all = Self(facts);
        for name in aliases.keys() {
            let mut path = Vec::new();
            let mut at = name;
            // A name that occurs twice is part of a loop, which `recursion` rejects.
            while let (Some(next), false) = (aliases.get(at), all.0.contains_key(at)) {
                path.push(at);
                all.0.insert(at.clone(), Fact::Other);
                at = next;
            }
            let fact = all.0.get(at).cloned().unwrap_or(Fact::Other);
            for name in path {
                all.0.insert(name.clone(), fact.clone());
            }
        }
        all
    }

    fn of(&self, schema: &Value) -> Fact {
        match reference::target(schema) {
            Some(name) => self.0.get(&name).cloned().unwrap_or(Fact::Other),
            None => of_keywords(schema),
        }
    }
}

fn of_keywords(schema: &Value) -> Fact {
    let Some(members) = schema.as_object() else {
        return Fact::Other;
    };
    if members.keys().all(|word| keywords::is_annotation(word)) {
        return Fact::Any;
    }
    match keywords::type_of(members) {
        Some("string") => {}
        Some("integer" | "number" | "boolean") => return Fact::Scalar(identity(schema)),
        _ => return Fact::Other,
    }
    match members.get("enum") {
        Some(Value::Array(values)) => Fact::Enum(values.clone()),
        _ if members.contains_key("format") => Fact::Scalar(identity(schema)),
        _ => Fact::Text,
    }
}

fn settle(schema: &mut Value, keyword: &str, known: &Known, notes: &mut Vec<&'static str>) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    let mut variants = match members.shift_remove(keyword) {
        Some(Value::Array(variants)) => variants,
        _ => Vec::new(),
    };
    if variants
        .iter()
        .any(|variant| matches!(known.of(variant), Fact::Any))
    {
        notes.push("the union was replaced by any value, because one variant allows any value");
        variants = Vec::new();
    }
    let before = variants.len();
    let mut seen = HashSet::new();
    variants.retain(|variant| {
        seen.insert(match known.of(variant) {
            Fact::Scalar(identity) => identity,
            Fact::Text => "text".to_owned(),
            _ => identity(variant),
        })
    });
    variants = one_enum(variants, known);
    if variants.len() < before {
        notes.push("variants that allow the same values were merged");
    }
    match variants.len() {
        0 => {
            members.retain(|word, _| keywords::is_annotation(word));
        }
        1 => {
            members.retain(|word, _| keywords::is_annotation(word));
            let around = std::mem::take(members);
            let only = variants.remove(0);
            if let Some(name) = reference::target(&only) {
                let mut all = annotations(&only);
                all.extend(around);
                *schema = reference::annotated(&name, all);
            } else if let Value::Object(mut only) = only {
                only.extend(around);
                *schema = Value::Object(only);
            }
        }
        _ => {
            members.insert(keyword.to_owned(), Value::Array(variants));
        }
    }
}

fn annotations(schema: &Value) -> Map<String, Value> {
    let members = schema.as_object().into_iter().flatten();
    members
        .filter(|(word, _)| keywords::is_annotation(word))
        .map(|(word, value)| (word.clone(), value.clone()))
        .collect()
}

/// Equal for variants that a value cannot distinguish.
fn identity(variant: &Value) -> String {
    if let Some(name) = reference::target(variant) {
        return name;
    }
    let Some(members) = variant.as_object() else {
        return variant.to_string();
    };
    let is_scalar = matches!(
        keywords::type_of(members),
        Some("integer" | "number" | "boolean" | "string")
    ) && !(members.contains_key("enum") && members["type"] == "string");
    let words: Vec<(&String, &Value)> = members
        .iter()
        .filter(|(word, _)| {
            !keywords::is_annotation(word)
                && (!is_scalar || matches!(word.as_str(), "type" | "format"))
        })
        .collect();
    let mut text = String::from(" ");
    let mut sorted = words;
    sorted.sort_by_key(|(word, _)| word.as_str());
    for (word, value) in sorted {
        text.push_str(word);
        text.push_str(&value.to_string());
    }
    text
}

/// Replaces all enums by one, and removes plain strings next to it.
fn one_enum(variants: Vec<Value>, known: &Known) -> Vec<Value> {
    let facts: Vec<Fact> = variants.iter().map(|variant| known.of(variant)).collect();
    let enums = facts
        .iter()
        .filter(|fact| matches!(fact, Fact::Enum(_)))
        .count();
    let texts = facts
        .iter()
        .filter(|fact| matches!(fact, Fact::Text))
        .count();
    if enums == 0 || enums + texts < 2 {
        return variants;
    }
    let mut kept = Vec::with_capacity(variants.len());
    let mut slot = None;
    let mut values: Vec<Value> = Vec::new();
    let mut seen = HashSet::new();
    for (variant, fact) in variants.into_iter().zip(facts) {
        match fact {
            Fact::Enum(own) => {
                values.extend(
                    own.into_iter()
                        .filter(|value| seen.insert(value.to_string())),
                );
                if slot.is_none() {
                    slot = Some(kept.len());
                    kept.push(variant);
                }
            }
            Fact::Text => {}
            Fact::Any | Fact::Scalar(_) | Fact::Other => kept.push(variant),
        }
    }
    if let (Some(slot), true) = (slot, enums > 1) {
        kept[slot] = json!({ "type": "string", "enum": values });
    }
    kept
}
