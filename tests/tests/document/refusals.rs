//! Documents that are refused, with all the faults that were found until then.

use releasepack_codegen::{Diagnostic, Document, DocumentKind, Pointer, Version};
use serde_json::json;

fn faults(name: &str, text: &[u8]) -> Vec<Diagnostic> {
    Document::parse(name, text).expect_err("the text is refused")
}

fn codes(faults: &[Diagnostic]) -> Vec<&str> {
    faults.iter().map(|it| it.code.name()).collect()
}

#[test]
fn too_many_values_are_refused_at_the_first_one_above_the_limit() {
    let text = format!(
        "{{\"openapi\": \"3.0.3\", \"x\": [{}0]}}",
        "0,".repeat(3_000_000)
    );
    let faults = faults("api.json", text.as_bytes());
    assert_eq!(codes(&faults), ["document-too-large"]);
    let place = faults[0].location.expect("a place");
    assert!(place.line == 1 && place.column > 5_000_000, "{place:?}");
}

#[test]
fn duplicate_keys_are_reported_together_with_the_fault_that_stops_the_reader() {
    let yaml = faults("api.yaml", b"a: 1\na: 2\nb: [\n");
    assert_eq!(codes(&yaml), ["duplicate-key", "invalid-syntax"]);
    let json = faults("api.json", b"{\"a\": 1, \"a\": 2, \"b\": [}");
    assert_eq!(codes(&json), ["duplicate-key", "invalid-syntax"]);
}

#[test]
fn the_first_duplicate_keys_are_reported_and_the_rest_is_counted() {
    let yaml = format!("a: 0\n{}", "a: 1\n".repeat(5_000));
    let json = format!("{{\"a\": 0{}}}", ", \"a\": 1".repeat(5_000));
    for (name, text) in [("api.yaml", yaml), ("api.json", json)] {
        let faults = faults(name, text.as_bytes());
        assert_eq!(faults.len(), 100);
        assert!(faults[0].message.starts_with("the key `a` occurs twice"));
        assert_eq!(
            faults[99].message,
            "4901 more faults of this kind are not shown; this is the first of them"
        );
    }
}

#[test]
fn a_lone_carriage_return_ends_a_line() {
    let text = "openapi: 3.0.3\rpaths:\r  /pets:\r\n    get: {}\n";
    let document = Document::parse("api.yaml", text.as_bytes()).expect("a document");
    let place = document.locate(&Pointer::parse("/paths/~1pets/get").expect("a pointer"));
    assert_eq!((place.line, place.column), (4, 5));
}

#[test]
fn encodings_of_wide_characters_are_named() {
    let text = r#"{"openapi": "3.0.3"}"#;
    let wide = |width: usize, big: bool, mark: bool| {
        let characters = mark.then_some('\u{FEFF}').into_iter().chain(text.chars());
        let bytes = characters.flat_map(|character| {
            let all = u32::from(character).to_be_bytes();
            let mut bytes = all[4 - width..].to_vec();
            if !big {
                bytes.reverse();
            }
            bytes
        });
        bytes.collect::<Vec<u8>>()
    };
    for (big, mark) in [(false, false), (false, true), (true, false), (true, true)] {
        for (width, name) in [(2, "UTF-16"), (4, "UTF-32")] {
            let faults = faults("api.json", &wide(width, big, mark));
            assert_eq!(codes(&faults), ["invalid-encoding"]);
            let expected = format!("the document is {name}, not UTF-8");
            assert_eq!(faults[0].message, expected, "{big} {mark}");
        }
    }
}

#[test]
fn an_invalid_version_is_refused_and_quoted() {
    for text in ["3.0", "3.0.3", "3.0.1-rc1", "3.0-rc1", "3.0.x"] {
        let kind = DocumentKind::of(&json!({ "openapi": text }));
        assert_eq!(kind, DocumentKind::OpenApi(Version::V3_0), "{text}");
    }
    assert_eq!(
        DocumentKind::of(&json!({"openapi": 3.1})),
        DocumentKind::OpenApi(Version::V3_1)
    );
    let refused = |version: &str| {
        let refused = Version::of(&json!({ "openapi": version })).expect_err("not a version");
        refused.message
    };
    insta::assert_snapshot!(
        ["3.0.\nfoo", "", "3.0.", "3.00", "3.3.0", &"9".repeat(1000)].map(refused).join("\n"),
        @r"
    this is a document with the invalid version `3.0. foo`, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2
    this is a document with an empty version, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2
    this is a document with the invalid version `3.0.`, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2
    this is OpenAPI 3.00, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2
    this is OpenAPI 3.3.0, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2
    this is a document with the invalid version `999999999999999999999999999999999999999999999999999999999999…`, not Swagger 2.0 or OpenAPI 3.0, 3.1 or 3.2
    "
    );
}
