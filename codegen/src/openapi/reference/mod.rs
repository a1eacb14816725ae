//! References: [`uri`] reads the string of a `$ref`, [`resolver`] follows it, and [`repair`] also understands references that
//! vendors write in other ways. The functions here are for references to component schemas, the only ones in the normal form.

pub(crate) mod anchors;
pub(crate) mod repair;
pub(crate) mod resolver;
pub(crate) mod uri;

use serde_json::{Map, Value, json};

use super::keywords;
use crate::pointer::{Pointer, unescaped};

/// The beginning of a reference to a component schema.
pub(crate) const PREFIX: &str = "#/components/schemas/";

/// A reference to a component schema.
pub(crate) fn to(name: &str) -> Value {
    json!({ "$ref": text(name) })
}

/// The string of a reference to a component schema.
pub(crate) fn text(name: &str) -> String {
    format!("{PREFIX}{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The component schema that the string of a reference names.
pub(crate) fn name_of(text: &str) -> Option<String> {
    let token = text.strip_prefix(PREFIX)?;
    (!token.contains('/')).then(|| unescaped(token))
}

/// The string of the `$ref` of a node.
pub(crate) fn of(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()
}

/// For the place of a `$ref`, its parent; any other place stays as it is.
pub(crate) fn holder(place: &Pointer) -> Pointer {
    match (place.last(), place.parent()) {
        (Some(last), Some(parent)) if last == "$ref" => parent,
        _ => place.clone(),
    }
}

/// The component schema that a `$ref` names.
pub(crate) fn plain(schema: &Value) -> Option<String> {
    name_of(of(schema)?)
}

/// The component schema that a reference names, also a reference with annotations: `{allOf: [{$ref}], description, nullable}`.
pub(crate) fn target(schema: &Value) -> Option<String> {
    if let Some(name) = plain(schema) {
        return Some(name);
    }
    let members = schema.as_object()?;
    let only_annotated = members
        .keys()
        .all(|keyword| keyword == "allOf" || keywords::is_annotation(keyword));
    match members.get("allOf")?.as_array()?.as_slice() {
        [part] if only_annotated => plain(part),
        _ => None,
    }
}

/// A reference with annotations, in the normal form.
pub(crate) fn annotated(name: &str, annotations: Map<String, Value>) -> Value {
    if annotations.is_empty() {
        return to(name);
    }
    let mut members = Map::new();
    members.insert("allOf".to_owned(), Value::Array(vec![to(name)]));
    members.extend(annotations);
    Value::Object(members)
}
