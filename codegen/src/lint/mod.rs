//! Says beforehand what the later steps would stumble on or silently change.
//!
//! Each rule has one file, a code with a page of documentation, and one line in [`RULES`]. Rules look at the document as it
//! was published (with overlays applied and files taken in) and change nothing.

mod bounds;
mod examples;
mod links;
mod normalization;
mod paths;
mod references;
mod security;
mod servers;
mod structure;
mod unused;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::normalize::Pass;
use crate::pointer::Pointer;

/// One rule.
pub struct Rule {
    /// What it reports, the most usual first; each has a page of documentation.
    pub codes: &'static [Code],
    /// What it asks of a document, in a sentence.
    pub about: &'static str,
    check: fn(&Value, &mut Vec<Diagnostic>),
}

/// Every rule, in the order in which they run.
pub const RULES: &[Rule] = &[
    Rule {
        codes: &[
            Code::DANGLING_REFERENCE,
            Code::MISTAKEN_REFERENCE,
            Code::REFERENCE_LOOP,
        ],
        about: "Each `$ref` leads to a part of the document that may stand in its place.",
        check: references::check,
    },
    Rule {
        codes: &[Code::WRONG_TYPE, Code::MISSING_MEMBER, Code::UNKNOWN_MEMBER],
        about: "Each object has the members that OpenAPI gives it, of their types.",
        check: structure::check,
    },
    Rule {
        codes: &[Code::EXAMPLE_MISMATCH, Code::DEFAULT_MISMATCH],
        about: "Examples and defaults are values that their schemas allow.",
        check: examples::check,
    },
    Rule {
        codes: &[Code::CONTRADICTORY_BOUNDS],
        about: "Bounds leave some value.",
        check: bounds::check,
    },
    Rule {
        codes: &[Code::EQUIVALENT_PATHS],
        about: "Two paths differ in more than the names of their parameters.",
        check: paths::check,
    },
    Rule {
        codes: &[Code::UNDEFINED_SECURITY_SCHEME],
        about: "Security requirements name security schemes of the document.",
        check: security::check,
    },
    Rule {
        codes: &[Code::UNDEFINED_SERVER_VARIABLE],
        about: "The variables in the URL of a server are defined.",
        check: servers::check,
    },
    Rule {
        codes: &[Code::DANGLING_LINK],
        about: "Links name operations of the document.",
        check: links::check,
    },
    Rule {
        codes: &[Code::UNUSED_COMPONENT],
        about: "Components are used by some operation.",
        check: unused::check,
    },
    Rule {
        codes: &[Code::NORMALIZATION],
        about: "The document is understood as it is written; what cannot be expressed is an error of its own code.",
        check: normalization::check,
    },
];

/// Checks a document, OpenAPI 3.0 or 3.1, against every rule.
///
/// What comes back names places of `document` by their pointers; [`crate::Bundle::place`] finds the file and the line.
///
/// ```
/// use releasepack_codegen::lint;
/// use serde_json::json;
///
/// let document = json!({
///     "openapi": "3.0.3",
///     "info": {"title": "Pets", "version": "1"},
///     "paths": {"/pets": {"get": {"operationId": "listPets", "responses": {"200": {"$ref": "#/components/responses/Pet"}}}}},
///     "components": {"responses": {"Pets": {"description": "All pets"}}},
/// });
/// let found = lint(&document);
/// assert!(found.iter().any(|it| it.message == "`#/components/responses/Pet` leads nowhere"));
/// ```
#[must_use]
pub fn lint(document: &Value) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rule in RULES {
        (rule.check)(document, &mut found);
    }
    limit(found)
}

/// What one pass of the normalization changes and reports, once the passes before it have run.
#[must_use]
pub fn lint_pass(document: &Value, pass: &Pass) -> Vec<Diagnostic> {
    limit(normalization::of_pass(document, pass))
}

/// Findings of one code that are told. The rest is counted: nobody reads more, and a report must end.
const MAX_OF_A_CODE: usize = 10_000;

fn limit(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut counts: BTreeMap<Code, (usize, Severity)> = BTreeMap::new();
    let mut told = Vec::with_capacity(found.len());
    for diagnostic in found {
        let (count, worst) = counts.entry(diagnostic.code).or_insert((0, Severity::Note));
        *count += 1;
        if *count <= MAX_OF_A_CODE {
            told.push(diagnostic);
        } else {
            *worst = (*worst).max(diagnostic.severity);
        }
    }
    for (code, (count, worst)) in counts
        .into_iter()
        .filter(|(_, (count, _))| *count > MAX_OF_A_CODE)
    {
        let message = format!(
            "{} more diagnostics of this kind are not shown",
            count - MAX_OF_A_CODE
        );
        let mut rest = Diagnostic::note(code, Pointer::root(), message);
        rest.severity = worst;
        told.push(rest);
    }
    told
}
