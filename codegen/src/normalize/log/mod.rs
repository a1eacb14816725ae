//! What the passes write down: changes, moves, diagnostics, and what they reject.

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

/// What a pass changed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Change {
    /// The name of the pass.
    pub pass: &'static str,
    /// Where, in the user's document.
    pub pointer: Pointer,
    /// What, in half a sentence.
    pub what: String,
}

/// Whether what cannot be expressed stops the run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Strictness {
    /// It is an error.
    #[default]
    Strict,
    /// The operation is left out with a warning.
    Lenient,
}

/// What the passes that have run so far have to say about the document.
pub(crate) struct Log {
    /// What is known of nodes that the document does not say.
    pub(crate) facts: Facts,
    strictness: Strictness,
    pass: &'static str,
    phase: Phase,
    moves: Moves,
    changes: IndexSet<Change>,
    rejected: Vec<Rejection>,
    /// Where something was rejected, in the user's document: later passes may stumble over the same node.
    faults: HashSet<Pointer>,
    /// Components that were rejected, and why; whoever uses them goes with them.
    missing: HashMap<Pointer, Code>,
    removals: Removals,
    /// With the pass that reported each.
    diagnostics: IndexMap<(Code, Pointer, String), (&'static str, Diagnostic)>,
}

/// What a pass cannot express.
struct Rejection {
    place: Pointer,
    diagnostic: Diagnostic,
    /// It follows from another one.
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

    /// Notes that the pass moved (or copied) a node; what is said of it later still points at where it came from.
    pub(crate) fn moved(&mut self, from: &Pointer, to: &Pointer) {
        self.moved_together([(from.clone(), to.clone())]);
    }

    /// Notes moves, each from and to, that were made in one step: elements that change places, for example.
    pub(crate) fn moved_together(&mut self, moves: impl IntoIterator<Item = (Pointer, Pointer)>) {
        let moves: Vec<_> = moves.into_iter().collect();
        self.facts.follow(&moves);
        self.moves.add(moves);
    }

    /// Where a node of the document as it is now stands in the user's document.
    pub(crate) fn origin(&self, place: &Pointer) -> Pointer {
        self.moves.origin(place)
    }

    /// Notes what the running pass changed at a place of the document as it is now. What happens to every copy of a shared
    /// node is noted once.
    pub(crate) fn change(&mut self, place: &Pointer, what: impl Into<String>) {
        let change = Change {
            pass: self.pass,
            pointer: self.origin(place),
            what: what.into(),
        };
        self.changes.insert(change);
    }

    /// Says something that the reader should know and that stops nothing.
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

    /// Says that the node at `place` cannot be expressed. In lenient mode whatever holds it is left out: the operation;
    /// every operation of a path, for what stands beside them; every operation that uses a component. Of a component
    /// schema, the smallest schema that holds it becomes one that takes anything.
    ///
    /// In strict mode the node stays, so that the other faults of its operation come to light in the same run: a pass
    /// that can take it out does so. What later passes say of the same node is not told.
    pub(crate) fn reject(
        &mut self,
        code: Code,
        place: &Pointer,
        message: impl Into<String>,
        help: &str,
    ) {
        self.reject_for(place, code, place, message, help);
    }

    /// Says that the node at `fault` cannot be expressed, and that it concerns what stands at (or holds) `user`; see
    /// [`Log::reject`].
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

    /// Says that the node at `place` cannot be expressed and that the rest can do without it: an error in strict mode, a
    /// warning in lenient mode. The pass takes it out, in both.
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

    /// Whether the component at `target` was rejected. If so, the node at `place`, which uses it, goes with it.
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

    /// Whether a node of the user's document lies in one that was rejected.
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

    /// Begins with a pass. What was rejected before is removed, unless references as published may name it.
    pub(crate) fn begin(&mut self, pass: &Pass, document: &mut Value) {
        (self.pass, self.phase) = (pass.name, pass.phase);
        if pass.phase != Phase::AsPublished {
            std::mem::take(&mut self.removals).take_operations(document);
        }
    }

    /// Deals with what the pass that just ran rejected: reports it, and removes the components that hold it.
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
            self.report(diagnostic.clone().saying(format!("{fault}; {outcome}")));
        }
    }

    /// Forgets what other passes changed and reported.
    pub(crate) fn retain(&mut self, pass: &str) {
        self.changes.retain(|change| change.pass == pass);
        self.diagnostics.retain(|_, (by, _)| *by == pass);
    }

    /// What came out, with the document that the passes leave.
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
            facts: self.facts,
        }
    }
}
