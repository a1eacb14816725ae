//! Makes one crate of several generated clients: with one runtime, and a module for each client. So cargo runs only once.

use std::fs;
use std::path::{Path, PathBuf};

use releasepack_codegen::{Generation, InvalidName, package, tree};

/// The files of a crate called `name`. Each client is a module, named by the first part of the pair.
///
/// # Errors
///
/// [`InvalidName`] if Cargo does not accept the name.
///
/// # Panics
///
/// If the runtime of the hand-written client is not there.
pub fn together(
    name: &str,
    clients: &[(&str, &Generation)],
) -> Result<Vec<tree::File>, InvalidName> {
    let mut all = Generation::default();
    let limits = clients.iter().filter_map(|(_, it)| it.recursion_limit);
    let limit = limits.max().map_or_else(String::new, |limit| {
        format!("#![recursion_limit = \"{limit}\"]\n")
    });
    let mut root = format!(
        "//! Clients of several documents.\n\n{limit}#![forbid(unsafe_code)]\n\npub mod runtime;\n"
    );
    let mut files = Vec::new();
    for (ident, generation) in clients {
        for file in &generation.files {
            let path = format!("{ident}/{}", file.path);
            all.files.push(tree::File::new(path, &file.text));
        }
        root.extend(["pub mod ", ident, ";\n"]);
        let module = format!("//! The client of `{ident}`.\n\npub mod generated;\n");
        files.push(tree::File::new(format!("src/{ident}/mod.rs"), module));
    }
    for mut file in package(name, &all, &runtime())? {
        if let Some(path) = file.path.strip_prefix("src/generated/") {
            let (ident, path) = path.split_once('/').expect("each client has its folder");
            let here = format!("crate::{ident}::generated::");
            file.text = file.text.replace("crate::generated::", &here);
            file.path = format!("src/{ident}/generated/{path}");
        } else if file.path == "src/client.rs" {
            // The settings of a client are those of one description.
            continue;
        } else if file.path == "src/lib.rs" {
            file.text.clone_from(&root);
        }
        files.push(file);
    }
    Ok(files)
}

/// The runtime of the hand-written client.
///
/// # Panics
///
/// If it is not there.
pub fn runtime() -> Vec<tree::File> {
    let folder = workspace().join("generated-client/src/runtime");
    tree::read(&folder).expect("the client has a runtime")
}

/// Writes a crate to a folder. It uses the locked versions of this workspace, so that nothing is downloaded.
///
/// # Panics
///
/// If the folder cannot be written.
pub fn write(folder: &Path, mut files: Vec<tree::File>) -> PathBuf {
    let lock = fs::read_to_string(workspace().join("Cargo.lock"));
    let lock = lock.expect("the workspace has a lock file");
    files.push(tree::File::new("Cargo.lock", lock));
    tree::write(folder, &files).expect("a crate can be written");
    folder.to_owned()
}

/// The root of this workspace.
pub fn workspace() -> &'static Path {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().unwrap_or(tests)
}
