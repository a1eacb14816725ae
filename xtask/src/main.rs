//! The workspace's commands, one module for each. `releasepack-codegen` does the work and does not use the disk. This crate reads
//! and writes the files, and reports the results.

mod census;
mod corrections;
mod diff;
mod explain;
mod folder;
mod generate;
mod git;
mod git_driver;
mod input;
mod lint;
mod outline;
mod output;
mod overlay;
mod patch;
mod refresh;
mod regen;
mod report;
mod review;
mod slice;
mod source;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::report::{Outcome, Report};

/// The workspace's commands.
#[derive(Parser)]
#[command(
    name = "cargo xtask",
    bin_name = "cargo xtask",
    version,
    disable_help_subcommand = true,
    after_help = "Examples:\n  cargo xtask regen --check\n  cargo xtask lint --spec api.yaml\n\n\
                  `cargo xtask COMMAND --help` shows the options and examples of a command.\n\n\
                  Exit codes: 0 done, 1 a check failed, 2 the input or the command line is wrong.\n\
                  `-` as FILE reads standard input. Diagnostics go to standard error."
)]
struct Cli {
    /// The format of results and diagnostics.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    format: PageFormat,
    /// Write only errors and the result: no notes, no warnings, no progress.
    #[arg(short, long, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

/// The format of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// For people.
    #[default]
    Text,
    /// For scripts. Later versions may add members, but do not rename or remove any.
    Json,
    /// For comments: only of `diff` and `review`.
    Markdown,
    /// Annotations of a GitHub workflow: only of `diff` and `review`.
    Github,
}

/// The format of diagnostics, and of the results of all commands that do not write pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For scripts. Later versions may add members, but do not rename or remove any.
    Json,
}

impl From<PageFormat> for Format {
    fn from(format: PageFormat) -> Self {
        match format {
            PageFormat::Json => Self::Json,
            PageFormat::Text | PageFormat::Markdown | PageFormat::Github => Self::Text,
        }
    }
}

#[derive(Subcommand)]
enum Command {
    Diff(diff::Args),
    Explain(explain::Args),
    Lint(lint::Args),
    Overlay(overlay::Args),
    Refresh(refresh::Args),
    Regen(regen::Args),
    Review(review::Args),
    Generate(generate::Args),
    Slice(slice::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut report = Report::new(cli.format.into(), cli.quiet);
    let is_page = matches!(cli.command, Command::Diff(_) | Command::Review(_));
    if !is_page && matches!(cli.format, PageFormat::Markdown | PageFormat::Github) {
        let message = "`--format markdown` and `--format github` are for `diff` and `review`; use text or json";
        report.failed(anyhow::anyhow!(message).into());
        return ExitCode::from(2);
    }
    let outcome = match cli.command {
        Command::Diff(args) => diff::run(&args, cli.format, &mut report),
        Command::Explain(args) => explain::run(&args, &report),
        Command::Lint(args) => lint::run(&args, &mut report),
        Command::Overlay(args) => overlay::run(&args, &mut report),
        Command::Generate(args) => generate::run(&args, &mut report),
        Command::Refresh(args) => refresh::run(&args, &mut report),
        Command::Regen(args) => regen::run(&args, &mut report),
        Command::Review(args) => review::run(&args, cli.format, &mut report),
        Command::Slice(args) => slice::run(&args, &mut report),
    };
    let outcome = outcome.unwrap_or_else(|failure| report.failed(failure));
    // If the terminal was closed, there is nothing to clear.
    let _ = report.end_step();
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::No => ExitCode::from(1),
        Outcome::Wrong => ExitCode::from(2),
    }
}
