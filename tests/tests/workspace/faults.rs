//! The documentation of the sandbox.

use std::fs;
use std::path::Path;

/// The public functions in the code, each with its documentation.
fn functions(code: &str) -> Vec<(String, String)> {
    let mut functions = Vec::new();
    let mut documentation = String::new();
    for line in code.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("///") {
            documentation.push_str(text);
            documentation.push('\n');
        } else if let Some(rest) = line.strip_prefix("pub fn ") {
            let name = rest.split(['(', '<']).next().unwrap_or_default().to_owned();
            functions.push((name, std::mem::take(&mut documentation)));
        } else if !line.starts_with("#[") {
            documentation.clear();
        }
    }
    functions
}

#[test]
fn the_documentation_of_each_fault_has_an_example_that_uses_it() {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../generated-client/src/sandbox/fault");
    let read = |name: &str| functions(&fs::read_to_string(folder.join(name)).unwrap());
    let functions = ["mod.rs", "changes.rs", "modifiers.rs"].map(read).concat();
    assert!(functions.len() >= 20, "{functions:?}");
    for (name, documentation) in functions {
        let shown = documentation
            .lines()
            .filter(|line| !line.starts_with(" # "));
        let code: Vec<_> = shown.skip_while(|line| !line.starts_with(" ```")).collect();
        let uses =
            |line: &&&str| line.contains("sandbox.inject(") && line.contains(&format!("{name}("));
        assert!(
            code.iter().any(|line| uses(&line)),
            "no example uses the fault {name}"
        );
        let lines = code.len() - 2;
        assert!(
            (3..=4).contains(&lines),
            "the example of {name} has {lines} lines"
        );
    }
}
