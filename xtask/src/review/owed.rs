//! What a change needs before it can be merged.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::{fs, io};

use anyhow::Context;
use releasepack_codegen::diff::{Break, Bump, Diff};
use semver::Version;
use serde_json::Value;

use super::accepted::Accepted;
use super::overlays::Note;
use super::side::Side;
use super::{overlays, version};
use crate::workspace::ACCEPTED;

const CHANGELOG: &str = "CHANGELOG.md";
const WIRE_SNAPSHOTS: &str = "tests/tests/wire/snapshots";
const WIRE_TESTS: &str = "tests/tests/wire/operations.rs";

/// What is compared, and what it needs.
pub(super) struct Change<'c> {
    pub(super) base: &'c Side,
    pub(super) revision: &'c Side,
    pub(super) diff: &'c Diff,
    pub(super) bump: Bump,
    pub(super) needed: &'c Version,
    pub(super) accepted: &'c [Accepted],
    /// What became of the actions of the overlay.
    pub(super) overlay: &'c [Note],
}

/// A sentence for each thing that is missing.
pub(super) fn missing(change: &Change, root: &Path) -> anyhow::Result<Vec<String>> {
    let mut missing = Vec::new();
    let Change {
        base,
        revision,
        diff,
        bump,
        needed,
        accepted,
        overlay,
    } = change;
    if !version::is_enough(&revision.version, needed) {
        missing.push(format!(
            "version {needed} in the manifest ({bump} after {}; it says {})",
            base.version, revision.version
        ));
    }
    if *bump > Bump::Patch && !has_new_line(base, revision)? {
        missing.push(format!("a line in {CHANGELOG} that tells users of it"));
    }
    for Break { fingerprint, what } in diff.breaking() {
        if !accepted.iter().any(|it| it.fingerprint == fingerprint) {
            missing.push(format!(
                "avoid this break, or accept it in {ACCEPTED}: `{{fingerprint: {fingerprint}, reason: …, version: {needed}}}` ({what})"
            ));
        }
    }
    for (method, path) in new_operations(base, revision) {
        if !is_shown(root, &method, &path)? {
            missing.push(format!(
                "a wire snapshot of {method} {path}: send it in a test in {WIRE_TESTS}"
            ));
        }
    }
    // Such an action also stops `regen`.
    let faults = overlay.iter().filter(|note| note.is_fault);
    missing.extend(
        faults.map(|note| format!("an overlay that fits the document, see {}", note.place())),
    );
    missing.extend(overlays::owed(&revision.effects, &revision.files)?);
    Ok(missing)
}

/// Whether the changelog has a line that it did not have, apart from headings.
fn has_new_line(base: &Side, revision: &Side) -> anyhow::Result<bool> {
    let old = base.files.text(CHANGELOG)?.unwrap_or_default();
    let new = revision.files.text(CHANGELOG)?.unwrap_or_default();
    let old: HashSet<&str> = old.lines().collect();
    let is_text = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    Ok(new.lines().filter(is_text).any(|line| !old.contains(line)))
}

/// Methods and paths that only the revision has.
fn new_operations(base: &Side, revision: &Side) -> Vec<(String, String)> {
    let old = operations(base.document.value());
    let new = operations(revision.document.value());
    new.difference(&old).cloned().collect()
}

fn operations(document: &Value) -> BTreeSet<(String, String)> {
    let mut operations = BTreeSet::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            if operation.get("responses").is_some() {
                operations.insert((method.to_uppercase(), path.clone()));
            }
        }
    }
    operations
}

/// Whether the snapshot of a test begins with a request of the operation.
fn is_shown(root: &Path, method: &str, template: &str) -> anyhow::Result<bool> {
    let entries = match fs::read_dir(root.join(WIRE_SNAPSHOTS)) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        entries => entries.with_context(|| format!("cannot read {WIRE_SNAPSHOTS}"))?,
    };
    for entry in entries {
        let path = entry?.path();
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let is_request = |line: &str| {
            let mut words = line.split(' ');
            let target = (words.next() == Some(method))
                .then(|| words.next())
                .flatten();
            target.is_some_and(|target| ends_with(target, template))
        };
        if text.lines().any(is_request) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether the last segments of a target are those of a path template.
fn ends_with(target: &str, template: &str) -> bool {
    let path = target.split('?').next().unwrap_or_default();
    let mut sent = path.rsplit('/');
    template.trim_start_matches('/').rsplit('/').all(|segment| {
        sent.next()
            .is_some_and(|it| segment.contains('{') || it == segment)
    })
}
