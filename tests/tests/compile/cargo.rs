//! Runs cargo on the written crates.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The folder of the written crates, and their common target folder, so that dependencies are compiled once.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile")
}

/// The features of a crate that is small.
const USUAL: &str = "charset";

/// Compiles targets of a crate. A warning is an error, also one of Clippy if it is installed.
pub(crate) fn lint(package: &Path, targets: &[&str]) {
    lint_with(package, targets, USUAL);
}

/// As [`lint`], with certain features of the crate.
pub(crate) fn lint_with(package: &Path, targets: &[&str], features: &str) {
    let mut clippy = Command::new(env!("CARGO"));
    let version = clippy.args(["clippy", "--version"]).output();
    let has_clippy = version.is_ok_and(|output| output.status.success());
    if has_clippy {
        let clippy = [&["clippy"], targets].concat();
        run(package, &clippy, features, &["--", "-D", "warnings"], "");
    } else {
        run(
            package,
            &[&["check"], targets].concat(),
            features,
            &[],
            "-D warnings",
        );
    }
}

/// Builds the documentation of a crate. A warning is an error.
pub(crate) fn document(package: &Path) {
    document_with(package, USUAL);
}

/// As [`document`], with certain features of the crate.
pub(crate) fn document_with(package: &Path, features: &str) {
    run(package, &["doc", "--no-deps"], features, &[], "-D warnings");
}

/// Runs a test binary of a crate.
pub(crate) fn test(package: &Path, name: &str) {
    test_with(package, name, USUAL);
}

/// As [`test`], with certain features of the crate.
pub(crate) fn test_with(package: &Path, name: &str, features: &str) {
    run(package, &["test", "--test", name], features, &[], "");
}

/// Runs the examples in the documentation of a crate. A text of the document is never one of them.
pub(crate) fn test_documentation(package: &Path) {
    test_documentation_with(package, USUAL);
}

/// As [`test_documentation`], with certain features of the crate.
pub(crate) fn test_documentation_with(package: &Path, features: &str) {
    run(package, &["test", "--doc"], features, &[], "");
}

/// Without TLS, because no request leaves the process.
fn run(package: &Path, command: &[&str], features: &str, more: &[&str], flags: &str) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO"))
        .args(command)
        .args(["--quiet", "--offline", "--no-default-features"])
        .args(["--features", features])
        .args(more)
        .current_dir(package)
        .env("CARGO_TARGET_DIR", folder().join("target"))
        // The crate is not debugged.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("RUSTFLAGS", flags)
        .env("RUSTDOCFLAGS", flags)
        .output()
        .expect("cargo can be run");
    let [stdout, stderr] = [stdout, stderr].map(|it| String::from_utf8_lossy(&it).into_owned());
    assert!(
        status.success(),
        "cargo {command:?} in {}\n{stderr}{stdout}",
        package.display()
    );
}
