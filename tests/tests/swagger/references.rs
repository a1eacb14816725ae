use releasepack_codegen::{Document, File, Strictness, bundle, generate};
use serde_json::{Value, json};

use super::case::{at, converted, generated, with};

/// A document with a schema that is this reference.
fn referring(reference: &str) -> Value {
    let body = json!({"name": "b", "in": "body", "schema": {"type": "object", "properties": {"c": {"type": "string"}}}});
    let limit = json!({"name": "l", "in": "query", "type": "array", "items": {"type": "integer"}});
    with(json!({
        "paths": {"/a~b": {"post": {
            "operationId": "a",
            "parameters": [body, limit],
            "responses": {"200": {"description": "d", "schema": {"type": "integer"}}},
        }}},
        "parameters": {"Body": body, "Limit": limit},
        "responses": {"R": {"description": "r", "schema": {"type": "string"}}},
        "definitions": {
            "It": {"$ref": reference},
            "Pet": {"type": "object", "properties": {"name": {"type": "string"}}},
            "a/b ~«ü» 5%": {"type": "string"},
        },
        "x-shared": {"type": "string"},
    }))
}

#[test]
fn references_lead_to_the_new_places() {
    let json_schema = "content/application~1json/schema";
    let cases = [
        ("#/definitions/Pet", "#/components/schemas/Pet".to_owned()),
        (
            "#/definitions/Pet/properties/name",
            "#/components/schemas/Pet/properties/name".to_owned(),
        ),
        (
            "#/definitions/a~1b%20~0%C2%ABü»%205%25",
            "#/components/schemas/a~1b ~0«ü» 5%25".to_owned(),
        ),
        ("definitions/Pet", "#/components/schemas/Pet".to_owned()),
        (
            "#/parameters/Body/schema/properties/c",
            format!("#/components/requestBodies/Body/{json_schema}/properties/c"),
        ),
        (
            "#/parameters/Limit/items",
            "#/components/parameters/Limit/schema/items".to_owned(),
        ),
        (
            "#/responses/R/schema",
            format!("#/components/responses/R/{json_schema}"),
        ),
        (
            "#/paths/~1a~0b/post/parameters/0/schema",
            format!("#/paths/~1a~0b/post/requestBody/{json_schema}"),
        ),
        (
            "#/paths/~1a~0b/post/parameters/1/items",
            "#/paths/~1a~0b/post/parameters/0/schema/items".to_owned(),
        ),
        (
            "#/paths/~1a~0b/post/responses/200/schema",
            format!("#/paths/~1a~0b/post/responses/200/{json_schema}"),
        ),
        ("#/x-shared", "#/x-shared".to_owned()),
        // What does not exist is reported as it is written.
        ("#/definitions/Missing", "#/definitions/Missing".to_owned()),
    ];
    for (written, expected) in cases {
        let document = converted(&referring(written)).document;
        let found = document["components"]["schemas"]["It"]["$ref"].as_str();
        assert_eq!(found, Some(expected.as_str()), "{written}");
        let target = expected.replace("%25", "%");
        let is_there = document.pointer(&target[1..]).is_some();
        assert_eq!(is_there, !written.contains("Missing"), "{written}");
    }
}

#[test]
fn a_reference_in_data_is_not_one() {
    let mut document = referring("#/definitions/Pet");
    let data = json!({"$ref": "#/definitions/Pet"});
    document["definitions"]["Pet"]["example"] = data.clone();
    document["definitions"]["Pet"]["default"] = data.clone();
    let pet = at(&document, "/components/schemas/Pet");
    assert_eq!([&pet["example"], &pet["default"]], [&data, &data]);
}

#[test]
fn parameters_and_responses_elsewhere_are_copied() {
    let mut document = with(json!({"paths": {"/a": {"get": {
        "operationId": "a",
        "parameters": [{"$ref": "#/x-all/limit"}],
        "responses": {"200": {"$ref": "#/x-all/done"}},
    }}}}));
    document["x-all"] = json!({
        "limit": {"name": "limit", "in": "query", "type": "array", "items": {"type": "integer"}},
        "done": {"description": "d", "schema": {"type": "string"}},
    });
    let operation = at(&document, "/paths/~1a/get");
    assert_eq!(operation["parameters"][0]["explode"], false);
    let content = &operation["responses"]["200"]["content"];
    assert_eq!(content["application/json"]["schema"]["type"], "string");
    assert!(generated(&document).outline().contains("limit"));
}

#[test]
fn loops_of_references_are_reported_and_not_followed() {
    let document = with(json!({
        "paths": {"/a": {"$ref": "#/paths/~1a", "get": {
            "operationId": "a",
            "parameters": [{"$ref": "#/parameters/A"}],
            "responses": {"200": {"$ref": "#/responses/A"}},
        }}},
        "parameters": {"A": {"$ref": "#/parameters/B"}, "B": {"$ref": "#/parameters/A"}},
        "responses": {"A": {"$ref": "#/responses/A"}},
        "definitions": {"A": {"$ref": "#/definitions/A"}},
    }));
    let found = releasepack_codegen::lint(&document);
    let loops = found.iter().filter(|it| it.code.name() == "reference-loop");
    let places: Vec<_> = loops.map(|it| it.pointer.as_str()).collect();
    assert!(places.contains(&"/responses/A/$ref"), "{places:?}");
    assert!(places.contains(&"/definitions/A/$ref"), "{places:?}");
}

#[test]
fn nodes_of_other_files_become_nodes_of_the_document() {
    let text = "
swagger: '2.0'
info: {title: Files, version: '1'}
host: a.example.com
paths:
  /a: {$ref: 'paths.yaml#/a'}
definitions:
  Pet: {$ref: 'pets.yaml#/definitions/Pet'}
";
    let files = [
        (
            "paths.yaml",
            "a:\n  post:\n    operationId: a\n    parameters: [{$ref: 'shared.yaml#/parameters/Body'}, {$ref: 'shared.yaml#/parameters/Ids'}]\n    responses: {'200': {$ref: 'shared.yaml#/responses/Pets'}}\n",
        ),
        (
            "shared.yaml",
            "parameters:\n  Body: {name: b, in: body, schema: {$ref: 'pets.yaml#/definitions/Pet'}}\n  Ids: {name: ids, in: query, type: array, items: {type: integer}}\nresponses:\n  Pets: {description: d, schema: {type: array, items: {$ref: 'pets.yaml#/definitions/Pet'}}}\n",
        ),
        (
            "pets.yaml",
            "definitions:\n  Pet: {type: object, properties: {friend: {$ref: '#/definitions/Friend'}}}\n  Friend: {type: object, properties: {name: {type: string, minLength: -7}}}\n",
        ),
    ];
    let document = Document::parse("api.yaml", text.as_bytes()).unwrap();
    let value = document.value().clone();
    let bundle = bundle(document, value, |path| {
        let (name, text) = files.iter().find(|(name, _)| *name == path).unwrap();
        Ok(File {
            name: (*name).to_owned(),
            bytes: text.as_bytes().to_vec(),
        })
    })
    .unwrap();
    let value = bundle.value();
    assert_eq!(value.get("components"), None);
    for place in [
        "/definitions/Pet",
        "/definitions/Friend",
        "/parameters/Body",
        "/responses/Pets",
    ] {
        assert!(value.pointer(place).is_some(), "{place}: {value:#}");
    }
    let outline = generate(&bundle, Strictness::Strict).unwrap().outline();
    assert!(
        outline.contains("field types::Friend.name: Option<String>"),
        "{outline}"
    );
    let found = bundle.place_all(releasepack_codegen::lint(value));
    let bound = found.iter().find(|it| it.message.contains("minLength"));
    let bound = bound.expect("it is reported");
    let line = bound.location.expect("it has a place").line;
    assert_eq!((bound.file.as_str(), line), ("pets.yaml", 3), "{bound:?}");
}

#[test]
fn a_reference_to_a_node_of_another_kind_is_reported_as_it_is_written() {
    let document = referring("#/responses/R");
    let found = releasepack_codegen::lint(&document);
    let mistaken = found
        .iter()
        .find(|it| it.code.name() == "mistaken-reference");
    let mistaken = mistaken.expect("it is reported");
    assert_eq!(mistaken.pointer.as_str(), "/definitions/It/$ref");
    assert_eq!(
        mistaken.message,
        "`#/responses/R` is one of the responses, but a Swagger schema is required here"
    );
}

#[test]
fn schemas_in_extensions_become_definitions_before_extensions_are_removed() {
    let mut document = referring("#/x-shared");
    document["x-shared"] = json!({"type": "object", "properties": {"colour": {"type": "string"}}});
    let parsed = releasepack_codegen::to_json(&document);
    let parsed = Document::parse("api.json", parsed.as_bytes()).unwrap();
    let value = parsed.value().clone();
    let bundle = bundle(parsed, value, |path| Err(format!("no {path}"))).unwrap();
    let reference = &bundle.value()["definitions"]["It"]["$ref"];
    assert_eq!(reference, "#/definitions/shared");
    assert_eq!(
        bundle.value()["definitions"]["shared"],
        document["x-shared"]
    );
}
