//! Writes crates to disk: one crate of all clients, and crates of single clients.

use std::fs;
use std::path::{Path, PathBuf};

use releasepack_codegen::{Generation, package, tree};
use releasepack_tests::clients;

use super::corpus::Fixture;
use super::table;

/// The hand-written files of the crate of all clients.
const TESTS: &[(&str, &str)] = &[
    ("responses.rs", include_str!("clients/responses.rs")),
    ("bodies.rs", include_str!("clients/bodies.rs")),
    ("digits.rs", include_str!("clients/digits.rs")),
    ("equal_types.rs", include_str!("clients/equal_types.rs")),
    ("inheritance.rs", include_str!("clients/inheritance.rs")),
    ("main.rs", include_str!("clients/main.rs")),
    (
        "parameter_styles.rs",
        include_str!("clients/parameter_styles.rs"),
    ),
    ("reading.rs", include_str!("clients/reading.rs")),
    ("recorder.rs", include_str!("clients/recorder.rs")),
    ("round_trip.rs", include_str!("clients/round_trip.rs")),
    ("structure.rs", include_str!("clients/structure.rs")),
    ("swagger.rs", include_str!("clients/swagger.rs")),
    ("versions.rs", include_str!("clients/versions.rs")),
    ("tags.rs", include_str!("clients/tags.rs")),
    ("unions.rs", include_str!("clients/unions.rs")),
    ("values.rs", include_str!("clients/values.rs")),
    ("wire.rs", include_str!("clients/wire.rs")),
];

/// What the tests need, and a client does not.
const DEV_DEPENDENCIES: &str =
    "\n[dev-dependencies]\ntokio = { version = \"1\", features = [\"net\", \"rt\", \"time\"] }\n";

/// Writes the crate of all clients: with one runtime, and a module for each client.
pub(crate) fn together(
    fixtures: &[Fixture],
    table: &table::Table,
    instances: &table::Instances,
) -> PathBuf {
    let all: Vec<(&str, &Generation)> = fixtures
        .iter()
        .map(|fixture| (fixture.ident.as_str(), &fixture.generation))
        .collect();
    let mut files = clients::together("clients", &all).expect("it is a name");
    let manifest = files.iter_mut().find(|file| file.path == "Cargo.toml");
    let manifest = manifest.expect("a crate has a manifest");
    manifest.text.push_str(DEV_DEPENDENCIES);
    let tests = TESTS
        .iter()
        .map(|(path, text)| (format!("tests/clients/{path}"), *text));
    files.extend(tests.map(|(path, text)| tree::File::new(path, text)));
    files.extend([
        tree::File::new("tests/clients/examples.rs", &table.text),
        tree::File::new("tests/clients/instances.rs", &instances.text),
        tree::File::new("tests/clients/instances.json", &instances.json),
    ]);
    clients::write(&super::cargo::folder().join("clients"), files)
}

/// Writes the crate of the clients with hostile documentation.
pub(crate) fn hostile(fixtures: &[Fixture]) -> PathBuf {
    without_tests("hostile", fixtures)
}

/// Writes the crate of the clients whose names are taken.
pub(crate) fn taken(fixtures: &[Fixture]) -> PathBuf {
    without_tests("taken", fixtures)
}

fn without_tests(name: &str, fixtures: &[Fixture]) -> PathBuf {
    let all: Vec<(&str, &Generation)> = fixtures
        .iter()
        .map(|fixture| (fixture.ident.as_str(), &fixture.generation))
        .collect();
    let files = clients::together(name, &all).expect("it is a name");
    clients::write(&super::cargo::folder().join(name), files)
}

/// Adds a test called `consumer`, which uses tokio, to the crate of a client.
pub(crate) fn consumer(package: &Path, text: &str) {
    let manifest = package.join("Cargo.toml");
    let old = fs::read_to_string(&manifest).expect("it is written");
    let more = "\n[dev-dependencies]\ntokio = { version = \"1\", features = [\"macros\", \"rt\", \"time\"] }\n";
    fs::write(&manifest, old + more).expect("the crate can be written");
    fs::create_dir_all(package.join("tests")).expect("the crate can be written");
    fs::write(package.join("tests/consumer.rs"), text).expect("the crate can be written");
}

/// Writes a client like `cargo xtask generate`.
pub(crate) fn alone(fixture: &Fixture) -> PathBuf {
    let name = format!("{}-client", fixture.ident.replace('_', "-"));
    let files = package(&name, &fixture.generation, &clients::runtime()).expect("it is a name");
    clients::write(&super::cargo::folder().join(name), files)
}
