//! A document that is so large that its modules are split: operations by tag, types by the tags that use them. Its names are difficult
//! for both.

use releasepack_codegen::{Bundle, Document, Strictness, generate};
use serde_json::{Map, Value, json};

use super::corpus::Fixture;

/// Tags that are not Rust names, that are reserved names, and that become the same name.
const TAGS: [&str; 10] = [
    "pets & toys",
    "2nd/floor",
    "types",
    "mod",
    "self",
    "Über",
    "PETS",
    "pets",
    "",
    "super::super",
];

/// Beginnings of names: with every kind of initial, and names that Rust or the client already uses.
const BEGINNINGS: [&str; 13] = [
    "A", "b", "9", "_", "Ze", "ü", "Self", "super", "Request", "-", "Vec", "Option", "String",
];

const OPERATIONS: usize = 66;
const SCHEMAS: usize = 104;

pub(crate) fn fixture() -> Fixture {
    of("large", OPERATIONS)
}

/// The fixture with so many operations that each tag is a feature.
pub(crate) fn with_features() -> Fixture {
    of("large_features", 2 * OPERATIONS)
}

fn of(ident: &str, operations: usize) -> Fixture {
    let text = document(operations).to_string();
    let document = Document::parse("large.json", text.as_bytes()).expect("it is JSON");
    let bundle = Bundle::from(document);
    let generation = generate(&bundle, Strictness::Strict);
    let generation = generation.unwrap_or_else(|faults| panic!("{faults:#?}"));
    for folder in ["operations/", "types/"] {
        let files = generation.files.iter();
        let count = files.filter(|file| file.path.starts_with(folder)).count();
        assert!(count > 8, "{folder} is split into {count}");
    }
    Fixture {
        ident: ident.to_owned(),
        bundle,
        strictness: Strictness::Strict,
        generation,
    }
}

fn document(operations: usize) -> Value {
    let paths: Map<String, Value> = (0..operations).map(path).collect();
    let mut schemas: Map<String, Value> = (0..SCHEMAS).map(|it| (name(it), schema(it))).collect();
    // No operation uses it.
    schemas.insert("Left over".to_owned(), schema(5));
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Large", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

/// A path with one operation. One of eleven has no tag.
fn path(number: usize) -> (String, Value) {
    let content = |number| json!({"application/json": {"schema": reference(number)}});
    let mut operation = json!({
        "operationId": format!("do {}", name(number)),
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}],
        "requestBody": {"required": true, "content": content(number)},
        "responses": {
            "200": {"description": "It.", "content": content(number + 7)},
            "404": {"description": "None.", "content": content(number + 31)},
        },
    });
    if number >= OPERATIONS {
        // A type that only this operation uses.
        let own = json!({"type": "object", "required": ["kept"], "properties": {"kept": reference(number), "own": {"type": "string"}}});
        operation["requestBody"]["content"]["application/json"]["schema"] = own;
    }
    if let Some(tag) = TAGS.get(number % (TAGS.len() + 1)) {
        operation["tags"] = json!([tag]);
    }
    let path = format!("/things/{number}/{{id}}");
    (path, json!({ "post": operation }))
}

/// Schemas of every kind, all with references to others.
fn schema(number: usize) -> Value {
    let (next, other) = (reference(number + 1), reference(number + 13));
    match number % 5 {
        0 => json!({
            "type": "object",
            "required": ["next"],
            "properties": {"next": {"type": "array", "items": next}, "other": other, "type": {"type": "string"}},
        }),
        1 => json!({"type": "string", "enum": ["a", "b"]}),
        2 => json!({"oneOf": [next, {"type": "integer"}]}),
        3 => json!({"type": "object", "additionalProperties": next}),
        _ => json!({"type": "integer", "format": "int64"}),
    }
}

fn name(number: usize) -> String {
    format!("{}{number}", BEGINNINGS[number % BEGINNINGS.len()])
}

fn reference(number: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", name(number % SCHEMAS))})
}
