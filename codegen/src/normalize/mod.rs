//! Makes a valid document of any shape into one that the next steps can take, without changing what it says.
//!
//! A document goes in and an OpenAPI 3.0 document comes out. Each pass has one file, one fixture and one line in
//! [`PASSES`], and says what it changed. What cannot be expressed is rejected at its place: an error in strict mode; in
//! lenient mode that operation is left out with a warning.

use serde_json::Value;

use crate::{Code, Diagnostic, Pointer, Severity};

/// One pass.
pub struct Pass {
    /// Its name, as reports print it: kebab case, the name of its file.
    pub name: &'static str,
    /// What it does, in half a sentence.
    pub about: &'static str,
    apply: fn(&mut Work),
}

/// Every pass, in the order in which they run.
pub const PASSES: &[Pass] = &[];

/// What a pass changed.
#[derive(Clone, Debug, PartialEq, Eq)]
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

/// The document while it is worked on, and what there is to say about it.
pub struct Work {
    /// The document as it is now.
    pub document: Value,
    moves: Vec<(Pointer, Pointer)>,
    pass: &'static str,
    changes: Vec<Change>,
    rejected: Vec<(Pointer, Diagnostic)>,
    warnings: Vec<Diagnostic>,
}

impl Work {
    /// Begins with a document.
    #[must_use]
    pub fn new(document: Value) -> Self {
        Self {
            document,
            moves: Vec::new(),
            pass: "",
            changes: Vec::new(),
            rejected: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// Notes that the pass moved (or copied) a node; what is said of it later still points at where it came from.
    pub fn moved(&mut self, from: &Pointer, to: &Pointer) {
        self.moves.push((from.clone(), to.clone()));
    }

    /// Where a node of the document as it is now stands in the user's document.
    #[must_use]
    pub fn origin(&self, place: &Pointer) -> Pointer {
        let mut place = place.clone();
        for (from, to) in self.moves.iter().rev() {
            if let Some(rest) = place.below(to) {
                place = from.append(&rest);
            }
        }
        place
    }

    /// Notes what the running pass changed at a place of the document as it is now.
    pub fn changed(&mut self, place: &Pointer, what: impl Into<String>) {
        let change = Change {
            pass: self.pass,
            pointer: self.origin(place),
            what: what.into(),
        };
        self.changes.push(change);
    }

    /// Says something that the reader should know and that stops nothing.
    pub fn warn(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: &str) {
        let origin = self.origin(place);
        self.warnings
            .push(Diagnostic::warning(code, origin, message).help(help));
    }

    /// Says that the node at `place` cannot be expressed. The operation or component schema that holds it is what
    /// [`Strictness::Lenient`] leaves out.
    pub fn reject(&mut self, code: Code, place: &Pointer, message: impl Into<String>, help: &str) {
        let origin = self.origin(place);
        self.rejected.push((
            place.clone(),
            Diagnostic::error(code, origin, message).help(help),
        ));
    }
}

/// What came out.
pub struct Normalized {
    /// An OpenAPI 3.0 document that the next steps can take.
    pub document: Value,
    /// What the passes changed.
    pub changes: Vec<Change>,
    /// What they had to say; holds an error only in strict mode.
    pub diagnostics: Vec<Diagnostic>,
    moves: Vec<(Pointer, Pointer)>,
}

impl Normalized {
    /// Where a node of the normalized document stands in the user's document.
    #[must_use]
    pub fn origin(&self, place: &Pointer) -> Pointer {
        let mut place = place.clone();
        for (from, to) in self.moves.iter().rev() {
            if let Some(rest) = place.below(to) {
                place = from.append(&rest);
            }
        }
        place
    }
}

/// Runs every pass.
#[must_use]
pub fn normalize(document: Value, strictness: Strictness) -> Normalized {
    let mut work = Work::new(document);
    for pass in PASSES {
        work.pass = pass.name;
        (pass.apply)(&mut work);
        drop_rejected(&mut work, strictness);
    }
    Normalized {
        document: work.document,
        changes: work.changes,
        diagnostics: work.warnings,
        moves: work.moves,
    }
}

/// Takes what was rejected out of the document, so that later passes do not stumble on it again.
fn drop_rejected(work: &mut Work, strictness: Strictness) {
    for (place, mut diagnostic) in std::mem::take(&mut work.rejected) {
        if strictness == Strictness::Lenient {
            diagnostic.severity = Severity::Warning;
        }
        remove_owner(&mut work.document, &place);
        work.warnings.push(diagnostic);
    }
}

/// Removes the operation that holds a place; a component becomes a schema that takes anything.
fn remove_owner(document: &mut Value, place: &Pointer) {
    let tokens: Vec<String> = place.tokens().collect();
    match tokens.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["paths", path, method, ..] => {
            let item = Pointer::from_tokens(["paths", path]);
            if let Some(item) = item.get_mut(document).and_then(Value::as_object_mut) {
                item.shift_remove(method);
            }
        }
        ["components", "schemas", name, ..] => {
            if let Some(schema) =
                Pointer::from_tokens(["components", "schemas", name]).get_mut(document)
            {
                *schema = Value::Object(serde_json::Map::new());
            }
        }
        _ => {}
    }
}
