//! What normalization changes or rejects: what a client of the document is made from otherwise than it is written.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::normalize::normalize_through;
use crate::openapi::reference_uri::{Target, pointer};
use crate::{Change, Code, Diagnostic, Pass, Pointer, Severity, Strictness, normalize};

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
    let left = places(found, &is_reference);
    let mut loops = Loops::new(document, found);
    for diagnostic in normalized.diagnostics {
        let is_told = is_reference(&diagnostic) && {
            let place = owner(&diagnostic.pointer);
            match diagnostic.severity {
                Severity::Error if diagnostic.code == Code::REFERENCE_LOOP => {
                    left.contains(&place) || loops.lead_to_one(place)
                }
                Severity::Error => left.contains(&place),
                _ => !said.contains(&place),
            }
        };
        if !is_told {
            found.push(diagnostic);
        }
    }
    found.extend(normalized.changes.into_iter().map(note));
}

/// What one pass changes and reports, once the passes before it have run.
pub(super) fn of_pass(document: &Value, pass: &Pass) -> Vec<Diagnostic> {
    let normalized = normalize_through(pass, document.clone(), Strictness::Strict);
    let notes = normalized.changes.into_iter().map(note);
    normalized.diagnostics.into_iter().chain(notes).collect()
}

fn note(change: Change) -> Diagnostic {
    let message = format!("{} ({})", change.what, change.pass);
    Diagnostic::note(Code::NORMALIZATION, change.pointer, message)
}

/// Loops of nothing but references, which their own rule tells once, at one reference of each.
struct Loops<'d> {
    document: &'d Value,
    /// Whether references lead to a loop that was told.
    known: HashMap<Pointer, bool>,
}

impl<'d> Loops<'d> {
    fn new(document: &'d Value, found: &[Diagnostic]) -> Self {
        let told = found.iter().filter(|it| it.code == Code::REFERENCE_LOOP);
        Self {
            document,
            known: told.map(|it| (owner(&it.pointer), true)).collect(),
        }
    }

    /// Whether the reference at a place leads, through references alone, to a loop that was told.
    fn lead_to_one(&mut self, place: Pointer) -> bool {
        let mut next = Some(place);
        let mut way = Vec::new();
        let mut is_told = false;
        while let Some(at) = next {
            if let Some(known) = self.known.get(&at) {
                is_told = *known;
                break;
            }
            // Until more is known, which also ends a loop that was not told.
            self.known.insert(at.clone(), false);
            next = at.get(self.document).and_then(target);
            way.push(at);
        }
        if is_told {
            self.known.extend(way.into_iter().map(|at| (at, true)));
        }
        is_told
    }
}

/// Where a node leads that is nothing but a reference.
fn target(node: &Value) -> Option<Pointer> {
    let members = node.as_object().filter(|members| members.len() == 1)?;
    let text = members.get("$ref")?.as_str()?;
    match Target::read(text, "") {
        Target::Here(fragment) => pointer(&fragment),
        _ => None,
    }
}

/// The object that a reference is.
fn owner(place: &Pointer) -> Pointer {
    match (place.last(), place.parent()) {
        (Some(last), Some(parent)) if last == "$ref" => parent,
        _ => place.clone(),
    }
}
