//! `cargo xtask regen`: generates the client from the published document and its corrections.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::{fs, slice};

use releasepack_codegen::tree::{self, Difference, State, TreeError};
use releasepack_codegen::{Change, Generation, Strictness};
use serde_json::{Value, json};

use crate::outline::Effect;
use crate::patch;
use crate::workspace::{self, GENERATED, NAMES, OVERLAY, SPEC};
use releasepack_codegen::cli::corrections::Corrections;
use releasepack_codegen::cli::report::{Failure, Outcome, Report, count, print, use_colour};
use releasepack_codegen::cli::{Format, generate, input, output};

/// Generate the client from the files in spec/.
///
/// Writes all files of generated-client/src/generated or, if there is an error, none. A file that does not change is not
/// touched. A file that is no longer generated is removed. Whatever has a name in spec/names.yaml keeps it; the names of new
/// items are added there, and those of items that no longer exist are removed. At the end it prints what changes in the public API, and
/// warns of hand-written code that names what is changed or removed, or that matches on an enum with a new value.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  cargo xtask regen\n  cargo xtask regen --check\n\n\
    Exit codes: 0 done or fresh, 1 stale (with --check), 2 the input is wrong and nothing is written."
)]
pub(crate) struct Args {
    /// Write nothing. Print how the folder differs from the generated files, and exit with 1 if it does.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(args: &Args, report: &mut Report) -> Result<Outcome, Failure> {
    let root = workspace::root();
    let overlays = [OVERLAY.to_owned()];
    let (document, corrections) = input::assemble(&root, SPEC, &overlays, report)?;
    let names = input::names(&root, NAMES, report)?;
    let generation = generate::make(&document, &names, Strictness::Strict, report)?;
    let run = Run::new(&root, generation, corrections, args.check)?;
    match report.format {
        Format::Json => print(&format!("{:#}\n", run.to_json()))?,
        Format::Text => print(&run.to_text(report.is_quiet()))?,
    }
    Ok(if args.check && !run.differences.is_empty() {
        Outcome::No
    } else {
        Outcome::Done
    })
}

/// The differences between the checked-in files and the generated ones, by their paths from the root. Unless `check` is set, the
/// files are updated.
fn update(root: &Path, generation: &Generation, check: bool) -> anyhow::Result<Vec<Difference>> {
    let folder = root.join(GENERATED);
    let differences = if check {
        tree::read(&folder).map(|found| tree::compare(&generation.files, &found))
    } else {
        tree::write(&folder, &generation.files).map(|written| written.differences)
    };
    let names = root.join(NAMES);
    let found = fs::read_to_string(&names).ok();
    let found: Vec<_> = found
        .map(|text| tree::File::new(NAMES, text))
        .into_iter()
        .collect();
    let expected = tree::File::new(NAMES, generation.names.to_string());
    let of_names = tree::compare(slice::from_ref(&expected), &found);
    let differences = differences.map(|mut differences| {
        for it in &mut differences {
            it.path = format!("{GENERATED}/{}", it.path);
        }
        differences.extend(of_names);
        differences
    });
    // Errors, too, name files by their paths from the root.
    let differences = differences.map_err(|mut error| {
        if let TreeError::Io { path, .. } | TreeError::NotAFolder(path) = &mut error
            && let Ok(inside) = path.strip_prefix(root)
        {
            *path = inside.to_owned();
        }
        error
    })?;
    if !check {
        output::file(&names, &expected.text)?;
    }
    Ok(differences)
}

/// What a run did, for the output.
pub(crate) struct Run {
    generation: Generation,
    differences: Vec<Difference>,
    corrections: Corrections,
    effect: Effect,
    check: bool,
}

impl Run {
    /// Updates the generated folder, or only compares it if `check` is set.
    pub(crate) fn new(
        root: &Path,
        generation: Generation,
        corrections: Corrections,
        check: bool,
    ) -> anyhow::Result<Self> {
        let mut effect = Effect::of(root, &generation.files)?;
        let differences = update(root, &generation, check)?;
        if !check {
            effect.check(root);
        }
        Ok(Self {
            generation,
            differences,
            corrections,
            effect,
            check,
        })
    }

    pub(crate) fn to_text(&self, quiet: bool) -> String {
        let mut text = String::new();
        if !quiet {
            self.write_steps(&mut text);
        }
        if self.check {
            let coloured = io::stdout().is_terminal() && use_colour();
            text.push_str(&patch::render(&self.differences, coloured));
        }
        if !quiet {
            self.write_verdict(&mut text);
            self.effect.write(&mut text);
        }
        text
    }

    /// What changes for consumers.
    pub(crate) fn effect(&self) -> &Effect {
        &self.effect
    }

    fn write_steps(&self, text: &mut String) {
        let _ = writeln!(text, "read {SPEC}\nread {OVERLAY}\nread {NAMES}");
        for line in self.corrections.lines() {
            let _ = writeln!(text, "corrected {line}");
        }
        for (Change { pass, what, .. }, places) in group(&self.generation.changes) {
            let at = match places[..] {
                [place] => place.to_owned(),
                _ => count(places.len(), "place"),
            };
            let _ = writeln!(text, "normalized {pass}: {what}, at {at}");
        }
    }

    fn write_verdict(&self, text: &mut String) {
        let files = count(self.generation.files.len(), "file");
        let lines: usize = self
            .generation
            .files
            .iter()
            .map(|it| it.text.lines().count())
            .sum();
        let whole = format!("{files}, {lines} lines");
        if self.differences.is_empty() {
            let verdict = if self.check {
                "is fresh"
            } else {
                "was fresh, nothing to write"
            };
            let _ = writeln!(text, "{GENERATED} {verdict} ({whole})");
            return;
        }
        for Difference { path, state } in &self.differences {
            let (added, removed) = patch::count(state);
            let verb = match (self.check, state) {
                (true, State::Missing { .. }) => "missing",
                (true, State::Stale { .. }) => "stale",
                (true, State::Orphaned { .. }) => "orphaned",
                (false, State::Orphaned { .. }) => "removed",
                (false, _) => "wrote",
            };
            let _ = writeln!(text, "{verb} {path} (+{added} -{removed} lines)");
        }
        let _ = if self.check {
            let mut paths = self.differences.iter().map(|it| &it.path);
            let is_code = paths.any(|path| path.starts_with(GENERATED));
            let stale = if is_code { GENERATED } else { NAMES };
            writeln!(text, "{stale} is stale: run `cargo xtask regen`")
        } else {
            writeln!(text, "{GENERATED} holds {whole}")
        };
    }

    pub(crate) fn to_json(&self) -> Value {
        let changes = self.generation.changes.iter().map(generate::to_json);
        let differences = self.differences.iter().map(|Difference { path, state }| {
            let (added, removed) = patch::count(state);
            let state = match state {
                State::Missing { .. } => "missing",
                State::Stale { .. } => "stale",
                State::Orphaned { .. } => "orphaned",
            };
            json!({"path": path, "state": state, "added": added, "removed": removed})
        });
        let mut value = json!({
            "read": [SPEC, OVERLAY, NAMES],
            "corrections": self.corrections.to_json(),
            "changes": changes.collect::<Vec<_>>(),
            "files": self.generation.files.iter().map(|file| &file.path).collect::<Vec<_>>(),
            "differences": differences.collect::<Vec<_>>(),
            "written": !self.check && !self.differences.is_empty(),
            "outline": self.effect.lines(),
            "lookAt": self.effect.look_at(),
            "errors": self.effect.errors(),
        });
        if self.check {
            value["patch"] = patch::render(&self.differences, false).into();
        }
        value
    }
}

/// Groups equal changes of one pass, each with its places, in the order in which they were made.
fn group(changes: &[Change]) -> Vec<(&Change, Vec<&str>)> {
    let mut groups: Vec<(&Change, Vec<&str>)> = Vec::new();
    let mut known = BTreeMap::new();
    for change in changes {
        let group = *known.entry((change.pass, &change.what)).or_insert_with(|| {
            groups.push((change, Vec::new()));
            groups.len() - 1
        });
        groups[group].1.push(change.pointer.as_str());
    }
    groups
}
