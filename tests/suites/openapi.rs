//! The documents of the OpenAPI specification's own tests, of one version: the valid ones and the invalid ones.
//!
//! A valid document passes if a client is generated from it without an error. An invalid one passes if `lint` reports an error or a
//! warning.

use std::fs;
use std::path::{Path, PathBuf};

use releasepack_codegen::{Bundle, Diagnostic, Document, Severity, Strictness, generate, lint};

use super::{Case, Outcomes};

/// Runs the suite whose root is `from`: a checkout of a branch like `v3.2-dev`.
pub(crate) fn run(from: &Path) -> Result<Outcomes, String> {
    let folder = from.join("tests/schema");
    let mut cases = Vec::new();
    for kind in ["pass", "fail"] {
        for path in files(&folder.join(kind))? {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let bytes = fs::read(&path).map_err(|fault| format!("{}: {fault}", path.display()))?;
            let failure = match (Document::parse(&file, &bytes), kind) {
                (Ok(document), "pass") => generates(document).err(),
                (Err(faults), "pass") => Some(first(&faults)),
                (Ok(document), _) => complains(&document).err(),
                (Err(_), _) => None,
            };
            cases.push(Case {
                name: format!("{kind}/{file}"),
                failure,
            });
        }
    }
    Ok(Outcomes {
        cases,
        left_out: Vec::new(),
    })
}

/// The documents in a folder, in a fixed order.
pub(crate) fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|fault| format!("{}: {fault}", folder.display()))?;
    let paths = entries.flatten().map(|entry| entry.path());
    let is_document = |path: &PathBuf| {
        let extension = path.extension().unwrap_or_default();
        extension == "yaml" || extension == "json"
    };
    let mut paths: Vec<PathBuf> = paths.filter(is_document).collect();
    paths.sort();
    Ok(paths)
}

fn generates(document: Document) -> Result<(), String> {
    let generation = generate(&Bundle::from(document), Strictness::Strict);
    generation.map(drop).map_err(|faults| first(&faults))
}

fn complains(document: &Document) -> Result<(), String> {
    let is_quiet = lint(document.value())
        .iter()
        .all(|it| it.severity == Severity::Note);
    if is_quiet {
        return Err("nothing is reported".to_owned());
    }
    Ok(())
}

/// The first error.
pub(crate) fn first(faults: &[Diagnostic]) -> String {
    let error = faults.iter().find(|it| it.severity == Severity::Error);
    error.map_or_else(
        || "it is refused".to_owned(),
        |it| format!("{} at {}", it.message, it.pointer),
    )
}
