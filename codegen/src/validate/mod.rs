//! Checks values against schemas: the examples and defaults of a document.
//!
//! OpenAPI 3.0 schemas with `nullable` and 3.1 schemas with type arrays are read alike. Where a schema says something that is
//! not understood here, a value passes: a wrong claim costs the reader more than a fault that is not found.

mod check;
mod format;
mod number;
mod say;

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use crate::openapi::reference::resolver::step;
use crate::pointer::Pointer;
use check::{Check, Spot};

/// How many steps one value may take; references that fan out double the work at each level.
const MAX_STEPS: usize = 50_000;

/// How many steps all values of a document may take together.
const MAX_STEPS_IN_ALL: usize = 30_000_000;

/// Longer text is not matched against patterns.
const MAX_MATCHED: usize = 2_000;

/// How deep schemas may apply to one another. Documents are at most 200 deep, references make loops.
const MAX_DEPTH: usize = 100;

/// How many problems of one value are told.
const MAX_PROBLEMS: usize = 10;

/// Compiled patterns stay small: a document can hold thousands.
const MAX_PATTERN: usize = 1 << 18;

/// Which way a value goes: a request need not hold what is `readOnly`, nor a response what is `writeOnly`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the server.
    Request,
    /// From the server.
    Response,
    /// It cannot be told.
    Either,
}

/// Something in a value that its schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Where in the value.
    pub(crate) place: Pointer,
    /// What, in half a sentence.
    pub(crate) what: String,
}

/// Checks values against the schemas of one document.
pub(crate) struct Validator<'d> {
    pub(super) document: &'d Value,
    patterns: HashMap<&'d str, Option<Regex>>,
    steps: usize,
}

impl<'d> Validator<'d> {
    pub(crate) fn new(document: &'d Value) -> Self {
        Self {
            document,
            patterns: HashMap::new(),
            steps: 0,
        }
    }

    /// Whether so much was checked that further values pass unseen.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.steps >= MAX_STEPS_IN_ALL
    }

    /// What is wrong with a value. `schema` is one of the document.
    pub(crate) fn check(
        &mut self,
        schema: &'d Value,
        value: &Value,
        direction: Direction,
    ) -> Vec<Problem> {
        if self.is_exhausted() {
            return Vec::new();
        }
        let mut check = Check {
            validator: self,
            direction,
            steps: 0,
        };
        let mut problems = Vec::new();
        check.schema(schema, value, &Spot::default(), &mut problems);
        let steps = check.steps;
        self.steps += steps;
        if steps >= MAX_STEPS {
            // Part of it was not looked at, so what was found may not stand.
            problems.clear();
        }
        problems.truncate(MAX_PROBLEMS);
        problems
    }

    fn resolve(&self, text: &str) -> Option<&'d Value> {
        let (_, target) = step(self.document, text).ok()?;
        Some(target)
    }

    fn pattern(&mut self, text: &'d str) -> Option<&Regex> {
        let compiled = self.patterns.entry(text).or_insert_with(|| {
            let pattern = RegexBuilder::new(text).size_limit(MAX_PATTERN).build();
            // What is ECMAScript only, like a look-ahead, is not checked.
            pattern.ok()
        });
        compiled.as_ref()
    }
}
