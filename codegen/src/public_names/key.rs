//! What an item is, in the words of the author's document.
//!
//! A key is a JSON pointer without the numbers that move when something else is added: an operation is its call, a parameter its
//! place and name, a variant of a union what it contains. A part of an `allOf` is the whole.

use serde_json::Value;

use crate::openapi::methods;
use crate::pointer::{Pointer, push_token};

/// The key of a node of a document: `schemas/Pet/properties/kind`, `GET /pets/{id}`,
/// `GET /pets/{id}/responses/200/content/application~1json/schema`.
pub(crate) fn key(document: &Value, place: &Pointer) -> String {
    let tokens: Vec<String> = place.tokens().collect();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let node = |count: usize| Pointer::from_tokens(&tokens[..count]).get(document);
    match &tokens[..] {
        ["components", section, name, rest @ ..] => {
            let mut key = (*section).to_owned();
            push_token(&mut key, name);
            walk(key, node(3), rest)
        }
        // The names stay when the author turns from Swagger 2.0 to OpenAPI 3.
        ["definitions", name, rest @ ..] if document.get("swagger").is_some() => {
            let mut key = "schemas".to_owned();
            push_token(&mut key, name);
            walk(key, node(2), rest)
        }
        ["paths", path, member, method, rest @ ..] if *member == methods::ADDITIONAL => {
            walk(format!("{method} {path}"), node(4), rest)
        }
        ["paths", path, method, rest @ ..] if methods::is_method(method) => {
            let method = methods::sent(method);
            walk(format!("{method} {path}"), node(3), rest)
        }
        _ => walk(String::new(), Some(document), &tokens)
            .trim_start_matches('/')
            .to_owned(),
    }
}

/// Keywords whose members have names of the author.
const MAPS: &[&str] = &[
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "headers",
    "patternProperties",
    "paths",
    "properties",
    "responses",
];

/// A key, extended by the tokens that follow.
fn walk(mut key: String, mut node: Option<&Value>, tokens: &[&str]) -> String {
    let mut tokens = tokens.iter();
    while let Some(token) = tokens.next() {
        node = node.and_then(|node| child(node, token));
        match *token {
            "allOf" => node = tokens.next().and_then(|index| child(node?, index)),
            "oneOf" | "anyOf" => {
                push_token(&mut key, token);
                if let Some(index) = tokens.next() {
                    node = node.and_then(|node| child(node, index));
                    push_token(
                        &mut key,
                        &node.and_then(content).unwrap_or((*index).to_owned()),
                    );
                }
            }
            "parameters" => {
                let Some(index) = tokens.next() else {
                    push_token(&mut key, token);
                    continue;
                };
                node = node.and_then(|node| child(node, index));
                let member = |name| node?.get(name)?.as_str();
                let named = member("in").zip(member("name"));
                let (place, name) = named.unwrap_or((token, index));
                push_token(&mut key, place);
                push_token(&mut key, name);
            }
            map if MAPS.contains(&map) => {
                push_token(&mut key, map);
                if let Some(name) = tokens.next() {
                    node = node.and_then(|node| child(node, name));
                    push_token(&mut key, name);
                }
            }
            other => push_token(&mut key, other),
        }
    }
    key
}

fn child<'v>(node: &'v Value, token: &str) -> Option<&'v Value> {
    match node {
        Value::Array(elements) => elements.get(token.parse::<usize>().ok()?),
        other => other.get(token),
    }
}

/// What tells a variant of a union from the others: what it refers to, its title, its constant, the constant of a property, or its
/// properties; of an `allOf`, those of the first part that has any.
fn content(variant: &Value) -> Option<String> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    let constant = |schema: &Value, most: usize| {
        let values = schema.get("enum").and_then(Value::as_array);
        let first = values
            .filter(|it| it.len() <= most)
            .and_then(|it| it.first());
        schema.get("const").or(first).and_then(text)
    };
    let target = variant.get("$ref").and_then(Value::as_str);
    let target = target
        .and_then(|it| it.rsplit('/').next())
        .map(str::to_owned);
    let own = target.or_else(|| variant.get("title").and_then(text));
    let own = own.or_else(|| constant(variant, usize::MAX));
    let properties = variant.get("properties").and_then(Value::as_object);
    let tag = || properties?.values().find_map(|schema| constant(schema, 1));
    let names = || {
        let mut names: Vec<&str> = properties?.keys().map(String::as_str).collect();
        names.sort_unstable();
        names.truncate(3);
        (!names.is_empty()).then(|| names.join("+"))
    };
    own.or_else(tag)
        .or_else(names)
        .or_else(|| {
            let parts = variant.get("allOf")?.as_array()?;
            parts.iter().find_map(content)
        })
        .or_else(|| variant.get("type").and_then(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of(document: &Value, place: &str) -> String {
        let place = Pointer::parse(place).expect("the test writes pointers");
        key(document, &place)
    }

    #[test]
    fn keys_have_no_numbers() {
        let document = json!({
            "paths": {"/pets/{id}": {
                "get": {"parameters": [{"name": "sort", "in": "query", "schema": {}}]},
                "additionalOperations": {"COPY": {}},
            }},
            "components": {"schemas": {"Pet": {
                "allOf": [{}, {"properties": {"allOf": {}}}],
                "oneOf": [
                    {"title": "A cat"},
                    {"properties": {"kind": {"enum": ["dog"]}}},
                    {"properties": {"b": {}, "a": {"type": "string"}}},
                    {"enum": ["x", "y"]},
                    {"type": "array", "items": {}},
                    {},
                    {"$ref": "#/components/schemas/Dog"},
                    {"allOf": [{}, {"title": "A mouse"}]},
                ],
            }}},
        });
        let pairs = [
            ("/paths/~1pets~1{id}/get", "GET /pets/{id}"),
            (
                "/paths/~1pets~1{id}/additionalOperations/COPY",
                "COPY /pets/{id}",
            ),
            (
                "/paths/~1pets~1{id}/get/parameters/0/schema",
                "GET /pets/{id}/query/sort/schema",
            ),
            (
                "/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema",
                "GET /pets/{id}/responses/200/content/application~1json/schema",
            ),
            (
                "/components/schemas/Pet/allOf/1/properties/allOf",
                "schemas/Pet/properties/allOf",
            ),
            ("/components/schemas/Pet/oneOf/0", "schemas/Pet/oneOf/A cat"),
            ("/components/schemas/Pet/oneOf/1", "schemas/Pet/oneOf/dog"),
            ("/components/schemas/Pet/oneOf/2", "schemas/Pet/oneOf/a+b"),
            ("/components/schemas/Pet/oneOf/3", "schemas/Pet/oneOf/x"),
            (
                "/components/schemas/Pet/oneOf/4/items",
                "schemas/Pet/oneOf/array/items",
            ),
            ("/components/schemas/Pet/oneOf/5", "schemas/Pet/oneOf/5"),
            ("/components/schemas/Pet/oneOf/6", "schemas/Pet/oneOf/Dog"),
            (
                "/components/schemas/Pet/oneOf/7",
                "schemas/Pet/oneOf/A mouse",
            ),
            ("/webhooks/pet/post", "webhooks/pet/post"),
        ];
        for (place, key) in pairs {
            assert_eq!(of(&document, place), key);
        }
    }

    #[test]
    fn definitions_of_swagger_are_called_like_the_schemas_that_they_become() {
        let swagger = json!({"swagger": "2.0", "definitions": {"Pet": {}}});
        let place = "/definitions/Pet/properties/kind";
        assert_eq!(of(&swagger, place), "schemas/Pet/properties/kind");
    }
}
