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
use crate::normalize::schemas::members;
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::openapi::reference::resolver::follow;
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

/// The facts of the component schemas, aliases included.
struct Known(HashMap<String, Fact>);

impl Known {
    fn new(document: &Value) -> Self {
        let schemas = document.pointer("/components/schemas");
        let fact = |name: &String| {
            let schema = |name: &String| schemas?.get(name);
            let end = follow(name.clone(), |name| reference::target(schema(name)?));
            schema(&end.ok()?).map(of_keywords)
        };
        // A loop of aliases, or an alias without a schema, is rejected by other passes.
        let fact = |name: &String| fact(name).unwrap_or(Fact::Other);
        Self(
            members(schemas)
                .map(|(name, _)| (name.clone(), fact(name)))
                .collect(),
        )
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
    if members
        .keys()
        .all(|keyword| keywords::is_annotation(keyword))
    {
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
            members.retain(|keyword, _| keywords::is_annotation(keyword));
        }
        1 => {
            members.retain(|keyword, _| keywords::is_annotation(keyword));
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
    let annotations = members(Some(schema)).filter(|(keyword, _)| keywords::is_annotation(keyword));
    annotations
        .map(|(keyword, value)| (keyword.clone(), value.clone()))
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
    let mut distinct: Vec<(&String, &Value)> = members
        .iter()
        .filter(|(keyword, _)| match keyword.as_str() {
            "type" | "format" => true,
            other => !is_scalar && !keywords::is_annotation(other),
        })
        .collect();
    distinct.sort_by_key(|(keyword, _)| keyword.as_str());
    let texts = distinct
        .iter()
        .map(|(keyword, value)| format!("{keyword}{value}"));
    format!(" {}", texts.collect::<String>())
}

/// Replaces all enums by one, and removes plain strings next to it.
fn one_enum(variants: Vec<Value>, known: &Known) -> Vec<Value> {
    let facts: Vec<Fact> = variants.iter().map(|variant| known.of(variant)).collect();
    let count = |is_meant: fn(&&Fact) -> bool| facts.iter().filter(is_meant).count();
    let enums = count(|fact| matches!(fact, Fact::Enum(_)));
    let texts = count(|fact| matches!(fact, Fact::Text));
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
