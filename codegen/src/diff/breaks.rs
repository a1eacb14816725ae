//! The breaks of a comparison, each with the fingerprint that a list of accepted breaks names it by.

use crate::digest::digest;

use super::rule::Bump;
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
                what: of_call(change),
            })
            .collect();
        let rust = self.rust.iter().filter(|it| it.bump() == Bump::Major);
        breaks.extend(rust.map(|change| Break {
            fingerprint: change.fingerprint(),
            what: change.text(),
        }));
        breaks
    }
}

fn of_call(change: &Change) -> String {
    format!("{} {}", change.subject, change.what)
}

impl RustChange {
    /// Identifies the change: the item, and what happened to it.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let kind = match self.kind {
            RustChangeKind::Added => "added",
            RustChangeKind::Removed => "removed",
            RustChangeKind::Changed => "changed",
        };
        let before = self.before.as_deref().unwrap_or_default();
        let digest = digest(format!("{kind}\n{before}\n{}", self.line).as_bytes());
        let hexadecimal = digest.rsplit(':').next().unwrap_or_default();
        hexadecimal.chars().take(12).collect()
    }
}
