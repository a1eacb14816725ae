//! The log of a run: passes note changes and moves here, report diagnostics, and reject nodes.

mod moves;
mod removals;

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::normalize::facts::Facts;
use crate::normalize::{Normalized, Pass, Phase};
use crate::pointer::Pointer;
pub(crate) use moves::Moves;
use removals::Removals;

/// One change that a pass made in the document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// The name of the pass.
    pub pass: &'static str,
    /// The place, in the original document.
    pub pointer: Pointer,
    /// What changed, as a phrase: "renamed to `4XX`".
    pub what: String,
}

/// What happens to nodes that cannot be expressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// They are errors.
    #[default]
    Strict,
    /// Their operations are left out with a warning.
    Lenient,
}

/// The log of the passes that have run so far.
pub(crate) struct Log {
    /// What the passes know about nodes and the document cannot express.
    pub(crate) facts: Facts,
    strictness: Strictness,
    pass: &'static str,
    phase: Phase,
    moves: Moves,
    changes: IndexSet<Change>,
    rejected: Vec<Rejection>,
    /// The places of rejected nodes, in the original document: later passes may reject the same node again.
    faults: HashSet<Pointer>,
    /// Rejected components, and why. The nodes that use them are rejected too.
    missing: HashMap<Pointer, Code>,
    removals: Removals,
    /// Each with the pass that reported it, without duplicates.
    diagnostics: IndexMap<(Code, Pointer, String), (&'static str, Diagnostic)>,
}

/// A node that a pass cannot express.
struct Rejection {
    place: Pointer,
    diagnostic: Diagnostic,
    /// The node was rejected because it uses a rejected component.
    is_consequence: bool,
}

impl Log {
    pub(crate) fn new(strictness: Strictness) -> Self {
        Self {
            facts: Facts::default(),
            strictness,
            pass: "",
            phase: Phase::AsPublished,
            moves: Moves::default(),
            changes: IndexSet::new(),
            rejected: Vec::new(),
            faults: HashSet::new(),
            missing: HashMap::new(),
            removals: Removals::default(),
            diagnostics: IndexMap::new(),
        }
    }

    /// Notes that the pass moved or copied a node. Later diagnostics about it have its original place.
    pub(crate) fn moved(&mut self, from: &Pointer, to: &Pointer) {
        self.moved_together([(from.clone(), to.clone())]);
    }

    /// Notes moves (from, to) that were made in one step, for example elements that change places.
    pub(crate) fn moved_together(&mut self, moves: impl IntoIterator<Item = (Pointer, Pointer)>) {
        let moves: Vec<_> = moves.into_iter().collect();
        self.facts.follow(&moves);
        self.moves.add(moves);
    }

    /// The place of a node in the original document.
    pub(crate) fn origin(&self, place: &Pointer) -> Pointer {
        self.moves.origin(place)
    }

    /// Notes a change of the current pass. If it changes every copy of a shared node, that is one change.
    pub(crate) fn change(&mut self, place: &Pointer, what: impl Into<String>) {
        let change = Change {
            pass: self.pass,
            pointer: self.origin(place),
            what: what.into(),
        };
        self.changes.insert(change);
    }

    /// Reports a warning.
    pub(crate) fn warn(
        &mut self,
        code: Code,
        place: &Pointer,
        message: impl Into<String>,
        help: &str,
    ) {
        let origin = self.origin(place);
        self.report(Diagnostic::warning(code, origin, message).help(help));
    }

    /// Rejects the node at `place`: it cannot be expressed. In lenient mode, its operation is left out. If the node belongs
    /// to a path, all operations of the path are left out; if it belongs to a component, all operations that use it. In a
    /// component schema, the smallest schema that contains the node is replaced by one that accepts any value.
    ///
    /// In strict mode the node stays, so that one run reports all faults of an operation; a pass that can remove it does
    /// so. Faults that later passes find in the same node are not reported.
    pub(crate) fn reject(
        &mut self,
        code: Code,
        place: &Pointer,
        message: impl Into<String>,
        help: &str,
    ) {
        self.reject_for(place, code, place, message, help);
    }

    /// Rejects the node at `user` because of a fault in another node; see [`Log::reject`].
    pub(crate) fn reject_for(
        &mut self,
        user: &Pointer,
        code: Code,
        fault: &Pointer,
        message: impl Into<String>,
        help: &str,
    ) {
        let origin = self.origin(fault);
        self.rejected.push(Rejection {
            place: user.clone(),
            diagnostic: Diagnostic::error(code, origin, message).help(help),
            is_consequence: false,
        });
    }

    /// Reports that the node at `place` cannot be expressed, but its operation can do without it: an error in strict mode,
    /// a warning in lenient mode. The pass removes the node in both modes.
    pub(crate) fn leave_out(
        &mut self,
        code: Code,
        place: &Pointer,
        message: impl Into<String>,
        help: &str,
    ) {
        let origin = self.origin(place);
        let message = message.into();
        if self.was_rejected(&origin) {
            return;
        }
        self.faults.insert(origin.clone());
        let diagnostic = match self.strictness {
            Strictness::Strict => Diagnostic::error(code, origin, message),
            Strictness::Lenient => {
                Diagnostic::warning(code, origin, format!("{message}; it was left out"))
            }
        };
        self.report(diagnostic.help(help));
    }

    /// Rejects the node at `place` if the component that it uses was rejected. Returns whether it was.
    pub(crate) fn reject_user(&mut self, target: &Pointer, place: &Pointer) -> bool {
        let Some(code) = self.missing.get(target).copied() else {
            return false;
        };
        let message = format!("`#{target}` is used here, but was left out");
        let origin = self.origin(place);
        self.rejected.push(Rejection {
            place: place.clone(),
            diagnostic: Diagnostic::error(code, origin, message),
            is_consequence: true,
        });
        true
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        let key = (
            diagnostic.code,
            diagnostic.pointer.clone(),
            diagnostic.message.clone(),
        );
        self.diagnostics
            .entry(key)
            .or_insert((self.pass, diagnostic));
    }

    /// Whether a node of the original document was rejected, or is part of one that was.
    fn was_rejected(&self, origin: &Pointer) -> bool {
        let mut ancestor = Some(origin.clone());
        while let Some(place) = ancestor {
            if self.faults.contains(&place) {
                return true;
            }
            ancestor = place.parent();
        }
        false
    }

    /// Begins a pass. Removes rejected operations, except in the first phase: references may still lead to them.
    pub(crate) fn begin(&mut self, pass: &Pass, document: &mut Value) {
        (self.pass, self.phase) = (pass.name, pass.phase);
        if pass.phase != Phase::AsPublished {
            std::mem::take(&mut self.removals).take_operations(document);
        }
    }

    /// Ends a pass. Reports what it rejected, and removes rejected components.
    pub(crate) fn settle(&mut self, document: &mut Value) {
        let mut rejected = std::mem::take(&mut self.rejected);
        let is_strict = self.strictness == Strictness::Strict;
        if is_strict || self.phase == Phase::AsPublished {
            rejected.retain(|it| !self.was_rejected(&it.diagnostic.pointer));
        }
        for Rejection { diagnostic, .. } in &rejected {
            self.faults.insert(diagnostic.pointer.clone());
        }
        for rejection in rejected {
            self.report_rejection(document, rejection);
        }
        self.removals.take_components(document);
        self.missing.extend(self.removals.components.drain());
        if is_strict {
            self.removals = Removals::default();
        }
    }

    fn report_rejection(&mut self, document: &Value, rejection: Rejection) {
        let mut diagnostic = rejection.diagnostic;
        let outcomes = self
            .removals
            .add(document, &rejection.place, diagnostic.code);
        if self.strictness == Strictness::Strict {
            if !rejection.is_consequence {
                self.report(diagnostic);
            }
            return;
        }
        diagnostic.severity = Severity::Warning;
        let fault = std::mem::take(&mut diagnostic.message);
        for outcome in outcomes {
            self.report(
                diagnostic
                    .clone()
                    .with_message(format!("{fault}; {outcome}")),
            );
        }
    }

    /// Removes the changes and diagnostics of other passes.
    pub(crate) fn retain(&mut self, pass: &str) {
        self.changes.retain(|change| change.pass == pass);
        self.diagnostics.retain(|_, (by, _)| *by == pass);
    }

    /// Ends the run.
    pub(crate) fn end(self, mut document: Value) -> Normalized {
        self.removals.take_operations(&mut document);
        Normalized {
            document,
            changes: self.changes.into_iter().collect(),
            diagnostics: self
                .diagnostics
                .into_values()
                .map(|(_, diagnostic)| diagnostic)
                .collect(),
            moves: self.moves,
            left_out: self.faults,
            facts: self.facts,
        }
    }
}
