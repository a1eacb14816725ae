//! What progenitor is shown: one object for each component schema, and one for everything else.
//!
//! The object of a component has a required property for each part of it that is a component itself, for those are the ones
//! that may need a `Box`: which of them, depends on all the others. What any other part is depends on nothing but what it
//! says, so that each different one is a property of the last object, once. A document has few of those: most fields of most
//! documents are strings.

use std::collections::HashMap;
use std::fmt::Write;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Components, IntegerType, NumberType,
    ObjectType, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
    VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::answer::Answers;
use crate::model::{self, Model, Shape, Typed};
use crate::normalize::schemas::integer_sizes::ANY_SIZE;

/// What progenitor is shown.
pub(super) struct Question<'m> {
    pub(super) document: OpenAPI,
    /// The parts of the model, and where each is asked for.
    pub(super) parts: Vec<(&'m Typed, Place)>,
}

/// The property that asks for a type.
#[derive(Clone, Copy)]
pub(super) struct Place {
    object: usize,
    property: usize,
}

impl Place {
    pub(super) fn in_answers(self, answers: &Answers) -> Option<model::Type> {
        answers.get(self.object)?.get(self.property).cloned()
    }
}

impl<'m> Question<'m> {
    pub(super) fn of(model: &'m Model) -> Self {
        let writer = Writer::new(model);
        let mut objects = vec![Vec::new(); model.schemas.len()];
        let mut others = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut parts = Vec::new();
        let mut ask_once = |typed: &'m Typed| {
            let mut key = String::new();
            let schema = writer.schema(&typed.schema, &mut key);
            let property = *known.entry(key).or_insert_with(|| {
                others.push(schema);
                others.len() - 1
            });
            let object = model.schemas.len();
            (typed, Place { object, property })
        };
        for (index, schema) in model.schemas.iter().enumerate() {
            for typed in schema.typed() {
                if model::reference(&typed.schema).is_none() {
                    parts.push(ask_once(typed));
                    continue;
                }
                let object: &mut Vec<_> = &mut objects[index];
                object.push(writer.schema(&typed.schema, &mut String::new()));
                let property = object.len() - 1;
                let object = index;
                parts.push((typed, Place { object, property }));
            }
        }
        for operation in &model.operations {
            parts.extend(operation.typed().into_iter().map(&mut ask_once));
        }
        objects.push(others);
        let schemas = objects.into_iter().enumerate();
        let schemas = schemas.map(|(index, parts)| (name(index), object(parts)));
        let document = OpenAPI {
            openapi: "3.0.3".to_owned(),
            components: Some(Components {
                schemas: schemas.collect(),
                ..Components::default()
            }),
            ..OpenAPI::default()
        };
        Self { document, parts }
    }
}

/// What the object of a number is called.
pub(super) fn name(index: usize) -> String {
    format!("T{index}")
}

/// The number of the object that is called so.
pub(super) fn number(name: &str) -> Option<usize> {
    name.strip_prefix('T')?.parse().ok()
}

fn object(mut parts: Vec<ReferenceOr<Schema>>) -> ReferenceOr<Schema> {
    if parts.is_empty() {
        // An object without properties would be a map.
        parts.push(item(Type::String(StringType::default())));
    }
    let parts = parts.into_iter().enumerate();
    // progenitor sorts properties by name, so that the numbers have to be equally long.
    let properties: IndexMap<_, _> = parts
        .map(|(index, part)| (format!("f{index:07}"), boxed(part)))
        .collect();
    item(Type::Object(ObjectType {
        required: properties.keys().cloned().collect(),
        properties,
        ..ObjectType::default()
    }))
}

fn item(ty: Type) -> ReferenceOr<Schema> {
    of_kind(SchemaKind::Type(ty))
}

fn of_kind(schema_kind: SchemaKind) -> ReferenceOr<Schema> {
    ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind,
    })
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
    }
}

/// Writes schemas as progenitor is shown them.
struct Writer<'m> {
    targets: HashMap<&'m str, Target>,
}

/// What a reference to a component schema means.
#[derive(Clone, Copy)]
struct Target {
    /// Its number.
    index: usize,
    /// Whether `null` is one of its values, which its Rust type does not say.
    nullable: bool,
}

impl<'m> Writer<'m> {
    fn new(model: &'m Model) -> Self {
        let schemas = model.schemas.iter().enumerate();
        let targets = schemas.map(|(index, schema)| {
            let is_alias = matches!(schema.shape, Shape::Alias(_));
            let nullable = schema.nullable && !is_alias;
            (schema.name.as_str(), Target { index, nullable })
        });
        Self {
            targets: targets.collect(),
        }
    }

    /// What of a schema decides on its type; `key` gets a text that is the same for the same type.
    fn schema(&self, schema: &Value, key: &mut String) -> ReferenceOr<Schema> {
        if let Some(component) = model::reference(schema) {
            let Some(target) = self.targets.get(component.as_str()) else {
                return of_kind(SchemaKind::Any(AnySchema::default()));
            };
            let name = name(target.index);
            let reference = ReferenceOr::Reference {
                reference: format!("#/components/schemas/{name}"),
            };
            key.push_str(&name);
            if target.nullable || schema["nullable"] == true {
                key.push('?');
                let all_of = vec![reference];
                return nullable(of_kind(SchemaKind::AllOf { all_of }));
            }
            return reference;
        }
        let format = schema["format"]
            .as_str()
            .filter(|format| FORMATS.contains(format));
        let ty = match schema["type"].as_str() {
            Some("string") => Type::String(StringType {
                format: VariantOrUnknownOrEmpty::from(format.map(str::to_owned)),
                ..StringType::default()
            }),
            Some("integer") => Type::Integer(IntegerType {
                format: VariantOrUnknownOrEmpty::from(format.map(str::to_owned)),
                ..IntegerType::default()
            }),
            Some("number") => Type::Number(NumberType {
                format: VariantOrUnknownOrEmpty::from(format.map(str::to_owned)),
                ..NumberType::default()
            }),
            Some("boolean") => Type::Boolean(BooleanType::default()),
            Some("array") => {
                key.push('[');
                Type::Array(ArrayType {
                    items: Some(boxed(self.schema(&schema["items"], key))),
                    min_items: None,
                    max_items: None,
                    unique_items: false,
                })
            }
            Some("object") => {
                key.push('{');
                let values = schema
                    .get("additionalProperties")
                    .filter(|values| values.is_object());
                let values = self.schema(values.unwrap_or(&Value::Null), key);
                Type::Object(ObjectType {
                    additional_properties: Some(AdditionalProperties::Schema(Box::new(values))),
                    ..ObjectType::default()
                })
            }
            _ => return of_kind(SchemaKind::Any(AnySchema::default())),
        };
        let is_nullable = schema["nullable"] == true;
        let mark = if is_nullable { "?" } else { "" };
        let kind = schema["type"].as_str().unwrap_or_default();
        let _ = write!(key, "{kind}/{}{mark}", format.unwrap_or_default());
        if is_nullable {
            nullable(item(ty))
        } else {
            item(ty)
        }
    }
}

fn nullable(mut schema: ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    if let ReferenceOr::Item(schema) = &mut schema {
        schema.schema_data.nullable = true;
    }
    schema
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
    ANY_SIZE,
];
