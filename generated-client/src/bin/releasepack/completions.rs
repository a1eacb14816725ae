//! `releasepack completions`: what a shell completes.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::cli::Cli;
use crate::end::End;
use crate::report::write_page;

/// Writes a completion script for a shell.
#[derive(Args)]
#[command(
    after_help = "Example:\n  releasepack completions bash > ~/.local/share/bash-completion/completions/releasepack"
)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    shell: Shell,
}

pub(crate) fn run(args: &CompletionsArgs) -> Result<End, End> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "releasepack", &mut script);
    write_page(&script)
}
