//! The API description of the workspace: the published fragment, and the corrected document.

use std::fs;
use std::path::Path;

use releasepack_codegen::{Document, Overlay, Pointer, apply_overlay, to_yaml};
use serde_json::{Value, json};

fn read(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../spec")
        .join(name);
    let text = fs::read_to_string(file).expect("the file is in spec/");
    text.replace("\r\n", "\n")
}

fn fragment() -> Value {
    let name = "release-integration-pack.yaml";
    let document = Document::parse(name, read(name).as_bytes()).expect("the fragment is read");
    document.value().clone()
}

fn corrections() -> Overlay {
    let name = "overlay.yaml";
    Overlay::parse(name, read(name).as_bytes()).expect("the overlay is read")
}

fn effective() -> Value {
    let (document, _) = apply_overlay(fragment(), &corrections()).expect("every action applies");
    document
}

fn at<'v>(document: &'v Value, pointer: &str) -> &'v Value {
    Pointer::parse(pointer)
        .and_then(|pointer| pointer.get(document))
        .unwrap_or_else(|| panic!("{pointer} is in the document"))
}

#[test]
fn every_correction_applies() {
    let (_, applied) = apply_overlay(fragment(), &corrections()).expect("every action applies");
    let lines: Vec<_> = applied
        .iter()
        .map(|action| format!("{} {}", action.changed, action.target))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
    assert!(applied.iter().all(|action| action.description.is_some()));
}

#[test]
fn every_fault_that_the_vendor_corrects_is_noticed() {
    let overlay = corrections();
    let (corrected, applied) = apply_overlay(fragment(), &overlay).expect("every action applies");
    let noticed = apply_overlay(corrected, &overlay).expect_err("nothing is left to correct");
    let codes: Vec<_> = noticed.iter().map(|fault| fault.code.name()).collect();
    assert_eq!(noticed.len(), applied.len(), "{codes:?}");
}

#[test]
fn the_fragment_is_in_the_form_that_a_slice_of_the_whole_document_has() {
    assert_eq!(
        read("release-integration-pack.yaml"),
        to_yaml(&fragment()),
        "run `cargo xtask slice` on the file, or mend it by hand"
    );
}

#[test]
fn the_effective_document_opens_as_published() {
    let mut document = effective();
    let members = document.as_object_mut().expect("a document is an object");
    members.retain(|name, _| name != "paths" && name != "components");
    insta::assert_snapshot!(to_yaml(&document));
}

#[test]
fn the_effective_operations_are_these() {
    let document = effective();
    for (name, pointer) in [
        ("create", "/paths/~1ReleaseIntegrationPack/post"),
        ("update", "/paths/~1ReleaseIntegrationPack~1{id}/post"),
        ("status", "/paths/~1ReleaseIntegrationPackStatus~1{id}/get"),
    ] {
        let mut operation = at(&document, pointer).clone();
        let members = operation
            .as_object_mut()
            .expect("an operation is an object");
        let responses = members.remove("responses").expect("it has responses");
        insta::assert_snapshot!(format!("{name}-request"), to_yaml(&operation));
        let (success, error): (Vec<_>, Vec<_>) = responses
            .as_object()
            .expect("responses are an object")
            .iter()
            .partition(|(status, _)| status.starts_with('2'));
        for (status, response) in success {
            insta::assert_snapshot!(format!("{name}-{status}"), to_yaml(response));
        }
        let error: Value = error
            .into_iter()
            .map(|(status, response)| (status.clone(), response.clone()))
            .collect();
        insta::assert_snapshot!(format!("{name}-errors"), to_yaml(&error));
    }
}

#[test]
fn the_effective_components_are_these() {
    let document = effective();
    let components = at(&document, "/components");
    insta::assert_snapshot!("responses", to_yaml(&components["responses"]));
    insta::assert_snapshot!("security-schemes", to_yaml(&components["securitySchemes"]));
    let schemas = components["schemas"]
        .as_object()
        .expect("schemas are an object");
    for (name, schema) in schemas {
        let mut schema = schema.clone();
        let properties = schema["properties"]
            .as_object_mut()
            .expect("each has properties");
        let enums: Value = properties
            .iter()
            .filter(|(_, property)| property.get("enum").is_some())
            .map(|(name, property)| (name.clone(), property.clone()))
            .collect();
        properties.retain(|_, property| property.get("enum").is_none());
        insta::assert_snapshot!(format!("schema-{name}"), to_yaml(&schema));
        if enums != json!({}) {
            insta::assert_snapshot!(format!("schema-{name}-enums"), to_yaml(&enums));
        }
    }
}
