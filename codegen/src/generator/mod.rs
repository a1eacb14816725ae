//! From a document to the files of a client in one call: for build scripts, tests and programs.
//!
//! It runs the steps of this library in their order. Beside [`tree`](crate::tree) and the command line, which shares its code, this is the
//! only module that touches files.

mod error;
pub(crate) mod folder;
mod manifest;
mod output;
pub(crate) mod read;
pub(crate) mod write;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::bundle::Bundle;
use crate::diagnostic::{self, Diagnostic, Style, render};
use crate::generation::{Generation, generate_with_names};
use crate::normalize::Strictness;
use crate::public_names::PublicNames;
use crate::slice::{Selection, slice};

pub use error::{Faults, GeneratorError};
pub use output::Output;

use folder::Folder;
use read::{Observer, ReadError};

/// Generates a client from a document: the files beside it, overlays, a selection of its operations, and the public names of an earlier
/// client are options. Relative paths start at the folder of the process, which in a build script is that of the package.
///
/// ```
/// use releasepack_codegen::Generator;
///
/// let text = "
/// openapi: 3.0.3
/// info: {title: Pets, version: '1'}
/// paths:
///   /pets: {get: {operationId: listPets, responses: {'200': {description: All pets}}}}
/// ";
/// let output = Generator::from_text("pets.yaml", text).generate()?;
/// let files = output.crate_files()?;
/// assert!(files.iter().any(|file| file.path == "Cargo.toml"));
/// # Ok::<(), releasepack_codegen::GeneratorError>(())
/// ```
///
/// Documents with faults are reported as the command line reports them:
///
/// ```
/// use releasepack_codegen::Generator;
///
/// let error = Generator::from_text("pets.yaml", "openapi: 3.0.3\npaths: 7\n").generate().unwrap_err();
/// assert!(error.to_string().contains("pets.yaml:2:8"), "{error}");
/// ```
#[derive(Clone, Debug)]
pub struct Generator {
    document: Source,
    name: Option<String>,
    root: Option<PathBuf>,
    overlays: Vec<String>,
    selection: Selection,
    names: Option<PathBuf>,
    strictness: Strictness,
}

/// Where the document comes from.
#[derive(Clone, Debug)]
enum Source {
    File(String),
    Text { name: String, bytes: Vec<u8> },
}

impl Generator {
    /// The client of the document in a file: Swagger 2.0, or OpenAPI 3.0, 3.1 or 3.2, as YAML or JSON. It may refer to files of its
    /// folder and below.
    pub fn new(path: impl AsRef<Path>) -> Self {
        Self::of(Source::File(text(path.as_ref())))
    }

    /// The client of a document in memory. `name` is its name in diagnostics. It has no files beside it.
    pub fn from_text(name: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self::of(Source::Text {
            name: name.into(),
            bytes: text.into(),
        })
    }

    fn of(document: Source) -> Self {
        Self {
            document,
            name: None,
            root: None,
            overlays: Vec::new(),
            selection: Selection::default(),
            names: None,
            strictness: Strictness::Strict,
        }
    }

    /// The name of the crate, or the path of the module below the root of the crate that has it (`pets`, `api::pets`). Without it,
    /// the name follows from the file: `pets` for `api/pets.yaml`.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The folder whose files references may name, if the document is in a folder below it.
    pub fn root(mut self, folder: impl AsRef<Path>) -> Self {
        self.root = Some(folder.as_ref().to_owned());
        self
    }

    /// An OpenAPI Overlay 1.0 or 1.1 that corrects the document. Overlays are applied in the order of the calls.
    pub fn overlay(mut self, path: impl AsRef<Path>) -> Self {
        self.overlays.push(text(path.as_ref()));
        self
    }

    /// Only the operations with this tag, a name or a glob, and those of other selectors.
    pub fn tag(mut self, tag: impl Into<String>) -> Self {
        self.selection.tags.push(tag.into());
        self
    }

    /// Only the operation with this `operationId`, a name or a glob, and those of other selectors.
    pub fn operation(mut self, id: impl Into<String>) -> Self {
        self.selection.operations.push(id.into());
        self
    }

    /// Only the operations of this path, as the document writes it, or of a glob (`/pets/**`), and those of other selectors.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        self.selection.paths.push(path.into());
        self
    }

    /// Whatever has a name in this file keeps it in later versions. The file need not exist. [`Output`] says which of its methods
    /// write it.
    pub fn names(mut self, path: impl AsRef<Path>) -> Self {
        self.names = Some(path.as_ref().to_owned());
        self
    }

    /// Leaves out what cannot be generated, with a warning for each operation; otherwise it is an error.
    pub fn lenient(mut self) -> Self {
        self.strictness = Strictness::Lenient;
        self
    }

    /// Generates the client. Only reads files.
    ///
    /// # Errors
    ///
    /// [`GeneratorError::Faults`] with all faults of the document, [`GeneratorError::Read`] for a file that cannot be read, and
    /// [`GeneratorError::Root`].
    pub fn generate(&self) -> Result<Output, GeneratorError> {
        let mut notes = Notes::default();
        let made = self.run(&mut notes);
        let (generation, selected) = match made {
            Ok(made) => made,
            Err(ReadError::Faults(faults)) => return Err(notes.faults(faults)),
            Err(ReadError::File(error)) => return Err(GeneratorError::from(error)),
            Err(ReadError::Output(source)) => {
                let what = "cannot write".to_owned();
                return Err(GeneratorError::Read { what, source });
            }
            Err(ReadError::Root(why)) => return Err(GeneratorError::Root(why)),
        };
        notes.warnings.extend(selected);
        notes.warnings.extend(generation.warnings.clone());
        diagnostic::sort(&mut notes.warnings);
        Ok(Output {
            name: self.name.clone().unwrap_or_else(|| self.default_name()),
            inputs: self.inputs(&notes),
            warnings_report: notes.render(&notes.warnings),
            warnings: notes.warnings,
            names: self.names.clone(),
            generation,
        })
    }

    fn run(&self, notes: &mut Notes) -> Result<(Generation, Vec<Diagnostic>), ReadError> {
        let here = Path::new("");
        let (mut document, _) = match &self.document {
            Source::File(path) => {
                let folder = match &self.root {
                    Some(root) => Folder::below(root, path)?,
                    None => Folder::of(here, path),
                };
                read::assemble(folder, here, path, &self.overlays, notes)?
            }
            Source::Text { name, bytes } => {
                let why = "a text has no files beside it; pass the document as a file";
                read::assemble_text(here, name, bytes, &self.overlays, why, notes)?
            }
        };
        let mut warnings = Vec::new();
        if self.selection != Selection::default() {
            let slice = slice(document.value(), &self.selection);
            let slice = slice.map_err(|faults| document.place_all(faults))?;
            warnings = document.place_all(slice.warnings);
            document = document.with_value(slice.document);
        }
        let names = match &self.names {
            Some(path) => read::names(here, &text(path), notes)?,
            None => PublicNames::default(),
        };
        let generation = generate_with_names(&document, &names, self.strictness, &mut |_| {});
        if generation.is_err() && self.strictness == Strictness::Strict {
            notes.is_lenient_better = is_lenient_better(&document, &names);
        }
        Ok((generation?, warnings))
    }

    /// `pets` for `api/pets.yaml`.
    fn default_name(&self) -> String {
        let (Source::File(path) | Source::Text { name: path, .. }) = &self.document;
        let stem = Path::new(path).file_stem().unwrap_or_default();
        let letters = stem.to_string_lossy();
        let letters = letters.chars().map(|letter| match letter {
            letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
            _ => '_',
        });
        letters.collect()
    }

    /// The files that were read. A file that is not there is not listed.
    fn inputs(&self, notes: &Notes) -> Vec<PathBuf> {
        let is_file = |name: &&String| match &self.document {
            Source::Text { name: text, .. } => *name != text,
            Source::File(_) => true,
        };
        let names = notes.sources.keys().filter(is_file);
        names.map(PathBuf::from).collect()
    }
}

/// Whether a document from which nothing can be generated has a client if what cannot be generated is left out. The only way to know is
/// to try.
pub(crate) fn is_lenient_better(document: &Bundle, names: &PublicNames) -> bool {
    generate_with_names(document, names, Strictness::Lenient, &mut |_| {}).is_ok()
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// What a run notes.
#[derive(Default)]
struct Notes {
    sources: BTreeMap<String, String>,
    warnings: Vec<Diagnostic>,
    is_lenient_better: bool,
}

impl Notes {
    fn render(&self, diagnostics: &[Diagnostic]) -> String {
        let source = |name: &str| self.sources.get(name).map(String::as_str);
        render(diagnostics, source, Style::Plain)
    }

    fn faults(&self, mut faults: Vec<Diagnostic>) -> GeneratorError {
        diagnostic::sort(&mut faults);
        let mut report = self.render(&faults);
        if self.is_lenient_better {
            report.push_str("help: with `Generator::lenient`, what cannot be generated is left out, with a warning for each\n");
        }
        GeneratorError::Faults(Faults::new(faults, report))
    }
}

impl Observer for Notes {
    fn begins(&mut self, _: &str) -> io::Result<()> {
        Ok(())
    }

    fn source(&mut self, name: &str, bytes: &[u8]) {
        self.sources.insert(name.to_owned(), read::shown(bytes));
    }

    fn warns(&mut self, diagnostics: Vec<Diagnostic>) -> io::Result<()> {
        self.warnings.extend(diagnostics);
        Ok(())
    }
}
