//! `$self` of OpenAPI 3.2: the base of references.

use releasepack_codegen::{Document, File, bundle};
use serde_json::{Value, json};

/// The components of a document at `api/open.yaml` whose schema `A` is this reference.
fn schemas(address: &str, reference: &str) -> Result<Value, String> {
    let text = format!(
        "openapi: 3.2.0\n$self: {address}\ninfo: {{title: x, version: '1'}}\ncomponents: {{schemas: {{Own: {{type: object}}, A: {{$ref: '{reference}'}}}}}}\n"
    );
    let document = Document::parse("open.yaml", text.as_bytes()).expect("the document is valid");
    let value = document.value().clone();
    let bundled = bundle(document, value, |path| {
        let name = path.to_owned();
        let bytes = format!("Pet: {{title: '{path}'}}").into_bytes();
        Ok(File { name, bytes })
    });
    let bundled = bundled.map_err(|faults| faults[0].message.clone())?;
    Ok(bundled.value()["components"]["schemas"].clone())
}

#[test]
fn references_start_from_the_address_of_the_document() {
    let url = "https://api.test/v1/open.yaml";
    for (address, reference, title) in [
        (url, "pet.yaml#/Pet", "pet.yaml"),
        (url, "https://api.test/v1/pet.yaml#/Pet", "pet.yaml"),
        (
            url,
            "https://api.test/v1/more/pet.yaml#/Pet",
            "more/pet.yaml",
        ),
        ("shared/open.yaml", "pet.yaml#/Pet", "shared/pet.yaml"),
        ("shared/open.yaml", "../pet.yaml#/Pet", "pet.yaml"),
        ("open.yaml", "pet.yaml#/Pet", "pet.yaml"),
    ] {
        let schemas = schemas(address, reference).expect(reference);
        assert_eq!(schemas["A"]["title"], title, "{address} {reference}");
    }
}

#[test]
fn the_address_of_the_document_is_the_document() {
    for (address, reference) in [
        (
            "https://api.test/open.yaml",
            "https://api.test/open.yaml#/components/schemas/Own",
        ),
        ("shared/open.yaml", "open.yaml#/components/schemas/Own"),
    ] {
        let schemas = schemas(address, reference).expect(reference);
        assert_eq!(
            schemas["A"],
            json!({"$ref": "#/components/schemas/Own"}),
            "{reference}"
        );
    }
}

#[test]
fn other_urls_are_not_downloaded() {
    let fault = schemas(
        "https://api.test/v1/open.yaml",
        "https://api.test/v2/pet.yaml#/Pet",
    );
    let fault = fault.expect_err("it is refused");
    assert!(
        fault.contains("is a URL, and nothing is downloaded"),
        "{fault}"
    );
}
