//! `releasepack man`: the manual pages.

use clap::{Args, CommandFactory as _};

use crate::cli::Cli;
use crate::end::End;
use crate::report::write_page;

/// Writes the manual page, or that of a command.
#[derive(Args)]
#[command(after_help = "Example:\n  releasepack man release > releasepack-release.1")]
pub(crate) struct ManArgs {
    /// A command.
    command: Option<String>,
}

pub(crate) fn run(args: &ManArgs) -> Result<End, End> {
    let mut program = Cli::command();
    // The page of a command also has the options of all commands.
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
            End::invalid(format!(
                "there is no command `{name}`; see releasepack --help"
            ))
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| End::invalid(format!("the page cannot be made: {error}")))?;
    write_page(&page)
}
