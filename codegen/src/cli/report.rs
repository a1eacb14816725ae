//! The output of the commands: results on standard output, diagnostics on standard error, as text or JSON.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};

use crate::generator::read::shown;
use crate::{Diagnostic, Severity, Style, render, sort_diagnostics, to_report_json};

use crate::cli::Format;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Success: exit code 0.
    Done,
    /// A check failed (stale files, errors found): exit code 1.
    No,
    /// The input or the command line is wrong: exit code 2.
    Wrong,
}

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// Faults of a document, with their places.
    Diagnostics(Vec<Diagnostic>),
    /// Any other failure: a file that cannot be read or written, a wrong option.
    Other(anyhow::Error),
}

impl From<Vec<Diagnostic>> for Failure {
    fn from(diagnostics: Vec<Diagnostic>) -> Self {
        Self::Diagnostics(diagnostics)
    }
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Other(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Other(error.into())
    }
}

/// Writes the output for people or for scripts. Holds the text of each input, because diagnostics show source lines.
pub struct Report {
    pub format: Format,
    /// Write only errors and the result.
    quiet: bool,
    /// Whether the terminal shows a step now.
    shows_step: Cell<bool>,
    sources: HashMap<String, String>,
}

impl Report {
    pub fn new(format: Format, quiet: bool) -> Self {
        Self {
            format,
            quiet,
            shows_step: Cell::new(false),
            sources: HashMap::new(),
        }
    }

    /// Whether to write only errors and the result.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Keeps the text of an input, so that diagnostics can show its lines.
    pub fn source(&mut self, name: &str, bytes: &[u8]) {
        self.sources.insert(name.to_owned(), shown(bytes));
    }

    /// Shows the current step on a terminal; the next output replaces it.
    pub fn step(&self, text: &str) -> io::Result<()> {
        if self.quiet || self.format == Format::Json || !io::stderr().is_terminal() {
            return Ok(());
        }
        self.end_step()?;
        self.shows_step.set(true);
        let text: String = text.chars().filter(|it| !it.is_control()).collect();
        let mut stderr = io::stderr().lock();
        ignore_closed_pipe(write!(stderr, "{text} …").and_then(|()| stderr.flush()))
    }

    /// Clears the step from the terminal.
    pub fn end_step(&self) -> io::Result<()> {
        if self.shows_step.take() {
            ignore_closed_pipe(write!(io::stderr().lock(), "\r\u{1b}[2K"))?;
        }
        Ok(())
    }

    /// Writes a note for people to standard error. The JSON format has no such notes.
    pub fn note(&self, text: &str) -> io::Result<()> {
        if self.quiet || self.format == Format::Json {
            return Ok(());
        }
        self.end_step()?;
        ignore_closed_pipe(writeln!(io::stderr().lock(), "{text}"))
    }

    /// Sorts the diagnostics and renders them as text with their source lines.
    pub fn render(&self, diagnostics: &mut Vec<Diagnostic>, coloured: bool) -> String {
        sort_diagnostics(diagnostics);
        let style = if coloured {
            Style::Coloured
        } else {
            Style::Plain
        };
        let source = |name: &str| self.sources.get(name).map(String::as_str);
        render(diagnostics, source, style)
    }

    /// Writes diagnostics to standard error.
    pub fn diagnostics(&self, mut diagnostics: Vec<Diagnostic>) -> io::Result<()> {
        if self.quiet {
            diagnostics.retain(|it| it.severity == Severity::Error);
        }
        if diagnostics.is_empty() {
            return Ok(());
        }
        self.end_step()?;
        let text = match self.format {
            Format::Text => {
                let coloured = io::stderr().is_terminal() && use_colour();
                self.render(&mut diagnostics, coloured)
            }
            Format::Json => {
                sort_diagnostics(&mut diagnostics);
                format!("{:#}\n", to_report_json(&diagnostics))
            }
        };
        ignore_closed_pipe(write!(io::stderr().lock(), "{text}"))
    }

    /// Reports why a command stopped.
    pub fn failed(&self, failure: Failure) -> Outcome {
        let _ = self.end_step();
        // If standard error cannot be written, the exit code still shows the failure.
        let _ = match failure {
            Failure::Diagnostics(diagnostics) => self.diagnostics(diagnostics),
            Failure::Other(error) if self.format == Format::Json => {
                let error = serde_json::json!({"error": format!("{error:#}")});
                ignore_closed_pipe(writeln!(io::stderr().lock(), "{error}"))
            }
            Failure::Other(error) => {
                ignore_closed_pipe(writeln!(io::stderr().lock(), "error: {error:#}"))
            }
        };
        Outcome::Wrong
    }
}

/// A number with its noun: `1 file`, `2 files`.
pub fn count(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// Writes a result to standard output.
pub fn print(text: &str) -> io::Result<()> {
    ignore_closed_pipe(write!(io::stdout().lock(), "{text}"))
}

/// Whether the environment allows colours: <https://no-color.org>.
pub fn use_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|value| value != "dumb")
}

/// If the reader of a pipe stops early, as `head` does, the command has not failed.
fn ignore_closed_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
