//! Where the workspace is, and where in it things stand.

use std::path::PathBuf;

/// The published document, from the root.
pub(crate) const SPEC: &str = "spec/release-integration-pack.yaml";
/// Our corrections of it.
pub(crate) const OVERLAY: &str = "spec/overlay.yaml";
/// What `cargo xtask regen` owns.
pub(crate) const GENERATED: &str = "generated-client/src/generated";

/// The root of the workspace, whichever of its folders the command was run in.
pub(crate) fn root() -> PathBuf {
    // Cargo says at run time where this package is; that counts when one target folder serves several checkouts.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    package.join("..").canonicalize().unwrap_or(package)
}
