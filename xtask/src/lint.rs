//! `cargo xtask lint`: what the other commands would stumble on.

use std::io::{self, IsTerminal};

use anyhow::anyhow;
use releasepack_codegen::{Pass, Severity, lint, lint_pass, sort_diagnostics, to_report_json};

use crate::report::{Failure, Outcome, Report, print, use_colour};
use crate::{Format, input};

/// Check a document: say what the other commands would stumble on or change.
///
/// Exit code 1 when there are errors, 0 otherwise.
#[derive(clap::Args)]
#[command(
    after_help = "Example:\n  cargo xtask lint --spec api.yaml --overlay corrections.yaml\n\n\
        With `--format json` the findings go to standard output, as an object with `errors`, `warnings` and `notes` (how\n\
        many) and `diagnostics`: each with `code`, `severity`, `message`, `file`, `location` (`line` and `column`, from one;\n\
        or `null`), `pointer` (a JSON pointer into that file) and, if there is advice, `help`."
)]
pub(crate) struct Args {
    #[command(flatten)]
    spec: input::CorrectedSpec,
    /// Run the passes of normalization up to this one, and say only what it changed and reported.
    #[arg(long, value_name = "NAME")]
    pass: Option<String>,
    /// The least of what is told.
    #[arg(long, value_enum, default_value_t, value_name = "LEVEL")]
    level: Level,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Level {
    /// Also what is understood otherwise than it is written.
    #[default]
    Note,
    /// What is wrong, and stops nothing.
    Warning,
    /// What stops the other commands.
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

pub(crate) fn run(args: &Args, report: &mut Report) -> Result<Outcome, Failure> {
    let pass = args.pass.as_deref().map(find_pass).transpose()?;
    let bundle = args.spec.read_leniently(report)?;
    report.step("checking")?;
    let mut found = match pass {
        Some(pass) => bundle.place_all(lint_pass(bundle.value(), pass)),
        None => bundle.told_with(lint(bundle.value())),
    };
    sort_diagnostics(&mut found);
    report.end_step()?;
    let count = |severity| found.iter().filter(|it| it.severity == severity).count();
    let (errors, warnings, notes) = (
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note),
    );
    found.retain(|it| it.severity >= args.level.into());
    match report.format {
        Format::Text => {
            let coloured = io::stdout().is_terminal() && use_colour();
            print(&report.render(&mut found, coloured))?;
        }
        Format::Json => {
            print(&format!("{:#}\n", to_report_json(&found)))?;
        }
    }
    report.note(&format!(
        "{}, {}, {}",
        plural(errors, "error"),
        plural(warnings, "warning"),
        plural(notes, "note")
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

fn plural(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
