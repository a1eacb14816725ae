//! The YAML Test Suite: does the parser read what YAML 1.2 says?
//!
//! A case is a file of one document that has a counterpart in JSON. It passes if both are the same value.

use std::fs;
use std::path::{Path, PathBuf};

use releasepack_codegen::Document;
use serde_json::Value;

use super::{Case, Outcomes};

/// Runs the suite whose root is `from`: a checkout of the branch `data`.
pub(crate) fn run(from: &Path) -> Result<Outcomes, String> {
    let mut folders = Vec::new();
    collect(from, &mut folders)?;
    folders.sort();
    let (mut cases, mut without_json) = (Vec::new(), 0);
    for folder in folders {
        let json = fs::read_to_string(folder.join("in.json")).unwrap_or_default();
        let Ok(expected) = serde_json::from_str::<Value>(&json) else {
            without_json += 1;
            continue;
        };
        let path = folder.join("in.yaml");
        let bytes = fs::read(&path).map_err(|fault| format!("{}: {fault}", path.display()))?;
        let name = folder.strip_prefix(from).unwrap_or(&folder);
        let failure = match Document::parse("in.yaml", &bytes) {
            Ok(document) if is_same(document.value(), &expected) => None,
            Ok(document) => Some(format!("it is {}", document.value())),
            Err(faults) => Some(
                faults
                    .first()
                    .map_or_else(String::new, |it| it.message.clone()),
            ),
        };
        cases.push(Case {
            name: name.to_string_lossy().into_owned(),
            failure,
        });
    }
    Ok(Outcomes {
        cases,
        left_out: vec![(
            "not valid, several documents, or not to be said in JSON",
            without_json,
        )],
    })
}

/// The folders with a file `in.yaml`.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = fs::read_dir(folder).map_err(|fault| format!("{}: {fault}", folder.display()))?;
    if folder.join("in.yaml").is_file() {
        found.push(folder.to_owned());
    }
    for entry in entries.flatten() {
        let path = entry.path();
        // `name` and `tags` have links to the same folders.
        let is_index = path.ends_with("name") || path.ends_with("tags") || path.ends_with(".git");
        if path.is_dir() && !path.is_symlink() && !is_index {
            collect(&path, found)?;
        }
    }
    Ok(())
}

/// Whether two values are equal; `1` and `1.0` are.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let mut members = one.iter();
            one.len() == other.len()
                && members.all(|(name, value)| other.get(name).is_some_and(|it| is_same(value, it)))
        }
        (one, other) => one == other,
    }
}
