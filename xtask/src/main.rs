//! The workspace's commands. Each is a module: a few lines over `releasepack-codegen`, which does the work and touches no
//! disk. This crate reads files, writes them, and says what happened.

mod corrections;
mod explain;
mod generate;
mod input;
mod lint;
mod output;
mod overlay;
mod patch;
mod regen;
mod report;
mod slice;
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
    after_help = "Exit codes: 0 done, 1 the answer is no, 2 the input or the command line is wrong.\n\
                  `-` as FILE reads standard input. Diagnostics go to standard error."
)]
struct Cli {
    /// How results and diagnostics are written.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    format: Format,
    /// Write only errors and the result: no notes, no warnings, no progress.
    #[arg(short, long, global = true)]
    quiet: bool,
    #[command(subcommand)]
    command: Command,
}

/// How results and diagnostics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people.
    #[default]
    Text,
    /// For scripts; members are only ever added.
    Json,
}

#[derive(Subcommand)]
enum Command {
    Explain(explain::Args),
    Lint(lint::Args),
    Overlay(overlay::Args),
    Regen(regen::Args),
    Generate(generate::Args),
    Slice(slice::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut report = Report::new(cli.format, cli.quiet);
    let outcome = match cli.command {
        Command::Explain(args) => explain::run(&args, &report),
        Command::Lint(args) => lint::run(&args, &mut report),
        Command::Overlay(args) => overlay::run(&args, &mut report),
        Command::Generate(args) => generate::run(&args, &mut report),
        Command::Regen(args) => regen::run(&args, &mut report),
        Command::Slice(args) => slice::run(&args, &mut report),
    };
    let outcome = outcome.unwrap_or_else(|failure| report.failed(failure));
    // A terminal that is gone needs no wiping.
    let _ = report.end_step();
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::No => ExitCode::from(1),
        Outcome::Wrong => ExitCode::from(2),
    }
}
