//! `releasepack-codegen slice`: reduces a large document to a few operations and what they refer to.

use std::path::PathBuf;

use crate::{Selection, slice};
use serde_json::json;

use crate::cli::report::{Failure, Outcome, Report, count, print};
use crate::cli::{Format, input, output};

/// The operations that a command works on.
#[derive(clap::Args)]
pub struct Operations {
    /// Select the operations with this tag; a name or a glob.
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Select the operation with this `operationId`; a name or a glob.
    #[arg(long, value_name = "ID")]
    pub operation: Vec<String>,
    /// Select the operations of this path, as the document writes it, or of a glob: `*` does not match `/`, `**` does.
    #[arg(long, value_name = "GLOB")]
    pub path: Vec<String>,
}

impl Operations {
    /// The selection; `None` if no selector was given.
    pub fn selection(&self) -> Option<Selection> {
        let selection = Selection {
            tags: self.tag.clone(),
            operations: self.operation.clone(),
            paths: self.path.clone(),
        };
        (selection != Selection::default()).then_some(selection)
    }
}

/// Reduce a document to some operations and everything that they refer to.
///
/// The parts that are kept do not change. Several selectors add up. It is an error if a selector matches nothing: exit code
/// 2, and nothing is written.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  releasepack-codegen slice --spec whole.yaml --tag ReleaseIntegrationPack --out fragment.yaml\n  \
        releasepack-codegen slice --spec whole.json --path '/pets/**' --operation 'list*'"
)]
pub struct Args {
    #[command(flatten)]
    spec: input::CorrectedSpec,
    #[command(flatten)]
    operations: Operations,
    /// The file to write; its extension decides between YAML and JSON. Without it, the result goes to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(args: &Args, report: &mut Report) -> Result<Outcome, Failure> {
    let bundle = args.spec.read(report)?;
    let selection = args.operations.selection().unwrap_or_default();
    report.step("slicing")?;
    let slice = slice(bundle.value(), &selection).map_err(|faults| bundle.place_all(faults))?;
    report.diagnostics(bundle.place_all(slice.warnings))?;
    report.end_step()?;
    output::document(&slice.document, args.out.as_deref(), bundle.format())?;
    if args.out.is_some() && report.format == Format::Json {
        print(&format!("{:#}\n", json!({"operations": slice.operations})))?;
    } else {
        report.note(&count(slice.operations, "operation"))?;
    }
    Ok(Outcome::Done)
}
