//! Reads fixtures and writes their snapshots.

use std::path::Path;

use releasepack_codegen::{Document, Normalized, Severity, Strictness, normalize};
use serde_json::Value;

pub(crate) fn read(name: &str) -> Document {
    let file = format!("{name}.yaml");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/normalize");
    let bytes = std::fs::read(path.join(&file)).expect("the fixture can be read");
    Document::parse(&file, &bytes).expect("the fixture is sound YAML")
}

pub(crate) fn document(text: &str) -> Document {
    Document::parse("test.yaml", text.as_bytes()).expect("the document is sound YAML")
}

pub(crate) fn run(document: &Document, strictness: Strictness) -> Normalized {
    normalize(document.value().clone(), strictness)
}

/// The diagnostics, one line for each, without advice.
pub(crate) fn reported(document: &Document, normalized: &Normalized) -> Vec<String> {
    let lines = normalized.diagnostics.iter().map(|diagnostic| {
        let diagnostic = document.place(diagnostic.clone());
        let place = diagnostic.location.expect("every diagnostic has a place");
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let (code, line, column) = (diagnostic.code, place.line, place.column);
        format!("{severity}[{code}] {line}:{column} {}", diagnostic.message)
    });
    lines.collect()
}

/// The normalized operations and components of a fixture, the changes of the pass with its name, and all diagnostics.
pub(crate) fn show(name: &str, strictness: Strictness) -> String {
    let document = read(name);
    let normalized = run(&document, strictness);
    let mut lines = Vec::new();
    for (path, item) in members(normalized.document.get("paths")) {
        for (method, operation) in members(Some(item)) {
            lines.push(format!("{method} {path}"));
            for (name, member) in members(Some(operation)) {
                show_member(&mut lines, name, member);
            }
        }
    }
    for (section, components) in members(normalized.document.get("components")) {
        for (name, component) in members(Some(components)) {
            lines.push(format!("{section} {name}: {component}"));
        }
    }
    let pass = name.replace('_', "-");
    // A pass can have a fixture for each version.
    let pass = pass.trim_end_matches("-3-2");
    lines.push("changes".to_owned());
    let changes = normalized.changes.iter().filter(|it| it.pass == pass);
    lines.extend(changes.map(|change| format!("  {}: {}", change.pointer, change.what)));
    let reported = reported(&document, &normalized);
    if !reported.is_empty() {
        lines.push("diagnostics".to_owned());
        lines.extend(reported.into_iter().map(|line| format!("  {line}")));
    }
    lines.join("\n")
}

fn show_member(lines: &mut Vec<String>, name: &str, member: &Value) {
    match (name, member) {
        ("parameters", Value::Array(parameters)) => {
            lines.extend(parameters.iter().map(|it| format!("  parameter {it}")));
        }
        ("responses", Value::Object(responses)) => {
            lines.extend(
                responses
                    .iter()
                    .map(|(status, it)| format!("  {status} {it}")),
            );
        }
        (name, member) => lines.push(format!("  {name} {member}")),
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// An operation of a normalized document.
pub(crate) fn operation<'d>(
    normalized: &'d Normalized,
    path: &str,
    method: &str,
) -> Option<&'d Value> {
    normalized.document.get("paths")?.get(path)?.get(method)
}
