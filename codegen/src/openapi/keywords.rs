//! The keywords of schemas by their purpose, and the questions about schemas that many passes have.

use serde_json::{Map, Value};

/// Whether a keyword does not affect which values are valid. In the normal form, such keywords are allowed next to a reference.
pub(crate) fn is_annotation(keyword: &str) -> bool {
    matches!(
        keyword,
        "title"
            | "description"
            | "summary"
            | "default"
            | "example"
            | "examples"
            | "deprecated"
            | "readOnly"
            | "writeOnly"
            | "nullable"
            | "externalDocs"
            | "xml"
            | "$comment"
    ) || keyword.starts_with("x-")
}

/// The type of the values that a keyword applies to. A schema without `type` has this type.
pub(crate) fn type_of_keyword(keyword: &str) -> Option<&'static str> {
    match keyword {
        "properties"
        | "additionalProperties"
        | "patternProperties"
        | "propertyNames"
        | "unevaluatedProperties"
        | "minProperties"
        | "maxProperties"
        | "dependentSchemas"
        | "dependentRequired"
        | "required" => Some("object"),
        "items" | "prefixItems" | "minItems" | "maxItems" | "uniqueItems" | "contains"
        | "minContains" | "maxContains" | "unevaluatedItems" | "additionalItems" => Some("array"),
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType"
        | "contentSchema" => Some("string"),
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            Some("number")
        }
        _ => None,
    }
}

/// The `type`, if it is a string.
pub(crate) fn type_of(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("type").and_then(Value::as_str)
}

/// The key in the mapping of a discriminator, after the first passes, for all values that the mapping does not have: the
/// `defaultMapping` of OpenAPI 3.2.
pub(crate) const OTHER_TAGS: &str = "\u{0}";

/// Whether the schema has `allOf`, `oneOf` or `anyOf`.
pub(crate) fn is_composed(schema: &Map<String, Value>) -> bool {
    ["allOf", "oneOf", "anyOf"]
        .iter()
        .any(|keyword| schema.contains_key(*keyword))
}

/// The keyword of a union (`oneOf` before `anyOf`), and its variants.
pub(crate) fn union(schema: &Map<String, Value>) -> Option<(&'static str, &Vec<Value>)> {
    ["oneOf", "anyOf"]
        .into_iter()
        .find_map(|keyword| Some((keyword, schema.get(keyword)?.as_array()?)))
}

/// Whether the schema has `nullable: true`.
pub(crate) fn is_nullable(schema: &Map<String, Value>) -> bool {
    schema.get("nullable") == Some(&Value::Bool(true))
}
