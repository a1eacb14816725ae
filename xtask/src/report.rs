//! What the commands say: results on standard output, diagnostics on standard error, as text or JSON.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{self, IsTerminal, Write};

use releasepack_codegen::{Diagnostic, Severity, Style, render, sort_diagnostics, to_report_json};

use crate::Format;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Done: exit code 0.
    Done,
    /// The answer is no (stale, breaking, faults found): exit code 1.
    No,
    /// The input or the command line is wrong: exit code 2.
    Wrong,
}

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Something is wrong with a document; placed.
    Diagnostics(Vec<Diagnostic>),
    /// Something is wrong around it: a file that cannot be read or written, an option.
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

/// Writes for people or for scripts, and knows the texts that diagnostics point into.
pub(crate) struct Report {
    pub(crate) format: Format,
    /// Whether only errors and the result are written.
    quiet: bool,
    /// Whether a step stands on the terminal.
    shows_step: Cell<bool>,
    sources: HashMap<String, String>,
}

impl Report {
    pub(crate) fn new(format: Format, quiet: bool) -> Self {
        Self {
            format,
            quiet,
            shows_step: Cell::new(false),
            sources: HashMap::new(),
        }
    }

    /// Whether only errors and the result are asked for.
    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Keeps a text, so that diagnostics can show its lines.
    pub(crate) fn source(&mut self, name: &str, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        self.sources.insert(name.to_owned(), text.to_owned());
    }

    /// Shows on a terminal what is being done; the next thing that is said takes its place.
    pub(crate) fn step(&self, text: &str) -> io::Result<()> {
        if self.quiet || self.format == Format::Json || !io::stderr().is_terminal() {
            return Ok(());
        }
        self.end_step()?;
        self.shows_step.set(true);
        let text: String = text.chars().filter(|it| !it.is_control()).collect();
        let mut stderr = io::stderr().lock();
        ignore_closed_pipe(write!(stderr, "{text} …").and_then(|()| stderr.flush()))
    }

    /// Wipes the step off the terminal.
    pub(crate) fn end_step(&self) -> io::Result<()> {
        if self.shows_step.take() {
            ignore_closed_pipe(write!(io::stderr().lock(), "\r\u{1b}[2K"))?;
        }
        Ok(())
    }

    /// A note for people, on standard error; scripts do not get it.
    pub(crate) fn note(&self, text: &str) -> io::Result<()> {
        if self.quiet || self.format == Format::Json {
            return Ok(());
        }
        self.end_step()?;
        ignore_closed_pipe(writeln!(io::stderr().lock(), "{text}"))
    }

    /// Diagnostics as text: sorted, with their source lines.
    pub(crate) fn render(&self, diagnostics: &mut Vec<Diagnostic>, coloured: bool) -> String {
        sort_diagnostics(diagnostics);
        let style = if coloured {
            Style::Coloured
        } else {
            Style::Plain
        };
        let source = |name: &str| self.sources.get(name).map(String::as_str);
        render(diagnostics, source, style)
    }

    /// Diagnostics, on standard error.
    pub(crate) fn diagnostics(&self, mut diagnostics: Vec<Diagnostic>) -> io::Result<()> {
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

    /// Says why a command stopped.
    pub(crate) fn failed(&self, failure: Failure) -> Outcome {
        let _ = self.end_step();
        // A standard error that cannot be written to leaves only the exit code to say it with.
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

/// A number of things: `1 file`, `2 files`.
pub(crate) fn count(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}

/// A result, on standard output.
pub(crate) fn print(text: &str) -> io::Result<()> {
    ignore_closed_pipe(write!(io::stdout().lock(), "{text}"))
}

/// Whether the environment leaves colours to us: <https://no-color.org>.
pub(crate) fn use_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|value| value != "dumb")
}

/// A reader that has seen enough, like `head`, is no failure of ours.
fn ignore_closed_pipe(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}
