//! What normalization changes or rejects: what a client of the document is made from otherwise than it is written.

use std::collections::HashSet;

use serde_json::Value;

use crate::{Code, Diagnostic, Pointer, Severity, Strictness, normalize};

/// What both the rule about references and normalization look at.
const REFERENCES: &[Code] = &[
    Code::DANGLING_REFERENCE,
    Code::MISTAKEN_REFERENCE,
    Code::REFERENCE_LOOP,
    Code::REMOTE_REFERENCE,
];

/// Runs last: what a rule has said already is not said again.
pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    let normalized = normalize(document.clone(), Strictness::Strict);
    let places = |diagnostics: &[Diagnostic], is_meant: &dyn Fn(&Diagnostic) -> bool| {
        let meant = diagnostics.iter().filter(|it| is_meant(it));
        meant
            .map(|it| owner(&it.pointer))
            .collect::<HashSet<Pointer>>()
    };
    let is_reference = |it: &Diagnostic| REFERENCES.contains(&it.code);
    let said = places(found, &is_reference);
    let reported = places(&normalized.diagnostics, &|_| true);
    let rejected = places(&normalized.diagnostics, &|it| {
        it.severity == Severity::Error
    });
    let repaired = places(&normalized.diagnostics, &|it| {
        is_reference(it) && it.severity != Severity::Error
    });
    found.retain(|it| {
        let place = owner(&it.pointer);
        // A rejection says more than that a type is wrong, and a reference that can be repaired stops nothing.
        let is_superseded = (it.code == Code::WRONG_TYPE && reported.contains(&place))
            || (it.code == Code::MISSING_MEMBER && rejected.contains(&place))
            || (is_reference(it) && repaired.contains(&place));
        !is_superseded
    });
    for diagnostic in normalized.diagnostics {
        let is_told = is_reference(&diagnostic) && {
            let is_error = diagnostic.severity == Severity::Error;
            let place = owner(&diagnostic.pointer);
            let is_lone = place.get(document).is_some_and(is_lone_reference);
            (diagnostic.code == Code::REFERENCE_LOOP && is_lone)
                || said.contains(&place) == is_error
        };
        if !is_told {
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

/// Loops of nothing but references are told by their own rule, once a loop.
fn is_lone_reference(node: &Value) -> bool {
    let members = node.as_object();
    members.is_some_and(|members| members.len() == 1 && members.contains_key("$ref"))
}

/// The object that a reference is.
fn owner(place: &Pointer) -> Pointer {
    match (place.last(), place.parent()) {
        (Some(last), Some(parent)) if last == "$ref" => parent,
        _ => place.clone(),
    }
}
