//! The pipeline as a whole: what is checked in, and what stops it.

use std::fs;
use std::path::Path;

use releasepack_codegen::{
    Bundle, Diagnostic, Document, Generation, Overlay, Strictness, apply_overlay, bundle, tree,
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn effective() -> Bundle {
    let read = |name: &str| fs::read(root().join("spec").join(name)).unwrap();
    let document = Document::parse("spec.yaml", &read("release-integration-pack.yaml")).unwrap();
    let overlay = Overlay::parse("overlay.yaml", &read("overlay.yaml")).unwrap();
    let (value, _) = apply_overlay(document.value().clone(), &overlay).unwrap();
    bundle(document, value, |path| {
        Err(format!("{path} is not asked for"))
    })
    .unwrap()
}

fn generate(document: &Bundle) -> Result<Generation, Vec<Diagnostic>> {
    releasepack_codegen::generate(document, Strictness::Strict)
}

fn document(text: &str) -> Bundle {
    Document::parse("api.yaml", text.as_bytes()).unwrap().into()
}

#[test]
fn what_is_checked_in_is_what_is_generated() {
    let generation = generate(&effective()).unwrap();
    let folder = root().join("generated-client/src/generated");
    let differences = tree::compare(&generation.files, &tree::read(&folder).unwrap());
    assert!(
        differences.is_empty(),
        "run `cargo xtask regen`: {differences:?}"
    );
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    let (one, other) = (
        generate(&effective()).unwrap(),
        generate(&effective()).unwrap(),
    );
    assert_eq!(one.files, other.files);
}

#[test]
fn generated_code_stays_light() {
    let files = generate(&effective()).unwrap().files;
    let lines: usize = files.iter().map(|file| file.text.lines().count()).sum();
    assert!(lines < 900, "{lines}");
}

#[test]
fn several_kinds_of_answers_become_enums_by_status() {
    let generation = generate(&document(
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets:
    post:
      operationId: addPet
      responses:
        '200': {description: It was there., content: {application/json: {schema: {type: string}}}}
        '204': {description: Nothing to say.}
        '400': {description: Bad., content: {application/json: {schema: {type: integer}}}}
        default: {description: Else., content: {text/plain: {schema: {type: string}}}}
",
    ))
    .unwrap();
    let outline = generation.outline;
    let lines: Vec<&str> = outline
        .lines()
        .filter(|line| line.contains("variant"))
        .collect();
    assert_eq!(
        lines,
        [
            "variant operations::AddPetError::BadRequest(i64)",
            "variant operations::AddPetError::Other(String)",
            "variant operations::AddPetResponse::NoContent",
            "variant operations::AddPetResponse::Ok(String)",
        ]
    );
}

/// The generated code of a fixture, one behaviour each, without what every file has.
fn generated(fixture: &str, file: &str, from: &str) -> String {
    let path = root().join("tests/fixtures/generate").join(fixture);
    let document = Document::parse(fixture, &fs::read(path).unwrap()).unwrap();
    let generation = generate(&document.into()).unwrap();
    let file = generation.files.iter().find(|it| it.path == file).unwrap();
    let begin = file.text.find(from).unwrap();
    file.text[begin..].to_owned()
}

#[test]
fn an_enum_keeps_values_that_it_does_not_know() {
    insta::assert_snapshot!(
        "open_enum",
        generated("open_enum.yaml", "types.rs", "/// How")
    );
}

#[test]
fn a_required_field_is_asked_for_and_an_optional_one_has_a_setter() {
    let code = generated("required_field.yaml", "types.rs", "/// `Pet`");
    insta::assert_snapshot!("required_field", code);
}

#[test]
fn recursion_goes_through_boxes_and_lists() {
    let code = generated("recursion.yaml", "types.rs", "/// `Node`");
    insta::assert_snapshot!("recursion", code);
}

#[test]
fn a_discriminator_tells_the_variants_of_a_union_apart() {
    let code = generated("tagged_union.yaml", "types.rs", "/// `Pet`");
    let end = code.find("/// `Cat`").unwrap_or(code.len());
    insta::assert_snapshot!("tagged_union", code[..end].trim_end());
}

#[test]
fn answers_of_several_kinds_are_told_apart_by_status() {
    let code = generated("several_answers.yaml", "operations.rs", "/// The answers");
    insta::assert_snapshot!("several_answers", code);
}

#[test]
fn an_optional_parameter_is_a_method_of_the_request() {
    let code = generated("parameters.yaml", "operations.rs", "impl GetPet<");
    insta::assert_snapshot!("parameters", code);
}
