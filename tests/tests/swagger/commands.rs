//! The other steps take Swagger 2.0 as it was published.

use releasepack_codegen::{
    Bundle, Document, Overlay, Selection, Strictness, apply_overlay, generate, slice,
};
use serde_json::json;

use super::case::{fixture, with};

#[test]
fn a_slice_is_swagger_2_with_what_its_operations_need() {
    let document = fixture();
    let selection = Selection {
        operations: vec!["changeDogs".to_owned()],
        ..Selection::default()
    };
    let slice = slice(document.value(), &selection).unwrap().document;
    assert_eq!(slice["swagger"], document.value()["swagger"]);
    let names = |section: &str| -> Vec<String> {
        let members = slice[section].as_object();
        members
            .into_iter()
            .flat_map(|it| it.keys().cloned())
            .collect()
    };
    assert_eq!(names("paths"), ["/dogs/{ids}"]);
    assert_eq!(names("parameters"), ["Change"]);
    assert_eq!(names("responses"), Vec::<String>::new());
    // A base takes everything with it that extends it.
    assert_eq!(
        names("definitions"),
        ["Animal", "Dog", "Puppy", "Owner of a/b"]
    );
    assert_eq!(names("securityDefinitions"), ["key"]);
    assert_eq!(slice["host"], "kennel.example.com");

    let text = releasepack_codegen::to_json(&slice);
    let parsed = Document::parse("slice.json", text.as_bytes()).unwrap();
    let generation = generate(&Bundle::from(parsed), Strictness::Strict).unwrap();
    assert!(generation.outline().contains("change_dogs"));
}

#[test]
fn an_overlay_corrects_the_document_as_it_was_published() {
    let overlay = "
overlay: 1.0.0
info: {title: Corrections, version: '1'}
actions:
  - target: $.paths['/a'].get.parameters[0]
    update: {collectionFormat: multi}
";
    let overlay = Overlay::parse("overlay.yaml", overlay.as_bytes()).unwrap();
    let list = json!({"name": "list", "in": "query", "type": "array", "items": {"type": "string"}});
    let operation = json!({"operationId": "a", "parameters": [list], "responses": {}});
    let document = with(json!({"paths": {"/a": {"get": operation}}}));
    let (corrected, _) = apply_overlay(document, &overlay).unwrap();
    let explode = super::case::at(&corrected, "/paths/~1a/get/parameters/0/explode");
    assert_eq!(explode, true);
}

#[test]
fn components_that_operations_use_in_any_way_are_used() {
    let found = releasepack_codegen::lint(fixture().value());
    let unused = found
        .iter()
        .filter(|it| it.code.name() == "unused-component");
    let places: Vec<_> = unused.map(|it| it.pointer.as_str()).collect();
    assert_eq!(
        places,
        ["/securityDefinitions/login", "/securityDefinitions/app"]
    );
}
