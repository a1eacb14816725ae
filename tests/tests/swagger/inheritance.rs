use serde_json::{Value, json};

use super::case::{generated, with};

fn extending(base: &str, name: &str) -> Value {
    let property = json!({"type": "object", "properties": {name: {"type": "string"}}});
    json!({"allOf": [{"$ref": format!("#/definitions/{base}")}, property]})
}

fn document() -> Value {
    let animal = json!({"type": "object", "discriminator": "kind", "required": ["kind"], "properties": {"kind": {"type": "string"}}});
    let get = json!({"operationId": "get", "responses": {"200": {"description": "a", "schema": {"$ref": "#/definitions/Animal"}}}});
    with(json!({
        "paths": {"/animals": {"get": get}},
        "definitions": {
            "Animal": animal,
            "Dog": extending("Animal", "a"),
            "Big dog": extending("Animal", "b"),
            "Puppy": extending("Dog", "c"),
        },
    }))
}

#[test]
fn the_names_of_definitions_are_the_values_of_the_discriminator() {
    let generation = generated(&document());
    let types = generation.files.iter().find(|it| it.path == "types.rs");
    let text = &types.expect("there are types").text;
    let from = text.find("union! { Animal tagged \"kind\" else Base {");
    let union = &text[from.expect("it is a tagged union")..];
    let union = &union[..union.find("} }").expect("it ends")];
    for variant in [
        "\"Dog\"",
        "\"Puppy\"",
        "BigDog: \"Big dog\"",
        "Base: \"Animal\"",
    ] {
        assert!(union.contains(variant), "{variant}: {union}");
    }
}

#[test]
fn a_mapping_as_in_openapi_3_is_used_and_one_in_an_extension_is_not() {
    let mut document = document();
    document["definitions"]["Dog"]["x-discriminator-value"] = "canine".into();
    let plain = generated(&document);
    let found = super::case::reported(&document);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("/definitions/Dog/x-discriminator-value: not used"));
    let mapping = json!({"canine": "#/definitions/Dog"});
    document["definitions"]["Animal"]["discriminator"] =
        json!({"propertyName": "kind", "mapping": mapping});
    let mapped = generated(&document);
    let has_tag = |generation: &releasepack_codegen::Generation| {
        generation
            .files
            .iter()
            .any(|it| it.text.contains("\"canine\""))
    };
    assert!(!has_tag(&plain));
    assert!(has_tag(&mapped));
}
