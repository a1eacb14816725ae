//! Parameters that are not in the body, and their schemas.

use serde_json::{Map, Value, json};

use super::Conversion;
use super::binary;
use super::collections::Collection;
use crate::pointer::Pointer;

/// The keywords of a schema that stand in the parameter itself.
pub(super) const SCHEMA_KEYWORDS: [&str; 16] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
];

impl Conversion<'_, '_> {
    /// A parameter of a path, a query or a header; or a header of a response, which has neither a name nor a location.
    pub(super) fn parameter(
        &mut self,
        from: &Pointer,
        to: &Pointer,
        members: &Map<String, Value>,
    ) -> Value {
        let location = members.get("in").and_then(Value::as_str);
        let location = location.unwrap_or("header").to_ascii_lowercase();
        let mut parameter = Map::new();
        for (name, value) in members {
            let is_of_schema = SCHEMA_KEYWORDS.contains(&name.as_str());
            if !is_of_schema && name != "collectionFormat" {
                parameter.insert(name.clone(), value.clone());
            }
        }
        self.extensions(&mut parameter, from);
        if let Some(schema) = members.get("schema") {
            let schema = self.schema(&from.join("schema"), schema);
            parameter.insert("schema".to_owned(), schema);
            return Value::Object(parameter);
        }
        let collection = self.collection(from, members, &location);
        let schema = self.schema_of(from, &to.join("schema"), members, collection);
        if let Some(schema) = schema {
            parameter.insert("schema".to_owned(), schema);
        }
        if let Collection::Styled(style, explode) = collection {
            let place = from.join("collectionFormat");
            self.places.made(&place, &to.join("style"));
            self.places.made(&place, &to.join("explode"));
            parameter.insert("style".to_owned(), style.into());
            parameter.insert("explode".to_owned(), explode.into());
        }
        Value::Object(parameter)
    }

    /// The schema that stands in a parameter itself; `None` if it has no keyword of a schema.
    pub(super) fn schema_of(
        &mut self,
        from: &Pointer,
        to: &Pointer,
        members: &Map<String, Value>,
        collection: Collection,
    ) -> Option<Value> {
        self.places.made(from, to);
        if members.get("type").is_some_and(|ty| ty == "file") {
            return Some(binary());
        }
        if collection == Collection::Joined {
            return Some(json!({"type": "string"}));
        }
        let mut schema = Map::new();
        for keyword in SCHEMA_KEYWORDS {
            let Some(value) = members.get(keyword) else {
                continue;
            };
            let place = from.join(keyword);
            self.places.add(&place, &to.join(keyword));
            let value = match keyword {
                "items" => self.items(&place, value),
                _ => value.clone(),
            };
            schema.insert(keyword.to_owned(), value);
        }
        (!schema.is_empty()).then(|| schema.into())
    }
}
