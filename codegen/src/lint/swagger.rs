//! Rules for OpenAPI 3 check what Swagger 2.0 is converted to, with the places of the author's document. One rule is about what only
//! Swagger 2.0 requires.

use std::collections::HashSet;

use serde_json::Value;

use super::{Report, Rule};
use crate::diagnostic::{Code, Diagnostic, brief};
use crate::normalize::versions::swagger;
use crate::normalize::{Normalized, Strictness, run_pass};
use crate::openapi::Version;
use crate::openapi::grammar::Kind;
use crate::openapi::place::Place;

/// Codes for what Swagger 2.0 allows: the names of its definitions can have any characters.
const ALLOWED: &[Code] = &[Code::INVALID_NAME];

/// Reports what only Swagger 2.0 requires.
pub(super) fn check(report: &mut Report) {
    report.each(Kind::SwaggerParameter, |report, place, parameter| {
        let is_body = parameter.get("in").is_some_and(|it| it == "body");
        if is_body && parameter.get("schema").is_none() {
            let message = "a parameter with `in: body` must have a `schema`";
            let help = "add the `schema` of the body";
            report.warn(Code::MISSING_MEMBER, place.pointer(), message, help);
        }
    });
    report.each(Kind::SwaggerParameter, check_format);
    report.each(Kind::SwaggerItems, check_format);
    report.each(Kind::SwaggerHeader, check_format);
}

/// `multi` sends a parameter several times, which only queries and forms can.
fn check_format(report: &mut Report, place: &Place, node: &Value) {
    const FORMATS: [&str; 5] = ["csv", "ssv", "tsv", "pipes", "multi"];
    let Some(Value::String(format)) = node.get("collectionFormat") else {
        return;
    };
    let location = node.get("in").and_then(Value::as_str).unwrap_or_default();
    let is_multi_allowed = matches!(location, "query" | "formData");
    let is_known = |name: &&&str| is_multi_allowed || **name != "multi";
    let known: Vec<&str> = FORMATS.iter().filter(is_known).copied().collect();
    if !known.contains(&format.as_str()) {
        let message = format!("`{}` is not a collection format here", brief(format));
        let help = format!("the formats are `{}`", known.join("`, `"));
        let place = place.pointer().join("collectionFormat");
        report.warn(Code::INVALID_VALUE, place, message, help);
    }
}

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
