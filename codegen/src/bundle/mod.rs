//! Bundles a document that is split into several files: copies the nodes that it refers to in other files into it.
//!
//! Bundling follows the overlays; all later steps see one document. A copied node becomes a component. If OpenAPI has no
//! components of its kind (path items, operations, maps), the copy replaces the reference. This step does not read files: the
//! caller loads them. URLs are never downloaded.

mod follow;
mod name;
mod origin;

use std::collections::HashSet;
use std::fmt;

use serde_json::Value;

use crate::diagnostic::{self, Code, Diagnostic, Severity};
use crate::document::{Document, Format};
use crate::lines::Location;
use crate::openapi::reference::holder;
use crate::openapi::walk;
use crate::pointer::Pointer;
use origin::Origins;

/// A file that a document refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The name of the file in diagnostics.
    pub name: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// A place in a document or in a file that it refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of the file, as the user wrote it.
    pub file: String,
    /// Line and column.
    pub location: Option<Location>,
    /// The node, in that file.
    pub pointer: Pointer,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(location) = self.location {
            write!(f, ":{}:{}", location.line, location.column)?;
        }
        Ok(())
    }
}

/// A document together with all nodes that it refers to in other files, and the origin of each node.
///
/// ```
/// use releasepack_codegen::{Code, Diagnostic, Document, File, Pointer, bundle};
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
/// let pointer = Pointer::parse("/components/schemas/Pet/type").unwrap();
/// let placed = bundle.place_all(vec![Diagnostic::error(Code::WRONG_TYPE, pointer, "wrong")]);
/// assert_eq!(placed[0].file, "pet.yaml");
/// assert_eq!(placed[0].pointer.as_str(), "/type");
/// ```
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The document is the first file.
    files: Vec<Document>,
    value: Value,
    origins: Origins,
    /// The faults of references that could not be followed, each with the pointer of the reference in the bundled value.
    faults: Vec<(Pointer, Diagnostic)>,
    /// Whether it was cut off at the limit of its size, so that any reference may lead nowhere.
    is_cut: bool,
}

impl From<Document> for Bundle {
    /// A document that is one file, or whose references to other files stay as they are.
    fn from(document: Document) -> Self {
        Self {
            value: document.value().clone(),
            files: vec![document],
            origins: Origins::default(),
            faults: Vec::new(),
            is_cut: false,
        }
    }
}

impl Bundle {
    /// The bundled document.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The bundled document, in which schemas of numbers have the format `decimal` if a value of them has more digits than a float.
    /// The value itself no longer shows it.
    pub(crate) fn value_with_formats(&self) -> Value {
        let mut value = self.value.clone();
        let exact = self.files.iter().map(|file| file.exact().iter().collect());
        let exact: Vec<HashSet<&Pointer>> = exact.collect();
        if exact.iter().all(HashSet::is_empty) {
            return value;
        }
        walk::objects(&mut value, |members, place| {
            let (file, pointer) = self.origins.of(&place.pointer());
            if exact[file].contains(&pointer) && !members.contains_key("format") {
                members.insert("format".to_owned(), "decimal".into());
            }
        });
        value
    }

    /// The name of the document's file, as the user wrote it.
    pub fn name(&self) -> &str {
        self.files[0].name()
    }

    /// The faults of references that could not be followed, placed and sorted. Without an error among them, the bundle is
    /// complete.
    pub fn faults(&self) -> Vec<Diagnostic> {
        let faults = self.faults.iter().map(|(_, fault)| fault.clone());
        let mut faults: Vec<Diagnostic> = faults.collect();
        diagnostic::sort(&mut faults);
        faults
    }

    /// Whether the document was cut off, because it is too large together with the files that it refers to.
    pub(crate) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// The faults of the bundle and the diagnostics of a later step, all placed. Drops diagnostics that an error already
    /// explains: errors at a reference that could not be followed and, if the document was cut off at the limit of its size,
    /// all dangling references. A warning explains no error, only another warning with its code at the same node.
    #[must_use]
    pub fn merge_diagnostics(&self, diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let mut all = self.faults();
        let is_error = |it: &Diagnostic| it.severity == Severity::Error;
        let errors = all.iter().filter(|it| is_error(it));
        let mut explained: HashSet<_> = errors.map(owner).collect();
        // A fault inside a file also explains the reference to that file.
        let errors = self.faults.iter().filter(|(_, fault)| is_error(fault));
        explained.extend(errors.map(|(place, _)| {
            let (file, pointer) = self.origins.of(&holder(place));
            (self.files[file].name().to_owned(), pointer)
        }));
        let warnings = all.iter().filter(|it| !is_error(it));
        let warned: HashSet<_> = warnings.map(|it| (it.code, owner(it))).collect();
        let more = self.place_all(diagnostics).into_iter().filter(|it| {
            let is_explained = self.is_cut && it.code == Code::DANGLING_REFERENCE;
            let is_known = if is_error(it) {
                explained.contains(&owner(it))
            } else {
                warned.contains(&(it.code, owner(it)))
            };
            !is_explained && !is_known
        });
        all.extend(more);
        all
    }

    /// The same bundle with another value whose nodes have the same pointers as before, such as a slice. Faults of references
    /// that the value no longer has are removed.
    #[must_use]
    pub fn with_value(mut self, value: Value) -> Self {
        let is_left = |place: &Pointer| holder(place).get(&value).is_some();
        self.faults.retain(|(place, _)| is_left(place));
        Self { value, ..self }
    }

    /// The file of a node, unless it is the document's own; the value that has the node; and its pointer there. The name of the
    /// file is relative to the folder of the document.
    pub(crate) fn origin(&self, place: &Pointer) -> (Option<&str>, &Value, Pointer) {
        let (file, pointer) = self.origins.of(place);
        if file == 0 {
            return (None, &self.value, pointer);
        }
        let folder = self.name().rfind(['/', '\\']).map_or(0, |at| at + 1);
        let folder = &self.name()[..folder];
        let file = &self.files[file];
        let name = file.name();
        (
            Some(name.strip_prefix(folder).unwrap_or(name)),
            file.value(),
            pointer,
        )
    }

    /// The format of the document's file.
    pub fn format(&self) -> Format {
        self.files[0].format()
    }

    /// The document and each file that it refers to, in the order of the references.
    pub fn files(&self) -> &[Document] {
        &self.files
    }

    /// The file, the location and the pointer there of nodes of the bundled value, in the same order.
    #[must_use]
    pub fn places(&self, pointers: &[Pointer]) -> Vec<Place> {
        let origins: Vec<(usize, Pointer)> =
            pointers.iter().map(|it| self.origins.of(it)).collect();
        let mut by_file: Vec<Vec<&Pointer>> = self.files.iter().map(|_| Vec::new()).collect();
        for (file, pointer) in &origins {
            by_file[*file].push(pointer);
        }
        let files = self.files.iter().zip(by_file);
        let mut locations: Vec<_> = files
            .map(|(file, pointers)| file.locate_all(pointers).into_iter())
            .collect();
        let places = origins.iter().map(|(file, pointer)| Place {
            file: self.files[*file].name().to_owned(),
            location: locations[*file].next(),
            pointer: pointer.clone(),
        });
        places.collect()
    }

    /// Sets the file and the location of diagnostics whose pointers belong to the bundled value; for a node of another file, the
    /// pointer becomes the one in that file. A diagnostic that already has a location does not change. The time for each does not
    /// grow with the size of the document.
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

/// Copies the nodes that a document refers to in other files into it.
///
/// `value` is the value of the document after its overlays. `load` reads a file by its path, relative to the folder of the
/// document, with `/` between the parts and without `..`; it is called once for each file. Its error is the reason why the file
/// cannot be read, as the end of a sentence.
///
/// Relative references are resolved against the file that they stand in; a reference may name a file or a place in it
/// (`pet.yaml#/Pet`). A component keeps the name that it has in its file; if that name is taken, the name of the file is put
/// before it. References within the document stay as they are, also dangling ones.
///
/// # Errors
///
/// At the place of the reference: a URL, a file that cannot be read or is outside of the folder of the document, a node that
/// the file does not have, a loop of nodes that cannot be components, or more content than the limits allow. In the other
/// file: each error of [`Document::parse`].
pub fn bundle(
    document: Document,
    value: Value,
    load: impl FnMut(&str) -> Result<File, String>,
) -> Result<Bundle, Vec<Diagnostic>> {
    let bundle = bundle_leniently(document, value, load);
    let mut severities = bundle.faults.iter().map(|(_, fault)| fault.severity);
    if severities.any(|severity| severity == Severity::Error) {
        Err(bundle.faults())
    } else {
        Ok(bundle)
    }
}

/// As [`bundle`], for callers that go on in spite of faults: a reference that cannot be followed stays as it is, and its fault
/// is in [`Bundle::faults`].
pub fn bundle_leniently(
    document: Document,
    value: Value,
    load: impl FnMut(&str) -> Result<File, String>,
) -> Bundle {
    let path = document.name().rsplit(['/', '\\']).next();
    let path = path.unwrap_or_default().to_owned();
    bundle_below(document, &path, value, load)
}

/// As [`bundle_leniently`], for a document in a folder below the one that its references may name. `path` is the path of the
/// document, relative to that folder; so are the paths that `load` gets.
pub fn bundle_below(
    document: Document,
    path: &str,
    value: Value,
    load: impl FnMut(&str) -> Result<File, String>,
) -> Bundle {
    follow::bundle(document, path, value, load)
}

/// The file and the pointer of the node that a diagnostic is about; for a `$ref`, the object that has it.
fn owner(diagnostic: &Diagnostic) -> (String, Pointer) {
    (diagnostic.file.clone(), holder(&diagnostic.pointer))
}
