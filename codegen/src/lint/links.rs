//! Links name operations of the document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::grammar::Kind;

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
    });
}
