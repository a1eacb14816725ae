//! What progenitor is shown: one object for each component schema, and one for everything else.
//!
//! The object of a component has a required property for each part of it that is a component itself, for those are the ones
//! that may need a `Box`: which of them, depends on all the others. What any other part is depends on nothing but what it
//! says, so that each different one is a property of the last object, once. A document has few of those: most fields of most
//! documents are strings.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Components, IntegerType, NumberType,
    ObjectType, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};

use super::answer::Answers;
use crate::model::{self, Model, Node, Shape, Typed};
use crate::normalize::schemas::integer_sizes::ANY_SIZE;
use crate::openapi::reference::PREFIX;

/// What progenitor is shown.
pub(super) struct Question<'m> {
    pub(super) document: OpenAPI,
    /// The parts of the model, and where each is asked for.
    pub(super) parts: Vec<(&'m Typed<'m>, Place)>,
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
    pub(super) fn of(model: &'m Model<'m>) -> Self {
        let writer = Writer::new(model);
        let mut objects = vec![Vec::new(); model.schemas.len()];
        let mut others = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut parts = Vec::new();
        let mut ask_once = |typed: &'m Typed<'m>| {
            let mut key = String::new();
            let schema = writer.part(typed, &mut key);
            let property = *known.entry(key).or_insert_with(|| {
                others.push(schema);
                others.len() - 1
            });
            let object = model.schemas.len();
            (typed, Place { object, property })
        };
        for (index, schema) in model.schemas.iter().enumerate() {
            for typed in schema.typed() {
                if typed.node.reference().is_none() {
                    parts.push(ask_once(typed));
                    continue;
                }
                let object: &mut Vec<_> = &mut objects[index];
                object.push(writer.part(typed, &mut String::new()));
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
    fn new(model: &'m Model<'m>) -> Self {
        let schemas = model.schemas.iter().enumerate();
        let targets = schemas.map(|(index, schema)| {
            let is_alias = matches!(schema.shape, Shape::Alias(_));
            let nullable = schema.nullable && !is_alias;
            (schema.name, Target { index, nullable })
        });
        Self {
            targets: targets.collect(),
        }
    }

    /// What of a part decides on its type; `key` gets a text that is the same for the same type.
    fn part(&self, part: &Typed, key: &mut String) -> ReferenceOr<Schema> {
        self.schema(part.node, !part.is_without_null, key)
    }

    fn schema(&self, node: Node, may_be_null: bool, key: &mut String) -> ReferenceOr<Schema> {
        let is_nullable = may_be_null && node.is_nullable();
        if let Some(component) = node.reference() {
            let Some(target) = self.targets.get(component) else {
                return of_kind(SchemaKind::Any(AnySchema::default()));
            };
            let name = name(target.index);
            let reference = ReferenceOr::Reference {
                reference: format!("{PREFIX}{name}"),
            };
            let is_nullable = is_nullable || target.nullable;
            key.push_str(if is_nullable { "?" } else { "" });
            key.push_str(&name);
            if is_nullable {
                let all_of = vec![reference];
                return nullable(of_kind(SchemaKind::AllOf { all_of }));
            }
            return reference;
        }
        key.push_str(if is_nullable { "?" } else { "" });
        let format = node.format().filter(|format| FORMATS.contains(format));
        let ty = match (node, node.ty()) {
            (Node::File, _) | (_, Some(Type::String(_))) => {
                key.push('s');
                Type::String(StringType {
                    format: format.map(str::to_owned).into(),
                    ..StringType::default()
                })
            }
            (_, Some(Type::Integer(_))) => {
                key.push('i');
                Type::Integer(IntegerType {
                    format: format.map(str::to_owned).into(),
                    ..IntegerType::default()
                })
            }
            (_, Some(Type::Number(_))) => {
                key.push('n');
                Type::Number(NumberType {
                    format: format.map(str::to_owned).into(),
                    ..NumberType::default()
                })
            }
            (_, Some(Type::Boolean(_))) => {
                key.push('b');
                Type::Boolean(BooleanType::default())
            }
            (Node::Files, _) | (_, Some(Type::Array(_))) => {
                key.push('[');
                let items = node.items().unwrap_or(Node::Any);
                Type::Array(ArrayType {
                    items: Some(boxed(self.schema(items, true, key))),
                    min_items: None,
                    max_items: None,
                    unique_items: false,
                })
            }
            (_, Some(Type::Object(_))) => {
                key.push('{');
                let values = self.schema(node.values().unwrap_or(Node::Any), true, key);
                Type::Object(ObjectType {
                    additional_properties: Some(AdditionalProperties::Schema(Box::new(values))),
                    ..ObjectType::default()
                })
            }
            (_, None) => return of_kind(SchemaKind::Any(AnySchema::default())),
        };
        key.push_str(format.unwrap_or_default());
        if is_nullable {
            return nullable(item(ty));
        }
        item(ty)
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
