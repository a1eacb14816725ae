//! What breaks: each change that a user of the client must react to, with the fingerprint that a list of accepted breaks names it by.

use std::fmt::Write;

use crate::digest::digest;

use super::page::{Line, lines, uses};
use super::rule::{Bump, Effect};
use super::rust::{RustChange, RustChangeKind};
use super::{Change, Diff};

/// A change that a user of the client must react to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// Stays the same when other parts of the documents change or lines move.
    pub fingerprint: String,
    /// What breaks, in one line.
    pub what: String,
}

impl Diff {
    /// Each change that needs a new major version: those of calls, then those of the Rust API.
    #[must_use]
    pub fn breaking(&self) -> Vec<Break> {
        let calls = self.changes.iter().filter(|it| it.rule.bump == Bump::Major);
        let mut breaks: Vec<Break> = calls
            .map(|change| Break {
                fingerprint: change.fingerprint.clone(),
                what: format!("{} {}: `{}`", change.subject, change.what, change.rule.id),
            })
            .collect();
        let rust = self.rust.iter().filter(|it| it.bump() == Bump::Major);
        breaks.extend(rust.map(|change| Break {
            fingerprint: change.fingerprint(),
            what: format!("`{}`", change.item()),
        }));
        breaks
    }

    /// What breaks, a line each, in Markdown; below a line, indented, what shows it and how to avoid it.
    #[must_use]
    pub fn breaks(&self) -> Vec<String> {
        let mut breaks = Vec::new();
        for line in lines(&self.changes) {
            // A line of many subjects has each rule many times.
            let mut rules = Vec::new();
            for change in &line.changes {
                if !rules.contains(&change.rule.id) {
                    rules.push(change.rule.id);
                    breaks.extend(of_call(&line, change));
                }
            }
        }
        let rust = self.rust.iter().filter(|it| it.bump() == Bump::Major);
        breaks.extend(rust.map(|change| {
            let mut text = format!(
                "does not compile any more: `{}` ({})",
                change.item(),
                change.fingerprint()
            );
            if let Some(witness) = &change.witness {
                text.push_str("\n  ```rust");
                for line in witness.lines() {
                    text.extend(["\n  ", line]);
                }
                text.push_str("\n  ```");
            }
            text
        }));
        let only_rust = self
            .changes
            .iter()
            .filter(|it| !it.rule.deployed.is_risk() && !it.rule.new.is_risk());
        breaks.extend(only_rust.filter_map(|change| {
            let avoid = change.rule.avoid?;
            Some(format!(
                "avoidable: {} {}: {avoid}",
                change.subject, change.what
            ))
        }));
        breaks.extend(self.lost_names.iter().map(|name| {
            let help = name.help.as_deref().unwrap_or_default();
            let place = name.location.map_or_else(String::new, |at| {
                format!(" ({}:{}:{})", name.file, at.line, at.column)
            });
            format!("avoidable: {}{place}: {help}", name.message)
        }));
        breaks
    }
}

/// What a change breaks between a client and a server, if anything.
fn of_call(line: &Line, change: &Change) -> Option<String> {
    let rule = change.rule;
    let sides = [
        ("a deployed client and the changed server", rule.deployed),
        ("a new client and an unchanged server", rule.new),
    ];
    let mut sides = sides.into_iter().filter(|(_, effect)| effect.is_risk());
    let (who, effect) = sides.next()?;
    let word = |effect: Effect| {
        if effect.is_break() {
            "breaks"
        } else {
            "may break"
        }
    };
    let mut text = format!("{}: {}", word(effect), line.what());
    if !change.uses.is_empty() && !line.names_its_use() {
        let _ = write!(text, ", {}", uses(&change.uses));
    }
    let _ = write!(text, ": {who}: {}", effect.text());
    if let Some((who, other)) = sides.next() {
        let what = if other.text() == effect.text() {
            "the same"
        } else {
            other.text()
        };
        let _ = write!(text, "; {who}: {what}");
    }
    let _ = write!(text, " (`{}`, {})", rule.id, change.fingerprint);
    if let Some(samples) = &change.samples {
        let _ = write!(
            text,
            "\n  - JSON before: `{}`, now: `{}`",
            samples.before, samples.now
        );
    }
    if let Some(avoid) = rule.avoid {
        let _ = write!(text, "\n  - avoidable: {avoid}");
    }
    Some(text)
}

impl RustChange {
    /// Identifies the change: the item, and what happened to it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let kind = match self.kind {
            RustChangeKind::Added => "added",
            RustChangeKind::Removed => "removed",
            RustChangeKind::Changed => "changed",
            RustChangeKind::Renamed => "renamed",
        };
        let before = self.before.as_deref().unwrap_or_default();
        let digest = digest(format!("{kind}\n{before}\n{}", self.line).as_bytes());
        let hexadecimal = digest.rsplit(':').next().unwrap_or_default();
        hexadecimal.chars().take(12).collect()
    }
}
