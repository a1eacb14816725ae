//! The program that runs the commands: help and messages call it as its users do.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::StyledStr;
use clap::{Command, Parser};

/// The name in the help texts, as they are written.
const WRITTEN: &str = "releasepack-codegen";

/// The program that runs the commands.
pub struct Program {
    /// What people type before the command: `releasepack-codegen`.
    pub name: &'static str,
    /// The folder of the pairs of documents that show the rules of `diff`, if the program has it.
    pub pairs: Option<PathBuf>,
}

impl Program {
    /// Reads the command line. Prints the help or what is wrong, and ends the process, if there is no command to run.
    pub fn parse<C: Parser>(&self, arguments: impl IntoIterator<Item = OsString>) -> C {
        let command = C::command().name(self.name).bin_name(self.name);
        let matches = self.named(command).get_matches_from(arguments);
        C::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }

    /// The command, with examples that call this program.
    fn named(&self, mut command: Command) -> Command {
        if self.name == WRITTEN {
            return command;
        }
        if let Some(text) = command.get_after_help().map(|it| self.renamed(it)) {
            command = command.after_help(text);
        }
        command
            .mut_args(
                |argument| match argument.get_help().map(|it| self.renamed(it)) {
                    Some(text) => argument.help(text),
                    None => argument,
                },
            )
            .mut_subcommands(|command| self.named(command))
    }

    fn renamed(&self, text: &StyledStr) -> String {
        text.to_string().replace(WRITTEN, self.name)
    }
}
