//! What is written: results to standard output, all else to standard error, in the format that was asked for.
//!
//! Nothing here fails: a reader that has gone away must not hide what became of a release, which the exit code still says.

mod github;
mod json;

use std::fmt::Display;
use std::io::{self, IsTerminal as _, Write as _};

use releasepack_client::release::{Accepted, Plan, Status};

use crate::cli::Format;
use crate::end::End;
use crate::progress::Progress;
use crate::reconcile::Answer;

/// Writes what a command has to say.
pub(crate) struct Report {
    format: Format,
    progress: Option<Progress>,
}

impl Report {
    pub(crate) fn new(format: Format) -> Self {
        Self {
            format,
            progress: None,
        }
    }

    /// What a release would change.
    pub(crate) fn plan(&mut self, plan: &Plan) {
        match self.format {
            Format::Json => write_out(&json::plan(plan)),
            Format::Text | Format::Github => {
                let text = plan.to_string();
                text.lines().for_each(|line| write_out(&one_line(line)));
            }
        }
    }

    /// The body that a dry run does not send.
    pub(crate) fn body(&mut self, plan: &Plan) {
        if self.format != Format::Json {
            write_out(&one_line(&plan.body));
        }
    }

    /// The platform accepted a release.
    pub(crate) fn accepted(&mut self, pack: &str, accepted: &Accepted) {
        match self.format {
            Format::Json => write_out(&json::accepted(pack, accepted)),
            Format::Text | Format::Github => {
                write_out(&format!("accepted as {}", one_line(accepted.request_id())));
            }
        }
        if self.format == Format::Github {
            github::output("request-id", accepted.request_id());
        }
        if let Some(notice) = accepted.notice() {
            self.warn(format!("the operation is deprecated: {notice}"));
        }
        if !accepted.is_whole() || accepted.unread().next().is_some() {
            self.warn("not all of the platform's response can be read");
        }
    }

    /// A release that the journal says was accepted before.
    pub(crate) fn accepted_before(&mut self, pack: &str, request_id: &str) {
        match self.format {
            Format::Json => write_out(&json::accepted_before(pack, request_id)),
            Format::Text | Format::Github => {
                write_out(&format!("accepted before as {}", one_line(request_id)));
            }
        }
        if self.format == Format::Github {
            github::output("request-id", request_id);
        }
    }

    /// The status of a release, as a result.
    pub(crate) fn status(&mut self, request_id: &str, status: &Status) {
        self.clear();
        match self.format {
            Format::Json => write_out(&json::status(request_id, status)),
            Format::Text | Format::Github => {
                write_out(&format!("{}: {status}", one_line(request_id)));
            }
        }
        if let Some(notice) = status.notice() {
            self.warn(format!("the operation is deprecated: {notice}"));
        }
    }

    /// The status of a release in a wait that goes on.
    pub(crate) fn waiting(&mut self, request_id: &str, status: &Status) {
        let is_new = self.progress().show(&status.to_string(), status.percent());
        if is_new && self.format == Format::Json {
            write_out(&json::status(request_id, status));
        }
    }

    /// A failure in a wait that goes on.
    pub(crate) fn interrupted(&mut self, request_id: &str, error: &dyn Display) {
        let text = format!("still waiting: {error}");
        self.progress().show(&text, None);
        if self.format == Format::Json {
            write_out(&json::interrupted(request_id, error));
        }
    }

    /// Whether a release was made.
    pub(crate) fn reconciled(&mut self, pack: &str, answer: &Answer, id: Option<&str>) {
        match (self.format, answer) {
            (Format::Json, _) => write_out(&json::reconciled(pack, answer, id)),
            (_, Answer::Made) => match id {
                Some(id) => write_out(&format!("the release was made: {}", one_line(id))),
                None => write_out("the release was made"),
            },
            (_, Answer::NotMade) => write_out("the release was not made: it can be made now"),
            (_, Answer::CannotTell(why)) => write_out(&format!("cannot tell: {why}")),
        }
    }

    /// A sandbox runs: its settings.
    pub(crate) fn sandbox(&mut self, settings: &[(&str, &str)]) {
        if self.format == Format::Json {
            write_out(&json::sandbox(settings));
        } else {
            for (name, value) in settings {
                write_out(&format!("{name}={value}"));
            }
        }
    }

    /// Something that the user should know, but that changes nothing.
    pub(crate) fn warn(&mut self, text: impl Display) {
        self.clear();
        let text = one_line(&text.to_string());
        if self.format == Format::Github {
            write_out(&github::annotation("warning", &text));
        } else {
            write_error(&format!("warning: {text}"));
        }
    }

    /// Something that the user may want to know.
    pub(crate) fn note(&mut self, text: impl Display) {
        self.clear();
        write_error(&one_line(&text.to_string()));
    }

    /// The end of the command.
    pub(crate) fn end(&mut self, end: &End) {
        self.clear();
        // The causes of an error are a line each.
        let message = end.message.as_deref().map(|text| {
            let lines: Vec<String> = text.lines().map(one_line).collect();
            lines.join("\n")
        });
        if let Some(message) = &message {
            let kind = if end.code == 0 { "" } else { "error: " };
            write_error(&format!("{kind}{message}"));
        }
        for command in &end.next {
            write_error(&format!("to go on: {}", one_line(command)));
        }
        match self.format {
            Format::Text => {}
            Format::Json => write_out(&json::end(end)),
            Format::Github => {
                if let Some(message) = &message {
                    let kind = if end.code == 0 { "notice" } else { "error" };
                    let next = end.next.iter().map(|it| format!("\nto go on: {it}"));
                    let text: String = std::iter::once(message.clone()).chain(next).collect();
                    write_out(&github::annotation(kind, &text));
                }
                if let Some(id) = &end.request_id {
                    github::output("request-id", id);
                }
                github::output("outcome", end.outcome);
                github::output("exit-code", &end.code.to_string());
            }
        }
    }

    /// A result that is worth an annotation.
    pub(crate) fn notice(&mut self, text: impl Display) {
        if self.format == Format::Github {
            let text = one_line(&text.to_string());
            write_out(&github::annotation("notice", &text));
        }
    }

    fn progress(&mut self) -> &mut Progress {
        let is_bar = self.format == Format::Text && io::stderr().is_terminal();
        let is_silent = self.format == Format::Json;
        self.progress
            .get_or_insert_with(|| Progress::new(is_bar, is_silent))
    }

    fn clear(&mut self) {
        // A bar is removed when it is dropped.
        self.progress = None;
    }
}

/// Writes a page that a command makes.
pub(crate) fn write_page(bytes: &[u8]) -> Result<End, End> {
    let mut out = io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    match written {
        Ok(()) => Ok(End::done("written")),
        Err(error) => Err(End::invalid(format!("standard output: {error}"))),
    }
}

/// A text of the platform without what moves the cursor of a terminal or changes the direction of the text.
pub(crate) fn one_line(text: &str) -> String {
    let shown = |character: char| match character {
        '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => '\u{fffd}',
        character if character.is_control() => '\u{fffd}',
        character => character,
    };
    text.chars().map(shown).collect()
}

fn write_out(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

pub(crate) fn write_error(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}
