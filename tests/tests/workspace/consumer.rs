//! A package outside the workspace that depends on the client.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Packages that a consumer must not compile: the generator and its dependencies, parsers and printers of Rust, snapshot
/// tools. Procedural macros run in the compiler and do not count.
const UNWANTED: &[&str] = &[
    "criterion",
    "insta",
    "openapiv3",
    "prettyplease",
    "proc-macro2",
    "progenitor",
    "quote",
    "releasepack-codegen",
    "saphyr",
    "schemars",
    "serde_json_path",
    "similar",
    "syn",
    "typify",
    "xtask",
];

/// The manifest of the consumer and its target folder. The consumer uses the locked versions of this workspace.
fn consumer() -> (PathBuf, PathBuf) {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = tests.join("consumer/Cargo.toml");
    fs::copy(
        tests.join("../Cargo.lock"),
        tests.join("consumer/Cargo.lock"),
    )
    .unwrap();
    (manifest, target())
}

/// The target folder of packages outside the workspace.
pub(crate) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("../consumer")
}

/// Runs cargo, and gives what it prints.
fn cargo(arguments: &[&str], manifest: &Path, target: &Path) -> String {
    cargo_with(arguments, manifest, target, &[])
}

/// As [`cargo`], with environment variables for what it runs.
pub(crate) fn cargo_with(
    arguments: &[&str],
    manifest: &Path,
    target: &Path,
    variables: &[(&str, &str)],
) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--manifest-path")
        .arg(manifest)
        .env("CARGO_TARGET_DIR", target)
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_package_outside_the_workspace_builds_calls_and_compiles_no_generator() {
    let (manifest, target) = consumer();
    let output = cargo(&["run", "--quiet"], &manifest, &target);
    assert_eq!(output, "response 200 OK, release status Some(Success)\n");

    let edges = [
        "tree",
        "--edges",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--format",
        "{p}",
    ];
    let tree = cargo(&edges, &manifest, &target);
    let names: Vec<_> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect();
    assert!(names.contains(&"releasepack-client") && names.contains(&"serde"));
    let is_unwanted = |name: &str| {
        UNWANTED
            .iter()
            .any(|unwanted| name == *unwanted || name.starts_with(&format!("{unwanted}-")))
    };
    let unwanted: Vec<_> = names.iter().filter(|name| is_unwanted(name)).collect();
    assert!(unwanted.is_empty(), "a consumer would compile {unwanted:?}");
}
