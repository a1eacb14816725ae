//! `releasepack-codegen lint`: reports the faults of a document.

use std::io::{self, IsTerminal};

use crate::{Pass, Severity, lint, lint_pass, sort_diagnostics, to_report_json};
use anyhow::anyhow;

use crate::cli::report::{Failure, Outcome, Report, count, print, use_colour};
use crate::cli::{Format, input};

/// Check a document: report what the other commands would reject or change.
///
/// Exit code 1 if there are errors, 0 otherwise.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  releasepack-codegen lint --spec api.yaml --overlay corrections.yaml\n\n\
        With `--format json` the command prints an object with `errors`, `warnings` and `notes` (the counts) and `diagnostics`. \
        Each diagnostic has `code`, `severity`, `message`, `file`, `location` (`line` and `column`, counted from one, or \
        `null`), `pointer` (a JSON pointer into that file) and, if there is advice, `help`."
)]
pub struct Args {
    #[command(flatten)]
    spec: input::CorrectedSpec,
    /// Run the passes of normalization up to this one, and report only what it changed and found.
    #[arg(long, value_name = "NAME")]
    pass: Option<String>,
    /// The lowest severity that is reported. Without it, people see errors and warnings, and the number of notes; scripts, and
    /// whoever asks for one pass, get everything.
    #[arg(long, value_enum, value_name = "LEVEL")]
    level: Option<Level>,
}

/// The severity of a diagnostic.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Level {
    /// Everything, also the changes that the passes would make, and the keywords that have no effect.
    Note,
    /// Errors, and faults that do not stop the other commands.
    Warning,
    /// Only faults that stop the other commands.
    Error,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Note => Self::Note,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
        }
    }
}

pub fn run(args: &Args, report: &mut Report) -> Result<Outcome, Failure> {
    let pass = args.pass.as_deref().map(find_pass).transpose()?;
    let bundle = args.spec.read_leniently(report)?;
    report.step("checking")?;
    let mut found = match pass {
        Some(pass) => bundle.place_all(lint_pass(bundle.value(), pass)),
        None => bundle.merge_diagnostics(lint(bundle.value())),
    };
    sort_diagnostics(&mut found);
    report.end_step()?;
    let number = |severity| found.iter().filter(|it| it.severity == severity).count();
    let (errors, warnings, notes) = (
        number(Severity::Error),
        number(Severity::Warning),
        number(Severity::Note),
    );
    let is_for_people = report.format == Format::Text && pass.is_none();
    let usual = if is_for_people {
        Level::Warning
    } else {
        Level::Note
    };
    let level = Severity::from(args.level.unwrap_or(usual));
    found.retain(|it| it.severity >= level);
    match report.format {
        Format::Text => {
            let coloured = io::stdout().is_terminal() && use_colour();
            print(&report.render(&mut found, coloured))?;
        }
        Format::Json => {
            print(&format!("{:#}\n", to_report_json(&found)))?;
        }
    }
    let hint = if notes > 0 && level > Severity::Note && args.level.is_none() {
        " (`--level note` shows the notes)"
    } else {
        ""
    };
    report.note(&format!(
        "{}, {}, {}{hint}",
        count(errors, "error"),
        count(warnings, "warning"),
        count(notes, "note")
    ))?;
    Ok(if errors > 0 {
        Outcome::No
    } else {
        Outcome::Done
    })
}

fn find_pass(name: &str) -> anyhow::Result<&'static Pass> {
    Pass::find(name).ok_or_else(|| match Pass::nearest(name) {
        Some(near) => anyhow!("there is no pass `{name}`; did you mean `{near}`?"),
        None => anyhow!(
            "there is no pass `{name}`; the folder `codegen/src/normalize` has a file for each"
        ),
    })
}
