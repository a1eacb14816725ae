//! Reads a document, its overlays, its names and the files that it refers to: for [`Generator`](super::Generator) and for the commands.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use serde_json::Value;

use crate::bundle::{Bundle, bundle_below};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, MAX_BYTES};
use crate::generator::folder::Folder;
use crate::openapi::Version;
use crate::overlay::{self, Applied, Overlay};
use crate::public_names::PublicNames;

/// The name of standard input in diagnostics.
const STANDARD_INPUT: &str = "<stdin>";

/// Gets what happens while input is read.
pub(crate) trait Observer {
    /// A step begins that may take long.
    fn begins(&mut self, step: &str) -> io::Result<()>;
    /// A text was read. Diagnostics show its lines.
    fn source(&mut self, name: &str, bytes: &[u8]);
    /// Diagnostics that do not stop the run.
    fn warns(&mut self, diagnostics: Vec<Diagnostic>) -> io::Result<()>;
}

/// Why input could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error("the document has faults")]
    Faults(Vec<Diagnostic>),
    #[error(transparent)]
    File(#[from] FileError),
    #[error("{0}")]
    Root(String),
    /// The output could not be written.
    #[error(transparent)]
    Output(#[from] io::Error),
}

impl From<Vec<Diagnostic>> for ReadError {
    fn from(faults: Vec<Diagnostic>) -> Self {
        Self::Faults(faults)
    }
}

/// A file that could not be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action}")]
pub(crate) struct FileError {
    /// What could not be done, and with which file.
    action: String,
    source: io::Error,
}

impl FileError {
    /// The error of the operating system.
    pub(crate) fn into_source(self) -> io::Error {
        self.source
    }
}

/// Says what could not be done.
pub(crate) fn cannot(action: String) -> impl FnOnce(io::Error) -> FileError {
    |source| FileError { action, source }
}

/// What each overlay did: the name of its file, and its actions.
pub(crate) type Corrected = Vec<(String, Vec<Applied>)>;

/// Reads a document, applies its overlays in order, and includes the files that it refers to. Also gives what each overlay
/// changed. The warnings of these steps go to the observer; their errors, and a document of another kind, are an error. The
/// faults of references into other files stay in the bundle.
///
/// Paths are relative to `base`; diagnostics name files by the paths as they are given.
pub(crate) fn assemble(
    mut folder: Folder,
    base: &Path,
    spec: &str,
    overlay_paths: &[String],
    observer: &mut impl Observer,
) -> Result<(Bundle, Corrected), ReadError> {
    observer.begins(&format!("reading {spec}"))?;
    let document = document(base, spec, observer)?;
    let overlays = overlays(base, overlay_paths, observer)?;
    let (value, corrections) = corrected(&document, &overlays, observer)?;
    observer.begins("following references into other files")?;
    let path = folder.document().to_owned();
    let bundle = bundle_below(document, &path, value, |path| folder.load(path));
    for (name, bytes) in folder.sources() {
        observer.source(&name, &bytes);
    }
    for file in &bundle.files()[1..] {
        observer.warns(file.warnings().to_vec())?;
    }
    Ok((bundle, corrections))
}

/// As [`assemble`], for a document that is no file. `why` says why it has no files beside it.
pub(crate) fn assemble_text(
    base: &Path,
    name: &str,
    bytes: &[u8],
    overlay_paths: &[String],
    why: &str,
    observer: &mut impl Observer,
) -> Result<(Bundle, Corrected), ReadError> {
    observer.source(name, bytes);
    let document = checked(name, bytes, observer)?;
    let overlays = overlays(base, overlay_paths, observer)?;
    let (value, corrections) = corrected(&document, &overlays, observer)?;
    Ok((alone(document, value, why), corrections))
}

/// Reads a document of a version that is supported.
pub(crate) fn document(
    base: &Path,
    spec: &str,
    observer: &mut impl Observer,
) -> Result<Document, ReadError> {
    let (name, bytes) = read(base, spec, observer)?;
    checked(&name, &bytes, observer)
}

/// A document that has no files beside it, with its corrected value. `why` says why.
pub(crate) fn alone(document: Document, value: Value, why: &str) -> Bundle {
    let name = document.name().to_owned();
    bundle_below(document, &name, value, |path| {
        Err(format!("cannot read {path}: {why}"))
    })
}

/// A document of a version that is supported.
pub(crate) fn checked(
    name: &str,
    bytes: &[u8],
    observer: &mut impl Observer,
) -> Result<Document, ReadError> {
    let document = Document::parse(name, bytes)?;
    Version::of(document.value()).map_err(|fault| vec![document.place(*fault)])?;
    observer.warns(document.warnings().to_vec())?;
    Ok(document)
}

/// Applies overlays to a document.
pub(crate) fn corrected(
    document: &Document,
    overlays: &[Overlay],
    observer: &mut impl Observer,
) -> Result<(Value, Corrected), ReadError> {
    let mut value = document.value().clone();
    let mut corrections = Vec::new();
    for overlay in overlays {
        observer.warns(Vec::from_iter(overlay.check_extends(document.name())))?;
        let (corrected, actions) = overlay::apply(value, overlay)?;
        value = corrected;
        corrections.push((overlay.document().name().to_owned(), actions));
    }
    Ok((value, corrections))
}

/// Reads a file of public names, whose path is relative to `base`. A file that does not exist yet has no names.
pub(crate) fn names(
    base: &Path,
    path: &str,
    observer: &mut impl Observer,
) -> Result<PublicNames, ReadError> {
    let is_missing = |error: io::Error| error.kind() == io::ErrorKind::NotFound;
    if fs::metadata(base.join(path)).is_err_and(is_missing) {
        return Ok(PublicNames::default());
    }
    let (name, bytes) = read(base, path, observer)?;
    Ok(PublicNames::parse(&name, &bytes)?)
}

/// Reads overlays, whose paths are relative to `base`, and gives the faults of all of them together.
pub(crate) fn overlays(
    base: &Path,
    paths: &[String],
    observer: &mut impl Observer,
) -> Result<Vec<Overlay>, ReadError> {
    let (mut overlays, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let (name, bytes) = read(base, path, observer)?;
        match Overlay::parse(&name, &bytes) {
            Ok(overlay) => overlays.push(overlay),
            Err(more) => faults.extend(more),
        }
    }
    if faults.is_empty() {
        Ok(overlays)
    } else {
        Err(faults.into())
    }
}

/// The name and the bytes of an input, whose path is relative to `base`. `-` is standard input.
pub(crate) fn read(
    base: &Path,
    path: &str,
    observer: &mut impl Observer,
) -> Result<(String, Vec<u8>), FileError> {
    let (name, bytes) = if path == "-" {
        let bytes =
            limited(io::stdin().lock()).map_err(cannot("read standard input".to_owned()))?;
        (STANDARD_INPUT, bytes)
    } else {
        let file = File::open(base.join(path)).map_err(cannot(format!("open {path}")))?;
        let bytes = limited(file).map_err(cannot(format!("read {path}")))?;
        (path, bytes)
    };
    if bytes.len() <= MAX_BYTES {
        observer.source(name, &bytes);
    }
    Ok((name.to_owned(), bytes))
}

/// Reads one byte more than the limit at most: enough to see that the input is too long.
pub(crate) fn limited(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of an input, as diagnostics show it.
pub(crate) fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.strip_prefix('\u{FEFF}').unwrap_or(&text).to_owned()
}
