//! `releasepack-codegen overlay`: applies corrections to a document.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::report::{Failure, Outcome, Report, print};
use crate::cli::{Format, input, output};

/// Apply overlays to a document.
///
/// It is an error if an action matches nothing or changes nothing: exit code 2, and nothing is written.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  releasepack-codegen overlay --spec spec/release-integration-pack.yaml --overlay spec/overlay.yaml"
)]
pub struct Args {
    #[command(flatten)]
    spec: input::Spec,
    /// An OpenAPI Overlay 1.0 or 1.1; can be repeated, overlays are applied in order.
    #[arg(long, value_name = "FILE", required = true)]
    overlay: Vec<String>,
    /// The file to write; its extension decides between YAML and JSON. Without it, the result goes to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub fn run(args: &Args, report: &mut Report) -> Result<Outcome, Failure> {
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
