//! The census of parts that became any value (`serde_json::Value`), and why.
//!
//! A part is untyped because its schema allows any value, because of a fault that a warning reports, or because the generator
//! cannot express the schema yet. The last kind is what is left to do; a test counts it.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Model, Shape, Type, Typed};
use crate::normalize::Normalized;
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::openapi::reference::resolver::{MAX_HOPS, node_at, step};
use crate::pointer::Pointer;

/// Why a part is untyped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// The description allows any value there, or does not say what is there.
    Description,
    /// The description has a fault there, which a warning reports.
    Fault,
    /// The generator does not express the schema as a type.
    Generator,
}

/// A part of the API that became any value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Untyped {
    /// What it is in the client: `types::Pet.tags`, `operations::get_pet (body)`.
    pub part: String,
    /// Why it is untyped.
    pub why: Why,
    /// The reason in words, and the place of the schema.
    #[serde(flatten)]
    pub note: Diagnostic,
}

/// Finds the untyped parts. `original` is the document before normalization, `warnings` are those of normalization, with
/// pointers into `original`.
pub(crate) fn untyped(
    model: &Model,
    original: &Value,
    normalized: &Normalized,
    warnings: &[Diagnostic],
) -> Vec<Untyped> {
    let mut found = Vec::new();
    let mut add = |part: String, typed: &Typed| {
        let Some(place) = place_of_any(typed) else {
            return;
        };
        let origin = normalized.origin(&place);
        let below = format!("{origin}/");
        let fault = warnings
            .iter()
            .find(|it| it.pointer == origin || it.pointer.as_str().starts_with(&below));
        let (why, reason) = match fault {
            Some(fault) => (Why::Fault, format!("there is a fault: {}", fault.message)),
            None => match reason(original, &origin) {
                Ok(reason) => (Why::Description, reason),
                Err(reason) => (Why::Generator, reason),
            },
        };
        let note = Diagnostic::note(Code::ANY_VALUE, origin, format!("any value: {reason}"));
        found.push(Untyped { part, why, note });
    };
    for schema in &model.schemas {
        let name = &schema.type_name;
        match &schema.shape {
            Shape::Object(object) => {
                for field in &object.fields {
                    add(format!("types::{name}.{}", field.ident), &field.typed);
                }
                if let Some((ident, typed)) = &object.rest {
                    add(format!("types::{name}.{ident}"), typed);
                }
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    add(format!("types::{name}::{}", variant.ident), &variant.typed);
                }
            }
            Shape::Alias(typed) => add(format!("types::{name}"), typed),
            Shape::StringEnum(_) => {}
        }
    }
    for operation in &model.operations {
        let name = &operation.method_name;
        for parameter in &operation.parameters {
            let part = format!("operations::{name} ({})", parameter.name);
            add(part, &parameter.typed);
        }
        if let Some(body) = &operation.body {
            add(format!("operations::{name} (body)"), &body.typed);
        }
        for response in operation.success.iter().chain(&operation.errors) {
            for typed in response.typed() {
                let part = format!("operations::{name} (response {})", response.variant);
                add(part, typed);
            }
        }
    }
    found
}

/// The place in the normalized document of the schema that became any value.
fn place_of_any(typed: &Typed) -> Option<Pointer> {
    let mut place = typed.place.clone();
    for layer in typed.ty().layers() {
        match layer {
            Type::Any => return Some(place),
            Type::Vec(_) => place = place.join("items"),
            Type::Map(_) => place = place.join("additionalProperties"),
            _ => {}
        }
    }
    None
}

/// Why the description allows any value at a place; the error says which keywords it has there.
fn reason(document: &Value, place: &Pointer) -> Result<String, String> {
    let missing = || Ok("the description does not say what it is".to_owned());
    let Some((_, node)) = node_at(document, place) else {
        return missing();
    };
    match allows_any(document, node, MAX_HOPS) {
        Some(why) => Ok(why.to_owned()),
        None => Err(format!("no type is made of {}", described(node))),
    }
}

/// Why a schema allows any value; `None` if it does not.
fn allows_any(document: &Value, schema: &Value, hops: usize) -> Option<&'static str> {
    const ANY: &str = "the schema allows any value";
    let members = match schema {
        Value::Bool(true) | Value::Null => return Some(ANY),
        Value::Object(members) => members,
        _ => return None,
    };
    let hops = hops.checked_sub(1)?;
    if let Some(text) = reference::of(schema) {
        let (_, target) = step(document, text).ok()?;
        return allows_any(document, target, hops);
    }
    let mut significant = significant(members).peekable();
    if significant.peek().is_none() {
        return Some(ANY);
    }
    if is_null(members) {
        return Some("the only value is `null`");
    }
    let list = |name: &str| members.get(name).and_then(Value::as_array);
    let is_any = |part: &Value| allows_any(document, part, hops).is_some();
    let mut is_open = true;
    for keyword in significant {
        is_open &= match keyword {
            "allOf" => list(keyword).is_some_and(|parts| parts.iter().all(is_any)),
            "anyOf" | "oneOf" => list(keyword).is_some_and(|parts| parts.iter().any(is_any)),
            // They only say which values are not allowed.
            "not" | "if" | "then" | "else" => true,
            _ => false,
        };
    }
    is_open.then_some("the schema only excludes values, or one of its variants allows any")
}

/// Whether a schema allows `null` only.
fn is_null(members: &Map<String, Value>) -> bool {
    let has =
        |name: &str, values: &[Value]| members.get(name).is_some_and(|it| values.contains(it));
    has("type", &[json!("null"), json!(["null"])])
        || has("const", &[Value::Null])
        || has("enum", &[json!([null])])
}

/// The keywords that say which values are valid.
fn significant(members: &Map<String, Value>) -> impl Iterator<Item = &str> {
    const OTHERS: &[&str] = &[
        "$id",
        "$schema",
        "$anchor",
        "$dynamicAnchor",
        "$defs",
        "definitions",
    ];
    let names = members.keys().map(String::as_str);
    names.filter(|name| !keywords::is_annotation(name) && !OTHERS.contains(name))
}

fn described(schema: &Value) -> String {
    let names = schema.as_object().into_iter().flat_map(significant);
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    if names.is_empty() {
        schema.to_string()
    } else {
        names.join(", ")
    }
}
