//! The pipeline as a whole: a document goes in, the files of a client come out.

use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::lower::{Culprit, lower};
use crate::model::Model;
use crate::refine::{Part, refine};
use crate::{
    Bundle, Change, Code, Diagnostic, Pointer, Severity, Strictness, normalize, outline, tree,
};

/// Everything that the pipeline made of one document.
#[derive(Clone, Debug)]
pub struct Generation {
    /// The generated files, in the order of their paths.
    pub files: Vec<tree::File>,
    /// The public API of these files, a line an item.
    pub outline: String,
    /// What the passes changed, in the order in which they ran.
    pub changes: Vec<Change>,
    /// What the reader should know and what stopped nothing; placed, but not sorted.
    pub warnings: Vec<Diagnostic>,
}

/// Makes the files of a client from a document whose overlays are applied: normalize, read the model, find the types,
/// write the code.
///
/// # Errors
///
/// What of the document cannot be expressed, all of it, each at its place. Then there are no files.
pub fn generate(document: &Bundle, strictness: Strictness) -> Result<Generation, Vec<Diagnostic>> {
    let normalized = normalize(document.value().clone(), strictness);
    let mut said = document.place_all(normalized.diagnostics.clone());
    let place = |place: &Pointer| normalized.origin(place);

    let (model, more) = Model::read(&normalized.document);
    let more = more.into_iter().map(|mut diagnostic| {
        diagnostic.pointer = place(&diagnostic.pointer);
        diagnostic
    });
    said.extend(document.place_all(more.collect()));
    if said
        .iter()
        .any(|diagnostic| diagnostic.severity == Severity::Error)
    {
        return Err(said);
    }
    let lowered = lower(&model).map_err(|culprits| {
        let culprits = culprits.into_iter().map(|culprit| blame(&culprit, &place));
        document.place_all(culprits.collect())
    })?;
    let modules = refine(&model, &lowered);

    let paths: Vec<String> = modules
        .iter()
        .map(|module| module_path(&module.path))
        .collect();
    let parsed: Vec<(&str, &syn::File)> = paths
        .iter()
        .zip(&modules)
        .map(|(path, module)| (path.as_str(), &module.file))
        .collect();
    let outline = outline(&parsed);
    let mut files: Vec<tree::File> = modules
        .iter()
        .map(|module| {
            let header = header(module.part, &normalized.document);
            let header: Vec<&str> = header.iter().map(String::as_str).collect();
            tree::File::new(&module.path, tree::render(&module.file, &header))
        })
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(Generation {
        files,
        outline,
        changes: normalized.changes,
        warnings: said,
    })
}

fn blame(culprit: &Culprit, origin: &impl Fn(&Pointer) -> Pointer) -> Diagnostic {
    let message = format!("progenitor cannot take this: {}", culprit.message);
    let help = "simplify it in an overlay, or leave it out of the slice";
    Diagnostic::error(
        Code::UNSUPPORTED_BY_GENERATOR,
        origin(&culprit.place),
        message,
    )
    .help(help)
}

/// The module of a file: `types` for `types.rs`, nothing for `mod.rs`.
fn module_path(file: &str) -> String {
    let path = file.trim_end_matches(".rs").replace('/', "::");
    match path.strip_suffix("mod") {
        Some(parent) => parent.trim_end_matches("::").to_owned(),
        None => path,
    }
}

/// What stands above the code of a file. The digest is of the part of the document that the file says, so that a change
/// of a type shows in the file of the types only.
fn header(part: Part, document: &Value) -> Vec<String> {
    let mut lines = vec!["Made by `cargo xtask regen`; do not edit.".to_owned()];
    let said = match part {
        Part::Nothing => return lines,
        Part::Schemas => document["components"]["schemas"].clone(),
        Part::Operations => {
            let mut rest = document.clone();
            if let Some(components) = rest["components"].as_object_mut() {
                components.shift_remove("schemas");
            }
            rest
        }
    };
    let digest = Sha256::digest(said.to_string());
    let mut hex = String::with_capacity(64);
    for byte in digest {
        let _ = write!(hex, "{byte:02x}");
    }
    let what = match part {
        Part::Schemas => "component schemas",
        _ => "operations",
    };
    lines.push(format!(
        "Digest of the {what} of the effective description: sha256:{hex}"
    ));
    lines
}
