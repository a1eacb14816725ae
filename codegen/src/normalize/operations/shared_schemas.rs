//! Moves the inline schemas of shared parameters, headers, request bodies and responses to components.
//!
//! `references` will copy those nodes to all operations that use them. Each schema remains one type, named after its node.

use serde_json::{Map, Value, json};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::grammar::Kind;
use crate::openapi::names::Names;
use crate::openapi::walk::each;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "shared-schemas",
    "names the schemas of shared parameters, bodies and responses",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    for kind in [
        Kind::Parameter,
        Kind::RequestBody,
        Kind::Response,
        Kind::Header,
    ] {
        name_schemas(document, log, kind);
    }
}

/// Moves the schemas of shared nodes of a kind to components that are named after the nodes.
fn name_schemas(document: &mut Value, log: &mut Log, kind: Kind) {
    let Some(section_name) = kind.section() else {
        return;
    };
    let section_place = Pointer::from_tokens(["components", section_name]);
    let mut schemas = match document.pointer_mut("/components/schemas") {
        Some(Value::Object(schemas)) => std::mem::take(schemas),
        Some(_) => return,
        None => Map::new(),
    };
    let mut taken = Names::exact(schemas.keys().map(String::as_str));
    let mut moves = Vec::new();
    each(document, kind, |place, members| {
        // Nodes of operations have longer pointers.
        if place.parent().as_ref() != Some(&section_place) {
            return;
        }
        let Some(component) = place.last() else {
            return;
        };
        for (place, schema) in own_schemas(place, members) {
            if !deserves_name(schema) {
                continue;
            }
            let name = free_name(&mut taken, &component, kind);
            let to = Pointer::from_tokens(["components", "schemas", &name]);
            let reference = json!({"$ref": format!("#{to}")});
            schemas.insert(name, std::mem::replace(schema, reference));
            moves.push((place, to));
        }
    });
    if !schemas.is_empty() {
        document["components"]["schemas"] = Value::Object(schemas);
    }
    for (from, to) in moves {
        let name = to.last().unwrap_or_default();
        log.change(&from, format!("the schema is named `{name}`"));
        log.moved(&from, &to);
    }
}

/// The schemas of a parameter, header, body or response, with their places.
fn own_schemas<'m>(
    place: &Pointer,
    members: &'m mut Map<String, Value>,
) -> Vec<(Pointer, &'m mut Value)> {
    let mut schemas = Vec::new();
    for (name, member) in members {
        let place = place.join(name);
        match (name.as_str(), member) {
            ("schema", schema) => schemas.push((place, schema)),
            ("content", Value::Object(content)) => {
                for (media_type, value) in content {
                    if let Some(schema) = value.get_mut("schema") {
                        schemas.push((place.join(media_type).join("schema"), schema));
                    }
                }
            }
            _ => {}
        }
    }
    schemas
}

/// Whether a schema becomes a type with a name.
fn deserves_name(schema: &Value) -> bool {
    let has = |keyword: &str| schema.get(keyword).is_some();
    !has("$ref")
        && (["properties", "allOf", "oneOf", "anyOf", "enum"]
            .iter()
            .any(|keyword| has(keyword))
            || ["items", "additionalProperties"]
                .iter()
                .any(|keyword| schema.get(keyword).is_some_and(deserves_name)))
}

fn free_name(taken: &mut Names, component: &str, kind: Kind) -> String {
    if taken.claim(component) {
        return component.to_owned();
    }
    let suffix = match kind {
        Kind::RequestBody => "Body",
        Kind::Parameter => "Parameter",
        Kind::Header => "Header",
        _ => "Response",
    };
    let name = format!("{component}{suffix}");
    if taken.claim(&name) {
        name
    } else {
        taken.number(&name)
    }
}
