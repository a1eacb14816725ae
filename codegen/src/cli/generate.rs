//! `releasepack-codegen generate`: generates a crate from any document.

use std::mem;
use std::path::{Path, PathBuf};

use crate::generator::is_lenient_better;
use crate::generator::write::{write_crate, write_module};
use crate::package::{dependencies, module};
use crate::{
    Bundle, Change, Generation, PublicNames, Strictness, generate_with_names, package, runtime,
    slice,
};
use anyhow::Context;

use crate::cli::report::{Failure, Outcome, Report, count, print};
use crate::cli::slice::Operations;
use crate::cli::{Format, census, input, output};

/// Generate a client for any OpenAPI document, as a separate crate.
///
/// Writes Cargo.toml and replaces the folder src/, or with --module replaces the folder of the module. A Cargo.toml that is there stays, except for what the generated code needs; each
/// such change is told. If the document has an error, nothing is written.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  releasepack-codegen generate --spec pets.yaml --name pets-client --out ../pets-client\n  \
        releasepack-codegen generate --spec whole.json --tag pets --name pets-client --out ../pets-client --lenient\n  \
        releasepack-codegen generate --spec pets.yaml --name pets-client --out ../pets-client --names ../pets-client/names.yaml\n  \
        releasepack-codegen generate --spec pets.yaml --name api::pets --module src/api/pets\n\n\
        With `--format json` the command prints an object with `files` (the paths in the crate or module),\n\
        `changes` (the changes of the passes, each with `pass`, `pointer` and `what`) and `untyped`.\n\n\
        `--report` lists every part that became any value, and why: `description` (the description\n\
        allows any value there), `fault` (a warning explains it), `generator` (the schema is not expressed\n\
        as a type). `--report json` prints an object with `untyped` (each with `part`, `why`, `message`,\n\
        `file`, `location` and `pointer`) and `counts` (by `why`)."
)]
pub struct Args {
    #[command(flatten)]
    spec: input::CorrectedSpec,
    #[command(flatten)]
    operations: Operations,
    /// The name of the crate, or with --module the path of the module in its crate: `pets`, `api::pets`.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// The folder of the crate.
    #[arg(long, value_name = "DIR", required_unless_present = "module")]
    out: Option<PathBuf>,
    /// Write the client as a module of your crate, to this folder of it, instead of a crate of its own.
    #[arg(long, value_name = "DIR", conflicts_with = "out")]
    module: Option<PathBuf>,
    /// Leave out operations that cannot be generated, with a warning for each.
    #[arg(long)]
    lenient: bool,
    /// Keep the public names that this file has, and write those of new items to it. It is made if it does not exist.
    #[arg(long, value_name = "FILE")]
    names: Option<String>,
    /// List what became any value, and why.
    #[arg(long, value_enum, num_args = 0..=1, default_missing_value = "text", value_name = "FORMAT")]
    report: Option<Format>,
}

pub fn run(args: &Args, report: &mut Report) -> Result<Outcome, Failure> {
    let strictness = if args.lenient {
        Strictness::Lenient
    } else {
        Strictness::Strict
    };
    let mut document = args.spec.read_leniently(report)?;
    if let Some(selection) = args.operations.selection() {
        let slice = slice(document.value(), &selection);
        let slice = slice.map_err(|faults| document.place_all(faults))?;
        report.diagnostics(document.place_all(slice.warnings))?;
        document = document.with_value(slice.document);
    }
    let names = match &args.names {
        Some(path) => input::names(input::here(), path, report)?,
        None => PublicNames::default(),
    };
    let generation = match make(&document, &names, strictness, report) {
        Err(Failure::Diagnostics(faults)) if !args.lenient => {
            report.diagnostics(faults)?;
            if is_lenient_better(&document, &names) {
                report.note(
                    "help: with `--lenient`, what cannot be generated is left out, with a warning for each",
                )?;
            }
            return Ok(Outcome::Wrong);
        }
        other => other?,
    };
    for (pass, changes) in by_pass(&generation.changes) {
        let changes = count(changes, "change");
        report.note(&format!("normalized {pass}: {changes}"))?;
    }
    let made = match args.module {
        Some(_) => module(&args.name, &generation, &runtime()),
        None => package(&args.name, &generation, &runtime()),
    };
    let files = made.context("--name")?;
    let number = files.len();
    let result = (report.format == Format::Json).then(|| {
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        let changes = generation.changes.iter().map(to_json).collect::<Vec<_>>();
        let mut result = census::to_json(&generation.untyped);
        result["files"] = paths.into();
        result["changes"] = changes.into();
        result
    });
    let folder = match (&args.module, &args.out) {
        (Some(folder), _) => {
            write_module(folder, &files).map_err(anyhow::Error::from)?;
            let needed = dependencies(&generation);
            report.note(&format!(
                "the crate with this module has these [dependencies]:\n{needed}"
            ))?;
            folder.as_path()
        }
        (None, folder) => {
            let folder = folder.as_deref().unwrap_or(input::here());
            for change in write_crate(folder, files).map_err(anyhow::Error::from)? {
                report.note(&format!("Cargo.toml: {change}"))?;
            }
            folder
        }
    };
    if let Some(path) = &args.names {
        output::file(Path::new(path), &generation.names.to_string())?;
    }
    match (result, args.report) {
        (Some(result), _) => print(&format!("{result:#}\n"))?,
        (None, census) => {
            match census {
                Some(Format::Text) => print(&census::to_text(&generation.untyped))?,
                Some(Format::Json) => {
                    print(&format!("{:#}\n", census::to_json(&generation.untyped)))?;
                }
                None => {}
            }
            report.note(&format!("wrote {number} files to {}", folder.display()))?;
        }
    }
    // The process ends here: to take large values apart first would only take time.
    mem::forget((document, generation));
    Ok(Outcome::Done)
}

/// Runs the pipeline, shows its progress and reports its warnings.
pub fn make(
    document: &Bundle,
    names: &PublicNames,
    strictness: Strictness,
    report: &Report,
) -> Result<Generation, Failure> {
    // Progress that cannot be shown is not an error; later output reports a closed terminal.
    let generation = generate_with_names(document, names, strictness, &mut |progress| {
        let _ = report.step(&progress.to_string());
    });
    report.end_step()?;
    let generation = generation?;
    report.diagnostics(generation.warnings.clone())?;
    Ok(generation)
}

/// The number of changes of each pass. `releasepack-codegen lint` and the JSON output list the changes one by one.
fn by_pass(changes: &[Change]) -> Vec<(&'static str, usize)> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for change in changes {
        match counts.iter_mut().find(|(pass, _)| *pass == change.pass) {
            Some((_, count)) => *count += 1,
            None => counts.push((change.pass, 1)),
        }
    }
    counts
}

/// A change in the JSON output.
pub fn to_json(change: &Change) -> serde_json::Value {
    serde_json::json!({"pass": change.pass, "pointer": change.pointer.as_str(), "what": change.what})
}
