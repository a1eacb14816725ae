//! The code that every generated crate carries. It is a part of this library, so that no path of the machine that compiled it matters.

use crate::tree::File;

/// The path and the text of each file: see `build.rs`.
const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/runtime.rs"));

/// The files of the module `runtime` of a generated crate, sorted by path, for [`package()`](crate::package()).
///
/// ```
/// let files = releasepack_codegen::runtime();
/// assert!(files.iter().any(|file| file.path == "mod.rs"));
/// ```
pub fn runtime() -> Vec<File> {
    let files = FILES.iter();
    files.map(|(path, text)| File::new(*path, *text)).collect()
}
