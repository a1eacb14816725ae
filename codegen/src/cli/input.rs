//! Reads the input of the commands: a document (a file, or `-` for standard input), its overlays and the files it refers to.

use std::io;
use std::path::{Path, PathBuf};

use crate::generator::folder::Folder;
use crate::generator::read::{self, Observer, ReadError};
use crate::{Bundle, Diagnostic, Document, Overlay, PublicNames, Severity};
use clap::Args;
use serde_json::Value;

use crate::cli::corrections::Corrections;
use crate::cli::report::{Failure, Report};

/// The base of the paths on the command line: the folder of the process.
pub fn here() -> &'static Path {
    Path::new("")
}

/// Why a document of a commit has no files beside it.
const OF_A_COMMIT: &str = "a document of a commit has no files beside it; check out the commit and pass the document as a file";

impl Observer for Report {
    fn begins(&mut self, step: &str) -> io::Result<()> {
        self.step(step)
    }

    fn source(&mut self, name: &str, bytes: &[u8]) {
        Report::source(self, name, bytes);
    }

    fn warns(&mut self, diagnostics: Vec<Diagnostic>) -> io::Result<()> {
        self.diagnostics(diagnostics)
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Faults(faults) => Self::Diagnostics(faults),
            other => Self::Other(other.into()),
        }
    }
}

/// The document that a command works on.
#[derive(Args)]
pub struct Spec {
    /// The document (Swagger 2.0, or OpenAPI 3.0, 3.1 or 3.2), YAML or JSON; `-` reads standard input.
    #[arg(long, value_name = "FILE")]
    pub spec: String,
}

impl Spec {
    /// Reads the document without other files. A document of another kind is an error.
    pub fn document(&self, report: &mut Report) -> Result<Document, Failure> {
        Ok(read::document(here(), &self.spec, report)?)
    }
}

/// The document that a command works on, and the overlays that correct it.
#[derive(Args)]
pub struct CorrectedSpec {
    #[command(flatten)]
    pub spec: Spec,
    /// The folder whose files references may name, if the document is in a folder below it. Without it, references may only name
    /// files in the folder of the document and below.
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// An OpenAPI Overlay 1.0 or 1.1 that is applied first; can be repeated, overlays are applied in order.
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<String>,
}

impl CorrectedSpec {
    /// The document with its overlays applied and the files that it refers to included.
    pub fn read(&self, report: &mut Report) -> Result<Bundle, Failure> {
        let bundle = self.read_leniently(report)?;
        let faults = bundle.faults();
        if faults.iter().any(|it| it.severity == Severity::Error) {
            return Err(faults.into());
        }
        report.diagnostics(faults)?;
        Ok(bundle)
    }

    /// Like [`CorrectedSpec::read`], but faults of references into other files are not reported; the next step must report them.
    pub fn read_leniently(&self, report: &mut Report) -> Result<Bundle, Failure> {
        let folder = match &self.root {
            Some(root) => Folder::below(root, &self.spec.spec)?,
            None => Folder::of(here(), &self.spec.spec),
        };
        let (bundle, _) = assemble_from(folder, here(), &self.spec.spec, &self.overlay, report)?;
        Ok(bundle)
    }
}

/// Reads a document, applies its overlays in order, and includes the files that it refers to. Also gives what each overlay
/// changed. Reports the warnings of these steps; their errors, and a document of another kind, are a failure. The
/// faults of references into other files stay in the bundle.
///
/// Paths are relative to `base`; diagnostics name files by the paths as they are given.
pub fn assemble(
    base: &Path,
    spec: &str,
    overlay_paths: &[String],
    report: &mut Report,
) -> Result<(Bundle, Corrections), Failure> {
    let folder = Folder::of(base, spec);
    assemble_from(folder, base, spec, overlay_paths, report)
}

/// As [`assemble`], for a document that is no file, such as one of a commit. It cannot refer to other files.
pub fn assemble_text(
    base: &Path,
    name: &str,
    bytes: &[u8],
    overlay_paths: &[String],
    report: &mut Report,
) -> Result<(Bundle, Corrections), Failure> {
    let read = read::assemble_text(base, name, bytes, overlay_paths, OF_A_COMMIT, report);
    let (bundle, corrections) = read?;
    Ok((bundle, corrections.into()))
}

/// As [`assemble`], with the folder whose files references may name.
fn assemble_from(
    folder: Folder,
    base: &Path,
    spec: &str,
    overlay_paths: &[String],
    report: &mut Report,
) -> Result<(Bundle, Corrections), Failure> {
    let (bundle, corrections) = read::assemble(folder, base, spec, overlay_paths, report)?;
    report.end_step()?;
    Ok((bundle, corrections.into()))
}

/// A document of a commit, which has no files beside it, with its corrected value.
pub fn alone(document: Document, value: Value) -> Bundle {
    read::alone(document, value, OF_A_COMMIT)
}

/// A document of a version that is supported.
pub fn checked(name: &str, bytes: &[u8], report: &mut Report) -> Result<Document, Failure> {
    Ok(read::checked(name, bytes, report)?)
}

/// Applies overlays to a document.
pub fn corrected(
    document: &Document,
    overlays: &[Overlay],
    report: &mut Report,
) -> Result<(Value, Corrections), Failure> {
    let (value, corrections) = read::corrected(document, overlays, report)?;
    Ok((value, corrections.into()))
}

/// Reads a file of public names, whose path is relative to `base`. A file that does not exist yet has no names.
pub fn names(base: &Path, path: &str, report: &mut Report) -> Result<PublicNames, Failure> {
    Ok(read::names(base, path, report)?)
}

/// Reads overlays, whose paths are relative to `base`, and reports the faults of all of them together.
pub fn overlays(
    base: &Path,
    paths: &[String],
    report: &mut Report,
) -> Result<Vec<Overlay>, Failure> {
    Ok(read::overlays(base, paths, report)?)
}

/// The name and the bytes of an input, whose path is relative to `base`.
pub fn read(base: &Path, path: &str, report: &mut Report) -> anyhow::Result<(String, Vec<u8>)> {
    Ok(read::read(base, path, report)?)
}
