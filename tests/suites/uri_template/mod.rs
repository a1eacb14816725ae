//! The tests of URI templates (RFC 6570): does a client expand parameters as the template does?
//!
//! A case is a template with the values of its variables. It becomes an operation: literals are the path, expressions are parameters
//! with the style of their operator. A program calls each operation, and compares the URL with the expected ones.

mod operations;
mod template;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use releasepack_codegen::{Bundle, Document, Strictness, generate};
use serde_json::{Map, Value, json};

use super::openapi::first;
use super::{Case, Outcomes, crates};
use operations::Operation;

const FILES: [&str; 3] = [
    "spec-examples.json",
    "spec-examples-by-section.json",
    "extended-tests.json",
];

/// The program, without the calls.
const PROGRAM: &str = include_str!("program.rs");

/// A case of the suite.
struct Test {
    name: String,
    operation: Operation,
    /// The expansions that are right.
    expected: Vec<String>,
}

/// Runs the suite whose root is `from`.
pub(crate) fn run(from: &Path) -> Result<Outcomes, String> {
    let mut left_out: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut tests: Vec<Test> = Vec::new();
    for file in FILES {
        for (name, variables, template, expected) in read(from, file)? {
            let ident = format!("case{}", tests.len());
            match Operation::of(&ident, &template, &variables) {
                Ok(operation) => tests.push(Test {
                    name,
                    expected: expected.iter().map(|it| operation.url(it)).collect(),
                    operation,
                }),
                Err(why) => *left_out.entry(why).or_default() += 1,
            }
        }
    }
    let failures = failures(&tests)?;
    let cases = tests.iter().map(|test| Case {
        name: test.name.clone(),
        failure: failures.get(&test.operation.ident).cloned(),
    });
    Ok(Outcomes {
        cases: cases.collect(),
        left_out: left_out.into_iter().collect(),
    })
}

/// The name, the variables, the template and the expansions of a test.
type Read = (String, Map<String, Value>, String, Vec<String>);

fn read(from: &Path, file: &str) -> Result<Vec<Read>, String> {
    let path = from.join(file);
    let failed = |fault: &dyn std::fmt::Display| format!("{}: {fault}", path.display());
    let bytes = fs::read(&path).map_err(|fault| failed(&fault))?;
    let groups: Map<String, Value> =
        serde_json::from_slice(&bytes).map_err(|fault| failed(&fault))?;
    let mut tests = Vec::new();
    for (group, content) in groups {
        let variables = content["variables"]
            .as_object()
            .cloned()
            .unwrap_or_default();
        for case in content["testcases"].as_array().into_iter().flatten() {
            let template = case[0].as_str().unwrap_or_default();
            let expected: Vec<String> = match &case[1] {
                Value::Array(all) => all
                    .iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
                Value::String(one) => vec![one.clone()],
                _ => continue,
            };
            let file = file.trim_end_matches(".json");
            let mut name = format!("{file}: {group}: {template}");
            while tests.iter().any(|(other, ..): &Read| *other == name) {
                name += " (again)";
            }
            tests.push((name, variables.clone(), template.to_owned(), expected));
        }
    }
    Ok(tests)
}

/// What failed of each operation, by its id.
fn failures(tests: &[Test]) -> Result<std::collections::HashMap<String, String>, String> {
    let paths: Map<String, Value> = tests
        .iter()
        .map(|test| (test.operation.path.clone(), test.operation.item()))
        .collect();
    // Since this version, reserved characters may be in paths.
    let document = json!({
        "openapi": "3.2.0",
        "info": {"title": "Templates", "version": "1"},
        "paths": paths,
    });
    let document = Document::parse("templates.json", document.to_string().as_bytes());
    let document = document.map_err(|faults| first(&faults))?;
    let generation = generate(&Bundle::from(document), Strictness::Strict);
    let generation = generation.map_err(|faults| first(&faults))?;
    let mut calls = String::new();
    for Test {
        operation,
        expected,
        ..
    } in tests
    {
        let ident = &operation.ident;
        let arguments = operation.arguments.join(", ");
        writeln!(
            calls,
            "    check({ident:?}, &{expected:?}, async |client| client.{ident}({arguments}).send().await.map(drop).map_err(|it| it.to_string()));"
        )
        .expect("a string can always grow");
    }
    let program = format!("{PROGRAM}\nfn main() {{\n{calls}}}\n");
    crates::run("uri-template", &[("templates", &generation)], program)
}
