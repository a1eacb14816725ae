//! `releasepack`: releases integration packs in a pipeline, which can rely on the exit code.
//!
//! One module for each command. The rest is what they share: the command line, the settings, the journal, signals, and what is
//! written.

mod arguments;
mod cli;
mod end;
mod fault;
mod interrupts;
mod journal;
mod progress;
mod report;
mod send;
mod settings;

// The commands.
mod completions;
mod manual;
mod plan;
mod reconcile;
mod release;
mod relocate;
mod sandbox;
mod status;
mod wait;

use std::process::ExitCode;

use clap::Parser as _;

use cli::{Cli, Command, Options};
use end::End;
use report::Report;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut report = Report::new(cli.options.format);
    let end = match cli.command {
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => manual::run(&args),
        command => run(command, &cli.options, &mut report),
    };
    let end = end.unwrap_or_else(|end| end);
    report.end(&end);
    ExitCode::from(end.code)
}

/// Runs a command that talks to a server, or is one.
fn run(command: Command, options: &Options, report: &mut Report) -> Result<End, End> {
    // Settings that are missing are asked for here, where Ctrl-C still ends the process.
    let client = match &command {
        Command::Sandbox(_) => None,
        _ => Some(settings::client(options, report)?),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| End::invalid(format!("the runtime cannot be started: {error}")))?;
    let end = runtime.block_on(async {
        match (command, client) {
            (Command::Plan(args), Some(client)) => plan::run(args, &client, report).await,
            (Command::Release(args), Some(client)) => release::run(args, &client, report).await,
            (Command::Move(args), Some(client)) => relocate::run(args, &client, report).await,
            (Command::Wait(args), Some(client)) => wait::run(args, &client, report).await,
            (Command::Status(args), Some(client)) => status::run(args, &client, report).await,
            (Command::Reconcile(args), Some(client)) => reconcile::run(args, &client, report).await,
            (Command::Sandbox(args), _) => sandbox::run(args, report).await,
            // The others need no client and were run before.
            _ => Ok(End::done("done")),
        }
    });
    // A host name that is still being looked up must not hold up the end.
    runtime.shutdown_background();
    end
}
