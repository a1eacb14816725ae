//! The pipeline as a whole: it takes a document and gives the files of a client.

use std::fmt::Write;
use std::mem;

use serde_json::Value;

use crate::bundle::Bundle;
use crate::census::{Untyped, untyped};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::digest::Digest;
use crate::emit;
use crate::emit::face::{Face, Features};
use crate::examples::examples;
use crate::model::{Ledger, Lost, Model, Origins};
use crate::normalize::normal_form::NormalForm;
use crate::normalize::{Change, Normalized, PASSES, Strictness, normalize_observed};
use crate::outline::outline;
use crate::pointer::Pointer;
use crate::progress::{Progress, Stage};
use crate::public_names::{self, PublicNames};
use crate::tree;
use crate::types;

/// The result of the pipeline for one document.
#[derive(Clone, Debug, Default)]
pub struct Generation {
    /// The generated files, in the order of their paths.
    pub files: Vec<tree::File>,
    /// The public names of the client, for the next generation from a later document.
    pub names: PublicNames,
    /// What the passes changed, in the order in which they ran.
    pub changes: Vec<Change>,
    /// The diagnostics that do not stop the run. Each has its place; they are not sorted.
    pub warnings: Vec<Diagnostic>,
    /// The parts that became any value, in the order of the client: each with the reason and the place of its schema.
    pub untyped: Vec<Untyped>,
    /// The recursion limit that rustc needs for types that are many levels in each other; `None` if its own is enough.
    pub recursion_limit: Option<usize>,
    /// What a crate of its own has around the files.
    pub(crate) face: Face,
}

impl Generation {
    /// The public API of the files, with one line for each item. Files that are not Rust are ignored.
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

/// A schema and the Rust type that is generated for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeOrigin {
    /// The place of the schema in the user's document: a component, or the schema of a request body or a response. A schema that
    /// a pass made has the place that it would have.
    pub schema: Pointer,
    /// The type as it is written beside the module `types`, e.g. `Vec<types::Pet>`.
    pub rust: String,
}

/// Makes the files of a client from a document whose overlays are applied: normalizes it, reads the model, decides the types
/// and writes the code.
///
/// With [`Strictness::Lenient`], the parts that cannot be expressed are left out, and a warning names each.
///
/// # Errors
///
/// A diagnostic for each part of the document that cannot be expressed. Then there are no files.
pub fn generate(document: &Bundle, strictness: Strictness) -> Result<Generation, Vec<Diagnostic>> {
    generate_observed(document, strictness, &mut |_| {})
}

/// As [`generate`]; it calls `observe` before each step, so that long runs can show their progress.
///
/// # Errors
///
/// As [`generate`].
pub fn generate_observed(
    document: &Bundle,
    strictness: Strictness,
    observe: &mut dyn FnMut(Progress),
) -> Result<Generation, Vec<Diagnostic>> {
    generate_with_names(document, &PublicNames::default(), strictness, observe)
}

/// As [`generate_observed`]; whatever has a name in `names` keeps it. New items get names that no other item has, and
/// [`Generation::names`] has both, without items that no longer exist. A warning reports each name that could not be kept.
///
/// # Errors
///
/// As [`generate`].
pub fn generate_with_names(
    document: &Bundle,
    names: &PublicNames,
    strictness: Strictness,
    observe: &mut dyn FnMut(Progress),
) -> Result<Generation, Vec<Diagnostic>> {
    let (normalized, mut warnings, unplaced) = normalized(document, strictness, observe)?;
    let form = normalized.normal_form();
    let origins = Origin {
        document,
        normalized: &normalized,
    };
    let mut ledger = Ledger::new(names, &origins);
    let model = read(document, &form, &mut ledger, observe)?;
    let (new_names, lost) = ledger.end();
    let lost = lost.into_iter().map(|lost| report(names.file(), lost));
    warnings.extend(document.place_all(lost.collect()));
    let mut begin = |stage, done, of| observe(Progress { stage, done, of });
    begin(Stage::Emit, 0, 1);
    let recursion_limit = recursion_limit(model.depth());
    let modules = emit::modules(&model);
    let examples = examples(&model, &normalized.document);
    let features = Features::of(&model, &modules);
    let face = emit::face::face(&model, &examples, features);
    let count = modules.len();
    let mut files = Vec::with_capacity(count);
    for (index, module) in modules.into_iter().enumerate() {
        begin(Stage::Print, index, count);
        let header = header(&module.sources, &normalized.document);
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let text = module.text(&header);
        files.push(tree::File::new(module.path, text));
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    let untyped = placed(
        document,
        untyped(&model, document.value(), &normalized, &unplaced),
    );
    Ok(Generation {
        untyped,
        files,
        names: new_names,
        changes: normalized.changes,
        warnings,
        recursion_limit,
        face,
    })
}

/// Where the nodes of a normalized document come from.
pub(crate) struct Origin<'o> {
    pub(crate) document: &'o Bundle,
    pub(crate) normalized: &'o Normalized,
}

impl Origins for Origin<'_> {
    fn origin(&self, place: &Pointer) -> Pointer {
        self.normalized.origin(place)
    }

    fn key(&self, origin: &Pointer) -> String {
        match self.document.origin(origin) {
            (None, value, place) => public_names::key(value, &place),
            (Some(file), value, place) => {
                format!("{file}#/{}", public_names::key(value, &place))
            }
        }
    }
}

/// The warning about a name that could not be kept.
pub(crate) fn report(file: &str, lost: Lost) -> Diagnostic {
    let Lost {
        origin,
        name,
        new,
        holder,
    } = lost;
    let (message, help) = match holder {
        Some(holder) => (
            format!(
                "`{name}` was the type of this schema and of `{holder}`, which are no longer equal: it stays the type of that one, and this one has the type `{new}`"
            ),
            format!(
                "if they should be equal, correct one of them with an overlay; if this one should have the old name, exchange the names in {file}"
            ),
        ),
        None => (
            format!(
                "its name `{name}` is taken by something else in the generated code: it is named `{new}`"
            ),
            format!("give it another name in {file}"),
        ),
    };
    Diagnostic::warning(Code::NAME_NOT_KEPT, origin, message).help(help)
}

/// The recursion limit for types of a certain depth, with room for what users put them in.
fn recursion_limit(depth: usize) -> Option<usize> {
    const USUAL: usize = 128;
    const AROUND: usize = 28;
    (depth + AROUND > USUAL).then(|| (depth + AROUND).next_power_of_two())
}

/// The schema from which each type of a client is made.
///
/// # Errors
///
/// As [`generate`].
pub fn type_origins(
    document: &Bundle,
    strictness: Strictness,
) -> Result<Vec<TypeOrigin>, Vec<Diagnostic>> {
    let (normalized, ..) = normalized(document, strictness, &mut |_| {})?;
    let form = normalized.normal_form();
    let origins = Origin {
        document,
        normalized: &normalized,
    };
    let names = PublicNames::default();
    let model = read(
        document,
        &form,
        &mut Ledger::new(&names, &origins),
        &mut |_| {},
    )?;
    let names = emit::type_names(&model).into_iter();
    let origins = names.map(|(place, rust)| TypeOrigin {
        schema: normalized.origin(&place),
        rust,
    });
    Ok(origins.collect())
}

/// Finds the files and lines of untyped parts.
fn placed(document: &Bundle, mut untyped: Vec<Untyped>) -> Vec<Untyped> {
    let pointers: Vec<Pointer> = untyped.iter().map(|it| it.note.pointer.clone()).collect();
    for (Untyped { note, .. }, place) in untyped.iter_mut().zip(document.places(&pointers)) {
        note.file = place.file;
        note.location = place.location;
        note.pointer = place.pointer;
    }
    untyped
}

/// The document in its normal form, the warnings, and those of normalization with pointers into the bundled document; or, if
/// errors stop the run, all diagnostics.
pub(crate) fn normalized(
    document: &Bundle,
    strictness: Strictness,
    observe: &mut dyn FnMut(Progress),
) -> Result<(Normalized, Vec<Diagnostic>, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut normalized =
        normalize_observed(document.value_with_formats(), strictness, &mut |done| {
            observe(Progress {
                stage: Stage::Normalize,
                done,
                of: PASSES.len(),
            });
        });
    let diagnostics = mem::take(&mut normalized.diagnostics);
    let unplaced = diagnostics.clone();
    let mut diagnostics = document.merge_diagnostics(diagnostics);
    if strictness == Strictness::Lenient {
        // Whatever uses a reference that leads nowhere was left out. A document that was cut off cannot be used at all.
        for fault in diagnostics.iter_mut().filter(|_| !document.is_cut()) {
            fault.severity = fault.severity.min(Severity::Warning);
        }
    }
    if has_errors(&diagnostics) {
        return Err(diagnostics);
    }
    Ok((normalized, diagnostics, unplaced))
}

/// The model of a normalized document with its types.
pub(crate) fn read<'d>(
    document: &Bundle,
    form: &'d NormalForm<'d>,
    ledger: &mut Ledger,
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
    let model = Model::read(form, ledger);
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

/// The path of the module in a file: `types` for `types.rs`, and the empty path for `mod.rs`.
pub(crate) fn module_path(file: &str) -> String {
    let path = file.trim_end_matches(".rs").replace('/', "::");
    match path.strip_suffix("mod") {
        Some(parent) => parent.trim_end_matches("::").to_owned(),
        None => path,
    }
}

/// The comment above the code of a file. The digest covers only the parts of the document that the file is generated from, so that
/// a change of another part does not change the file.
fn header(sources: &[Pointer], document: &Value) -> Vec<String> {
    let mut lines = vec!["Made by `cargo xtask regen`; do not edit.".to_owned()];
    if sources.is_empty() {
        return lines;
    }
    let mut digest = Digest::default();
    for place in sources {
        let node = place.get(document).unwrap_or(&Value::Null);
        let written = writeln!(digest, "{place}").and_then(|()| writeln!(digest, "{node}"));
        written.expect("a digest takes any text");
    }
    lines.push(format!(
        "Digest of its sources in the corrected document: {}",
        digest.finish()
    ));
    lines
}
