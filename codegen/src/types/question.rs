//! Writes the document that progenitor gets. It contains only what decides types.
//!
//! A `Box` is necessary where components contain each other in a cycle, and all of these components decide which part gets it.
//! So each component that leads to a cycle becomes an object, with one property for each part that leads there directly. The
//! type of any other part depends only on its schema, so one more object has one property for each different schema. In it, one
//! opaque component represents all components that do not lead to a cycle. Documents have few of both: most properties are
//! strings.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Components, IntegerType, NumberType,
    ObjectType, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};

use super::answer::Answers;
use crate::model::{self, Model, Node, Shape, Typed};
use crate::normalize::schemas::number_sizes::{ANY_SIZE, EXACT};
use crate::openapi::reference::PREFIX;

/// The document that progenitor gets.
pub(super) struct Question<'m> {
    pub(super) document: OpenAPI,
    /// The parts of the model, and the property that decides the type of each.
    pub(super) parts: Vec<(&'m Typed<'m>, Place)>,
}

/// The property that decides a type.
#[derive(Clone, Copy)]
pub(super) struct Place {
    object: usize,
    property: usize,
    /// The component that the opaque one represents.
    target: Option<Target>,
}

impl Place {
    pub(super) fn in_answers(self, answers: &Answers) -> Option<model::Type> {
        let mut ty = answers.get(&self.object)?.get(self.property)?.clone();
        if let Some(target) = self.target {
            ty.refer_to(target.index);
        }
        Some(ty)
    }
}

impl<'m> Question<'m> {
    pub(super) fn of(model: &'m Model<'m>) -> Self {
        let writer = Writer::new(model);
        let mut objects = BTreeMap::from([(writer.opaque, Vec::new())]);
        let others = writer.opaque + 1;
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut parts = Vec::new();
        for (index, typed) in model.typed_by_schema() {
            let target = writer.target(typed.node.component());
            let is_direct = typed.node.reference().is_some();
            let mut key = String::new();
            let schema = writer.part(typed, &mut key);
            let object = match index {
                Some(index) if is_direct && target.is_some_and(|it| it.leads_to_cycle) => index,
                _ => others,
            };
            let properties: &mut Vec<_> = objects.entry(object).or_default();
            let ask = || {
                properties.push(schema);
                properties.len() - 1
            };
            let property = if object == others {
                *known.entry(key).or_insert_with(ask)
            } else {
                ask()
            };
            let target = target.filter(|it| !it.leads_to_cycle);
            let place = Place {
                object,
                property,
                target,
            };
            parts.push((typed, place));
        }
        // Of a cycle, the first object that leads into it decides where the `Box` is: the oldest, so that no other changes it.
        let mut schemas: Vec<_> = objects.into_iter().collect();
        schemas.sort_by_key(|(number, _)| {
            let schema = model.schemas.get(*number);
            // The opaque component and the other parts are last.
            (schema.is_none(), schema.map(|schema| schema.rank))
        });
        let schemas = schemas.into_iter();
        let schemas = schemas.map(|(number, parts)| (name(number), object(parts)));
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

/// The name of the object of a number.
pub(super) fn name(index: usize) -> String {
    format!("T{index}")
}

/// The number of the object of a name.
pub(super) fn number(name: &str) -> Option<usize> {
    name.strip_prefix('T')?.parse().ok()
}

fn object(mut parts: Vec<ReferenceOr<Schema>>) -> ReferenceOr<Schema> {
    if parts.is_empty() {
        // Without properties it would be a map.
        parts.push(item(Type::String(StringType::default())));
    }
    let parts = parts.into_iter().enumerate();
    // progenitor sorts properties by name, so all numbers need the same length.
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

/// Writes the schemas that progenitor gets.
struct Writer<'m> {
    targets: HashMap<&'m str, Target>,
    /// The number of the opaque component.
    opaque: usize,
}

/// The component schema that a reference names.
#[derive(Clone, Copy)]
struct Target {
    /// Its number.
    index: usize,
    /// Whether `null` is one of its values, although its Rust type has none.
    nullable: bool,
    leads_to_cycle: bool,
}

impl<'m> Writer<'m> {
    fn new(model: &'m Model<'m>) -> Self {
        let schemas = model.schemas.iter().enumerate();
        let targets = schemas.map(|(index, schema)| {
            let is_alias = matches!(schema.shape, Shape::Alias(_));
            let target = Target {
                index,
                nullable: schema.nullable && !is_alias,
                leads_to_cycle: true,
            };
            (schema.name, target)
        });
        let mut writer = Self {
            targets: targets.collect(),
            opaque: model.schemas.len(),
        };
        writer.find_cycles(model);
        writer
    }

    /// Finds the components that do not lead to a cycle: directly, they contain only such components.
    fn find_cycles(&mut self, model: &'m Model<'m>) {
        let mut holders = vec![Vec::new(); model.schemas.len()];
        let mut open = vec![0; model.schemas.len()];
        for (index, schema) in model.schemas.iter().enumerate() {
            for typed in schema.typed() {
                if let Some(target) = self.target(typed.node.reference()) {
                    holders[target.index].push(index);
                    open[index] += 1;
                }
            }
        }
        let mut done: Vec<usize> = (0..open.len()).filter(|index| open[*index] == 0).collect();
        while let Some(index) = done.pop() {
            if let Some(target) = self.targets.get_mut(model.schemas[index].name) {
                target.leads_to_cycle = false;
            }
            for holder in &holders[index] {
                open[*holder] -= 1;
                if open[*holder] == 0 {
                    done.push(*holder);
                }
            }
        }
    }

    fn target(&self, component: Option<&str>) -> Option<Target> {
        self.targets.get(component?).copied()
    }

    /// The schema that decides the type of a part. `key` becomes a text that is the same for the same type.
    fn part(&self, part: &Typed, key: &mut String) -> ReferenceOr<Schema> {
        self.schema(part.node, !part.is_without_null, key)
    }

    fn schema(&self, node: Node, may_be_null: bool, key: &mut String) -> ReferenceOr<Schema> {
        let is_nullable = may_be_null && node.is_nullable();
        if let Some(component) = node.reference() {
            let Some(target) = self.target(Some(component)) else {
                return of_kind(SchemaKind::Any(AnySchema::default()));
            };
            let name = name(if target.leads_to_cycle {
                target.index
            } else {
                self.opaque
            });
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

/// The formats that have a Rust type. `float` has none: every number in a value of `serde_json` is an `f64`, and an `f32` would
/// have other digits there.
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
    EXACT,
];
