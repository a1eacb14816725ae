//! Components are used by some operation.

use serde_json::Value;

use crate::openapi::grammar::{Holds, Kind};
use crate::slice::used_components;
use crate::{Code, Diagnostic, Pointer};

pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    let Some(used) = used_components(document) else {
        // Without operations the document is a library of components.
        return;
    };
    for (section, holds, _) in Kind::Components.members() {
        let place = Pointer::from_tokens(["components", section]);
        let (Holds::Map(kind), Some(Value::Object(members))) = (holds, place.get(document)) else {
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
