//! One document out of several: what a document refers to in files beside it is taken in.
//!
//! Stands after the overlays and before everything that looks at the document as a whole. What is taken in becomes a
//! component, or, where OpenAPI has no component for it (path items, operations, maps), stands where it was referred to.
//! This step reads no file: it asks for them. URLs are never fetched.

mod name;
mod origin;
mod take;

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::document::{Document, Format};
use crate::lines::Location;
use crate::openapi::reference::holder;
use crate::pointer::Pointer;
use origin::Origins;

/// A file that a document refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What diagnostics call it.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A document with everything in it that it refers to, and where each part of it came from.
///
/// ```
/// use releasepack_codegen::{Document, File, Pointer, bundle};
///
/// let text = "openapi: 3.0.3\npaths: {}\ncomponents: {schemas: {Pet: {$ref: 'pet.yaml'}}}\n";
/// let document = Document::parse("api.yaml", text.as_bytes()).unwrap();
/// let value = document.value().clone();
/// let bundle = bundle(document, value, |path| {
///     assert_eq!(path, "pet.yaml");
///     Ok(File { name: path.to_owned(), bytes: b"type: object\n".to_vec() })
/// })
/// .unwrap();
///
/// assert_eq!(bundle.value()["components"]["schemas"]["Pet"]["type"], "object");
/// let (file, place) = bundle.locate(&Pointer::parse("/components/schemas/Pet/type").unwrap());
/// assert_eq!((file, place.line), ("pet.yaml", 1));
/// ```
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The document itself first.
    files: Vec<Document>,
    value: Value,
    origins: Origins,
    /// What is wrong with references that could not be followed, each with the place of the reference in the whole.
    faults: Vec<(Pointer, Diagnostic)>,
}

impl From<Document> for Bundle {
    /// A document that refers to no other file, or whose references are not to be followed.
    fn from(document: Document) -> Self {
        Self {
            value: document.value().clone(),
            files: vec![document],
            origins: Origins::default(),
            faults: Vec::new(),
        }
    }
}

impl Bundle {
    /// The whole.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// What the user called the document.
    pub fn name(&self) -> &str {
        self.files[0].name()
    }

    /// What is wrong with references that could not be followed, placed and sorted. Without an error among them the whole is
    /// complete.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let faults = self.faults.iter().map(|(_, fault)| fault.clone());
        let mut faults: Vec<Diagnostic> = faults.collect();
        diagnostic::sort(&mut faults);
        faults
    }

    /// The faults, and what a later step says with places of the whole. A reference that cannot be followed leads nowhere
    /// for later steps too; that is told once. In a document that was cut off, most references lead nowhere for that reason,
    /// so no others are told.
    #[must_use]
    pub fn told_with(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut all = self.faults();
        let is_cut = all.iter().any(|it| it.code == Code::DOCUMENT_TOO_LARGE);
        let mut told: HashSet<_> = all.iter().map(owner).collect();
        // What is wrong with a file is told of its own place, and stands for the reference that led there.
        told.extend(self.faults.iter().map(|(place, _)| {
            let (file, pointer) = self.origins.of(&holder(place));
            (self.files[file].name().to_owned(), pointer)
        }));
        let more = self.place_all(diagnostics).into_iter().filter(|it| {
            let is_lost = is_cut && it.code == Code::DANGLING_REFERENCE;
            !is_lost && (it.severity != Severity::Error || !told.contains(&owner(it)))
        });
        all.extend(more);
        all
    }

    /// The same with another value, whose nodes stand where they stood before: what [`slice`](crate::slice()) has left.
    /// Faults of references that are gone go with them.
    #[must_use]
    pub fn with_value(mut self, value: Value) -> Self {
        let is_left = |place: &Pointer| holder(place).get(&value).is_some();
        self.faults.retain(|(place, _)| is_left(place));
        Self { value, ..self }
    }

    /// How the document was written.
    pub fn format(&self) -> Format {
        self.files[0].format()
    }

    /// The document itself and each file that was taken in, in the order in which they were referred to.
    pub fn files(&self) -> &[Document] {
        &self.files
    }

    /// The file and the place at which a node of the whole is written.
    pub fn locate(&self, pointer: &Pointer) -> (&str, Location) {
        let (file, pointer) = self.origins.of(pointer);
        let document = &self.files[file];
        (document.name(), document.locate(&pointer))
    }

    /// Fills in the file and the location of a diagnostic whose pointer is one of the whole. One that has a location already
    /// is left as it is. The pointer of what came out of another file becomes one of that file.
    #[must_use]
    pub fn place(&self, mut diagnostic: Diagnostic) -> Diagnostic {
        if diagnostic.location.is_some() {
            return diagnostic;
        }
        let (file, pointer) = self.origins.of(&diagnostic.pointer);
        diagnostic.pointer = pointer;
        self.files[file].place(diagnostic)
    }

    /// [`Bundle::place`] for any number of diagnostics, in time that does not grow with the size of the document.
    #[must_use]
    pub fn place_all(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut by_file: Vec<Vec<Diagnostic>> = self.files.iter().map(|_| Vec::new()).collect();
        for mut diagnostic in diagnostics {
            let mut file = 0;
            if diagnostic.location.is_none() {
                (file, diagnostic.pointer) = self.origins.of(&diagnostic.pointer);
            }
            by_file[file].push(diagnostic);
        }
        let files = self.files.iter().zip(by_file);
        files
            .flat_map(|(file, diagnostics)| file.place_all(diagnostics))
            .collect()
    }
}

/// Takes into a document what it refers to in other files.
///
/// `value` is the document as overlays have left it. `load` reads a file by its path, relative to the folder of the
/// document, with `/` between the parts and no `..`; it is asked for each file once. It says why a file cannot be read.
///
/// Relative references are resolved against the file that they stand in; a reference may name a file or a place in it
/// (`pet.yaml#/Pet`). Components keep the names that they have where they are defined; if that name is taken, the name of
/// the file stands before it. References into the document itself are left as they are, also those that lead nowhere.
///
/// # Errors
///
/// Each reference that names a URL, a file that cannot be read or lies outside of the folder of the document, or a place
/// that the file does not have, at the place of the reference; what [`Document::parse`] refuses in one of the files; loops of
/// parts that cannot be components; more than can be held in memory.
pub fn bundle(
    document: Document,
    value: Value,
    load: impl FnMut(&str) -> Result<File, String>,
) -> Result<Bundle, Vec<Diagnostic>> {
    let bundle = take::bundle(document, value, load);
    let mut severities = bundle.faults.iter().map(|(_, fault)| fault.severity);
    if severities.any(|severity| severity == Severity::Error) {
        Err(bundle.faults())
    } else {
        Ok(bundle)
    }
}

/// As [`bundle`], for those who want to hear of everything else too: a reference that cannot be followed stays as it is
/// written, and what is wrong with it is among [`Bundle::faults`].
pub fn bundle_leniently(
    document: Document,
    value: Value,
    load: impl FnMut(&str) -> Result<File, String>,
) -> Bundle {
    take::bundle(document, value, load)
}

/// The object that a reference is, and its file.
fn owner(diagnostic: &Diagnostic) -> (String, Pointer) {
    (diagnostic.file.clone(), holder(&diagnostic.pointer))
}
