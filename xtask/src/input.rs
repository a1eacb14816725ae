//! Reads what commands are given: a file, or `-` for standard input.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use anyhow::Context;
use clap::Args;
use releasepack_codegen::{Document, MAX_BYTES, Overlay, Version};

use crate::report::{Failure, Report};

/// What diagnostics call standard input.
const STANDARD_INPUT: &str = "<stdin>";

/// The document that a command works on.
#[derive(Args)]
pub(crate) struct Spec {
    /// The OpenAPI document (3.0 or 3.1), YAML or JSON; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub(crate) spec: String,
}

impl Spec {
    /// Reads the document and refuses what is not OpenAPI 3.0 or 3.1.
    pub(crate) fn document(&self, report: &mut Report) -> Result<Document, Failure> {
        let (name, bytes) = read(&self.spec, report)?;
        let document = Document::parse(&name, &bytes)?;
        Version::of(document.value()).map_err(|fault| vec![document.place(*fault)])?;
        report.diagnostics(document.warnings().to_vec())?;
        Ok(document)
    }
}

/// Reads overlays; faults of all of them are told together.
pub(crate) fn overlays(paths: &[String], report: &mut Report) -> Result<Vec<Overlay>, Failure> {
    let (mut overlays, mut faults) = (Vec::new(), Vec::new());
    for path in paths {
        let (name, bytes) = read(path, report)?;
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

/// The name and the bytes of an input.
pub(crate) fn read(path: &str, report: &mut Report) -> anyhow::Result<(String, Vec<u8>)> {
    let (name, bytes) = if path == "-" {
        let bytes = limited(io::stdin().lock()).context("cannot read standard input")?;
        (STANDARD_INPUT, bytes)
    } else {
        let file = File::open(Path::new(path)).with_context(|| format!("cannot open {path}"))?;
        let bytes = limited(file).with_context(|| format!("cannot read {path}"))?;
        (path, bytes)
    };
    if bytes.len() <= MAX_BYTES {
        report.source(name, &bytes);
    }
    Ok((name.to_owned(), bytes))
}

/// One byte more than is accepted is enough to refuse the rest.
fn limited(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
