//! The pipeline as a whole: a document goes in, the files of a client come out.

use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::emit::refine;
use crate::model::Model;
use crate::normalize::PASSES;
use crate::normalize::normalize_observed;
use crate::types::{Culprit, lower};
use crate::{
    Bundle, Change, Code, Diagnostic, Pointer, Progress, Severity, Stage, Strictness, outline, tree,
};

/// Everything that the pipeline made of one document.
#[derive(Clone, Debug)]
pub struct Generation {
    /// The generated files, in the order of their paths.
    pub files: Vec<tree::File>,
    /// The public API of these files, a line an item.
    pub outline: String,
    /// Which schema of the user's document each type is made of.
    pub types: Vec<TypeOrigin>,
    /// What the passes changed, in the order in which they ran.
    pub changes: Vec<Change>,
    /// What the reader should know and what stopped nothing; placed, but not sorted.
    pub warnings: Vec<Diagnostic>,
}

/// A schema and the Rust type that stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeOrigin {
    /// The schema: a component, or that of a body or an answer. In the user's document; of one that a pass made, where it would
    /// stand there.
    pub schema: Pointer,
    /// The type as it is written beside the module `types`, e.g. `Vec<types::Pet>`.
    pub rust: String,
}

/// Makes the files of a client from a document whose overlays are applied: normalize, read the model, find the types,
/// write the code.
///
/// With [`Strictness::Lenient`], what cannot be expressed is left out, and a warning names it.
///
/// # Errors
///
/// What of the document cannot be expressed, all of it, each at its place. Then there are no files.
pub fn generate(document: &Bundle, strictness: Strictness) -> Result<Generation, Vec<Diagnostic>> {
    generate_observed(document, strictness, &mut |_| {})
}

/// As [`generate`]; `observe` is told what is about to be done, so that long runs can show how far they are.
///
/// # Errors
///
/// As [`generate`].
pub fn generate_observed(
    document: &Bundle,
    strictness: Strictness,
    observe: &mut dyn FnMut(Progress),
) -> Result<Generation, Vec<Diagnostic>> {
    let mut begin = |stage, done, of| observe(Progress { stage, done, of });
    let normalized = normalize_observed(document.value().clone(), strictness, &mut |done| {
        begin(Stage::Normalize, done, PASSES.len());
    });
    let mut said = document.told_with(normalized.diagnostics.clone());
    if strictness == Strictness::Lenient {
        // What uses a reference that leads nowhere has been left out; a document that was cut off cannot be used at all.
        let mut faults = said.iter_mut().take(document.faults().len());
        let is_cut = faults.any(|fault| fault.code == Code::DOCUMENT_TOO_LARGE);
        for fault in said.iter_mut().filter(|_| !is_cut) {
            fault.severity = fault.severity.min(Severity::Warning);
        }
    }
    if has_errors(&said) {
        return Err(said);
    }

    begin(Stage::Read, 0, 1);
    let mut model = Model::read(&normalized.document, &normalized.facts);

    begin(Stage::Lower, 0, 1);
    let lowered = loop {
        let culprits = match lower(&model) {
            Ok(lowered) => break lowered,
            Err(culprits) => culprits,
        };
        let mut faults = Vec::new();
        for Culprit { place, message } in culprits {
            let what = (strictness == Strictness::Lenient).then(|| model.leave_out(&place));
            let origin = normalized.origin(&place);
            faults.push(blame(origin, &message, what.flatten().as_deref()));
        }
        let faults = document.place_all(faults);
        let is_stopped = has_errors(&faults);
        said.extend(faults);
        if is_stopped {
            return Err(said);
        }
    };

    begin(Stage::Refine, 0, 1);
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

    let count = modules.len();
    let mut files = Vec::with_capacity(count);
    for (index, module) in modules.into_iter().enumerate() {
        begin(Stage::Print, index, count);
        let header = header(&module.says, &normalized.document);
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let text = tree::render(module.file, &header);
        files.push(tree::File::new(&module.path, text));
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let types = crate::emit::type_names(&model, &lowered).into_iter();
    let types = types.map(|(place, rust)| TypeOrigin {
        schema: normalized.origin(&place),
        rust,
    });
    Ok(Generation {
        files,
        outline,
        types: types.collect(),
        changes: normalized.changes,
        warnings: said,
    })
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    let mut severities = diagnostics.iter().map(|diagnostic| diagnostic.severity);
    severities.any(|severity| severity == Severity::Error)
}

/// What is told of a part that the engine stopped on; `left_out` says what becomes of it, unless it stops the run.
fn blame(origin: Pointer, message: &str, left_out: Option<&str>) -> Diagnostic {
    let message = format!("progenitor cannot take this: {message}");
    let code = Code::UNSUPPORTED_BY_GENERATOR;
    let diagnostic = match left_out {
        Some(what) => Diagnostic::warning(code, origin, format!("{message}; {what}")),
        None => Diagnostic::error(code, origin, message),
    };
    diagnostic.help("simplify it in an overlay, or leave it out of the slice")
}

/// The module of a file: `types` for `types.rs`, nothing for `mod.rs`.
fn module_path(file: &str) -> String {
    let path = file.trim_end_matches(".rs").replace('/', "::");
    match path.strip_suffix("mod") {
        Some(parent) => parent.trim_end_matches("::").to_owned(),
        None => path,
    }
}

/// What stands above the code of a file. The digest is of the parts of the document that the file says, so that a change
/// shows in no other file.
fn header(says: &[Pointer], document: &Value) -> Vec<String> {
    let mut lines = vec!["Made by `cargo xtask regen`; do not edit.".to_owned()];
    if says.is_empty() {
        return lines;
    }
    let mut digest = Sha256::new();
    for place in says {
        let node = place.get(document).unwrap_or(&Value::Null);
        digest.update(format!("{place}\n{node}\n"));
    }
    let mut hex = String::with_capacity(64);
    for byte in digest.finalize() {
        let _ = write!(hex, "{byte:02x}");
    }
    lines.push(format!(
        "Digest of what it says of the effective description: sha256:{hex}"
    ));
    lines
}
