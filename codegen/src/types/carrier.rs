//! Carriers: plain objects whose required properties are the parts of one schema or operation. The engine makes a struct of
//! each, and the types of its fields are the answer.

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use syn::Type;

use super::engine::Structs;

use crate::Pointer;
use crate::model::{self, Typed};
use crate::normalize::schemas::integer_sizes::ANY_SIZE;

/// What belongs together: the parts of one schema or of one operation.
pub(super) struct Group<'m> {
    pub(super) place: &'m Pointer,
    pub(super) parts: Vec<&'m Typed>,
}

/// What a reference to a component schema means.
#[derive(Clone, Copy)]
pub(super) struct Target {
    /// Its number.
    pub(super) index: usize,
    /// Whether `null` is one of its values, which its Rust type does not say.
    pub(super) nullable: bool,
}

/// The carriers of all groups.
pub(super) struct Carriers {
    objects: Vec<Value>,
    parts: Vec<usize>,
}

/// Formats that have a Rust type; any other is for the reader. `float` has none: a number that is read as `f32` is written with
/// other digits wherever it passes through an `f64`, as every value of `serde_json` does.
const FORMATS: &[&str] = &[
    "date",
    "date-time",
    "uuid",
    "int32",
    "int64",
    "uint32",
    "uint64",
    "double",
];

/// The name of what stands for integers of any size, which the engine has no type for.
pub(crate) const ANY_INTEGER: &str = "TInteger";

impl Carriers {
    pub(super) fn new(groups: &[Group], targets: &HashMap<&str, Target>) -> Self {
        let objects = groups.iter().map(|group| carrier(group, targets)).collect();
        let parts = groups.iter().map(|group| group.parts.len()).collect();
        Self { objects, parts }
    }

    /// A document with the chosen carriers. References to the others lead to empty ones.
    pub(super) fn document(&self, chosen: &[usize]) -> Value {
        let mut schemas = Map::new();
        let empty = json!({"type": "object", "required": ["empty"], "properties": {"empty": {"type": "string"}}});
        let mut chosen = chosen.iter().copied().peekable();
        for (index, object) in self.objects.iter().enumerate() {
            let object = if chosen.next_if_eq(&index).is_some() {
                object
            } else {
                &empty
            };
            schemas.insert(name(index), object.clone());
        }
        schemas.insert(ANY_INTEGER.to_owned(), empty);
        json!({
            "openapi": "3.0.3",
            "info": {"title": "Carriers", "version": "0"},
            "paths": {},
            "components": {"schemas": schemas},
        })
    }

    /// The types that the engine found, group by group.
    pub(super) fn types(&self, structs: &Structs) -> Vec<Vec<Type>> {
        // Few types are many fields.
        let mut known: HashMap<&str, Type> = HashMap::new();
        let mut read = |text| {
            let parse = || syn::parse_str(text).expect("it was printed from a type");
            known.entry(text).or_insert_with(parse).clone()
        };
        let parts = self.parts.iter().enumerate();
        parts
            .map(|(index, parts)| {
                let fields = structs.get(&name(index)).into_iter().flatten();
                fields.take(*parts).map(|text| read(text)).collect()
            })
            .collect()
    }
}

/// What the carrier of a number is called.
fn name(index: usize) -> String {
    format!("T{index}")
}

fn carrier(group: &Group, targets: &HashMap<&str, Target>) -> Value {
    // The engine sorts properties by name, so that the numbers have to be equally long.
    let mut properties: Map<String, Value> = group
        .parts
        .iter()
        .enumerate()
        .map(|(index, part)| (format!("f{index:06}"), plain(&part.schema, targets)))
        .collect();
    if properties.is_empty() {
        properties.insert("empty".to_owned(), json!({"type": "string"}));
    }
    let required: Vec<String> = properties.keys().cloned().collect();
    json!({"type": "object", "required": required, "properties": properties})
}

/// What of a schema decides on its type.
fn plain(schema: &Value, targets: &HashMap<&str, Target>) -> Value {
    if let Some(name) = model::reference(schema) {
        let Some(target) = targets.get(name.as_str()) else {
            return json!({});
        };
        let reference =
            json!({"$ref": format!("#/components/schemas/{}", self::name(target.index))});
        return if target.nullable || schema["nullable"] == true {
            json!({"allOf": [reference], "nullable": true})
        } else {
            reference
        };
    }
    let mut plain = match schema["type"].as_str() {
        Some("integer") if schema["format"] == ANY_SIZE => {
            let reference = json!({"$ref": format!("#/components/schemas/{ANY_INTEGER}")});
            json!({"allOf": [reference]})
        }
        Some(kind @ ("string" | "integer" | "number" | "boolean")) => {
            let format = schema["format"]
                .as_str()
                .filter(|format| FORMATS.contains(format));
            match format {
                Some(format) => json!({"type": kind, "format": format}),
                None => json!({"type": kind}),
            }
        }
        Some("array") => json!({"type": "array", "items": self::plain(&schema["items"], targets)}),
        Some("object") => {
            let values = schema
                .get("additionalProperties")
                .filter(|values| values.is_object());
            let values = values.map_or(json!({}), |values| self::plain(values, targets));
            json!({"type": "object", "additionalProperties": values})
        }
        _ => return json!({}),
    };
    if schema["nullable"] == true {
        plain["nullable"] = json!(true);
    }
    plain
}
