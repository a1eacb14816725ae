//! TEMPORARY
use crate::tree::File;

/// The outline of the source files of a crate.
#[must_use]
pub fn outline_of_crate(files: &[File]) -> String {
    let parsed: Vec<(String, syn::File)> = files
        .iter()
        .filter_map(|file| {
            Some((
                crate::generation::module_path(&file.path),
                syn::parse_file(&file.text).ok()?,
            ))
        })
        .collect();
    let files: Vec<(&str, &syn::File)> = parsed
        .iter()
        .map(|(path, file)| (path.as_str(), file))
        .collect();
    super::outline(&files)
}
