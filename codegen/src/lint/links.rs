//! Links name operations of the document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::grammar::{Holds, Kind};
use crate::openapi::reference::resolver::{Fault, step};
use crate::pointer::Pointer;

pub(super) fn check(report: &mut Report) {
    let id_of = |node| Value::get(node, "operationId").and_then(Value::as_str);
    let mut ids = BTreeSet::new();
    report.each(Kind::Operation, |_, _, operation| {
        ids.extend(id_of(operation));
    });
    report.each(Kind::Link, |report, place, link| {
        if let Some(id) = id_of(link).filter(|id| !ids.contains(id)) {
            let message = format!("the link names the operation `{id}`, which does not exist");
            let help = report.suggest(id, ids.iter().copied(), "correct the link, or remove it");
            let place = place.pointer().join("operationId");
            report.warn(Code::DANGLING_LINK, place, message, help);
        }
        check_reference(report, &place.pointer(), link);
    });
}

/// A link names an operation by its id or by a reference, which leads to an operation if it is to this document.
fn check_reference(report: &mut Report, place: &Pointer, link: &Value) {
    let Some(members) = link.as_object().filter(|it| !it.contains_key("$ref")) else {
        return;
    };
    let Some(reference) = members.get("operationRef") else {
        if !members.contains_key("operationId") {
            let message = "a link must have `operationId` or `operationRef`";
            let help = "name the operation that it leads to";
            report.warn(Code::MISSING_MEMBER, place.clone(), message, help);
        }
        return;
    };
    let target = reference.as_str().map(|text| step(report.document, text));
    let is_wrong = match target {
        Some(Ok((target, _))) => {
            let holds = Holds::at(Kind::root(report.document), &target);
            holds != Holds::One(Kind::Operation)
        }
        Some(Err(Fault::Missing(_))) => true,
        Some(Err(Fault::Elsewhere | Fault::NotAPointer)) | None => false,
    };
    if is_wrong {
        let message = "the link does not lead to an operation";
        let help = "write the place of the operation, e.g. `#/paths/~1pets/get`, or `operationId`";
        let place = place.join("operationRef");
        report.warn(Code::DANGLING_LINK, place, message, help);
    }
}
