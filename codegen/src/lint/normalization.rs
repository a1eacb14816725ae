//! What normalization changes or rejects: what a client of the document is made from otherwise than it is written.

use std::collections::HashSet;

use serde_json::Value;

use crate::{Code, Diagnostic, Pointer, Severity, Strictness, normalize};

/// Runs last: what a rule has said already is not said again.
pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    let normalized = normalize(document.clone(), Strictness::Strict);
    let said: HashSet<(Pointer, bool)> = found
        .iter()
        .map(|it| (owner(&it.pointer), it.code == Code::WRONG_TYPE))
        .collect();
    let faults: HashSet<Pointer> = normalized
        .diagnostics
        .iter()
        .filter(|it| it.severity == Severity::Error)
        .map(|it| owner(&it.pointer))
        .collect();
    // A rejection says more than that a type is wrong.
    found.retain(|it| it.code != Code::WRONG_TYPE || !faults.contains(&owner(&it.pointer)));
    for diagnostic in normalized.diagnostics {
        let is_about_reference = [
            Code::DANGLING_REFERENCE,
            Code::MISTAKEN_REFERENCE,
            Code::REFERENCE_LOOP,
            Code::REMOTE_REFERENCE,
        ]
        .contains(&diagnostic.code);
        if !(is_about_reference && said.contains(&(owner(&diagnostic.pointer), false))) {
            found.push(diagnostic);
        }
    }
    for change in normalized.changes {
        let message = format!("{} ({})", change.what, change.pass);
        found.push(Diagnostic::note(
            Code::NORMALIZATION,
            change.pointer,
            message,
        ));
    }
}

/// The object that a reference is.
fn owner(place: &Pointer) -> Pointer {
    match (place.last(), place.parent()) {
        (Some(last), Some(parent)) if last == "$ref" => parent,
        _ => place.clone(),
    }
}
