//! The API description of the workspace: the published fragment, and the corrected document.

use std::fs;
use std::path::Path;

use releasepack_codegen::{Code, Document, Overlay, Pointer, apply_overlay, texts, to_yaml};
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

/// Takes the properties with an enum out of a schema, so that each snapshot stays short.
fn enums(schema: &mut Value) -> Value {
    let mut enums = json!({});
    if let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        for (name, property) in properties.iter() {
            if property.get("enum").is_some() {
                enums[name] = property.clone();
            }
        }
        properties.retain(|_, property| property.get("enum").is_none());
    }
    enums
}

/// Every operation, with its id.
fn operations(document: &Value) -> Vec<(&str, &Value)> {
    let items = at(document, "/paths").as_object().expect("paths exist");
    let members = items.values().filter_map(Value::as_object);
    let operations = members.flat_map(|item| item.values());
    let operations: Vec<_> = operations
        .filter_map(|it| Some((it.get("operationId")?.as_str()?, it)))
        .collect();
    assert!(!operations.is_empty(), "the document has no operations");
    operations
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
fn the_fragment_has_our_wording_everywhere() {
    let fragment = fragment();
    let ours = texts(&fragment);
    let source =
        Document::parse("source.yaml", read("source.yaml").as_bytes()).expect("it is read");
    let theirs = source.value()["prose"].as_object().expect("it has prose");
    assert!(theirs.len() > 20, "{theirs:?}");
    for (place, digest) in theirs {
        let ours = ours.get(place).copied().unwrap_or_default();
        assert!(
            !ours.is_empty(),
            "{place} was left out: add an action with our wording to spec/prose.yaml, and refresh again"
        );
        let digest = digest.as_str().expect("a digest is a string");
        assert!(
            !releasepack_codegen::digest(ours.as_bytes()).starts_with(digest),
            "{place} is the vendor's text: add an action with our wording to spec/prose.yaml, and refresh again"
        );
    }
}

fn wording() -> Overlay {
    let name = "prose.yaml";
    Overlay::parse(name, read(name).as_bytes()).expect("the overlay is read")
}

#[test]
fn the_fragment_has_the_wording_of_the_overlay() {
    let wording = wording();
    let same = apply_overlay(fragment(), &wording).expect_err("the fragment has the wording");
    let others: Vec<_> = same
        .iter()
        .filter(|it| it.code != Code::OVERLAY_ACTION_WITHOUT_EFFECT)
        .collect();
    assert!(others.is_empty(), "{others:#?}");
    assert_eq!(
        same.len(),
        wording.len(),
        "spec/prose.yaml was changed: run `cargo xtask refresh`"
    );
}

#[test]
fn the_wording_changes_nothing_but_prose() {
    let wording = wording();
    let actions = wording.document().value()["actions"].as_array().cloned();
    for action in actions.expect("it has actions") {
        let update = action["update"].as_object().expect("each is an update");
        let others: Vec<_> = update
            .keys()
            .filter(|name| !["description", "summary"].contains(&name.as_str()))
            .collect();
        assert!(others.is_empty(), "{}: {others:?}", action["target"]);
    }
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
    for (id, operation) in operations(&document) {
        let mut operation = operation.clone();
        let members = operation
            .as_object_mut()
            .expect("an operation is an object");
        let responses = members.remove("responses").expect("it has responses");
        insta::assert_snapshot!(format!("{id}-request"), to_yaml(&operation));
        let (success, error): (Vec<_>, Vec<_>) = responses
            .as_object()
            .expect("responses are an object")
            .iter()
            .partition(|(status, _)| status.starts_with('2'));
        for (status, response) in success {
            insta::assert_snapshot!(format!("{id}-{status}"), to_yaml(response));
        }
        let error: Value = error
            .into_iter()
            .map(|(status, response)| (status.clone(), response.clone()))
            .collect();
        insta::assert_snapshot!(format!("{id}-errors"), to_yaml(&error));
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
        let enums = enums(&mut schema);
        insta::assert_snapshot!(format!("schema-{name}"), to_yaml(&schema));
        if enums != json!({}) {
            insta::assert_snapshot!(format!("schema-{name}-enums"), to_yaml(&enums));
        }
    }
}
