//! The pipeline as a whole: what is checked in, and what stops it.

use std::fs;
use std::path::Path;

use releasepack_codegen::{Bundle, Document, Overlay, apply_overlay, bundle, generate, tree};

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

#[test]
fn a_style_that_cannot_be_sent_is_refused_at_its_place() {
    let told = generate(&document(
        "openapi: 3.0.3
info: {title: Pets, version: '1'}
paths:
  /pets/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, style: matrix, schema: {type: string}}
      responses: {default: {description: All.}}
",
    ))
    .unwrap_err();
    let told: Vec<_> = told
        .iter()
        .map(|it| (it.code.name(), it.pointer.as_str()))
        .collect();
    assert_eq!(
        told,
        [(
            "unsupported-parameter-style",
            "/paths/~1pets~1{id}/get/parameters/0/style"
        )]
    );
}
