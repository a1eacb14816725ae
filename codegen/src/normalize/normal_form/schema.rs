//! Reads schemas.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Discriminator, IntegerType,
    NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};
use serde_json::{Number, Value};

use super::number;
use super::read::{Reader, elements, is_true, members, text};
use crate::pointer::Pointer;

impl<'d> Reader<'d> {
    pub(super) fn schema(&mut self, node: &'d Value) -> ReferenceOr<Schema> {
        match node["$ref"].as_str() {
            Some(reference) => ReferenceOr::ref_(reference),
            None => ReferenceOr::Item(self.item(node)),
        }
    }

    fn boxed(&mut self, node: &'d Value) -> ReferenceOr<Box<Schema>> {
        match node["$ref"].as_str() {
            Some(reference) => ReferenceOr::ref_(reference),
            None => ReferenceOr::boxed_item(self.item(node)),
        }
    }

    fn item(&mut self, node: &'d Value) -> Schema {
        let discriminator = text(&node["discriminator"], "propertyName");
        let mapping = members(&node["discriminator"], "mapping");
        let mapping = mapping
            .filter_map(|(value, target)| Some((value.clone(), target.as_str()?.to_owned())));
        Schema {
            schema_data: SchemaData {
                nullable: is_true(node, "nullable"),
                read_only: is_true(node, "readOnly"),
                write_only: is_true(node, "writeOnly"),
                deprecated: is_true(node, "deprecated"),
                title: text(node, "title"),
                description: text(node, "description"),
                default: node.get("default").cloned(),
                discriminator: discriminator.map(|property_name| Discriminator {
                    property_name,
                    mapping: mapping.collect(),
                    ..Discriminator::default()
                }),
                ..SchemaData::default()
            },
            schema_kind: self.kind(node),
        }
    }

    fn kind(&mut self, node: &'d Value) -> SchemaKind {
        if let Some(all_of) = self.variants(node, "allOf") {
            return SchemaKind::AllOf { all_of };
        }
        if let Some(any_of) = self.variants(node, "anyOf") {
            return SchemaKind::AnyOf { any_of };
        }
        if let Some(one_of) = self.variants(node, "oneOf") {
            return SchemaKind::OneOf { one_of };
        }
        SchemaKind::Type(match node["type"].as_str() {
            Some("string") => Type::String(StringType {
                format: text(node, "format").into(),
                pattern: text(node, "pattern"),
                enumeration: elements(node, "enum")
                    .map(|value| value.as_str().map(str::to_owned))
                    .collect(),
                min_length: size(node, "minLength"),
                max_length: size(node, "maxLength"),
            }),
            Some("integer") => Type::Integer(IntegerType {
                format: text(node, "format").into(),
                multiple_of: node["multipleOf"].as_i64(),
                exclusive_minimum: is_true(node, "exclusiveMinimum"),
                exclusive_maximum: is_true(node, "exclusiveMaximum"),
                minimum: self.number(node, "minimum", integer),
                maximum: self.number(node, "maximum", integer),
                enumeration: self.values(node, integer),
            }),
            Some("number") => Type::Number(NumberType {
                format: text(node, "format").into(),
                multiple_of: node["multipleOf"].as_f64(),
                exclusive_minimum: is_true(node, "exclusiveMinimum"),
                exclusive_maximum: is_true(node, "exclusiveMaximum"),
                minimum: self.number(node, "minimum", float),
                maximum: self.number(node, "maximum", float),
                enumeration: self.values(node, float),
            }),
            Some("boolean") => Type::Boolean(BooleanType {
                enumeration: elements(node, "enum").map(Value::as_bool).collect(),
            }),
            Some("array") => Type::Array(ArrayType {
                items: Some(self.at("items", |reader| reader.boxed(&node["items"]))),
                min_items: size(node, "minItems"),
                max_items: size(node, "maxItems"),
                unique_items: is_true(node, "uniqueItems"),
            }),
            Some("object") => Type::Object(self.object(node)),
            _ => return SchemaKind::Any(AnySchema::default()),
        })
    }

    fn variants(
        &mut self,
        node: &'d Value,
        keyword: &'static str,
    ) -> Option<Vec<ReferenceOr<Schema>>> {
        let variants = node.get(keyword)?.as_array()?.iter().enumerate();
        Some(self.at(keyword, |reader| {
            variants
                .map(|(index, node)| reader.at(index.to_string(), |reader| reader.schema(node)))
                .collect()
        }))
    }

    fn object(&mut self, node: &'d Value) -> ObjectType {
        let properties = self.at("properties", |reader| {
            let properties = members(node, "properties");
            properties
                .map(|(name, node)| (name.clone(), reader.at(name, |it| it.boxed(node))))
                .collect()
        });
        let required = elements(node, "required").filter_map(Value::as_str);
        ObjectType {
            properties,
            required: required.map(str::to_owned).collect(),
            additional_properties: node.get("additionalProperties").map(|rest| match rest {
                Value::Bool(any) => AdditionalProperties::Any(*any),
                schema => {
                    let schema = self.at("additionalProperties", |reader| reader.schema(schema));
                    AdditionalProperties::Schema(Box::new(schema))
                }
            }),
            min_properties: size(node, "minProperties"),
            max_properties: size(node, "maxProperties"),
        }
    }

    /// Reads a bound.
    fn number<T>(&mut self, node: &Value, keyword: &'static str, read: Read<T>) -> Option<T> {
        let number = node[keyword].as_number()?;
        self.at(keyword, |reader| reader.exactly(number, read))
    }

    /// Reads the values of an enum of numbers.
    fn values<T>(&mut self, node: &Value, read: Read<T>) -> Vec<Option<T>> {
        self.at("enum", |reader| {
            let values = elements(node, "enum").enumerate();
            values
                .map(|(index, value)| {
                    let number = value.as_number()?;
                    reader.at(index.to_string(), |reader| reader.exactly(number, read))
                })
                .collect()
        })
    }

    fn exactly<T>(&mut self, number: &Number, read: Read<T>) -> Option<T> {
        let (value, printed) = read(number).unzip();
        if printed.flatten().as_ref() != Some(number) {
            let place = Pointer::from_tokens(&self.place);
            self.supplement.numbers.insert(place, number.clone());
        }
        value
    }
}

/// Converts a number to the type of openapiv3, and back: the second is what would be printed.
type Read<T> = fn(&Number) -> Option<(T, Option<Number>)>;

fn integer(value: &Number) -> Option<(i64, Option<Number>)> {
    let value = value.as_i64()?;
    Some((value, Some(Number::from(value))))
}

fn float(value: &Number) -> Option<(f64, Option<Number>)> {
    let value = value.as_f64()?;
    Some((value, number(value)))
}

fn size(node: &Value, keyword: &str) -> Option<usize> {
    usize::try_from(node[keyword].as_u64()?).ok()
}
