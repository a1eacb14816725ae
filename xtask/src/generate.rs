//! `cargo xtask generate`: any document becomes a crate.

use std::path::PathBuf;

use anyhow::Context;
use releasepack_codegen::{
    Bundle, Generation, Strictness, generate_observed, package, slice, tree,
};

use crate::report::{Failure, Outcome, Report, print};
use crate::slice::Operations;
use crate::{Format, input, workspace};

/// Generate a client of any OpenAPI document, as a crate of its own.
///
/// Writes the folder as a whole: what else was in it goes. If anything is wrong with the document, nothing is written.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  cargo xtask generate --spec pets.yaml --name pets-client --out ../pets-client\n  \
        cargo xtask generate --spec whole.json --tag pets --name pets-client --out ../pets-client --lenient\n\n\
        With `--format json` the result on standard output is an object with `files`, the paths that were written."
)]
pub(crate) struct Args {
    #[command(flatten)]
    spec: input::CorrectedSpec,
    #[command(flatten)]
    operations: Operations,
    /// What the crate is called.
    #[arg(long, value_name = "CRATE")]
    name: String,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Leave out, with a warning, the operations that cannot be expressed.
    #[arg(long)]
    lenient: bool,
}

pub(crate) fn run(args: &Args, report: &mut Report) -> Result<Outcome, Failure> {
    let strictness = if args.lenient {
        Strictness::Lenient
    } else {
        Strictness::Strict
    };
    let runtime = workspace::root().join("generated-client/src/runtime");
    let runtime: Vec<tree::File> = tree::read(&runtime).context("the runtime")?;
    let mut document = args.spec.read_leniently(report)?;
    if let Some(selection) = args.operations.selection() {
        let slice = slice(document.value(), &selection);
        let slice = slice.map_err(|faults| document.place_all(faults))?;
        report.diagnostics(document.place_all(slice.warnings))?;
        document = document.with_value(slice.document);
    }
    let generation = make(&document, strictness, report)?;
    let files = package(&args.name, &generation, &runtime).context("--name")?;
    if args.out.exists() && !args.out.join("Cargo.toml").exists() && !is_empty(&args.out)? {
        return Err(
            anyhow::anyhow!("{} holds something else than a crate", args.out.display()).into(),
        );
    }
    tree::write(&args.out, &files).context("--out")?;
    if report.format == Format::Json {
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        print(&format!("{:#}\n", serde_json::json!({"files": paths})))?;
    } else {
        report.note(&format!(
            "wrote {} files to {}",
            files.len(),
            args.out.display()
        ))?;
    }
    Ok(Outcome::Done)
}

/// Runs the pipeline: shows how far it is, and tells its warnings.
pub(crate) fn make(
    document: &Bundle,
    strictness: Strictness,
    report: &Report,
) -> Result<Generation, Failure> {
    // A terminal that is gone stops nothing; what follows says so if it matters.
    let generation = generate_observed(document, strictness, &mut |progress| {
        let _ = report.step(&progress.to_string());
    });
    report.end_step()?;
    let generation = generation?;
    report.diagnostics(generation.warnings.clone())?;
    Ok(generation)
}

fn is_empty(folder: &std::path::Path) -> anyhow::Result<bool> {
    Ok(folder.read_dir().context("--out")?.next().is_none())
}
