//! The command line, one module for each command: the front end, which reads files, calls the library as any other caller does, and
//! reports the results. Only with the feature `cli`.
//!
//! The binaries `releasepack-codegen` and `cargo-releasepack-codegen` call [`main`]. The commands of this workspace share the rest; for
//! others it is not a stable interface.

#![allow(
    clippy::missing_errors_doc,
    missing_docs,
    unreachable_pub,
    reason = "only the binaries of this workspace call it, and show its errors to people"
)]

pub mod census;
pub mod corrections;
pub mod diff;
pub mod explain;
pub mod generate;
mod git_driver;
pub mod input;
pub mod lint;
pub mod output;
pub mod overlay;
mod program;
pub mod report;
pub mod slice;
mod source;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

pub use program::Program;
use report::{Failure, Outcome, Report};

/// Generates Rust clients from OpenAPI documents, and checks, corrects, reduces and compares the documents.
#[derive(Parser)]
#[command(
    version,
    disable_help_subcommand = true,
    after_help = "Examples:\n  releasepack-codegen generate --spec api.yaml --name pets-client --out pets-client\n  \
                  releasepack-codegen lint --spec api.yaml\n\n\
                  `releasepack-codegen COMMAND --help` shows the options and examples of a command.\n\n\
                  Exit codes: 0 done, 1 a check failed, 2 the input or the command line is wrong.\n\
                  `-` as FILE reads standard input. Diagnostics go to standard error."
)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Common,
}

/// The options that every command has.
#[derive(clap::Args)]
pub struct Options {
    /// The format of results and diagnostics.
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORMAT"
    )]
    pub format: PageFormat,
    /// Write only errors and the result: no notes, no warnings, no progress.
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// The format of results.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// For people.
    #[default]
    Text,
    /// For scripts. Later versions may add members, but do not rename or remove any.
    Json,
    /// For comments: only of commands that write pages, such as `diff`.
    Markdown,
    /// Annotations of a GitHub workflow: only of commands that write pages, such as `diff`.
    Github,
}

/// The format of diagnostics, and of the results of all commands that do not write pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
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

/// The commands for any document.
#[derive(Subcommand)]
pub enum Common {
    Diff(diff::Args),
    Explain(explain::Args),
    Lint(lint::Args),
    Overlay(overlay::Args),
    Generate(generate::Args),
    Slice(slice::Args),
}

impl Common {
    /// Whether the command writes a page, which has more formats.
    pub fn is_page(&self) -> bool {
        matches!(self, Self::Diff(_))
    }

    /// Runs the command.
    pub fn run(
        &self,
        program: &Program,
        format: PageFormat,
        report: &mut Report,
    ) -> Result<Outcome, Failure> {
        match self {
            Self::Diff(args) => diff::run(args, format, report),
            Self::Explain(args) => explain::run(args, program, report),
            Self::Lint(args) => lint::run(args, report),
            Self::Overlay(args) => overlay::run(args, report),
            Self::Generate(args) => generate::run(args, report),
            Self::Slice(args) => slice::run(args, report),
        }
    }
}

/// The whole program. `name` is what people type before the command; the first argument is the path of the binary.
pub fn main(name: &'static str, arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let program = Program { name, pairs: None };
    let cli: Cli = program.parse(arguments);
    let format = cli.options.format;
    run(&cli.options, cli.command.is_page(), "`diff`", |report| {
        cli.command.run(&program, format, report)
    })
}

/// Runs a command with a report, and tells how it ended. `pages` names the commands that write pages.
pub fn run(
    options: &Options,
    is_page: bool,
    pages: &str,
    command: impl FnOnce(&mut Report) -> Result<Outcome, Failure>,
) -> ExitCode {
    let mut report = Report::new(options.format.into(), options.quiet);
    if !is_page && matches!(options.format, PageFormat::Markdown | PageFormat::Github) {
        report.failed(
            anyhow::anyhow!(
                "`--format markdown` and `--format github` are for {pages}; use text or json"
            )
            .into(),
        );
        return ExitCode::from(2);
    }
    let outcome = command(&mut report).unwrap_or_else(|failure| report.failed(failure));
    // If the terminal was closed, there is nothing to clear.
    let _ = report.end_step();
    match outcome {
        Outcome::Done => ExitCode::SUCCESS,
        Outcome::No => ExitCode::from(1),
        Outcome::Wrong => ExitCode::from(2),
    }
}
