//! What breaks a MUST of the specification is a warning or an error, at the member that breaks it.

use std::collections::BTreeSet;

use releasepack_codegen::{Code, Document, MUSTS, Pointer, Severity, lint};
use serde_json::Value;

fn fixture() -> Value {
    let text = include_str!("../../fixtures/lint/musts.yaml");
    let document = Document::parse("musts.yaml", text.as_bytes());
    document
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
        .value()
        .clone()
}

/// The node that contains a place, and the last token of the place.
fn holder<'v>(document: &'v mut Value, place: &str) -> (&'v mut Value, String) {
    let place = Pointer::parse(place).expect("the fixture has pointers");
    let parent = place.parent().expect("the root is not changed");
    let last = place.last().expect("the root is not changed");
    let node = document.pointer_mut(parent.as_str());
    (node.unwrap_or_else(|| panic!("{parent} is there")), last)
}

fn set(document: &mut Value, place: &str, value: &Value) {
    let (node, last) = holder(document, place);
    match node {
        Value::Array(elements) => match last.parse::<usize>().expect("an index") {
            at if at == elements.len() => elements.push(value.clone()),
            at => elements[at] = value.clone(),
        },
        node => node[last] = value.clone(),
    }
}

#[test]
fn a_document_that_meets_every_must_has_no_warnings() {
    let found = lint(&fixture()["document"]);
    let warnings: Vec<_> = found
        .iter()
        .filter(|it| it.severity > Severity::Note)
        .collect();
    assert!(warnings.is_empty(), "{warnings:#?}");
}

#[test]
fn each_must_has_a_warning_at_the_member_that_breaks_it() {
    let fixture = fixture();
    let breaks = fixture["breaks"].as_array().expect("a list");
    let names: Vec<&str> = breaks.iter().filter_map(|it| it["must"].as_str()).collect();
    let listed: Vec<&str> = MUSTS.iter().map(|must| must.about).collect();
    assert_eq!(names, listed);
    let mut missed = Vec::new();
    for (it, must) in breaks.iter().zip(MUSTS) {
        let mut document = fixture["document"].clone();
        for (place, value) in it["set"].as_object().into_iter().flatten() {
            set(&mut document, place, value);
        }
        if let Some(place) = it["remove"].as_str() {
            let (node, last) = holder(&mut document, place);
            let removed = node.as_object_mut().and_then(|it| it.remove(&last));
            assert!(removed.is_some(), "{place} is there");
        }
        let found = lint(&document);
        // Normalization may reject what a rule only warns of.
        let code = it["code"].as_str().unwrap_or(must.code.name());
        let place = it["place"].as_str().expect("a place");
        let found = found.iter().filter(|it| it.severity > Severity::Note);
        let found: Vec<String> = found
            .map(|it| format!("{} {}", it.code, it.pointer))
            .collect();
        if !found.contains(&format!("{code} {place}")) {
            missed.push((must.about, code, place, found));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

/// The codes that the requirements have. Another test breaks each of them.
const CODES: &[Code] = &[
    Code::ARRAY_WITHOUT_ITEMS,
    Code::CONFLICTING_MEMBERS,
    Code::DANGLING_LINK,
    Code::DANGLING_REFERENCE,
    Code::DEFAULT_MISMATCH,
    Code::DUPLICATE_OPERATION_ID,
    Code::DUPLICATE_PARAMETER,
    Code::DUPLICATE_TAG,
    Code::EQUIVALENT_PATHS,
    Code::INVALID_NAME,
    Code::INVALID_PATH,
    Code::INVALID_PATTERN,
    Code::INVALID_STATUS,
    Code::INVALID_VALUE,
    Code::MISSING_MEMBER,
    Code::OPTIONAL_PATH_PARAMETER,
    Code::UNDECLARED_PATH_PARAMETER,
    Code::UNDEFINED_ENCODING,
    Code::UNDEFINED_REQUIRED_PROPERTY,
    Code::UNDEFINED_SECURITY_SCHEME,
    Code::UNSUPPORTED_PARAMETER,
    Code::UNUSED_PATH_PARAMETER,
    Code::WRONG_TYPE,
];

#[test]
fn the_requirements_have_these_codes() {
    let listed: BTreeSet<Code> = MUSTS.iter().map(|must| must.code).collect();
    let expected: BTreeSet<Code> = CODES.iter().copied().collect();
    assert_eq!(listed, expected);
}
