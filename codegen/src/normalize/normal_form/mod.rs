//! The border: what leaves `normalize` for the later steps is an [`openapiv3::OpenAPI`].
//!
//! It is written by hand and not derived: the form is known, `check` has proved it, and a large document takes milliseconds.
//! What no later step reads is left out: examples, extensions, external documentation. What openapiv3 cannot say is
//! [`Supplement`].

mod read;
mod schema;

use std::collections::HashMap;

use openapiv3::OpenAPI;
use serde_json::Number;

use crate::normalize::facts::Facts;
use crate::pointer::Pointer;

/// A document in the normal form.
#[derive(Debug)]
pub(crate) struct NormalForm<'n> {
    pub(crate) document: OpenAPI,
    /// What the passes know of its nodes.
    pub(crate) facts: &'n Facts,
    pub(crate) supplement: Supplement,
}

/// What a document says and openapiv3 cannot.
#[derive(Debug, Default)]
pub(crate) struct Supplement {
    /// Path and method of each operation, in the order of the document.
    pub(crate) operations: Vec<(String, String)>,
    /// The type of each security scheme that OpenAPI 3.0 does not have, by its name.
    pub(crate) schemes: HashMap<String, String>,
    /// Numbers that the typed ones would not be printed as: bounds and values beyond 64 bits with a sign, and `1.0`.
    numbers: HashMap<Pointer, Number>,
}

impl Supplement {
    /// A number of a schema that stands at a keyword (or below it), if the typed one is not the same.
    pub(crate) fn number(&self, schema: &Pointer, keyword: &str) -> Option<&Number> {
        if self.numbers.is_empty() {
            return None;
        }
        self.numbers.get(&schema.join(keyword))
    }

    /// A value of an enum, if the typed one is not the same.
    pub(crate) fn value(&self, schema: &Pointer, index: usize) -> Option<&Number> {
        if self.numbers.is_empty() {
            return None;
        }
        self.numbers.get(&schema.join("enum").index(index))
    }
}

/// A floating point number as documents write it: without a fraction if it has none.
pub(crate) fn number(value: f64) -> Option<Number> {
    /// Beyond 2^53 not every whole number is one.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "it is a whole number")]
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
            panic!("it is no reference");
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
