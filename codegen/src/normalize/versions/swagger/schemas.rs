//! Schemas are almost the same in both versions.

use serde_json::{Map, Value, json};

use super::Conversion;
use crate::openapi::place::Place;
use crate::openapi::walk::outer_first;
use crate::pointer::Pointer;

impl Conversion<'_, '_> {
    /// A schema, with all schemas inside it. Its nodes keep their places in it.
    pub(super) fn schema(&mut self, from: &Pointer, schema: &Value) -> Value {
        let mut schema = schema.clone();
        outer_first(&mut schema, &mut Place::at(from), &mut |schema, place| {
            if let Some(members) = schema.as_object_mut() {
                self.keywords(members, place);
            }
        });
        schema
    }

    fn keywords(&mut self, members: &mut Map<String, Value>, place: &Place) {
        if let Some(Value::String(property)) = members.get("discriminator") {
            // Its values are the names of the definitions, as without a mapping in OpenAPI 3.
            let discriminator = json!({ "propertyName": property });
            members.insert("discriminator".to_owned(), discriminator);
        }
        if members.get("type").is_some_and(|ty| ty == "file") {
            members.insert("type".to_owned(), "string".into());
            members.insert("format".to_owned(), "binary".into());
        }
        // The pass `nullable` reads it, as in OpenAPI 3.
        let nullable = members.shift_remove(NULLABLE);
        self.extensions(members, &place.pointer());
        members.extend(nullable.map(|it| (NULLABLE.to_owned(), it)));
    }

    /// Removes the extensions that other tools read as keywords of OpenAPI 3, and reports what is lost.
    pub(super) fn extensions(&mut self, members: &mut Map<String, Value>, place: &Pointer) {
        if members.get(NULLABLE).is_some_and(|it| *it == false) {
            members.shift_remove(NULLABLE);
        }
        for (name, what) in LOST {
            if members.shift_remove(*name).is_some() {
                self.log
                    .change(&place.join(name), format!("not used: {what}"));
            }
        }
    }
}

/// The extension that says of a schema that its value may be null. Swagger 2.0 has no keyword for it, so most tools use this.
const NULLABLE: &str = "x-nullable";

/// The extensions with a meaning for clients, and what is lost without them.
const LOST: &[(&str, &str)] = &[
    (
        NULLABLE,
        "a parameter that is not in a body of JSON cannot be null",
    ),
    (
        "x-isnullable",
        "extensions do not change the client, except `x-nullable`, which says that a value may be null",
    ),
    (
        "x-oneOf",
        "extensions do not change the client, and Swagger 2.0 has no unions",
    ),
    (
        "x-anyOf",
        "extensions do not change the client, and Swagger 2.0 has no unions",
    ),
    (
        "x-discriminator-value",
        "extensions do not change the client: the name of the definition is the value of the discriminator",
    ),
    (
        "x-deprecated",
        "extensions do not change the client, and Swagger 2.0 has only deprecated operations",
    ),
];
