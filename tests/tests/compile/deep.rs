//! Documents whose types contain each other many levels deep. rustc checks some of its rules level by level, and stops at its
//! recursion limit.

use releasepack_codegen::{Bundle, Document, Strictness, generate};
use serde_json::{Map, Value, json};

use super::corpus::Fixture;

/// A test of a crate that uses the client.
pub(crate) const CONSUMER: &str = include_str!("clients/deep.rs");

/// How many types are in each other: more than the recursion limit of rustc, which is 128.
const LEVELS: usize = 200;

/// The same for lists, maps and unions, in which rustc goes down several levels each.
const FEWER: usize = 60;

pub(crate) fn fixture() -> Fixture {
    let text = document().to_string();
    let document = Document::parse("deep.json", text.as_bytes()).expect("it is JSON");
    let bundle = Bundle::from(document);
    let generation = generate(&bundle, Strictness::Strict);
    Fixture {
        ident: "deep".to_owned(),
        bundle,
        strictness: Strictness::Strict,
        generation: generation.unwrap_or_else(|faults| panic!("{faults:#?}")),
    }
}

fn document() -> Value {
    let mut schemas = Map::new();
    chain(&mut schemas, "Required", LEVELS, true, Value::clone);
    chain(&mut schemas, "Optional", LEVELS, false, Value::clone);
    chain(&mut schemas, "List", FEWER, true, list);
    chain(&mut schemas, "Map", FEWER, false, map);
    for level in 0..FEWER {
        // Each leads to the next, and the last one to the first: unions alone, and objects in all that can hold them.
        let next = |name| reference(name, (level + 1) % FEWER);
        let union = json!({"oneOf": [next("Union"), {"type": "integer"}]});
        schemas.insert(format!("Union{level}"), union);
        let next = next("Cycle");
        let (next, required) = match level % 4 {
            0 => (list(&next), json!(["next"])),
            1 => (map(&next), json!(["next"])),
            2 => (
                json!({"oneOf": [next, {"type": "string"}]}),
                json!(["next"]),
            ),
            _ => (next, json!([])),
        };
        let properties = json!({"next": next, "level": {"type": "integer"}});
        let object = json!({"type": "object", "required": required, "properties": properties});
        schemas.insert(format!("Cycle{level}"), object);
    }
    let names = ["Required", "Optional", "List", "Map", "Union", "Cycle"];
    let paths: Map<String, Value> = names.into_iter().map(path).collect();
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Deep", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// Objects, each of which has the next one.
fn chain(
    schemas: &mut Map<String, Value>,
    name: &str,
    levels: usize,
    is_required: bool,
    next: fn(&Value) -> Value,
) {
    for level in 0..levels {
        let mut schema =
            json!({"type": "object", "properties": {"level": {"type": "integer"}}, "required": []});
        if level + 1 < levels {
            schema["properties"]["next"] = next(&reference(name, level + 1));
            if is_required {
                schema["required"] = json!(["next"]);
            }
        }
        schemas.insert(format!("{name}{level}"), schema);
    }
}

fn list(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}

fn map(values: &Value) -> Value {
    json!({"type": "object", "additionalProperties": values})
}

/// A path with an operation that sends a schema and gets it back.
fn path(name: &str) -> (String, Value) {
    let content = json!({"application/json": {"schema": reference(name, 0)}});
    let operation = json!({
        "operationId": format!("send{name}"),
        "requestBody": {"required": true, "content": content},
        "responses": {"200": {"description": "It.", "content": content}},
    });
    (format!("/{name}"), json!({ "post": operation }))
}

fn reference(name: &str, level: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}{level}")})
}
