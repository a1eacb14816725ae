//! What breaks a MUST of the specification is a warning or an error, at the member that breaks it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use releasepack_codegen::{Code, Document, MUSTS, Pointer, Severity, lint};
use serde_json::Value;

/// The fixture of some requirements, or a document that meets all.
fn fixture(name: &str) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/lint/musts");
    let file = format!("{name}.yaml");
    let bytes = fs::read(folder.join(&file));
    let bytes = bytes.unwrap_or_else(|fault| panic!("{file}: {fault}"));
    let document = Document::parse(&file, &bytes);
    let document = document.unwrap_or_else(|faults| panic!("{faults:#?}"));
    document.value().clone()
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
    for name in ["older", "newer"] {
        let found = lint(&fixture(name));
        let warnings: Vec<_> = found
            .iter()
            .filter(|it| it.severity > Severity::Note)
            .collect();
        assert!(warnings.is_empty(), "{name}: {warnings:#?}");
    }
}

/// The document with what breaks a requirement.
fn broken(mut document: Value, change: &Value) -> Value {
    for (place, value) in change["set"].as_object().into_iter().flatten() {
        set(&mut document, place, value);
    }
    let removed = match &change["remove"] {
        Value::Array(places) => places.iter().collect(),
        Value::Null => Vec::new(),
        place => vec![place],
    };
    for place in removed {
        let place = place.as_str().expect("a place");
        let (node, last) = holder(&mut document, place);
        let removed = node.as_object_mut().and_then(|it| it.remove(&last));
        assert!(removed.is_some(), "{place} is there");
    }
    document
}

#[test]
fn each_must_has_a_warning_at_the_member_that_breaks_it() {
    let (older, newer) = (fixture("older"), fixture("newer"));
    let mut missed = Vec::new();
    for (name, musts) in MUSTS {
        let fixture = fixture(name);
        let breaks = fixture.as_array().expect("a list");
        let names: Vec<&str> = breaks.iter().filter_map(|it| it["must"].as_str()).collect();
        let listed: Vec<&str> = musts.iter().map(|must| must.about).collect();
        assert_eq!(names, listed, "{name}");
        for (it, must) in breaks.iter().zip(*musts) {
            let document = match it["document"].as_str() {
                Some("newer") => &newer,
                _ => &older,
            };
            let found = lint(&broken(document.clone(), it));
            // Normalization may reject what a rule only warns of.
            let code = it["code"].as_str().unwrap_or(must.code.name());
            let place = it["place"].as_str().expect("a place");
            let found = found.iter().filter(|it| it.severity > Severity::Note);
            let found: Vec<String> = found
                .map(|it| format!("{} {}", it.code, it.pointer))
                .collect();
            if !found.contains(&format!("{code} {place}")) {
                missed.push((must.about, code.to_owned(), place.to_owned(), found));
            }
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
    Code::MALFORMED_NODE,
    Code::MALFORMED_SCHEMA,
    Code::MISSING_MEMBER,
    Code::MISTAKEN_REFERENCE,
    Code::OPTIONAL_PATH_PARAMETER,
    Code::UNDECLARED_PATH_PARAMETER,
    Code::UNDEFINED_ENCODING,
    Code::UNDEFINED_REQUIRED_PROPERTY,
    Code::UNDEFINED_SECURITY_SCHEME,
    Code::UNKNOWN_MEMBER,
    Code::UNSUPPORTED_PARAMETER,
    Code::UNUSED_PATH_PARAMETER,
    Code::WRONG_TYPE,
];

#[test]
fn the_requirements_have_these_codes() {
    let all = MUSTS.iter().flat_map(|(_, musts)| *musts);
    let listed: BTreeSet<Code> = all.map(|must| must.code).collect();
    let expected: BTreeSet<Code> = CODES.iter().copied().collect();
    assert_eq!(listed, expected);
}
