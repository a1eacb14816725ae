//! `cargo xtask diff`: what changed between two documents, for the users of a client.

use std::process::Command;

use anyhow::{Context, ensure};
use clap::ValueEnum;
use releasepack_codegen::diff::{Diff, compare};
use releasepack_codegen::{Bundle, slice};

use crate::report::{Failure, Outcome, Report, print};
use crate::slice::Operations;
use crate::{PageFormat, git_driver, input};

/// Compare two OpenAPI documents: what changed on the wire and in Rust, who breaks, and which version is due.
///
/// The meaning is compared, not the text: a schema inline or by reference, another order or OpenAPI 3.1 instead of 3.0 is no
/// change. Exit code 0, or with --fail-on 1 if there is such a change.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  cargo xtask diff old.yaml new.yaml\n  \
        cargo xtask diff v1.2.0:spec/api.yaml spec/api.yaml --fail-on breaking\n  \
        cargo xtask diff old.json new.json --operation 'list*' --format json")]
pub(crate) struct Args {
    /// The old document: a file, `-`, or REV:PATH for a file of a commit.
    #[arg(value_name = "BASE", required_unless_present = "git_driver")]
    base: Option<String>,
    /// The new document: a file, `-`, or REV:PATH for a file of a commit.
    #[arg(value_name = "REVISION", required_unless_present = "git_driver")]
    revision: Option<String>,
    /// An overlay that is applied to both documents; can be repeated, overlays are applied in order.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<String>,
    #[command(flatten)]
    operations: Operations,
    /// Exit with 1 if there is such a change.
    #[arg(long, value_enum, value_name = "WHICH")]
    fail_on: Option<FailOn>,
    /// Be the command of a diff driver of git: `git config diff.openapi.command 'cargo xtask diff --git-driver'`.
    #[arg(long, num_args = 7..=9, value_name = "ARGUMENTS", exclusive = true, allow_hyphen_values = true)]
    git_driver: Option<Vec<String>>,
}

/// Which changes are a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Calls fail, data is lost, or code does not compile any more: a new major version is due.
    Breaking,
    /// A call may fail, depending on its values; also what cannot be classified.
    Risk,
    /// Any change but texts for readers.
    Any,
}

pub(crate) fn run(
    args: &Args,
    format: PageFormat,
    report: &mut Report,
) -> Result<Outcome, Failure> {
    if let Some(arguments) = &args.git_driver {
        return git_driver::run(arguments, report);
    }
    let (base_name, revision_name) = (name(args.base.as_ref()), name(args.revision.as_ref()));
    let is_twice = base_name == "-" && revision_name == "-";
    if is_twice {
        return Err(anyhow::anyhow!("standard input can only be one of the documents").into());
    }
    let base = document(base_name, args, report)?;
    let revision = document(revision_name, args, report)?;
    report.step("comparing")?;
    let diff = compare(&base, &revision)?;
    report.end_step()?;
    print(&match format {
        PageFormat::Json => format!("{:#}\n", diff.to_json()),
        PageFormat::Github => diff.to_github(),
        PageFormat::Text | PageFormat::Markdown => diff.to_markdown(base_name, revision_name),
    })?;
    let is_failure = match args.fail_on {
        None => false,
        Some(FailOn::Breaking) => diff.is_breaking(),
        Some(FailOn::Risk) => diff.is_breaking() || has_risk(&diff),
        Some(FailOn::Any) => !diff.changes.is_empty() || !diff.rust.is_empty(),
    };
    Ok(if is_failure {
        Outcome::No
    } else {
        Outcome::Done
    })
}

/// A name that the command line demands unless git calls.
fn name(name: Option<&String>) -> &str {
    name.map_or("", String::as_str)
}

fn has_risk(diff: &Diff) -> bool {
    let mut rules = diff.changes.iter().map(|change| change.rule);
    rules.any(|rule| rule.deployed.is_risk() || rule.new.is_risk())
}

/// A document with its overlays, and only the operations that were asked for.
fn document(name: &str, args: &Args, report: &mut Report) -> Result<Bundle, Failure> {
    let bundle = match of_commit(name)? {
        Some(text) => input::assemble_text(input::here(), name, &text, &args.overlay, report)?.0,
        None => input::assemble(input::here(), name, &args.overlay, report)?.0,
    };
    let Some(selection) = args.operations.selection() else {
        return Ok(bundle);
    };
    // An operation may be in one of the documents only.
    match slice(bundle.value(), &selection) {
        Ok(slice) => Ok(bundle.with_value(slice.document)),
        Err(faults) => Err(bundle.place_all(faults).into()),
    }
}

/// The text of a file of a commit, if the name is one: `main:spec/api.yaml`. A file with this name has priority.
pub(crate) fn of_commit(name: &str) -> anyhow::Result<Option<Vec<u8>>> {
    let Some((revision, path)) = name.split_once(':') else {
        return Ok(None);
    };
    if revision.is_empty() || path.is_empty() || std::path::Path::new(name).exists() {
        return Ok(None);
    }
    ensure!(
        !revision.starts_with('-'),
        "{revision} is not the name of a commit"
    );
    let output = Command::new("git")
        .args(["show", "--end-of-options", name])
        .output()
        .context("cannot run git")?;
    ensure!(
        output.status.success(),
        "git has no {name}: {}",
        String::from_utf8_lossy(&output.stderr).trim()
    );
    Ok(Some(output.stdout))
}
