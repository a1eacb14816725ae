//! Validates examples and defaults of a document against their schemas.
//!
//! `nullable` of OpenAPI 3.0 and the type arrays of 3.1 are both understood. A keyword that is not implemented here allows every
//! value: a false report costs the reader more than a missed fault.

mod check;
mod format;
mod number;

use std::collections::HashMap;

use regex::{Regex, RegexBuilder};
use serde_json::Value;

use crate::openapi::reference::resolver::step;
use crate::pointer::Pointer;
use check::{Check, Site};

/// How many schemas one value may be checked against: two references in each schema double the work at each level.
const MAX_STEPS: usize = 50_000;

/// The same limit for all values of a document together.
const MAX_STEPS_IN_ALL: usize = 30_000_000;

/// Longer strings are not matched against patterns.
const MAX_MATCHED: usize = 2_000;

/// How deep the nesting of schemas may be, because references can form loops.
const MAX_DEPTH: usize = 100;

/// How many problems of one value are reported.
const MAX_PROBLEMS: usize = 10;

/// The largest size of a compiled pattern: a document can have thousands of them.
const MAX_PATTERN: usize = 1 << 18;

/// Where a value is sent. A request may lack a `readOnly` property, and a response a `writeOnly` one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the server.
    Request,
    /// From the server.
    Response,
    /// Both, or unknown.
    Either,
}

/// A part of a value that its schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Where in the value.
    pub(crate) place: Pointer,
    /// What is wrong, in half a sentence.
    pub(crate) what: String,
}

impl Problem {
    /// The place and what is wrong, as a message names them.
    pub(crate) fn text(&self) -> String {
        match self.place.as_str() {
            "" => self.what.clone(),
            place => format!("`{place}` {}", self.what),
        }
    }
}

/// Validates values against the schemas of one document.
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

    /// Whether the limit for the document is reached: all further values are taken as valid.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.steps >= MAX_STEPS_IN_ALL
    }

    /// The problems of a value. `schema` is a part of the document.
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
            problems: Vec::new(),
        };
        check.schema(schema, value, &Site::default());
        let (steps, mut problems) = (check.steps, check.problems);
        self.steps += steps;
        if steps >= MAX_STEPS {
            // The check is incomplete, so the problems may be wrong.
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
            // Syntax that only ECMAScript has, for example a look-ahead, is not checked.
            pattern.ok()
        });
        compiled.as_ref()
    }
}
