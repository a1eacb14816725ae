//! Each promise of the client names a test, and that test exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Adds the names of all tests below a folder.
fn add_tests(folder: &Path, tests: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if !path.join("CACHEDIR.TAG").exists() {
                add_tests(&path, tests);
            }
        } else if path.extension().is_some_and(|it| it == "rs") {
            tests.extend(tests_in(&fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The names of the functions with an attribute that makes them a test.
fn tests_in(code: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_test = false;
    for line in code.lines().map(str::trim) {
        if line.starts_with("#[") {
            is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
            // A test that does not run proves nothing.
            is_test &= !line.starts_with("#[ignore");
            continue;
        }
        let function = line.trim_start_matches("async ").strip_prefix("fn ");
        if let Some((name, _)) = function.and_then(|rest| rest.split_once('(')) {
            names.extend(is_test.then(|| name.to_owned()));
        }
        is_test = false;
    }
    names
}

/// The rows of the tables: the promise, and the names of its tests.
fn promises(page: &str) -> Vec<(&str, Vec<&str>)> {
    let rows = page.lines().filter_map(|line| line.strip_prefix("//! | "));
    let cells = rows.filter_map(|row| row.trim_end_matches(" |").rsplit_once(" | "));
    cells
        .filter(|(promise, _)| *promise != "promise")
        .map(|(promise, tests)| (promise, tests.split('`').skip(1).step_by(2).collect()))
        .collect()
}

#[test]
fn each_promise_of_the_client_names_tests_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let page = fs::read_to_string(root.join("generated-client/src/promises.rs")).unwrap();
    let mut tests = BTreeSet::new();
    add_tests(&root.join("tests/tests"), &mut tests);
    add_tests(&root.join("generated-client/src"), &mut tests);
    add_tests(&root.join("generated-client/tests"), &mut tests);
    let promises = promises(&page);
    assert!(promises.len() > 30, "{promises:?}");
    for (promise, named) in promises {
        assert!(!named.is_empty(), "no test proves this: {promise}");
        for name in named {
            assert!(
                tests.contains(name),
                "there is no test {name}, which proves: {promise}"
            );
        }
    }
}

#[test]
fn only_functions_with_the_attribute_of_a_test_are_tests() {
    let code = "#[test]\nfn one() {}\nfn two() {}\n#[tokio::test(start_paused = true)]\nasync fn three() {}\n\
                #[test]\n#[ignore = \"slow\"]\nfn four() {}\n#[allow(x)]\n#[test]\n#[should_panic]\nfn five() {}";
    assert_eq!(tests_in(code), ["one", "three", "five"]);
}
