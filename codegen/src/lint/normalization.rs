//! What normalization changes or rejects: where a client differs from the document as it is written.

use std::collections::HashSet;

use serde_json::Value;

use super::Report;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::normalize::{Change, Normalized, Pass, Strictness, normalize, normalize_through};
use crate::openapi::reference::resolver::{follow, local};
use crate::openapi::reference::{self, holder};
use crate::pointer::Pointer;

/// The codes that both the rule about references and normalization report.
const REFERENCES: &[Code] = &[
    Code::DANGLING_REFERENCE,
    Code::MISTAKEN_REFERENCE,
    Code::REFERENCE_LOOP,
    Code::REMOTE_REFERENCE,
];

/// Runs after the other rules, and reports each fault once:
///
/// 1. A diagnostic of normalization replaces "wrong type" at the same place, and a rejection "missing member" too.
/// 2. A warning that a reference was repaired replaces the error of the rule about references.
/// 3. A rejected reference that this rule has reported, itself or as part of a loop, is not reported again.
/// 4. All other diagnostics and changes of normalization are added.
pub(super) fn check(report: &mut Report) {
    let document = report.document;
    let Normalized {
        diagnostics,
        changes,
        ..
    } = normalize(document.clone(), Strictness::Strict);
    let is_reference = |it: &Diagnostic| REFERENCES.contains(&it.code);
    let is_error = |it: &Diagnostic| it.severity == Severity::Error;
    let reported = places(&diagnostics, |_| true);
    let rejected = places(&diagnostics, is_error);
    let repaired = places(&diagnostics, |it| is_reference(it) && !is_error(it));
    let of_rule = places(&report.found, is_reference);
    report.found.retain(|it| {
        let place = holder(&it.pointer);
        let is_replaced = (it.code == Code::WRONG_TYPE && reported.contains(&place))
            || (it.code == Code::MISSING_MEMBER && rejected.contains(&place))
            || (is_reference(it) && repaired.contains(&place));
        !is_replaced
    });
    let left = places(&report.found, is_reference);
    let loops = places(&report.found, |it| it.code == Code::REFERENCE_LOOP);
    let is_known = |it: &Diagnostic| {
        let place = holder(&it.pointer);
        is_reference(it)
            && match it.severity {
                Severity::Error => {
                    left.contains(&place)
                        || (it.code == Code::REFERENCE_LOOP && leads_to(document, place, &loops))
                }
                _ => !of_rule.contains(&place),
            }
    };
    let added = diagnostics.into_iter().filter(|it| !is_known(it));
    report
        .found
        .extend(added.chain(changes.into_iter().map(note)));
}

/// The changes and diagnostics of one pass, after the passes before it have run.
pub(super) fn of_pass(document: &Value, pass: &Pass) -> Vec<Diagnostic> {
    let normalized = normalize_through(pass, document.clone(), Strictness::Strict);
    let notes = normalized.changes.into_iter().map(note);
    normalized.diagnostics.into_iter().chain(notes).collect()
}

fn note(change: Change) -> Diagnostic {
    let message = format!("{} ({})", change.what, change.pass);
    Diagnostic::note(Code::NORMALIZATION, change.pointer, message)
}

/// The nodes that some diagnostics are about.
fn places(diagnostics: &[Diagnostic], is_meant: impl Fn(&Diagnostic) -> bool) -> HashSet<Pointer> {
    let meant = diagnostics.iter().filter(|it| is_meant(it));
    meant.map(|it| holder(&it.pointer)).collect()
}

/// Whether nodes that are only references lead from a place to one of these loops.
fn leads_to(document: &Value, place: Pointer, loops: &HashSet<Pointer>) -> bool {
    let mut is_found = false;
    let _ = follow(place, |at| {
        is_found |= loops.contains(at);
        let node = at.get(document).filter(|_| !is_found)?;
        node.as_object().filter(|members| members.len() == 1)?;
        local(reference::of(node)?).ok()
    });
    is_found
}
