//! The page, in Markdown, as JSON and as annotations of a GitHub workflow.

use std::fmt::Write;

use releasepack_codegen::Mention;
use releasepack_codegen::diff::{Bump, Diff, RustChange};
use semver::Version;
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

use super::accepted::Accepted;
use super::overlays::Note;
use super::side::Side;
use crate::workspace::{OVERLAY, SPEC};

/// How many changes of the Rust API are shown.
const MOST_CHANGES: usize = 12;
/// How many places of hand-written code are named.
const MOST_MENTIONS: usize = 12;

/// Everything that the page says.
pub(super) struct Page<'p> {
    /// How the user calls the base.
    pub(super) base_name: &'p str,
    pub(super) base: &'p Side,
    pub(super) revision: &'p Side,
    pub(super) diff: &'p Diff,
    pub(super) bump: Bump,
    pub(super) needed: &'p Version,
    /// The hand-written code that a change of the Rust API concerns.
    pub(super) mentions: &'p [Mention],
    pub(super) overlay: &'p [Note],
    pub(super) accepted: &'p [Accepted],
    pub(super) owed: &'p [String],
}

impl Page<'_> {
    pub(super) fn to_markdown(&self) -> String {
        let mut page = format!("# {}\n{}\n", self.title(), self.versions());
        section(&mut page, "On the wire", &self.diff.wire());
        page.push_str("\n## In Rust\n");
        page.push_str(&self.rust());
        section(&mut page, "What breaks", &self.breaks());
        section(&mut page, "Look at", &self.look_at());
        if !self.overlay.is_empty() {
            let notes: Vec<String> = self.overlay.iter().map(Note::to_markdown).collect();
            section(&mut page, "The overlay", &notes);
        }
        section(&mut page, "Owed before merge", self.owed);
        page
    }

    /// The bump, and what changed.
    fn title(&self) -> String {
        let title = self.diff.title();
        if self.bump == self.diff.bump() {
            return title;
        }
        let what = match self.overlay {
            [note] => note.text.split(". ").next().unwrap_or_default().to_owned(),
            notes => format!("{} actions of the overlay changed", notes.len()),
        };
        format!("{}: {what}", self.bump)
    }

    /// The versions, and how much of the text changed.
    fn versions(&self) -> String {
        let (added, removed) = self.lines();
        let needs = if *self.needed == self.base.version {
            "needs no new version".to_owned()
        } else {
            format!("needs {}", self.needed)
        };
        format!(
            "Base {} (client {}) · the manifest says {} · {needs} · spec +{added} −{removed} lines, prose {}",
            self.base_name, self.base.version, self.revision.version, self.diff.prose
        )
    }

    /// How many lines of the fragment were added and removed.
    fn lines(&self) -> (usize, usize) {
        let diff = TextDiff::from_lines(&self.base.spec, &self.revision.spec);
        let count = |tag| diff.iter_all_changes().filter(|it| it.tag() == tag).count();
        (count(ChangeTag::Insert), count(ChangeTag::Delete))
    }

    /// The changes of the Rust API. Of many, those are shown that break code.
    fn rust(&self) -> String {
        let all = &self.diff.rust;
        if all.is_empty() {
            return "Nothing.\n".to_owned();
        }
        let breaks = all.iter().filter(|it| it.bump() == Bump::Major).count();
        let is_shown = |it: &&RustChange| all.len() <= MOST_CHANGES || it.bump() == Bump::Major;
        let lines: Vec<String> = all.iter().filter(is_shown).map(RustChange::text).collect();
        let mut text = String::new();
        if !lines.is_empty() {
            let _ = writeln!(text, "```diff\n{}\n```", lines.join("\n"));
        }
        if all.len() > MOST_CHANGES {
            let more = all.len() - breaks;
            let _ = writeln!(text, "{more} more break nothing: `--format json` has all.");
        }
        text
    }

    /// The hand-written code to look at. Of many places, the first are named.
    fn look_at(&self) -> Vec<String> {
        let mut lines: Vec<String> = self
            .mentions
            .iter()
            .take(MOST_MENTIONS)
            .map(Mention::to_string)
            .collect();
        if let Some(more @ 1..) = self.mentions.len().checked_sub(MOST_MENTIONS) {
            lines.push(format!("and {more} more: `--format json` has all"));
        }
        lines
    }

    /// What breaks, and which of it was accepted.
    fn breaks(&self) -> Vec<String> {
        let mut breaks = self.diff.breaks();
        for it in self.diff.breaking() {
            let mut accepted = self.accepted.iter();
            if let Some(entry) = accepted.find(|entry| entry.fingerprint == it.fingerprint) {
                breaks.push(format!(
                    "accepted for {}: {} ({}): {}",
                    entry.version, it.what, it.fingerprint, entry.reason
                ));
            }
        }
        breaks
    }

    pub(super) fn to_json(&self) -> Value {
        let (added, removed) = self.lines();
        let overlay: Vec<Value> = self
            .overlay
            .iter()
            .map(|note| json!({"file": OVERLAY, "line": note.line, "text": note.text, "fault": note.is_fault}))
            .collect();
        let breaks: Vec<Value> = self
            .diff
            .breaking()
            .iter()
            .map(|it| {
                let mut accepted = self.accepted.iter();
                let entry = accepted.find(|entry| entry.fingerprint == it.fingerprint);
                json!({
                    "fingerprint": it.fingerprint,
                    "what": it.what,
                    "accepted": entry.map(|it| json!({"reason": it.reason, "version": it.version.to_string()})),
                })
            })
            .collect();
        let mut page = self.diff.to_json();
        page["title"] = self.title().into();
        page["bump"] = self.bump.to_string().to_lowercase().into();
        page["base"] = json!({"name": self.base_name, "version": self.base.version.to_string()});
        page["version"] = self.revision.version.to_string().into();
        page["needed"] = self.needed.to_string().into();
        page["spec"] = json!({"path": SPEC, "added": added, "removed": removed});
        page["breaks"] = breaks.into();
        let mentions = self.mentions.iter();
        page["lookAt"] = mentions
            .map(|it| json!({"file": it.file, "line": it.line, "column": it.column, "item": it.item, "why": it.why}))
            .collect();
        page["overlay"] = overlay.into();
        page["owed"] = self.owed.into();
        page
    }

    pub(super) fn to_github(&self) -> String {
        let mut text = self.diff.to_github();
        for note in self.overlay {
            let kind = if note.is_fault { "error" } else { "notice" };
            let line = note
                .line
                .map_or_else(String::new, |line| format!(",line={line}"));
            let _ = writeln!(
                text,
                "::{kind} file={OVERLAY}{line},title=Overlay::{}",
                escaped(&note.text)
            );
        }
        for it in self.mentions {
            let (file, line, column) = (&it.file, it.line, it.column);
            let what = escaped(&format!("{}: {}", it.item, it.why));
            let _ = writeln!(
                text,
                "::notice file={file},line={line},col={column},title=Look at::{what}"
            );
        }
        for owed in self.owed {
            let _ = writeln!(text, "::error title=Owed before merge::{}", escaped(owed));
        }
        text
    }
}

/// The message of an annotation on one line, as GitHub reads it.
fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn section(page: &mut String, title: &str, lines: &[String]) {
    let _ = write!(page, "\n## {title}\n");
    if lines.is_empty() {
        page.push_str("Nothing.\n");
    }
    for line in lines {
        let _ = writeln!(page, "- {line}");
    }
}
