//! A document of Swagger 2.0 gives the same client as the document of OpenAPI 3 that says the same.

use releasepack_codegen::{Bundle, Document, Strictness, generate};

use super::case::fixture;

/// The generated files, without the digests of the documents.
fn files(document: Document) -> Vec<(String, String)> {
    let generation = generate(&Bundle::from(document), Strictness::Strict);
    let generation = generation.unwrap_or_else(|faults| panic!("{faults:#?}"));
    let files = generation.files.into_iter().map(|file| {
        let lines = file.text.lines();
        let lines = lines.filter(|line| !line.starts_with("// Digest"));
        (file.path, lines.collect::<Vec<_>>().join("\n"))
    });
    files.collect()
}

#[test]
fn the_fixture_and_its_twin_give_the_same_files() {
    let text = include_str!("../../fixtures/swagger/openapi.yaml");
    let twin = Document::parse("openapi.yaml", text.as_bytes()).expect("the twin is YAML");
    let (ours, twins) = (files(fixture()), files(twin));
    assert_eq!(ours.len(), twins.len());
    for ((path, text), (_, twin)) in ours.iter().zip(&twins) {
        let differs = text
            .lines()
            .zip(twin.lines())
            .find(|(one, other)| one != other);
        assert_eq!(differs, None, "{path}");
        assert_eq!(text.len(), twin.len(), "{path}");
    }
}

#[test]
fn extensions_change_nothing_but_whether_a_value_may_be_null() {
    let document = fixture();
    let text = releasepack_codegen::to_json(document.value());
    let parse = |text: &str| Document::parse("a.json", text.as_bytes()).expect("it is JSON");
    let changed = |name: &str, value: &str| {
        let other = text.replace("\"x-nullable\": true", &format!("\"{name}\": {value}"));
        assert_ne!(text, other);
        files(parse(&other))
    };
    let without = changed("x-other", "1");
    assert_eq!(changed("x-nullable", "false"), without);
    assert_eq!(changed("x-isnullable", "true"), without);
    assert_ne!(files(parse(&text)), without);
}
