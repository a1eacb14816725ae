//! `cargo xtask slice`: a few operations of a large document, and what they need.

use std::path::PathBuf;

use releasepack_codegen::{Selection, slice};
use serde_json::json;

use crate::report::{Failure, Outcome, Report, count, print};
use crate::{Format, input, output};

/// The operations that a command works on.
#[derive(clap::Args)]
pub(crate) struct Operations {
    /// Take the operations with this tag; a name or a glob.
    #[arg(long, value_name = "TAG")]
    pub(crate) tag: Vec<String>,
    /// Take the operation of this id; a name or a glob.
    #[arg(long, value_name = "ID")]
    pub(crate) operation: Vec<String>,
    /// Take the operations of this path; as the document writes it, or a glob in which `*` matches no `/` and `**` does.
    #[arg(long, value_name = "GLOB")]
    pub(crate) path: Vec<String>,
}

impl Operations {
    /// What is selected; `None` if nothing was asked for.
    pub(crate) fn selection(&self) -> Option<Selection> {
        let selection = Selection {
            tags: self.tag.clone(),
            operations: self.operation.clone(),
            paths: self.path.clone(),
        };
        (selection != Selection::default()).then_some(selection)
    }
}

/// Cut a document down to some operations and what they need.
///
/// What is kept stays as published: order, text, path-level parts, servers. Several selectors are united. One that matches
/// nothing is an error: exit code 2, and nothing is written.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  cargo xtask slice --spec whole.yaml --tag ReleaseIntegrationPack --out fragment.yaml\n  \
        cargo xtask slice --spec whole.json --path '/pets/**' --operation 'list*'"
)]
pub(crate) struct Args {
    #[command(flatten)]
    spec: input::CorrectedSpec,
    #[command(flatten)]
    operations: Operations,
    /// Where the result goes; YAML or JSON by its name. Standard output if left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, report: &mut Report) -> Result<Outcome, Failure> {
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
