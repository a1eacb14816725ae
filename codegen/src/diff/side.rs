//! One of the two documents, with everything that is made of it.

use std::thread;

use serde_json::Value;

use crate::bundle::{Bundle, Place};
use crate::diagnostic::Diagnostic;
use crate::emit;
use crate::generation;
use crate::model::Model;
use crate::normalize::{Normalized, Strictness};
use crate::pointer::Pointer;

/// A document.
pub(super) struct Side<'s> {
    pub(super) bundle: &'s Bundle,
    pub(super) normalized: &'s Normalized,
    pub(super) model: Model<'s>,
    /// The generated modules.
    pub(super) modules: Vec<emit::Module>,
}

impl Side<'_> {
    /// The normalized document.
    pub(super) fn document(&self) -> &Value {
        &self.normalized.document
    }

    /// The document as its author wrote it, with its overlays and files.
    pub(super) fn original(&self) -> &Value {
        self.bundle.value()
    }

    /// Where a node of the normalized document is in the author's document, or else the nearest node around it that is there.
    pub(super) fn origin(&self, place: &Pointer) -> Pointer {
        let mut origin = self.normalized.origin(place);
        while origin.get(self.original()).is_none() {
            match origin.parent() {
                Some(parent) => origin = parent,
                None => break,
            }
        }
        origin
    }

    /// The files and lines of nodes of the author's document.
    pub(super) fn places(&self, pointers: Vec<Pointer>) -> Vec<Place> {
        self.bundle.places(pointers)
    }
}

/// Reads both documents and compares them.
pub(super) fn with_both<T>(
    base: &Bundle,
    revision: &Bundle,
    compare: impl FnOnce(&Side, &Side) -> T,
) -> Result<T, Vec<Diagnostic>> {
    let normalized = |bundle| {
        generation::normalized(bundle, Strictness::Lenient, &mut |_| {})
            .map(|(normalized, ..)| normalized)
    };
    let (one, other) = both(|| normalized(base), || normalized(revision));
    let (one, other) = (one?, other?);
    let (one_form, other_form) = both(|| one.normal_form(), || other.normal_form());
    let (one, other) = both(
        || {
            let model = generation::read(base, &one_form, &mut |_| {})?;
            Ok::<_, Vec<Diagnostic>>(Side {
                bundle: base,
                normalized: &one,
                modules: emit::modules(&model),
                model,
            })
        },
        || {
            let model = generation::read(revision, &other_form, &mut |_| {})?;
            Ok::<_, Vec<Diagnostic>>(Side {
                bundle: revision,
                normalized: &other,
                modules: emit::modules(&model),
                model,
            })
        },
    );
    let sides: Result<_, Vec<Diagnostic>> = one.and_then(|one| Ok((one, other?)));
    let (one, other) = sides?;
    Ok(compare(&one, &other))
}

/// Runs both at the same time.
fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (one, other)
    })
}
