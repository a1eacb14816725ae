//! Components are used by some operation.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::openapi::grammar::{Holds, Kind};
use crate::pointer::Pointer;
use crate::slice::used_components;

pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    let Some(used) = used_components(document) else {
        // Without operations the document is a library of components.
        return;
    };
    for section in Kind::Components.members() {
        let place = Pointer::from_tokens(["components", section.name]);
        let (Holds::Map(kind), Some(Value::Object(members))) = (section.holds, place.get(document))
        else {
            continue;
        };
        for name in members.keys() {
            let place = place.join(name);
            if !used.contains(&place) {
                let message = format!("no operation uses this {}", kind.name());
                let note = Diagnostic::note(Code::UNUSED_COMPONENT, place, message);
                found.push(note.help("slice the document to leave such components out"));
            }
        }
    }
}
