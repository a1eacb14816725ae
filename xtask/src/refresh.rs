//! `cargo xtask refresh`: takes a newer document of the vendor into spec/, and generates the client from it.

mod source;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use releasepack_codegen::tree::{Difference, State};
use releasepack_codegen::{
    Before, Bundle, Document, Refreshed, Strictness, Unworded, digest, refresh, to_yaml,
};
use serde_json::{Value, json};

use crate::workspace::{self, NAMES, OVERLAY, PROSE, SOURCE, SPEC};
use crate::{patch, regen};
use releasepack_codegen::cli::report::{Failure, Outcome, Report, count, print};
use releasepack_codegen::cli::{Format, generate, input, output};
use source::Source;

/// Take a newer document of the vendor into spec/, and generate the client from it.
///
/// Slices the operations of the present fragment out of the document, replaces its prose with our wording in spec/prose.yaml,
/// writes the fragment and its source, runs regen, and prints what changed. If there is an error, nothing is written.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  cargo xtask refresh --from whole.json\n  \
    cargo xtask refresh --from whole.json --check\n  \
    cargo xtask refresh --from whole.json --operation GetPublisherIntegrationPack\n\n\
    Exit codes: 0 done or nothing to do, 1 spec/ would change (with --check), 2 the input is wrong and nothing is written.")]
pub(crate) struct Args {
    /// The vendor's whole document, YAML or JSON; `-` reads standard input.
    #[arg(long, value_name = "FILE")]
    from: String,
    /// Add the operation with this `operationId` to those of the present fragment; can be repeated.
    #[arg(long, value_name = "ID")]
    operation: Vec<String>,
    /// Where the document was published, for spec/source.yaml. Without it, the place of the last refresh stays.
    #[arg(long, value_name = "URL")]
    source: Option<String>,
    /// Leave out texts of the vendor that spec/prose.yaml does not replace, with a warning. Otherwise each of them is an error.
    #[arg(long)]
    leave_out_prose: bool,
    /// Write nothing. Print how the fragment would change, and exit with 1 if spec/ would change.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(args: &Args, report: &mut Report) -> Result<Outcome, Failure> {
    let root = workspace::root();
    let whole = whole(&args.from, report)?;
    let old = present(&root, report)?;
    let before = Source::read(&root, report)?;
    let refreshed = slice_and_word(args, &root, &whole, &old, &before, report)?;

    let text = to_yaml(&refreshed.fragment);
    let source = before.updated(
        args.source.as_deref(),
        &digest(whole.files()[0].text().as_bytes()),
        &refreshed.prose,
    );
    let is_new = text != old.text() || before.prose() != Some(&refreshed.prose);

    let overlays = [OVERLAY.to_owned()];
    let (document, corrections) =
        input::assemble_text(&root, SPEC, text.as_bytes(), &overlays, report)?;
    let names = input::names(&root, NAMES, report)?;
    let generation = generate::make(&document, &names, Strictness::Strict, report)?;
    let regen = if is_new && !args.check {
        let files = [(SPEC, text.as_str()), (SOURCE, &source.to_text())];
        write(&root, files, || {
            regen::Run::new(&root, generation, corrections, false)
        })?
    } else {
        regen::Run::new(&root, generation, corrections, args.check)?
    };
    let run = Summary {
        operations: refreshed.operations,
        from: &args.from,
        is_new,
        fragment: difference(&old, text),
        regen,
        check: args.check,
    };
    match report.format {
        Format::Json => print(&format!("{:#}\n", run.to_json()))?,
        Format::Text => print(&run.to_text(report.is_quiet()))?,
    }
    Ok(if args.check && is_new {
        Outcome::No
    } else {
        Outcome::Done
    })
}

/// Writes files, then does the rest, which may write the names. If that fails, all of them become as they were. If the run is killed,
/// the next one completes it.
fn write<T>(
    root: &Path,
    files: [(&str, &str); 2],
    rest: impl FnOnce() -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let names = files.iter().map(|(name, _)| *name).chain([NAMES]);
    let old = names.map(|name| (root.join(name), fs::read_to_string(root.join(name)).ok()));
    let old: Vec<_> = old.collect();
    let written = files
        .iter()
        .try_for_each(|(name, text)| output::file(&root.join(name), text));
    let done = written.and_then(|()| rest());
    if done.is_err() {
        for (path, text) in old {
            // The first error is the one to report.
            let _ = match text {
                Some(text) => output::file(&path, &text),
                None => fs::remove_file(&path).map_err(Into::into),
            };
        }
    }
    done
}

/// The vendor's document, with the files that it refers to.
fn whole(from: &str, report: &mut Report) -> Result<Bundle, Failure> {
    let spec = input::CorrectedSpec {
        spec: input::Spec {
            spec: from.to_owned(),
        },
        root: None,
        overlay: Vec::new(),
    };
    spec.read(report)
}

/// The present fragment.
fn present(root: &Path, report: &mut Report) -> Result<Document, Failure> {
    let (name, bytes) = input::read(root, SPEC, report)?;
    Ok(Document::parse(&name, &bytes)?)
}

fn slice_and_word(
    args: &Args,
    root: &Path,
    whole: &Bundle,
    old: &Document,
    before: &Source,
    report: &mut Report,
) -> Result<Refreshed, Failure> {
    let wordings = input::overlays(root, &[PROSE.to_owned()], report)?;
    let [wording] = &wordings[..] else {
        return Err(anyhow::anyhow!("{PROSE} is not one overlay").into());
    };
    let mut operations = operation_ids(old.value());
    operations.extend(args.operation.iter().cloned());
    if operations.is_empty() {
        let message = format!("{SPEC} has no operation: name those to take with --operation");
        return Err(anyhow::anyhow!(message).into());
    }
    let unworded = if args.leave_out_prose {
        Unworded::LeaveOut
    } else {
        Unworded::Reject
    };
    let fragment = old.value();
    let last = before.prose().map(|prose| Before { fragment, prose });
    let operations: Vec<_> = operations.into_iter().collect();
    let refreshed = refresh(whole.value(), &operations, wording, last, unworded)
        .map_err(|faults| whole.place_all(faults))?;
    report.diagnostics(whole.place_all(refreshed.warnings.clone()))?;
    Ok(refreshed)
}

/// The ids of all operations of a document.
fn operation_ids(document: &Value) -> BTreeSet<String> {
    let paths = document.get("paths").and_then(Value::as_object);
    let items = paths.into_iter().flat_map(|paths| paths.values());
    let members = items
        .filter_map(Value::as_object)
        .flat_map(|it| it.values());
    let ids = members.filter_map(|it| it.get("operationId")?.as_str());
    ids.map(ToOwned::to_owned).collect()
}

/// `None` if the fragment does not change.
fn difference(old: &Document, text: String) -> Option<Difference> {
    (text != old.text()).then(|| Difference {
        path: SPEC.to_owned(),
        state: State::Stale {
            found: old.text().to_owned(),
            expected: text,
        },
    })
}

/// What a run did, for the output.
struct Summary<'r> {
    operations: usize,
    from: &'r str,
    /// Whether spec/ changes.
    is_new: bool,
    fragment: Option<Difference>,
    regen: regen::Run,
    check: bool,
}

impl Summary<'_> {
    fn to_text(&self, quiet: bool) -> String {
        let mut text = String::new();
        if self.check {
            text.push_str(&patch::render(self.fragment.as_slice(), false));
        }
        if quiet {
            return text;
        }
        let operations = count(self.operations, "operation");
        let _ = writeln!(text, "sliced {operations} out of {}", self.from);
        let verb = if self.check { "stale" } else { "wrote" };
        let _ = match &self.fragment {
            Some(Difference { state, .. }) => {
                let (added, removed) = patch::count(state);
                writeln!(text, "{verb} {SPEC} (+{added} -{removed} lines)")
            }
            None => writeln!(text, "{SPEC} does not change"),
        };
        if self.is_new {
            let _ = writeln!(text, "{verb} {SOURCE}");
        }
        if !self.check {
            text.push_str(&self.regen.to_text(false));
        }
        let effect = self.regen.effect();
        if !effect.has_changes() {
            text.push_str("the public API does not change\n");
        }
        if self.check {
            // Otherwise regen has printed it.
            effect.write(&mut text);
        }
        if self.check && self.is_new {
            text.push_str("spec/ is stale: run `cargo xtask refresh` without --check\n");
        }
        text
    }

    fn to_json(&self) -> Value {
        let (added, removed) = self
            .fragment
            .as_ref()
            .map_or((0, 0), |it| patch::count(&it.state));
        json!({
            "from": self.from,
            "operations": self.operations,
            "fragment": {"path": SPEC, "added": added, "removed": removed},
            "changes": self.is_new,
            "written": self.is_new && !self.check,
            "outline": self.regen.effect().lines(),
            "regen": self.regen.to_json(),
        })
    }
}
