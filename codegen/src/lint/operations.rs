//! Operations have different ids, and responses.

use std::collections::HashMap;

use serde_json::Value;

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::Version;
use crate::openapi::grammar::Kind;
use crate::openapi::methods;
use crate::pointer::Pointer;

pub(super) fn check(report: &mut Report) {
    check_ids(report);
    check_responses(report);
    check_paths(report);
    check_methods(report);
}

/// `additionalOperations` is for the methods that have no member of their own. It has them as they are sent.
fn check_methods(report: &mut Report) {
    report.each(Kind::PathItem, |report, place, item| {
        let additional = item.get(methods::ADDITIONAL).and_then(Value::as_object);
        for method in additional.into_iter().flat_map(|it| it.keys()) {
            let own = method.to_ascii_lowercase();
            let has_member = methods::names().any(|name| name == own);
            if has_member && *method == method.to_ascii_uppercase() {
                let message = format!("the method `{method}` has a member of its own: `{own}`");
                let help = format!("move the operation to `{own}`");
                let place = place.pointer().join(methods::ADDITIONAL).join(method);
                report.warn(Code::INVALID_VALUE, place, message, help);
            }
        }
    });
}

/// The id of an operation must be unique in the document. Callbacks have operations too.
fn check_ids(report: &mut Report) {
    let mut first: HashMap<&str, Pointer> = HashMap::new();
    report.each(Kind::Operation, |report, place, operation| {
        let Some(id) = operation.get("operationId").and_then(Value::as_str) else {
            return;
        };
        let here = place.pointer();
        if let Some(other) = first.get(id) {
            let message = format!("the operation `#{other}` has the same `operationId`: `{id}`");
            let help =
                "give each operation its own `operationId`: links and generated names refer to it";
            let place = here.join("operationId");
            report.warn(Code::DUPLICATE_OPERATION_ID, place, message, help);
        } else {
            first.insert(id, here);
        }
    });
}

fn check_responses(report: &mut Report) {
    let is_required = Version::of(report.document).is_ok_and(|version| version == Version::V3_0);
    report.each(Kind::Operation, |report, place, operation| {
        let is_missing = operation.is_object() && operation.get("responses").is_none();
        if is_required && is_missing {
            let help = "OpenAPI 3.0 requires it: add `responses`";
            let message = "this operation has no `responses`";
            report.warn(Code::MISSING_MEMBER, place.pointer(), message, help);
        }
    });
    report.each(Kind::Responses, |report, place, responses| {
        let statuses = responses.as_object();
        let is_empty = statuses.is_some_and(|it| !it.keys().any(|name| !name.starts_with("x-")));
        if is_empty {
            let message = "there must be at least one response";
            let help = "add the response of a successful request";
            report.warn(Code::MISSING_MEMBER, place.pointer(), message, help);
        }
    });
}

fn check_paths(report: &mut Report) {
    let Ok(version) = Version::of(report.document) else {
        return;
    };
    let has = |name: &str| report.document.get(name).is_some();
    let (is_missing, what) = match version {
        Version::V2_0 | Version::V3_0 => (!has("paths"), "`paths`"),
        Version::V3_1 | Version::V3_2 => (
            !has("paths") && !has("components") && !has("webhooks"),
            "one of `paths`, `components` and `webhooks`",
        ),
    };
    if is_missing {
        let message = format!("the document must have {what}");
        let help = "add the paths of the API; `paths: {}` if it has none";
        report.warn(Code::MISSING_MEMBER, Pointer::root(), message, help);
    }
}
