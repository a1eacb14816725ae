use releasepack_codegen::{Strictness, normalize};
use serde_json::{Value, json};

/// The component schemas after normalizing these.
fn components(schemas: &Value) -> Value {
    let document = json!({
        "openapi": "3.0.3",
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    });
    let normalized = normalize(document, Strictness::Strict);
    assert_eq!(normalized.diagnostics, [], "{schemas}");
    normalized.document["components"]["schemas"].clone()
}

#[test]
fn an_enum_under_one_property_in_many_schemas_is_one_component() {
    let installation =
        json!({"type": "string", "enum": ["SINGLE", "MULTI"], "description": "How."});
    let owner = json!({"type": "object", "properties": {"installationType": installation}});
    let schemas = components(&json!({"Pack": owner, "Instance": owner, "Release": owner}));
    assert_eq!(
        schemas["InstallationType"],
        json!({"type": "string", "enum": ["SINGLE", "MULTI"], "description": "How."})
    );
    assert_eq!(schemas.as_object().expect("an object").len(), 4);
    assert_eq!(
        schemas["Pack"]["properties"]["installationType"],
        json!({"allOf": [{"$ref": "#/components/schemas/InstallationType"}], "description": "How."})
    );
}

#[test]
fn two_different_enums_of_one_name_are_called_after_their_owners() {
    let schemas = components(&json!({
        "Pet": {"properties": {"status": {"enum": ["a"]}}},
        "Order": {"properties": {"status": {"enum": ["b"]}}},
    }));
    assert_eq!(schemas["PetStatus"]["enum"], json!(["a"]));
    assert_eq!(schemas["OrderStatus"]["enum"], json!(["b"]));
}

#[test]
fn a_component_keeps_its_name_when_an_inline_schema_wants_it() {
    let schemas = components(&json!({
        "Status": {"type": "object", "properties": {"code": {"type": "integer"}}},
        "Pet": {"properties": {"status": {"enum": ["a"]}}},
    }));
    assert_eq!(schemas["Status"]["type"], "object");
    assert_eq!(schemas["PetStatus"]["enum"], json!(["a"]));
}

#[test]
fn an_unrelated_schema_changes_no_name() {
    let pet = json!({"properties": {
        "status": {"enum": ["a"]},
        "owner": {"properties": {"name": {"type": "string"}, "homes": {"type": "array", "items": {"properties": {"city": {}}}}}},
    }});
    let names = |schemas: &Value| {
        let mut names: Vec<String> = components(schemas)
            .as_object()
            .expect("an object")
            .keys()
            .cloned()
            .collect();
        names.sort();
        names
    };
    let before = names(&json!({"Pet": pet}));
    assert_eq!(before, ["Pet", "PetOwner", "PetOwnerHome", "Status"]);
    let mut after = names(&json!({
        "Aardvark": {"properties": {"size": {"enum": ["s", "m"]}, "den": {"properties": {"depth": {}}}}},
        "Pet": pet,
    }));
    after.retain(|name| before.contains(name));
    assert_eq!(after, before);
}
