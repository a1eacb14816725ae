//! The pipeline as a whole: a document goes in, the files of a client come out.

use std::fmt::Write;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::bundle::Bundle;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Model;
use crate::normalize::normal_form::NormalForm;
use crate::normalize::{Change, Normalized, PASSES, Strictness, normalize_observed};
use crate::outline::outline;
use crate::pointer::Pointer;
use crate::progress::{Progress, Stage};
use crate::{emit, tree, types};

/// Everything that the pipeline made of one document.
#[derive(Clone, Debug)]
pub struct Generation {
    /// The generated files, in the order of their paths.
    pub files: Vec<tree::File>,
    /// What the passes changed, in the order in which they ran.
    pub changes: Vec<Change>,
    /// What the reader should know and what stopped nothing; placed, but not sorted.
    pub warnings: Vec<Diagnostic>,
}

impl Generation {
    /// The public API of the files, a line an item. What is not Rust in them is not seen.
    #[must_use]
    pub fn outline(&self) -> String {
        let files = self.files.iter();
        let parsed: Vec<(String, syn::File)> = files
            .filter_map(|file| {
                let code = syn::parse_file(&file.text).ok()?;
                Some((module_path(&file.path), code))
            })
            .collect();
        let modules: Vec<(&str, &syn::File)> = parsed
            .iter()
            .map(|(path, code)| (path.as_str(), code))
            .collect();
        outline(&modules)
    }
}

/// A schema and the Rust type that stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeOrigin {
    /// The schema: a component, or that of a request body or a response. In the user's document; of one that a pass made, where
    /// it would stand there.
    pub schema: Pointer,
    /// The type as it is written beside the module `types`, e.g. `Vec<types::Pet>`.
    pub rust: String,
}

/// Makes the files of a client from a document whose overlays are applied: normalize, read the model, decide the types,
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

/// As [`generate`]; `observe` is called with what is about to be done, so that long runs can show how far they are.
///
/// # Errors
///
/// As [`generate`].
pub fn generate_observed(
    document: &Bundle,
    strictness: Strictness,
    observe: &mut dyn FnMut(Progress),
) -> Result<Generation, Vec<Diagnostic>> {
    let (normalized, warnings) = normalized(document, strictness, observe)?;
    let form = normalized.normal_form();
    let model = read(document, &form, observe)?;
    let mut begin = |stage, done, of| observe(Progress { stage, done, of });
    begin(Stage::Emit, 0, 1);
    let modules = emit::modules(&model);
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
    Ok(Generation {
        files,
        changes: normalized.changes,
        warnings,
    })
}

/// Which schema of a document each type of its client is made of.
///
/// # Errors
///
/// As [`generate`].
pub fn type_origins(
    document: &Bundle,
    strictness: Strictness,
) -> Result<Vec<TypeOrigin>, Vec<Diagnostic>> {
    let (normalized, _) = normalized(document, strictness, &mut |_| {})?;
    let form = normalized.normal_form();
    let model = read(document, &form, &mut |_| {})?;
    let names = emit::type_names(&model).into_iter();
    let origins = names.map(|(place, rust)| TypeOrigin {
        schema: normalized.origin(&place),
        rust,
    });
    Ok(origins.collect())
}

/// The document in its normal form, and warnings; or the errors that stop the run, and warnings.
fn normalized(
    document: &Bundle,
    strictness: Strictness,
    observe: &mut dyn FnMut(Progress),
) -> Result<(Normalized, Vec<Diagnostic>), Vec<Diagnostic>> {
    let normalized = normalize_observed(document.value().clone(), strictness, &mut |done| {
        observe(Progress {
            stage: Stage::Normalize,
            done,
            of: PASSES.len(),
        });
    });
    let mut said = document.merge_diagnostics(normalized.diagnostics.clone());
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
    Ok((normalized, said))
}

/// The model of a normalized document, its types decided.
fn read<'d>(
    document: &Bundle,
    form: &'d NormalForm<'d>,
    observe: &mut dyn FnMut(Progress),
) -> Result<Model<'d>, Vec<Diagnostic>> {
    let mut begin = |stage| {
        observe(Progress {
            stage,
            done: 0,
            of: 1,
        });
    };
    begin(Stage::Read);
    let model = Model::read(form);
    begin(Stage::Types);
    types::decide(&model).map_err(|why| {
        let message = format!("progenitor cannot decide the types: {why}");
        let fault = Diagnostic::error(Code::UNSUPPORTED_BY_GENERATOR, Pointer::root(), message);
        document.place_all(vec![fault.help(
            "generate from a slice of the document to find the part that stops it",
        )])
    })?;
    Ok(model)
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    let mut severities = diagnostics.iter().map(|diagnostic| diagnostic.severity);
    severities.any(|severity| severity == Severity::Error)
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
