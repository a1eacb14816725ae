//! The border: reads the normalized document into an [`openapiv3::OpenAPI`] for the later steps.
//!
//! The reader is written by hand and has no errors: `check` has checked the form, and a large document takes milliseconds.
//! It leaves out what no later step reads: examples and external documentation. What openapiv3 cannot hold is in the
//! [`Supplement`].

mod read;
mod schema;

use std::collections::HashMap;

use openapiv3::{OpenAPI, Operation};
use serde_json::Number;

use crate::normalize::facts::Facts;
use crate::pointer::Pointer;

/// A document in the normal form.
#[derive(Debug)]
pub(crate) struct NormalForm<'n> {
    pub(crate) document: OpenAPI,
    /// What the passes know about its nodes.
    pub(crate) facts: &'n Facts,
    pub(crate) supplement: Supplement,
}

/// The parts of a document that openapiv3 cannot hold.
#[derive(Debug, Default)]
pub(crate) struct Supplement {
    /// Each operation with its path and the member of its path item, in the order of the document. openapiv3 knows neither their
    /// order nor the methods of OpenAPI 3.2.
    pub(crate) operations: Vec<(String, String, Operation)>,
    /// By name, the types of those security schemes that have a type unknown to OpenAPI 3.0.
    pub(crate) schemes: HashMap<String, String>,
    /// Numbers that openapiv3 would change: bounds and enum values beyond `i64`, and `1.0`.
    numbers: HashMap<Pointer, Number>,
}

impl Supplement {
    /// The exact number at a keyword of a schema, if openapiv3 cannot hold it.
    pub(crate) fn number(&self, schema: &Pointer, keyword: &str) -> Option<&Number> {
        if self.numbers.is_empty() {
            return None;
        }
        self.numbers.get(&schema.join(keyword))
    }

    /// The exact number among the values of an enum, if openapiv3 cannot hold it.
    pub(crate) fn value(&self, schema: &Pointer, index: usize) -> Option<&Number> {
        if self.numbers.is_empty() {
            return None;
        }
        self.numbers.get(&schema.join("enum").index(index))
    }
}

/// Converts a floating point number to JSON. An integer is written without a fraction.
pub(crate) fn number(value: f64) -> Option<Number> {
    /// 2^53: a `f64` cannot hold every integer beyond it.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "it is an integer")]
        return Some(Number::from(value as i64));
    }
    Number::from_f64(value)
}

#[cfg(test)]
mod tests {
    use openapiv3::{ReferenceOr, SchemaKind, Type};
    use serde_json::{Value, json};

    use super::*;

    fn read(schema: &Value) -> (SchemaKind, Supplement) {
        let document = json!({"components": {"schemas": {"It": schema}}});
        let facts = Facts::default();
        let form = NormalForm::read(&document, &facts);
        let schemas = form.document.components.unwrap().schemas;
        let ReferenceOr::Item(schema) = schemas["It"].clone() else {
            panic!("it is a reference");
        };
        (schema.schema_kind, form.supplement)
    }

    #[test]
    fn numbers_that_openapiv3_cannot_hold_are_kept_as_written() {
        let place = Pointer::from_tokens(["components", "schemas", "It"]);
        let most = u64::MAX;
        let (kind, supplement) = read(&json!({"type": "integer", "minimum": 1, "maximum": most}));
        let SchemaKind::Type(Type::Integer(integer)) = kind else {
            panic!("it is an integer");
        };
        assert_eq!((integer.minimum, integer.maximum), (Some(1), None));
        assert_eq!(supplement.number(&place, "minimum"), None);
        assert_eq!(
            supplement.number(&place, "maximum"),
            Some(&Number::from(most))
        );

        let (_, supplement) = read(&json!({"type": "number", "minimum": 0, "enum": [1, 1.5, 2.0]}));
        assert_eq!(supplement.number(&place, "minimum"), None);
        assert_eq!(supplement.value(&place, 1), None);
        assert_eq!(supplement.value(&place, 2), Number::from_f64(2.0).as_ref());
    }
}
