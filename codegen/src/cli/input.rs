//! Reads the input of the commands: a document (a file, or `-` for standard input), its overlays and the files it refers to.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::{
    Bundle, Document, MAX_BYTES, Overlay, PublicNames, Severity, Version, apply_overlay,
    bundle_below,
};
use anyhow::Context;
use clap::Args;
use serde_json::Value;

use crate::cli::corrections::Corrections;
use crate::cli::folder::Folder;
use crate::cli::report::{Failure, Report};

/// The base of the paths on the command line: the folder of the process.
pub fn here() -> &'static Path {
    Path::new("")
}

/// The name of standard input in diagnostics.
const STANDARD_INPUT: &str = "<stdin>";

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
        document(here(), &self.spec, report)
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
    report.source(name, bytes);
    let document = checked(name, bytes, report)?;
    let overlays = overlays(base, overlay_paths, report)?;
    let (value, corrections) = corrected(&document, &overlays, report)?;
    Ok((alone(document, value), corrections))
}

/// As [`assemble`], with the folder whose files references may name.
fn assemble_from(
    mut folder: Folder,
    base: &Path,
    spec: &str,
    overlay_paths: &[String],
    report: &mut Report,
) -> Result<(Bundle, Corrections), Failure> {
    report.step(&format!("reading {spec}"))?;
    let document = document(base, spec, report)?;
    let overlays = overlays(base, overlay_paths, report)?;
    let (value, corrections) = corrected(&document, &overlays, report)?;
    report.step("following references into other files")?;
    let path = folder.document().to_owned();
    let bundle = bundle_below(document, &path, value, |path| folder.load(path));
    for (name, bytes) in folder.sources() {
        report.source(&name, &bytes);
    }
    for file in &bundle.files()[1..] {
        report.diagnostics(file.warnings().to_vec())?;
    }
    report.end_step()?;
    Ok((bundle, corrections))
}

fn document(base: &Path, spec: &str, report: &mut Report) -> Result<Document, Failure> {
    let (name, bytes) = read(base, spec, report)?;
    checked(&name, &bytes, report)
}

/// A document that has no files beside it, with its corrected value.
pub fn alone(document: Document, value: Value) -> Bundle {
    let name = document.name().to_owned();
    bundle_below(document, &name, value, |path| {
        Err(format!(
            "cannot read {path}: a document of a commit has no files beside it; check out the commit and pass the document as a file"
        ))
    })
}

/// A document of a version that is supported.
pub fn checked(name: &str, bytes: &[u8], report: &Report) -> Result<Document, Failure> {
    let document = Document::parse(name, bytes)?;
    Version::of(document.value()).map_err(|fault| vec![document.place(*fault)])?;
    report.diagnostics(document.warnings().to_vec())?;
    Ok(document)
}

/// Applies overlays to a document.
pub fn corrected(
    document: &Document,
    overlays: &[Overlay],
    report: &Report,
) -> Result<(Value, Corrections), Failure> {
    let mut value = document.value().clone();
    let mut corrections = Corrections::default();
    for overlay in overlays {
        report.diagnostics(Vec::from_iter(overlay.check_extends(document.name())))?;
        let (corrected, actions) = apply_overlay(value, overlay)?;
        value = corrected;
        corrections.push(overlay.document().name(), actions);
    }
    Ok((value, corrections))
}

/// Reads a file of public names, whose path is relative to `base`. A file that does not exist yet has no names.
pub fn names(base: &Path, path: &str, report: &mut Report) -> Result<PublicNames, Failure> {
    let is_missing = |error: io::Error| error.kind() == io::ErrorKind::NotFound;
    if fs::metadata(base.join(path)).is_err_and(is_missing) {
        return Ok(PublicNames::default());
    }
    let (name, bytes) = read(base, path, report)?;
    Ok(PublicNames::parse(&name, &bytes)?)
}

/// Reads overlays, whose paths are relative to `base`, and reports the faults of all of them together.
pub fn overlays(
    base: &Path,
    paths: &[String],
    report: &mut Report,
) -> Result<Vec<Overlay>, Failure> {
    let (mut overlays, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let (name, bytes) = read(base, path, report)?;
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

/// The name and the bytes of an input, whose path is relative to `base`.
pub fn read(base: &Path, path: &str, report: &mut Report) -> anyhow::Result<(String, Vec<u8>)> {
    let (name, bytes) = if path == "-" {
        let bytes = limited(io::stdin().lock()).context("cannot read standard input")?;
        (STANDARD_INPUT, bytes)
    } else {
        let file = File::open(base.join(path)).with_context(|| format!("cannot open {path}"))?;
        let bytes = limited(file).with_context(|| format!("cannot read {path}"))?;
        (path, bytes)
    };
    if bytes.len() <= MAX_BYTES {
        report.source(name, &bytes);
    }
    Ok((name.to_owned(), bytes))
}

/// Reads one byte more than the limit at most: enough to see that the input is too long.
pub fn limited(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
