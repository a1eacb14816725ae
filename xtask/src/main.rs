//! The workspace's commands: those of `releasepack-codegen` for any document, and those that only this workspace has, one module for
//! each. `releasepack-codegen` does the work.

mod git;
mod outline;
mod patch;
mod refresh;
mod regen;
mod review;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use releasepack_codegen::cli::{self, Common, Options, Program};

/// The workspace's commands.
#[derive(Parser)]
#[command(
    version,
    disable_help_subcommand = true,
    after_help = "Examples:\n  cargo xtask regen --check\n  cargo xtask lint --spec api.yaml\n\n\
                  `cargo xtask COMMAND --help` shows the options and examples of a command.\n\n\
                  Exit codes: 0 done, 1 a check failed, 2 the input or the command line is wrong.\n\
                  `-` as FILE reads standard input. Diagnostics go to standard error."
)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Refresh(refresh::Args),
    Regen(regen::Args),
    Review(review::Args),
    #[command(flatten)]
    Common(Common),
}

fn main() -> ExitCode {
    let program = Program {
        name: "cargo xtask",
        pairs: Some(workspace::root().join(workspace::PAIRS)),
    };
    let cli: Cli = program.parse(std::env::args_os());
    let is_page = match &cli.command {
        Command::Review(_) => true,
        Command::Common(command) => command.is_page(),
        Command::Refresh(_) | Command::Regen(_) => false,
    };
    let format = cli.options.format;
    cli::run(
        &cli.options,
        is_page,
        "`diff` and `review`",
        |report| match &cli.command {
            Command::Refresh(args) => refresh::run(args, report),
            Command::Regen(args) => regen::run(args, report),
            Command::Review(args) => review::run(args, format, report),
            Command::Common(command) => command.run(&program, format, report),
        },
    )
}
