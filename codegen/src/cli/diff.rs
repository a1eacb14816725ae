//! `releasepack-codegen diff`: what changed between two documents, for the users of a client.

use crate::diff::{Diff, compare};
use crate::{Bundle, Diagnostic, Overlay, Pointer, Selection, apply_overlay_each, slice};
use clap::ValueEnum;
use serde_json::{Value, json};

use crate::cli::report::{Failure, Outcome, Report, print};
use crate::cli::slice::Operations;
use crate::cli::source::Source;
use crate::cli::{PageFormat, git_driver, input};

/// Compare two OpenAPI documents: what changed on the wire and in Rust, who breaks, and which version is due.
///
/// The meaning is compared, not the text: a schema inline or by reference, another order or OpenAPI 3.1 instead of 3.0 is no
/// change. Exit code 0, or with --fail-on 1 if there is such a change.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  releasepack-codegen diff old.yaml new.yaml\n  \
        releasepack-codegen diff v1.2.0:spec/api.yaml spec/api.yaml --fail-on breaking\n  \
        releasepack-codegen diff old.json new.json --operation 'list*' --format json"
)]
pub struct Args {
    /// The old document: a file, `-`, or REV:PATH for a file of a commit.
    #[arg(value_name = "BASE", required_unless_present = "git_driver")]
    base: Option<String>,
    /// The new document: a file, `-`, or REV:PATH for a file of a commit.
    #[arg(value_name = "REVISION", required_unless_present = "git_driver")]
    revision: Option<String>,
    /// An overlay that is applied to both documents; can be repeated, overlays are applied in order. An action that fits only one of
    /// the documents is a line of the page.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<String>,
    #[command(flatten)]
    operations: Operations,
    /// Exit with 1 if there is such a change.
    #[arg(long, value_enum, value_name = "WHICH")]
    fail_on: Option<FailOn>,
    /// Be the command of a diff driver of git: `git config diff.openapi.command 'releasepack-codegen diff --git-driver'`.
    #[arg(long, num_args = 7..=9, value_name = "ARGUMENTS", exclusive = true, allow_hyphen_values = true)]
    git_driver: Option<Vec<String>>,
}

/// Which changes are a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Calls fail, data is lost, or code does not compile any more: a new major version is due.
    Breaking,
    /// Calls of clients that are in use fail, or lose data.
    Calls,
    /// A call may fail, depending on its values; also what cannot be classified.
    Risk,
    /// Any change but texts for readers.
    Any,
}

pub fn run(args: &Args, format: PageFormat, report: &mut Report) -> Result<Outcome, Failure> {
    if let Some(arguments) = &args.git_driver {
        return git_driver::run(arguments, report);
    }
    let (base_name, revision_name) = (name(args.base.as_ref()), name(args.revision.as_ref()));
    let is_twice = base_name == "-" && revision_name == "-";
    if is_twice {
        return Err(anyhow::anyhow!("standard input can only be one of the documents").into());
    }
    let ([base, revision], misfits) = documents([base_name, revision_name], args, report)?;
    report.step("comparing")?;
    let mut diff = compare(&base, &revision)?;
    diff.misfits = misfits;
    report.end_step()?;
    print(&match format {
        PageFormat::Json => format!("{:#}\n", diff.to_json()),
        PageFormat::Github => diff.to_github(),
        PageFormat::Text | PageFormat::Markdown => diff.to_markdown(base_name, revision_name),
    })?;
    let is_failure = match args.fail_on {
        None => false,
        Some(FailOn::Breaking) => diff.is_breaking(),
        Some(FailOn::Calls) => diff.calls().is_break(),
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

/// Both documents with their overlays, and only the operations that were asked for. Also gives the faults of actions of overlays that
/// fit only one of the documents.
fn documents(
    names: [&str; 2],
    args: &Args,
    report: &mut Report,
) -> Result<([Bundle; 2], Vec<Diagnostic>), Failure> {
    let overlays = input::overlays(input::here(), &args.overlay, report)?;
    let [base, revision] = names;
    let (base, revision) = (Source::read(base, report)?, Source::read(revision, report)?);
    let (base_value, base_faults) = corrected(&base, &overlays);
    let (revision_value, revision_faults) = corrected(&revision, &overlays);
    let is_in = |fault: &Diagnostic, faults: &[Diagnostic]| {
        faults.iter().any(|other| place(other) == place(fault))
    };
    // An action that fits neither document is wrong. One that fits only one of them tells a change.
    let (wrong, mut misfits): (Vec<_>, Vec<_>) = revision_faults
        .iter()
        .cloned()
        .partition(|fault| is_in(fault, &base_faults));
    if !wrong.is_empty() {
        return Err(wrong.into());
    }
    for fault in &mut misfits {
        fault.message = format!("new document: {}", fault.message);
    }
    misfits.extend(base_faults.into_iter().map(|mut fault| {
        fault.message = format!("old document: {}", fault.message);
        fault
    }));
    let base = base.bundle(base_value, report)?;
    let revision = revision.bundle(revision_value, report)?;
    let documents = match args.operations.selection() {
        Some(selection) => selected([base, revision], &selection)?,
        None => [base, revision],
    };
    Ok((documents, misfits))
}

/// A document after the actions of all overlays that fit, and the faults of the others.
fn corrected(source: &Source, overlays: &[Overlay]) -> (Value, Vec<Diagnostic>) {
    let mut value = source.document.value().clone();
    let mut faults = Vec::new();
    for overlay in overlays {
        let (corrected, _, more) = apply_overlay_each(value, overlay);
        value = corrected;
        faults.extend(more);
    }
    (value, faults)
}

/// What identifies an action.
fn place(fault: &Diagnostic) -> (&str, &Pointer) {
    (&fault.file, &fault.pointer)
}

/// Only the selected operations. A selector may match operations of one of the documents only: they were added or removed.
fn selected(
    [base, revision]: [Bundle; 2],
    selection: &Selection,
) -> Result<[Bundle; 2], Vec<Diagnostic>> {
    let (mut in_base, mut in_revision) = (Selection::default(), Selection::default());
    let mut faults = Vec::new();
    for one in selection.each() {
        let (old, new) = (slice(base.value(), &one), slice(revision.value(), &one));
        if old.is_ok() {
            in_base.add(&one);
        }
        match new {
            Ok(_) => in_revision.add(&one),
            Err(more) if old.is_err() => faults.extend(revision.place_all(more)),
            Err(_) => {}
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok([sliced(base, &in_base)?, sliced(revision, &in_revision)?])
}

/// The selected operations of one document. Without any, nothing of it is left.
fn sliced(bundle: Bundle, selection: &Selection) -> Result<Bundle, Vec<Diagnostic>> {
    if *selection == Selection::default() {
        let mut value = bundle.value().clone();
        if let Some(members) = value.as_object_mut() {
            members.insert("paths".to_owned(), json!({}));
            for name in ["webhooks", "components", "definitions"] {
                members.shift_remove(name);
            }
        }
        return Ok(bundle.with_value(value));
    }
    match slice(bundle.value(), selection) {
        Ok(slice) => Ok(bundle.with_value(slice.document)),
        Err(faults) => Err(bundle.place_all(faults)),
    }
}
