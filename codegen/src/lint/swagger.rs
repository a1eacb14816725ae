//! Rules for OpenAPI 3 check what Swagger 2.0 is converted to. Their diagnostics have the places of the author's document.

use std::collections::HashSet;

use serde_json::Value;

use super::{Report, Rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::normalize::versions::swagger;
use crate::normalize::{Normalized, Strictness, run_pass};
use crate::openapi::Version;
use crate::openapi::grammar::Kind;

/// Codes for what Swagger 2.0 allows: the names of its definitions can have any characters.
const ALLOWED: &[Code] = &[Code::INVALID_NAME];

/// A document of Swagger 2.0 as OpenAPI 3.0.
pub(super) struct Converted(Normalized);

impl Converted {
    /// Converts a document; `None` if it is not Swagger 2.0.
    pub(super) fn of(document: &Value) -> Option<Self> {
        let is_swagger = Kind::root(document) == Kind::Swagger;
        is_swagger.then(|| {
            Self(run_pass(
                &swagger::PASS,
                document.clone(),
                Strictness::Strict,
            ))
        })
    }

    /// What a rule reports. A node that was copied is reported once.
    pub(super) fn check(&self, rule: &Rule) -> Vec<Diagnostic> {
        let Self(converted) = self;
        let mut report = Report {
            version: Version::V2_0,
            ..Report::new(&converted.document)
        };
        (rule.check)(&mut report);
        let mut seen = HashSet::new();
        let found = report.found.into_iter().filter_map(|mut diagnostic| {
            diagnostic.pointer = converted.origin(&diagnostic.pointer);
            let key = (
                diagnostic.code,
                diagnostic.pointer.clone(),
                diagnostic.message.clone(),
            );
            let is_new = !ALLOWED.contains(&diagnostic.code) && seen.insert(key);
            is_new.then_some(diagnostic)
        });
        found.collect()
    }
}
