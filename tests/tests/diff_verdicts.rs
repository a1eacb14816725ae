//! What `diff` says of changes that are easy to judge wrongly: who breaks, and who does not.

use std::collections::BTreeSet;

use releasepack_codegen::diff::{Diff, compare};
use releasepack_codegen::{Bundle, Document};

/// A document whose operation `POST /pets` has these members.
fn document(name: &str, operation: &str) -> Bundle {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\n\
         components: {{securitySchemes: {{key: {{type: apiKey, name: X-Key, in: header}}, token: {{type: http, scheme: bearer}}}}}}\n\
         paths: {{/pets: {{post: {{operationId: addPet, {operation}}}}}}}\n"
    );
    let document = Document::parse(name, text.as_bytes());
    document.expect("a valid document").into()
}

fn diff(base: &str, revision: &str) -> Diff {
    let (base, revision) = (document("base", base), document("revision", revision));
    compare(&base, &revision).expect("two documents that can be read")
}

fn rules(diff: &Diff) -> BTreeSet<&'static str> {
    diff.changes.iter().map(|change| change.rule.id).collect()
}

fn request(schema: &str) -> String {
    format!(
        "requestBody: {{required: true, content: {{application/json: {{schema: {schema}}}}}}}, \
         responses: {{'204': {{description: done}}}}"
    )
}

fn response(schema: &str) -> String {
    format!(
        "responses: {{'200': {{description: done, content: {{application/json: {{schema: {schema}}}}}}}}}"
    )
}

fn security(requirements: &str) -> String {
    format!("security: {requirements}, responses: {{'204': {{description: done}}}}")
}

/// A change: what it is, both operations, the rules that tell of it, and whether a deployed client breaks or may break.
type Case = (&'static str, String, String, &'static [&'static str], bool);

#[expect(clippy::too_many_lines, reason = "it is a table")]
fn cases() -> Vec<Case> {
    let object = |members: &str| format!("{{type: object, {members}}}");
    let id = |more: &str, rest: &str| {
        object(&format!("properties: {{id: {{type: string{more}}}}}{rest}"))
    };
    let required = ", required: [id]";
    let header = |header: &str| {
        format!("responses: {{'204': {{description: done, headers: {{X-Rate: {header}}}}}}}")
    };
    vec![
        (
            "a required property of responses that only the server sets is still there",
            response(&id("", required)),
            response(&id(", readOnly: true", required)),
            &["response-value-became-read-only"],
            false,
        ),
        (
            "a required property that is not in responses any more",
            response(&id("", required)),
            response(&id(", writeOnly: true", required)),
            &[
                "response-property-became-optional",
                "response-value-became-write-only",
            ],
            true,
        ),
        (
            "a required property that only requests had was always sent",
            request(&id(", writeOnly: true", required)),
            request(&id("", required)),
            &["request-value-became-two-way"],
            false,
        ),
        (
            "a required property that requests did not have",
            request(&id(", readOnly: true", required)),
            request(&id("", required)),
            &[
                "request-property-became-required",
                "request-value-became-two-way",
            ],
            true,
        ),
        (
            "a pattern that accepts everything",
            request("{type: string, pattern: '^[a-z]+$'}"),
            request("{type: string, pattern: '.*'}"),
            &["request-bound-loosened"],
            false,
        ),
        (
            "a pattern that refuses lines",
            request("{type: string}"),
            request("{type: string, pattern: '^.*$'}"),
            &["request-bound-tightened"],
            true,
        ),
        (
            "a value that may fit two variants, of which exactly one must accept it",
            request("{type: object, properties: {a: {type: string}}}"),
            request(
                "{oneOf: [{type: object, properties: {a: {type: string}}}, \
                 {type: object, properties: {b: {type: string}}}]}",
            ),
            &["request-type-widened", "request-union-kind-changed"],
            true,
        ),
        (
            "other credentials are accepted, too",
            security("[{key: []}]"),
            security("[{key: []}, {token: []}]"),
            &["security-loosened"],
            false,
        ),
        (
            "credentials are not needed any more",
            security("[{key: []}]"),
            security("[]"),
            &["security-loosened"],
            false,
        ),
        (
            "more credentials are needed",
            security("[{key: []}]"),
            security("[{key: [], token: []}]"),
            &["security-changed"],
            true,
        ),
        (
            "a header is written in another way",
            header("{schema: {type: integer}}"),
            header("{schema: {type: string}}"),
            &["response-header-value-changed"],
            true,
        ),
        (
            "a header is always there",
            header("{schema: {type: integer}}"),
            header("{required: true, schema: {type: integer}}"),
            &["response-header-changed"],
            false,
        ),
    ]
}

#[test]
fn deployed_clients_break_only_where_something_breaks() {
    let mut wrong = Vec::new();
    for (name, base, revision, expected, breaks) in cases() {
        let diff = diff(&base, &revision);
        let expected: BTreeSet<&str> = expected.iter().copied().collect();
        let may_break = diff
            .changes
            .iter()
            .any(|change| change.rule.deployed.is_risk());
        if rules(&diff) != expected || may_break != breaks {
            wrong.push(format!("{name}: {:?}, breaks: {may_break}", rules(&diff)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Paths that differ only in the names of their parameters are not valid, but they are compared one by one.
#[test]
fn a_document_with_paths_that_are_alike_is_equal_to_itself() {
    let path = |name: &str| {
        format!(
            "/pets/{{{name}}}: {{get: {{operationId: get_{name}, parameters: [{{name: {name}, in: path, required: true, \
             schema: {{type: string}}}}], responses: {{'204': {{description: done}}}}}}}}"
        )
    };
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: Pets, version: '1'}}\npaths:\n  {}\n  {}\n",
        path("id"),
        path("name")
    );
    let read = |name: &str| -> Bundle {
        let document = Document::parse(name, text.as_bytes());
        document.expect("a document").into()
    };
    let diff = compare(&read("base"), &read("revision")).expect("two documents that can be read");
    assert!(diff.is_empty(), "{:?}", diff.changes);
}

/// The client sends and reads JSON; it does not matter what XML looks like, but it is told.
#[test]
fn a_schema_of_a_media_type_that_the_client_does_not_use_is_told() {
    let with = |longest: u32| {
        format!(
            "requestBody: {{content: {{application/json: {{schema: {{type: string}}}}, \
             application/xml: {{schema: {{type: string, maxLength: {longest}}}}}}}}}, responses: {{'204': {{description: done}}}}"
        )
    };
    let diff = diff(&with(20), &with(10));
    assert_eq!(
        rules(&diff),
        BTreeSet::from(["request-media-types-changed"])
    );
    assert!(diff.changes[0].what.contains("application/xml"));
}
