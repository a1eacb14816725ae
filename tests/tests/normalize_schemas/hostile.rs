//! Documents that try to grow without limit: they end quickly, in the normal form or with a diagnostic.

use releasepack_codegen::{Code, Normalized, Strictness, normalize};
use serde_json::{Map, Value, json};

fn run(schemas: &Map<String, Value>) -> Normalized {
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    });
    normalize(document, Strictness::Strict)
}

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn has(normalized: &Normalized, code: Code) -> bool {
    normalized
        .diagnostics
        .iter()
        .any(|diagnostic| diagnostic.code == code)
}

#[test]
fn schemas_that_extend_each_other_without_end_are_rejected() {
    let schemas = (0..300).map(|index| {
        let parts = json!([to(&format!("A{}", (index + 1) % 300)), {"properties": {"p": {}}}]);
        (format!("A{index}"), json!({ "allOf": parts }))
    });
    let normalized = run(&schemas.collect());
    assert!(has(&normalized, Code::NESTING_TOO_DEEP) || has(&normalized, Code::REFERENCE_LOOP));
}

#[test]
fn recursive_unions_of_unions_stay_bounded() {
    let schemas = (0..40).map(|index| {
        let variants: Vec<Value> = [index + 1, index + 2, index * 7]
            .iter()
            .map(|other| to(&format!("A{}", other % 40)))
            .collect();
        let property = format!("p{index}");
        (
            format!("A{index}"),
            json!({"properties": {property: {"type": "string"}}, "oneOf": variants}),
        )
    });
    let normalized = run(&schemas.collect());
    assert!(has(&normalized, Code::REFERENCE_EXPANSION));
    let schemas = normalized.document["components"]["schemas"].as_object();
    assert!(schemas.expect("an object").len() < 5_000);
}

#[test]
fn two_schemas_for_one_property_that_contain_themselves_become_one_that_does() {
    let tree = |word: &str| json!({"properties": {"child": to(word), (word): {"type": "string"}}});
    let schemas = json!({
        "A": tree("A"),
        "B": tree("B"),
        "Both": {"allOf": [{"properties": {"at": to("A")}}, {"properties": {"at": to("B")}}]},
    });
    let normalized = run(schemas.as_object().expect("an object"));
    assert_eq!(normalized.diagnostics, []);
    let schemas = &normalized.document["components"]["schemas"];
    assert_eq!(schemas["Both"]["properties"]["at"], to("BothAt"));
    let both = &schemas["BothAt"]["properties"];
    assert_eq!(both["A"]["type"], "string");
    assert_eq!(both["B"]["type"], "string");
    assert_eq!(both["child"], to("BothAt"));
}

#[test]
fn a_schema_that_contains_its_own_extension_is_finite() {
    let schemas = json!({
        "Node": {"properties": {"child": {"allOf": [to("Node"), {"properties": {"extra": {"type": "string"}}}]}}},
    });
    let normalized = run(schemas.as_object().expect("an object"));
    assert_eq!(normalized.diagnostics, []);
    let schemas = &normalized.document["components"]["schemas"];
    assert_eq!(schemas["Node"]["properties"]["child"], to("NodeChild"));
    assert_eq!(schemas["NodeChild"]["properties"]["child"], to("NodeChild"));
}

#[test]
fn schemas_as_deep_as_documents_may_be_are_put_together() {
    let mut properties = json!({"type": "string"});
    let mut parts = json!({"type": "string"});
    let mut unions = json!({"type": "string"});
    for _ in 0..97 {
        properties = json!({"properties": {"p": properties}});
        parts = json!({"allOf": [parts]});
        unions = json!({"oneOf": [unions, {"type": "integer"}]});
    }
    let schemas = json!({"Properties": properties, "Parts": parts, "Unions": unions});
    let normalized = run(schemas.as_object().expect("an object"));
    assert_eq!(normalized.diagnostics, []);
    let schemas = &normalized.document["components"]["schemas"];
    assert_eq!(schemas["Parts"]["type"], "string");
    assert_eq!(schemas["Unions"]["oneOf"].as_array().map(Vec::len), Some(2));
}

#[test]
fn unbounded_growth_is_reported_once_at_the_first_schema() {
    let object =
        |name: String| json!({"required": [name], "properties": {name: {"type": "string"}}});
    let schemas = (0..12).map(|index| {
        let first = json!({"oneOf": [object(format!("a{index}")), object(format!("b{index}"))]});
        let next = to(&format!("A{}", index + 1));
        let second = json!({"oneOf": [next, object(format!("c{index}"))]});
        (format!("A{index}"), json!({"allOf": [first, second]}))
    });
    let mut schemas: Map<String, Value> = schemas.collect();
    schemas.insert("A12".to_owned(), object("z".to_owned()));
    let normalized = run(&schemas);
    assert!(has(&normalized, Code::REFERENCE_EXPANSION));
    let mut places: Vec<&str> = normalized
        .diagnostics
        .iter()
        .filter(|it| it.code == Code::REFERENCE_EXPANSION)
        .map(|it| it.pointer.as_str())
        .collect();
    assert!(
        places.iter().all(|it| it.matches('/').count() == 3),
        "{places:#?}"
    );
    let reported = places.len();
    places.dedup();
    assert_eq!(places.len(), reported);
}

#[test]
fn a_base_that_thousands_extend_is_not_copied_into_each_of_them() {
    let names = || (0..3_000).map(|index| format!("A{index}"));
    let mapping: Map<String, Value> = names().map(|name| (name.clone(), json!(name))).collect();
    let base = json!({
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}},
        "discriminator": {"propertyName": "kind", "mapping": mapping},
    });
    let part = json!({"properties": {"p": {"type": "string"}}});
    let mut schemas: Map<String, Value> = names()
        .map(|name| (name, json!({"allOf": [to("Base"), part]})))
        .collect();
    schemas.insert("Base".to_owned(), base);
    let normalized = run(&schemas);
    assert_eq!(normalized.diagnostics, []);
    let schemas = &normalized.document["components"]["schemas"];
    assert!(schemas["A2999"]["properties"]["kind"].is_object());
}

#[test]
fn a_thousand_wrong_path_parameters_are_replaced() {
    let parameters: Vec<Value> = (0..1_000)
        .map(|index| json!({"name": format!("b{index}"), "in": "path", "required": true, "schema": {}}))
        .collect();
    let pieces: Vec<String> = (0..1_000).map(|index| format!("/{{a{index}}}")).collect();
    let path = pieces.concat();
    let operation = json!({"parameters": parameters, "responses": {"204": {"description": ""}}});
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {(path.clone()): {"get": operation}},
    });
    let normalized = normalize(document, Strictness::Strict);
    let left = normalized.document["paths"][&path]["get"]["parameters"].as_array();
    let names = left
        .into_iter()
        .flatten()
        .filter_map(|it| it["name"].as_str());
    assert!(names.eq((0..1_000).map(|index| format!("a{index}"))));
}
