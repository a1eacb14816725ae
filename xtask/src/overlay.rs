//! `cargo xtask overlay`: a document with its corrections applied.

use std::path::PathBuf;

use serde_json::json;

use crate::report::{Failure, Outcome, Report, print};
use crate::{Format, input, output};

/// Apply overlays to a document.
///
/// An action that matches nothing or changes nothing is an error: exit code 2, and nothing is written.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  cargo xtask overlay --spec spec/release-integration-pack.yaml --overlay spec/overlay.yaml"
)]
pub(crate) struct Args {
    #[command(flatten)]
    spec: input::Spec,
    /// An OpenAPI Overlay 1.0; several are applied in order.
    #[arg(long, value_name = "FILE", required = true)]
    overlay: Vec<String>,
    /// Where the result goes; YAML or JSON by its name. Standard output if left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) fn run(args: &Args, report: &mut Report) -> Result<Outcome, Failure> {
    let document = args.spec.document(report)?;
    let overlays = input::overlays(input::here(), &args.overlay, report)?;
    let (value, corrections) = input::corrected(&document, &overlays, report)?;
    output::document(&value, args.out.as_deref(), document.format())?;
    if args.out.is_some() && report.format == Format::Json {
        let result = json!({"overlays": corrections.to_json()});
        print(&format!("{result:#}\n"))?;
    } else {
        for line in corrections.lines() {
            report.note(&line)?;
        }
    }
    Ok(Outcome::Done)
}
