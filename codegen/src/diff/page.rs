//! The page that a reviewer reads, and the same content for scripts.

use std::fmt::Write;

use indexmap::IndexMap;
use serde_json::{Value, json};

use crate::bundle::Place;
use crate::diagnostic::Diagnostic;

use super::change::{Change, Direction};
use super::rule::{Bump, Effect};
use super::rust::{RustChange, RustChangeKind};
use super::{Diff, Use};

/// How many operations, or how many of the subjects that change alike, are named in a line.
const MOST_NAMED: usize = 4;
/// From how many on, equal changes of different subjects are one line.
const FEWEST_ALIKE: usize = 3;

/// A line of the page: one change, in requests, in responses or in both; or the same change of several subjects.
pub(super) struct Line<'d> {
    pub(super) changes: Vec<&'d Change>,
    /// What changed, at least one.
    subjects: Vec<&'d str>,
}

impl Diff {
    /// The first line of the page: the bump, and what changed.
    #[must_use]
    pub fn title(&self) -> String {
        let lines = lines(&self.changes);
        let what = match lines.as_slice() {
            [] if !self.rust.is_empty() => "only the Rust API".to_owned(),
            [] if self.prose > 0 => "only texts for readers".to_owned(),
            [] => "nothing changed".to_owned(),
            [line] => line.what(),
            [line, others @ ..] => {
                let plural = if others.len() == 1 { "" } else { "s" };
                format!("{}, and {} more change{plural}", line.what(), others.len())
            }
        };
        format!("{}: {what}", self.bump())
    }

    /// The changes on the wire, a line each, in Markdown.
    #[must_use]
    pub fn wire(&self) -> Vec<String> {
        lines(&self.changes).iter().map(Line::text).collect()
    }

    /// The changes of the Rust API, a line each, as `+`, `−` and `~`.
    #[must_use]
    pub fn rust_lines(&self) -> Vec<String> {
        self.rust.iter().map(RustChange::text).collect()
    }

    /// The page in Markdown.
    #[must_use]
    pub fn to_markdown(&self, base: &str, revision: &str) -> String {
        let mut page = format!(
            "# {}\n{base} → {revision} · prose {}\n",
            self.title(),
            self.prose
        );
        section(&mut page, "On the wire", &self.wire(), "Nothing.");
        page.push_str("\n## In Rust\n");
        if self.rust.is_empty() {
            page.push_str("Nothing.\n");
        } else {
            page.push_str("```diff\n");
            for line in self.rust_lines() {
                page.push_str(&line);
                page.push('\n');
            }
            page.push_str("```\n");
        }
        section(&mut page, "What breaks", &self.breaks(), "Nothing.");
        if !self.misfits.is_empty() {
            let misfits: Vec<String> = self.misfits.iter().map(misfit).collect();
            section(&mut page, "Overlays", &misfits, "");
        }
        page
    }

    /// The content of the page for scripts. Later versions may add members, but do not rename or remove any.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let changes: Vec<Value> = self.changes.iter().map(change).collect();
        let rust: Vec<Value> = self
            .rust
            .iter()
            .map(|change| {
                json!({
                    "kind": change.kind.name(),
                    "line": change.line,
                    "before": change.before,
                    "witness": change.witness,
                    "members": change.members,
                    "bump": change.bump().to_string().to_lowercase(),
                })
            })
            .collect();
        json!({
            "title": self.title(),
            "bump": self.bump().to_string().to_lowercase(),
            "breaking": self.is_breaking(),
            "calls": self.calls().kind(),
            "changes": changes,
            "rust": rust,
            "prose": self.prose,
            "overlays": self.misfits,
        })
    }

    /// The changes as annotations of a GitHub workflow, a line each.
    #[must_use]
    pub fn to_github(&self) -> String {
        let mut text = String::new();
        for line in lines(&self.changes) {
            let rule = line.changes.iter().map(|change| change.rule);
            let bump = rule
                .clone()
                .map(|rule| rule.bump)
                .max()
                .unwrap_or(Bump::None);
            let is_risk = rule
                .clone()
                .any(|rule| rule.deployed.is_risk() || rule.new.is_risk());
            let kind = match bump {
                Bump::Major => "error",
                _ if is_risk => "warning",
                _ => "notice",
            };
            let _ = write!(text, "::{kind} ");
            if let Some(place) = line.place() {
                let _ = write!(text, "file={}", escaped(&place.file, true));
                if let Some(location) = place.location {
                    let _ = write!(text, ",line={},col={}", location.line, location.column);
                }
                text.push(',');
            }
            let title = escaped(&format!("{bump}: {}", line.what()), true);
            let _ = writeln!(text, "title={title}::{}", escaped(&line.text(), false));
        }
        for change in self
            .rust
            .iter()
            .filter(|change| change.bump() == Bump::Major)
        {
            let _ = writeln!(
                text,
                "::error title=MAJOR: Rust API::{}",
                escaped(&change.text(), false)
            );
        }
        for fault in &self.misfits {
            let _ = write!(text, "::warning file={}", escaped(&fault.file, true));
            if let Some(location) = fault.location {
                let _ = write!(text, ",line={},col={}", location.line, location.column);
            }
            let message = escaped(&fault.message, false);
            let _ = writeln!(text, ",title=overlay::{message}");
        }
        text
    }

    /// Whether a user of the client must act: calls fail, data is lost, or code does not compile.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.bump() == Bump::Major
    }
}

/// An action of an overlay that fits only one of the documents.
fn misfit(fault: &Diagnostic) -> String {
    let mut text = fault.message.clone();
    let _ = write!(text, " ({}", fault.file);
    if let Some(location) = fault.location {
        let _ = write!(text, ":{}:{}", location.line, location.column);
    }
    text.push(')');
    text
}

fn section(page: &mut String, title: &str, lines: &[String], otherwise: &str) {
    let _ = write!(page, "\n## {title}\n");
    if lines.is_empty() {
        page.push_str(otherwise);
        page.push('\n');
    }
    for line in lines {
        page.push_str("- ");
        page.push_str(line);
        page.push('\n');
    }
}

fn change(change: &Change) -> Value {
    let place = |place: &Option<Place>| {
        place.as_ref().map(|place| {
            json!({
                "file": place.file,
                "line": place.location.map(|it| it.line),
                "column": place.location.map(|it| it.column),
                "pointer": place.pointer.as_str(),
            })
        })
    };
    let effect = |effect: Effect| json!({"kind": effect.kind(), "text": effect.text()});
    let uses: Vec<Value> = change
        .uses
        .iter()
        .map(|part| json!({"operation": part.operation, "part": part.part}))
        .collect();
    json!({
        "rule": change.rule.id,
        "bump": change.rule.bump.to_string().to_lowercase(),
        "direction": change.rule.direction.map(Direction::name),
        "subject": change.subject,
        "what": change.what,
        "uses": uses,
        "deployed": effect(change.rule.deployed),
        "new": effect(change.rule.new),
        "base": place(&change.base),
        "revision": place(&change.revision),
        "samples": change.samples.as_ref().map(|it| json!({"before": it.before, "now": it.now})),
        "fingerprint": change.fingerprint,
    })
}

/// Groups the changes that are the same in requests and responses.
pub(super) fn lines(changes: &[Change]) -> Vec<Line<'_>> {
    let mut lines: Vec<Line> = Vec::new();
    let mut known = std::collections::HashMap::new();
    for change in changes {
        let key = (&change.subject, &change.what);
        let next = lines.len();
        let index = *known.entry(key).or_insert(next);
        if index == next {
            lines.push(Line {
                changes: Vec::new(),
                subjects: vec![&change.subject],
            });
        }
        lines[index].changes.push(change);
    }
    alike(lines)
}

/// Makes one line of many that say the same of different subjects. Whatever needs a new major version keeps its own.
fn alike(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut groups: IndexMap<_, Vec<Line>> = IndexMap::new();
    for (index, line) in lines.into_iter().enumerate() {
        let rules: Vec<&str> = line.changes.iter().map(|it| it.rule.id).collect();
        let is_major = line.changes.iter().any(|it| it.rule.bump == Bump::Major);
        let key = (
            line.changes[0].what.as_str(),
            rules,
            (is_major || line.is_about_operation()).then_some(index),
        );
        groups.entry(key).or_default().push(line);
    }
    let mut lines = Vec::new();
    for group in groups.into_values() {
        if group.len() < FEWEST_ALIKE {
            lines.extend(group);
            continue;
        }
        lines.push(Line {
            subjects: group.iter().flat_map(|it| it.subjects.clone()).collect(),
            changes: group.into_iter().flat_map(|it| it.changes).collect(),
        });
    }
    lines
}

impl Line<'_> {
    /// What changed, without the operations.
    pub(super) fn what(&self) -> String {
        let Change { what, .. } = self.changes[0];
        if self.is_about_operation() {
            return format!("{}: {what}", self.operation());
        }
        format!("{} {what}", self.subject())
    }

    /// What changed. Of many subjects, the first are named.
    fn subject(&self) -> String {
        let named = self.subjects.iter().take(MOST_NAMED);
        let mut text = named.copied().collect::<Vec<_>>().join(", ");
        if self.subjects.len() > MOST_NAMED {
            let _ = write!(text, " and {} more", self.subjects.len() - MOST_NAMED);
        }
        if self.subjects.len() > 1 {
            text.push(':');
        }
        text
    }

    /// The operation that it is about, with the part of it that changed, unless the change names it.
    fn operation(&self) -> String {
        let Change {
            subject,
            what,
            uses: parts,
            ..
        } = self.changes[0];
        if parts.iter().all(|part| what.contains(&part.part)) {
            subject.clone()
        } else {
            uses(parts)
        }
    }

    /// Whether [`Self::what`] has the part of the operation that it is used in.
    pub(super) fn names_its_use(&self) -> bool {
        let mut parts = self.changes.iter().flat_map(|change| &change.uses);
        let is_only = |part: &Use| parts.all(|other| other == part);
        let Change { subject, uses, .. } = self.changes[0];
        let first = uses.first();
        let is_in_subject = first.is_some_and(|part| subject.starts_with(&part.to_string()));
        self.is_about_operation()
            || (is_in_subject && self.subjects.len() == 1 && first.is_some_and(is_only))
    }

    /// Whether the subject is the operation that it is used in.
    pub(super) fn is_about_operation(&self) -> bool {
        let Change { subject, uses, .. } = self.changes[0];
        uses.iter().all(|part| part.operation == *subject)
    }

    fn place(&self) -> Option<&Place> {
        let change = self.changes[0];
        change.revision.as_ref().or(change.base.as_ref())
    }

    fn text(&self) -> String {
        let parts: Vec<Use> = self
            .changes
            .iter()
            .flat_map(|change| change.uses.iter().cloned())
            .collect();
        let mut text = if self.names_its_use() {
            self.what()
        } else {
            format!("{}: {}", uses(&parts), self.what())
        };
        if let Some(place) = self.place() {
            let _ = write!(text, " ({place})");
        }
        text
    }
}

/// Names the parts of operations: `POST /pets request and 200, GET /pets 200`.
pub(super) fn uses(parts: &[Use]) -> String {
    let mut operations: Vec<(&str, Vec<&str>)> = Vec::new();
    for part in parts {
        match operations
            .iter_mut()
            .find(|(operation, _)| *operation == part.operation)
        {
            Some((_, parts)) if parts.contains(&part.part.as_str()) => {}
            Some((_, parts)) => parts.push(&part.part),
            None => operations.push((&part.operation, vec![&part.part])),
        }
    }
    let shown = operations
        .iter()
        .take(MOST_NAMED)
        .map(|(operation, parts)| {
            let parts: Vec<&str> = parts
                .iter()
                .copied()
                .filter(|part| !part.is_empty())
                .collect();
            match parts.as_slice() {
                [] => (*operation).to_owned(),
                parts => format!("{operation} {}", parts.join(" and ")),
            }
        });
    let mut text = shown.collect::<Vec<_>>().join(", ");
    if operations.len() > MOST_NAMED {
        let _ = write!(
            text,
            ", and {} more operations",
            operations.len() - MOST_NAMED
        );
    }
    text
}

/// Text in a command of a GitHub workflow.
fn escaped(text: &str, is_property: bool) -> String {
    let text = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    if is_property {
        text.replace(':', "%3A").replace(',', "%2C")
    } else {
        text
    }
}

impl RustChange {
    /// The change in one line: `+ field types::Pet.age: i32`.
    #[must_use]
    pub fn text(&self) -> String {
        match (&self.kind, &self.before) {
            (RustChangeKind::Added, _) => format!("+ {}", self.line),
            (RustChangeKind::Removed, _) => format!("- {}{}", self.line, with(self.members)),
            (RustChangeKind::Changed | RustChangeKind::Renamed, before) => {
                let before = before.as_deref().unwrap_or_default();
                format!("- {before}\n+ {}{}", self.line, with(self.members))
            }
        }
    }

    /// The line that code was written against.
    pub(super) fn item(&self) -> &str {
        self.before.as_deref().unwrap_or(&self.line)
    }
}

/// How many members are in the same change.
fn with(members: usize) -> String {
    match members {
        0 => String::new(),
        1 => " (with 1 member)".to_owned(),
        members => format!(" (with {members} members)"),
    }
}

impl RustChangeKind {
    /// Its name in reports for scripts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Renamed => "renamed",
        }
    }
}
