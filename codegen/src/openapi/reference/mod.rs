//! References: how a `$ref` is read ([`uri`]), followed ([`resolver`]) and understood where vendors write it otherwise
//! ([`repair`]). Here: those to component schemas, the only ones of the normal form.

pub(crate) mod anchors;
pub(crate) mod repair;
pub(crate) mod resolver;
pub(crate) mod uri;

use serde_json::{Map, Value, json};

use super::keywords;
use crate::pointer::{Pointer, unescaped};

/// What stands before the name.
pub(crate) const PREFIX: &str = "#/components/schemas/";

/// A reference to a component schema.
pub(crate) fn to(name: &str) -> Value {
    json!({ "$ref": text(name) })
}

/// The text of a reference to a component schema.
pub(crate) fn text(name: &str) -> String {
    format!("{PREFIX}{}", name.replace('~', "~0").replace('/', "~1"))
}

/// The component that a reference text names.
pub(crate) fn name_of(text: &str) -> Option<String> {
    let token = text.strip_prefix(PREFIX)?;
    (!token.contains('/')).then(|| unescaped(token))
}

/// The string of the `$ref` that a node is.
pub(crate) fn of(node: &Value) -> Option<&str> {
    node.get("$ref")?.as_str()
}

/// The node whose `$ref` stands at a place; any other place stays as it is.
pub(crate) fn holder(place: &Pointer) -> Pointer {
    match (place.last(), place.parent()) {
        (Some(last), Some(parent)) if last == "$ref" => parent,
        _ => place.clone(),
    }
}

/// The component that a plain reference names.
pub(crate) fn plain(schema: &Value) -> Option<String> {
    name_of(of(schema)?)
}

/// The component that a reference names, also one with annotations: `{allOf: [{$ref}], description, nullable}`.
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
