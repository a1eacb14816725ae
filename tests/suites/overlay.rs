//! The Overlay Specification's own tests: overlays that its schemas accept or reject, and documents before and after an overlay.

use std::fs;
use std::path::Path;

use releasepack_codegen::{Diagnostic, Document, Overlay, apply_overlay};

use super::openapi::{files, first};
use super::{Case, Outcomes};

/// The versions that are tried.
const VERSIONS: [&str; 2] = ["v1.0", "v1.1"];

/// Runs the suite whose root is `from`.
pub(crate) fn run(from: &Path) -> Result<Outcomes, String> {
    let mut cases = Vec::new();
    for version in VERSIONS {
        for kind in ["pass", "fail"] {
            for path in files(&from.join("tests").join(version).join(kind))? {
                let file = path.file_name().unwrap_or_default().to_string_lossy();
                let failure = match (read(&path)?, kind) {
                    (Err(faults), "pass") => Some(first(&faults)),
                    (Ok(_), "fail") => Some("nothing is reported".to_owned()),
                    _ => None,
                };
                cases.push(Case {
                    name: format!("{version}/{kind}/{file}"),
                    failure,
                });
            }
        }
    }
    let sets = from.join("compliant-sets");
    let entries = fs::read_dir(&sets).map_err(|fault| format!("{}: {fault}", sets.display()))?;
    let mut folders: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        cases.push(Case {
            name: format!("compliant-sets/{name}"),
            failure: apply(&folder)?.err(),
        });
    }
    let drafts = from.join("tests/v1.2-dev");
    let drafts = ["pass", "fail"].map(|kind| files(&drafts.join(kind)).map_or(0, |it| it.len()));
    Ok(Outcomes {
        cases,
        left_out: vec![("of a draft of version 1.2", drafts.iter().sum())],
    })
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|fault| format!("{}: {fault}", path.display()))
}

fn read(path: &Path) -> Result<Result<Overlay, Vec<Diagnostic>>, String> {
    Ok(Overlay::parse("overlay.yaml", &bytes(path)?))
}

/// Applies the overlay of a set, and compares the result with the one that the set has.
fn apply(folder: &Path) -> Result<Result<(), String>, String> {
    let document = |name| {
        let document = Document::parse(name, &bytes(&folder.join(name))?);
        document.map_err(|faults| first(&faults))
    };
    let (before, after) = (document("openapi.yaml")?, document("output.yaml")?);
    let overlay = match read(&folder.join("overlay.yaml"))? {
        Ok(overlay) => overlay,
        Err(faults) => return Ok(Err(first(&faults))),
    };
    Ok(match apply_overlay(before.value().clone(), &overlay) {
        Ok((changed, _)) if changed == *after.value() => Ok(()),
        Ok(_) => Err("the result is another one".to_owned()),
        Err(faults) => Err(first(&faults)),
    })
}
