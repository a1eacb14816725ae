//! The paths of the workspace and of the files in it.

use std::path::PathBuf;

/// The published document, relative to the root.
pub(crate) const SPEC: &str = "spec/release-integration-pack.yaml";
/// Our corrections of the published document.
pub(crate) const OVERLAY: &str = "spec/overlay.yaml";
/// Our wording of the published document's prose.
pub(crate) const PROSE: &str = "spec/prose.yaml";
/// Where the published document comes from: written by `cargo xtask refresh`.
pub(crate) const SOURCE: &str = "spec/source.yaml";
/// The public names of the client, which `cargo xtask regen` keeps.
pub(crate) const NAMES: &str = "spec/names.yaml";
/// The breaks of users' code and calls that were accepted, for `cargo xtask review`.
pub(crate) const ACCEPTED: &str = "spec/accepted-breaks.yaml";
/// The source files of the client.
pub(crate) const CLIENT_SOURCES: &str = "generated-client/src";
/// The folder that `cargo xtask regen` owns.
pub(crate) const GENERATED: &str = "generated-client/src/generated";

/// The pairs of documents that show the rules of `diff`.
pub(crate) const PAIRS: &str = "tests/fixtures/diff";

/// The folders with hand-written code that can name what is generated.
pub(crate) const HAND_WRITTEN: [&str; 5] = [
    CLIENT_SOURCES,
    "generated-client/examples",
    "generated-client/tests",
    "tests/src",
    "tests/tests",
];

/// The root of the workspace, for a command that may run in any of its folders.
pub(crate) fn root() -> PathBuf {
    // Cargo sets the path of this package at run time. It differs from the one at compile time if several checkouts share one
    // target folder.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.join("..").canonicalize().unwrap_or(package)
}
