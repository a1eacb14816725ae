//! Operations use every component.

use serde_json::Value;

use super::Report;
use crate::diagnostic::Code;
use crate::openapi::grammar::{Holds, Kind};
use crate::slice::used_components;

pub(super) fn check(report: &mut Report) {
    let document = report.document;
    let Some(used) = used_components(document) else {
        // A document without operations is a library of components.
        return;
    };
    for (place, section) in Kind::root(document).homes() {
        let (Holds::Map(kind), Some(Value::Object(members))) = (section.holds, place.get(document))
        else {
            continue;
        };
        let places = members.keys().map(|name| place.join(name));
        for place in places.filter(|place| !used.contains(place)) {
            let message = format!("no operation uses this {}", kind.name());
            let help = "slice the document to leave such components out";
            report.note(Code::UNUSED_COMPONENT, place, message, help);
        }
    }
}
