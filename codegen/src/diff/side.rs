//! One of the two documents, with everything that is made of it.

use std::thread;

use serde_json::{Map, Value};

use crate::bundle::{Bundle, Place};
use crate::diagnostic::Diagnostic;
use crate::emit;
use crate::generation::{self, Origin};
use crate::model::{Ledger, Model};
use crate::normalize::normal_form::NormalForm;
use crate::normalize::{Normalized, Pass, Strictness, run_pass};
use crate::openapi::reference::resolver;
use crate::pointer::Pointer;
use crate::public_names::PublicNames;

/// A document.
pub(super) struct Side<'s> {
    pub(super) bundle: &'s Bundle,
    pub(super) normalized: &'s Normalized,
    /// A document of Swagger 2.0 as a document of OpenAPI 3.0.
    converted: Option<Normalized>,
    pub(super) model: Model<'s>,
    /// The generated modules.
    pub(super) modules: Vec<emit::Module>,
    /// The warnings about names that could not be kept.
    pub(super) lost_names: Vec<Diagnostic>,
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

    /// The document as its author wrote it, but in the words of OpenAPI 3.
    pub(super) fn published(&self) -> &Value {
        let converted = self.converted.as_ref();
        converted.map_or_else(|| self.original(), |converted| &converted.document)
    }

    /// Where a node of the normalized document is in the author's document, or else the nearest node around it that is there.
    pub(super) fn origin(&self, place: &Pointer) -> Pointer {
        self.nearest(self.normalized.origin(place))
    }

    /// Where a node of the published document is in the author's document.
    pub(super) fn origin_of_published(&self, place: &Pointer) -> Pointer {
        self.nearest(match &self.converted {
            Some(converted) => converted.origin(place),
            None => place.clone(),
        })
    }

    /// A node of the author's document, or else the nearest node around it that is there.
    fn nearest(&self, mut place: Pointer) -> Pointer {
        while place.get(self.original()).is_none() {
            match place.parent() {
                Some(parent) => place = parent,
                None => break,
            }
        }
        place
    }

    /// An author's schema, the schemas that it refers to, and those that it is composed of.
    pub(super) fn parts(&self, place: &Pointer) -> Vec<&Map<String, Value>> {
        // A composition may contain itself.
        const MOST: usize = 50;
        let document = self.original();
        let mut parts = Vec::new();
        let mut open = vec![place.clone()];
        while let Some(place) = open.pop() {
            let node = place.get(document).and_then(Value::as_object);
            let Some(node) = node.filter(|_| parts.len() < MOST) else {
                continue;
            };
            parts.push(node);
            if let Some(text) = node.get("$ref").and_then(Value::as_str)
                && let Ok((target, _)) = resolver::step(document, text)
            {
                open.push(target);
            }
            let inside = node.get("allOf").and_then(Value::as_array);
            let inside = 0..inside.map_or(0, Vec::len);
            open.extend(inside.map(|index| place.join("allOf").index(index)));
        }
        parts
    }

    /// The files and lines of nodes of the author's document.
    pub(super) fn places(&self, pointers: &[Pointer]) -> Vec<Place> {
        self.bundle.places(pointers)
    }
}

/// The public names of both documents.
pub(super) struct Names<'n> {
    pub(super) base: &'n PublicNames,
    /// Without them, whatever is in both documents has the same name.
    pub(super) revision: Option<&'n PublicNames>,
}

/// Reads both documents and compares them.
pub(super) fn with_both<T>(
    base: &Bundle,
    revision: &Bundle,
    names: &Names,
    compare: impl FnOnce(&Side, &Side) -> T,
) -> Result<T, Vec<Diagnostic>> {
    let normalized = |bundle| {
        generation::normalized(bundle, Strictness::Lenient, &mut |_| {})
            .map(|(normalized, ..)| normalized)
    };
    let (one, other) = both(|| normalized(base), || normalized(revision));
    let (one, other) = (one?, other?);
    let (one_form, other_form) = both(|| one.normal_form(), || other.normal_form());
    let (one_model, base_names, lost_names) = model(base, &one, &one_form, names.base)?;
    let names = names.revision.unwrap_or(&base_names);
    let (one_modules, other) = both(
        || emit::modules(&one_model),
        || {
            let (model, _, lost_names) = model(revision, &other, &other_form, names)?;
            Ok::<_, Vec<Diagnostic>>(Side {
                bundle: revision,
                normalized: &other,
                converted: converted(revision),
                modules: emit::modules(&model),
                model,
                lost_names,
            })
        },
    );
    let one = Side {
        bundle: base,
        normalized: &one,
        converted: converted(base),
        modules: one_modules,
        model: one_model,
        lost_names,
    };
    Ok(compare(&one, &other?))
}

/// A document of Swagger 2.0 as a document of OpenAPI 3.0.
fn converted(bundle: &Bundle) -> Option<Normalized> {
    let is_swagger = bundle.value().get("swagger").is_some();
    let pass = Pass::find("swagger").filter(|_| is_swagger)?;
    Some(run_pass(pass, bundle.value().clone(), Strictness::Lenient))
}

/// The model of a document, and the names of everything in it.
fn model<'d>(
    bundle: &Bundle,
    normalized: &Normalized,
    form: &'d NormalForm<'d>,
    names: &PublicNames,
) -> Result<(Model<'d>, PublicNames, Vec<Diagnostic>), Vec<Diagnostic>> {
    let origins = Origin {
        document: bundle,
        normalized,
    };
    let mut ledger = Ledger::new(names, &origins);
    let model = generation::read(bundle, form, &mut ledger, &mut |_| {})?;
    let (new_names, lost) = ledger.end();
    let lost = lost
        .into_iter()
        .map(|lost| generation::report(names.file(), lost));
    let lost = bundle.place_all(lost.collect());
    Ok((model, new_names, lost))
}

/// Runs both at the same time.
pub(super) fn both<A: Send, B: Send>(
    one: impl FnOnce() -> A + Send,
    other: impl FnOnce() -> B,
) -> (A, B) {
    thread::scope(|scope| {
        let one = scope.spawn(one);
        let other = other();
        let one = one
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        (one, other)
    })
}
