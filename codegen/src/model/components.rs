//! The component schemas, for those who ask what a reference leads to.

use std::collections::HashMap;

use serde_json::Value;

use super::reference;
use super::schema::{Schema, Shape};

/// The schemas by the names that the document has for them.
pub(super) struct Components<'d>(HashMap<&'d str, &'d Schema>);

/// What a value is to a parameter or a part.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Scalar,
    Array,
    Object,
    Any,
}

impl<'d> Components<'d> {
    pub(super) fn new(schemas: &'d [Schema]) -> Self {
        let schemas = schemas.iter();
        Self(
            schemas
                .map(|schema| (schema.name.as_str(), schema))
                .collect(),
        )
    }

    pub(super) fn get(&self, name: &str) -> Option<&'d Schema> {
        self.0.get(name).copied()
    }

    /// What a schema is another name for.
    pub(super) fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let mut schema = schema;
        // No chain of names is longer than there are names.
        for _ in 0..self.0.len() {
            let target = reference(schema).and_then(|name| self.0.get(name.as_str()));
            match target.map(|target| &target.shape) {
                Some(Shape::Alias(typed)) => schema = &typed.schema,
                _ => break,
            }
        }
        schema
    }

    pub(super) fn kind(&self, schema: &Value) -> Kind {
        self.kind_at(schema, 0)
    }

    fn kind_at(&self, schema: &Value, depth: usize) -> Kind {
        // Deeper than this no chain of names leads; what does is no scalar.
        if depth > 64 {
            return Kind::Any;
        }
        if let Some(name) = reference(schema) {
            return match self.0.get(name.as_str()).map(|schema| &schema.shape) {
                Some(Shape::StringEnum(_)) => Kind::Scalar,
                Some(Shape::Object(_)) => Kind::Object,
                Some(Shape::Alias(typed)) => self.kind_at(&typed.schema, depth + 1),
                Some(Shape::Union(_)) | None => Kind::Any,
            };
        }
        match schema["type"].as_str() {
            _ if schema["nullable"] == true => Kind::Any,
            Some("string" | "integer" | "number" | "boolean") => Kind::Scalar,
            Some("array") => Kind::Array,
            Some("object") => Kind::Object,
            _ => Kind::Any,
        }
    }
}
