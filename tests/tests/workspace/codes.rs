//! Every diagnostic has a test.

use std::fs;
use std::path::Path;

use releasepack_codegen::Code;

/// Codes that no known document provokes: the engine never sees the schemas that it cannot handle. A unit test covers the search
/// for such schemas.
const WITHOUT_TEST: &[&str] = &["unsupported-by-generator"];

/// Adds the texts of all tests and snapshots, except this one.
fn texts(folder: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let kind = path.extension().and_then(|it| it.to_str());
        if path.is_dir() {
            texts_below(&path, texts);
        } else if matches!(kind, Some("rs" | "snap")) && !path.ends_with("workspace/codes.rs") {
            texts.push(fs::read_to_string(&path).unwrap());
        }
    }
}

fn texts_below(folder: &Path, found: &mut Vec<String>) {
    let is_built = folder.join("CACHEDIR.TAG").exists();
    if !is_built {
        texts(folder, found);
    }
}

/// Whether a text contains the name or the constant of a code as a whole word.
fn mentions(text: &str, code: Code) -> bool {
    let constant = format!("Code::{}", code.name().replace('-', "_").to_uppercase());
    [code.name(), &constant].into_iter().any(|word| {
        text.match_indices(word).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + word.len()..].chars().next();
            let goes_on =
                |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || "-_/".contains(it));
            !goes_on(before) && !goes_on(after)
        })
    })
}

#[test]
fn every_diagnostic_has_a_test_that_names_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    texts_below(root, &mut found);
    let untested: Vec<_> = Code::ALL
        .iter()
        .filter(|code| !found.iter().any(|text| mentions(text, **code)))
        .map(|code| code.name())
        .filter(|name| !WITHOUT_TEST.contains(name))
        .collect();
    assert!(untested.is_empty(), "{untested:?}");
}

#[test]
fn every_page_belongs_to_a_code_and_says_what_to_do() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codegen/docs");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let code = Code::find(name).unwrap_or_else(|| panic!("there is no code `{name}`"));
        let title = format!("# {name}");
        assert_eq!(code.page().lines().next(), Some(title.as_str()));
        assert!(
            code.page().contains("**What to do.**"),
            "{name} does not say what to do"
        );
    }
}
