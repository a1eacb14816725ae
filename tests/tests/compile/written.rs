//! Writes crates to disk: one crate of all clients, and crates of single clients.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use releasepack_codegen::{Generation, package, tree};

use super::corpus::Fixture;
use super::table;

/// The hand-written files of the crate of all clients.
const TESTS: &[(&str, &str)] = &[
    ("responses.rs", include_str!("clients/responses.rs")),
    ("bodies.rs", include_str!("clients/bodies.rs")),
    ("main.rs", include_str!("clients/main.rs")),
    (
        "parameter_styles.rs",
        include_str!("clients/parameter_styles.rs"),
    ),
    ("recorder.rs", include_str!("clients/recorder.rs")),
    ("round_trip.rs", include_str!("clients/round_trip.rs")),
    ("structure.rs", include_str!("clients/structure.rs")),
    ("tags.rs", include_str!("clients/tags.rs")),
    ("unions.rs", include_str!("clients/unions.rs")),
    ("values.rs", include_str!("clients/values.rs")),
];

/// Writes the crate of all clients: with one runtime, and a module for each client.
pub(crate) fn together(fixtures: &[Fixture], table: &table::Table) -> PathBuf {
    let mut all = Generation {
        files: Vec::new(),
        changes: Vec::new(),
        warnings: Vec::new(),
    };
    let mut root =
        "//! Clients of all fixtures.\n\n#![forbid(unsafe_code)]\n\npub mod runtime;\n".to_owned();
    let mut files = Vec::new();
    for Fixture {
        ident, generation, ..
    } in fixtures
    {
        for file in &generation.files {
            all.files.push(tree::File::new(
                format!("{ident}/{}", file.path),
                &file.text,
            ));
        }
        writeln!(root, "pub mod {ident};").expect("text takes text");
        let module = format!("//! The client of `{ident}`.\n\npub mod generated;\n");
        files.push(tree::File::new(format!("src/{ident}/mod.rs"), module));
    }
    let mut leaves = HashSet::new();
    for mut file in package("clients", &all, &runtime()).expect("it is a name") {
        if let Some(path) = file.path.strip_prefix("src/generated/") {
            let (ident, path) = path.split_once('/').expect("each client has its folder");
            let here = format!("crate::{ident}::generated::");
            file.text = file.text.replace("crate::generated::", &here);
            // A type of another crate can be made a leaf only once in a crate.
            let is_new = |line: &&str| {
                !line.starts_with("crate::runtime::data::parsed_leaf!")
                    || leaves.insert((*line).to_owned())
            };
            let lines: Vec<&str> = file.text.lines().filter(is_new).collect();
            file.text = lines.join("\n") + "\n";
            file.path = format!("src/{ident}/generated/{path}");
        } else if file.path == "src/lib.rs" {
            file.text.clone_from(&root);
        }
        files.push(file);
    }
    let tests = TESTS
        .iter()
        .map(|(path, text)| (format!("tests/clients/{path}"), *text));
    files.extend(tests.map(|(path, text)| tree::File::new(path, text)));
    files.push(tree::File::new("tests/clients/examples.rs", &table.text));
    write("clients", files)
}

/// Writes a client like `cargo xtask generate`.
pub(crate) fn alone(fixture: &Fixture) -> PathBuf {
    let name = format!("{}-client", fixture.ident.replace('_', "-"));
    let files = package(&name, &fixture.generation, &runtime()).expect("it is a name");
    write(&name, files)
}

fn workspace() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests are a member of the workspace")
}

/// The runtime of the hand-written client.
fn runtime() -> Vec<tree::File> {
    let folder = workspace().join("generated-client/src/runtime");
    tree::read(&folder).expect("the client has a runtime")
}

/// Uses the locked versions of this workspace, so that nothing is downloaded.
fn write(name: &str, mut files: Vec<tree::File>) -> PathBuf {
    let folder = super::cargo::folder().join(name);
    let lock = fs::read_to_string(workspace().join("Cargo.lock"));
    let lock = lock.expect("the workspace has a lock file");
    files.push(tree::File::new("Cargo.lock", lock));
    tree::write(&folder, &files).expect("a crate can be written");
    folder
}
