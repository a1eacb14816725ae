//! The fixtures that are documents, and how each is generated.

use std::fs;
use std::path::{Path, PathBuf};

use releasepack_codegen::{
    Bundle, Document, File, Generation, Strictness, bundle_leniently, generate,
};

/// A document and the client generated from it.
pub(crate) struct Fixture {
    /// The module of the client in the crate of all clients.
    pub(crate) ident: String,
    pub(crate) bundle: Bundle,
    pub(crate) strictness: Strictness,
    pub(crate) generation: Generation,
}

/// The fixtures that are generated in lenient mode, and why strict mode fails.
const LENIENT: &[(&str, &str)] = &[
    (
        "normalize/all_of_contradictions.yaml",
        "a schema is a part of itself",
    ),
    (
        "normalize/endless_objects.yaml",
        "objects that contain themselves",
    ),
    ("normalize/malformed.yaml", "nodes that mean nothing"),
    (
        "normalize/malformed_schemas.yaml",
        "schemas that mean nothing",
    ),
    (
        "normalize/recursion.yaml",
        "schemas that are names for each other only",
    ),
    (
        "normalize/references.yaml",
        "references to nothing and to themselves",
    ),
    (
        "normalize/schema_references.yaml",
        "references to a schema and to a file that are not there",
    ),
    ("normalize/status_keys.yaml", "a response for no status"),
];

/// The fixtures that are not used here, and why.
const LEFT_OUT: &[(&str, &str)] = &[
    ("vendors/README.md", "it is not a document"),
    (
        "vendors/ledger-brokenquill.yaml",
        "it is broken on purpose, in every way there is",
    ),
];

/// Every fixture that is a document.
///
/// # Panics
///
/// If an exception is no longer needed.
pub(crate) fn read() -> Vec<Fixture> {
    let paths = ["generate", "normalize", "vendors"].map(paths).concat();
    for (path, _) in LENIENT.iter().chain(LEFT_OUT) {
        assert!(paths.iter().any(|it| it == path), "{path} is not there");
    }
    let is_in = |table: &[(&str, &str)], path: &str| table.iter().any(|(it, _)| *it == path);
    let paths = paths.iter().filter(|path| !is_in(LEFT_OUT, path));
    paths
        .map(|path| {
            let bundle = bundled(path);
            let strict = generate(&bundle, Strictness::Strict);
            let strictness = match &strict {
                Ok(_) => Strictness::Strict,
                Err(_) => Strictness::Lenient,
            };
            let generation = match (strict, is_in(LENIENT, path)) {
                (Ok(generation), false) => generation,
                (Err(_), true) => generate(&bundle, Strictness::Lenient)
                    .unwrap_or_else(|faults| panic!("{path}: {faults:#?}")),
                (Ok(_), true) => panic!("{path} is not an exception any more"),
                (Err(faults), false) => panic!("{path}: {faults:#?}"),
            };
            let name = path.trim_end_matches("/openapi.yaml");
            let name = name.split_once('.').map_or(name, |(name, _)| name);
            Fixture {
                ident: name.replace(['/', '-'], "_"),
                bundle,
                strictness,
                generation,
            }
        })
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The documents of a folder of fixtures. A document of several files has its own folder.
fn paths(folder: &str) -> Vec<String> {
    let entries = fs::read_dir(root().join(folder)).expect("the fixtures are there");
    let mut paths: Vec<String> = entries
        .map(|entry| {
            let path = entry.expect("the folder can be read").path();
            let name = path.file_name().expect("an entry has a name");
            let main = if path.is_dir() { "/openapi.yaml" } else { "" };
            format!("{folder}/{}{main}", name.to_string_lossy())
        })
        .collect();
    paths.sort();
    paths
}

fn bundled(path: &str) -> Bundle {
    let path = root().join(path);
    let bytes = fs::read(&path).expect("a fixture can be read");
    let document = Document::parse(&path.to_string_lossy(), &bytes);
    let document = document.unwrap_or_else(|faults| panic!("{faults:#?}"));
    let value = document.value().clone();
    bundle_leniently(document, value, |beside| {
        let folder = path.parent().expect("a file is in a folder");
        let bytes = fs::read(folder.join(beside)).map_err(|fault| fault.to_string())?;
        let name = beside.to_owned();
        Ok(File { name, bytes })
    })
}
