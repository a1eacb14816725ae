//! The passes that change operations.

use releasepack_codegen::Document;
use releasepack_codegen::Strictness::{self, Lenient, Strict};

use super::case::{operation, reported, run, show};

/// A snapshot with the name of the fixture, which has the name of the pass.
fn check(name: &str, strictness: Strictness) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, show(name, strictness)));
}

#[test]
fn swagger() {
    check("swagger", Strict);
}

#[test]
fn downlevel_document_3_2() {
    check("downlevel_document_3_2", Strict);
}

#[test]
fn downlevel_document() {
    check("downlevel_document", Strict);
}

#[test]
fn unsupported() {
    check("unsupported", Strict);
}

#[test]
fn vendor_extensions() {
    check("vendor_extensions", Strict);
}

#[test]
fn malformed() {
    check("malformed", Lenient);
}

#[test]
fn status_keys() {
    check("status_keys", Lenient);
}

#[test]
fn paths() {
    check("paths", Strict);
}

#[test]
fn path_templates() {
    check("path_templates", Strict);
}

#[test]
fn operation_ids() {
    check("operation_ids", Strict);
}

#[test]
fn servers() {
    check("servers", Strict);
}

#[test]
fn request_bodies() {
    check("request_bodies", Strict);
}

#[test]
fn encodings() {
    check("encodings", Strict);
}

#[test]
fn styles_of_parts_begin_with_openapi_3_1() {
    let text = r#"{"openapi": "VERSION", "info": {"title": "x", "version": "1"}, "paths": {"/a": {"post": {"requestBody": {"content":
        {"multipart/form-data": {"schema": {"type": "object", "properties": {"a": {"type": "string"}}}, "encoding": {"a":
        {"style": "form"}}}}}, "responses": {"204": {"description": ""}}}}}}"#;
    for (version, is_kept) in [("3.0.3", false), ("3.1.0", true)] {
        let text = text.replace("VERSION", version);
        let document = Document::parse("a.json", text.as_bytes()).unwrap();
        let normalized = run(&document, Strict);
        let body = &operation(&normalized, "/a", "post").unwrap()["requestBody"];
        let encoding = &body["content"]["multipart/form-data"]["encoding"]["a"];
        assert_eq!(encoding.get("style").is_some(), is_kept, "{version}");
    }
}

#[test]
fn responses() {
    check("responses", Strict);
}

#[test]
fn shared_schemas() {
    check("shared_schemas", Strict);
}

#[test]
fn references() {
    check("references", Lenient);
}

#[test]
fn parameters() {
    check("parameters", Strict);
}

#[test]
fn parameter_content() {
    check("parameter_content", Strict);
}

#[test]
fn bodiless_responses() {
    check("bodiless_responses", Strict);
}

#[test]
fn the_published_fragment_is_taken_as_it_is() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../spec/release-integration-pack.yaml"
    );
    let bytes = std::fs::read(path).expect("the fragment can be read");
    let document = Document::parse("release-integration-pack.yaml", &bytes).expect("it is sound");
    let normalized = run(&document, Strict);
    assert_eq!(reported(&document, &normalized), [""; 0]);
    let operation = operation(&normalized, "/ReleaseIntegrationPack", "post").expect("it is there");
    let body = &operation["requestBody"]["content"];
    assert_eq!(body.as_object().map(serde_json::Map::len), Some(1));
}
