//! Small documents of Swagger 2.0, and what they become.

use releasepack_codegen::{
    Bundle, Document, Generation, Normalized, Pass, Pointer, Strictness, generate, run_pass,
    to_json,
};
use serde_json::{Value, json};

/// A document with these members beside those that every document has.
pub(crate) fn with(members: Value) -> Value {
    let mut document = json!({
        "swagger": "2.0",
        "info": {"title": "Pets", "version": "1"},
        "host": "pets.example.com",
        "schemes": ["https"],
        "paths": {},
    });
    add(&mut document, members);
    document
}

fn add(node: &mut Value, members: Value) {
    let Value::Object(members) = members else {
        panic!("these are members: {members}");
    };
    for (name, value) in members {
        node[name] = value;
    }
}

/// A document with one operation, which has these members.
pub(crate) fn operation(members: Value) -> Value {
    let mut operation =
        json!({"operationId": "act", "responses": {"204": {"description": "Done"}}});
    add(&mut operation, members);
    with(json!({"paths": {"/pets": {"post": operation}}}))
}

/// The place of the operation of [`operation`].
pub(crate) const OPERATION: &str = "/paths/~1pets/post";

/// What the conversion alone makes of a document.
pub(crate) fn converted(document: &Value) -> Normalized {
    let pass = Pass::find("swagger").expect("there is such a pass");
    run_pass(pass, document.clone(), Strictness::Strict)
}

/// A node of the converted document.
pub(crate) fn at(document: &Value, place: &str) -> Value {
    let converted = converted(document).document;
    converted.pointer(place).cloned().unwrap_or_default()
}

/// What the conversion reports, each as its place and its message.
pub(crate) fn reported(document: &Value) -> Vec<String> {
    let converted = converted(document);
    let changes = converted.changes.into_iter();
    let changes = changes.map(|it| format!("{}: {}", it.pointer, it.what));
    let diagnostics = converted.diagnostics.into_iter();
    let diagnostics = diagnostics.map(|it| format!("{}: {}: {}", it.pointer, it.code, it.message));
    changes.chain(diagnostics).collect()
}

pub(crate) fn generated(document: &Value) -> Generation {
    let text = to_json(document);
    let parsed = Document::parse("pets.json", text.as_bytes()).expect("it is JSON");
    generate(&Bundle::from(parsed), Strictness::Strict)
        .unwrap_or_else(|faults| panic!("{faults:#?}"))
}

pub(crate) fn place(text: &str) -> Pointer {
    Pointer::parse(text).expect("a pointer")
}

/// The fixture with all that clients use.
pub(crate) fn fixture() -> Document {
    let text = include_str!("../../fixtures/generate/swagger.yaml");
    Document::parse("swagger.yaml", text.as_bytes()).expect("the fixture is YAML")
}
