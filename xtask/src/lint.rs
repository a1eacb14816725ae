//! `cargo xtask lint`: what the other commands would stumble on.

use releasepack_codegen::{Severity, lint, to_report_json};

use crate::report::{Failure, Outcome, Report, print};
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
}

pub(crate) fn run(args: &Args, report: &mut Report) -> Result<Outcome, Failure> {
    let bundle = args.spec.read(report)?;
    report.step("checking")?;
    let mut found = bundle.place_all(lint(bundle.value()));
    report.end_step()?;
    let has_errors = found.iter().any(|it| it.severity == Severity::Error);
    match report.format {
        Format::Text => print(&report.render(&mut found, false))?,
        Format::Json => print(&format!("{:#}\n", to_report_json(&found)))?,
    }
    Ok(if has_errors {
        Outcome::No
    } else {
        Outcome::Done
    })
}
