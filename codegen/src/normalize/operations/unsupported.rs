//! Leaves out callbacks and links.
//!
//! Callbacks are requests that the server sends, links suggest the next request. A client works without both.

use serde_json::Value;

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::grammar::Kind;
use crate::openapi::walk::each;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new("unsupported", "leaves out callbacks and links", apply);

fn apply(document: &mut Value, log: &mut Log) {
    each(document, Kind::Operation, |place, operation| {
        if let Some(callbacks) = operation.shift_remove("callbacks") {
            let names = names(&callbacks);
            let what = format!("left out: the server sends these requests{names}");
            log.change(&place.join("callbacks"), what);
        }
    });
    each(document, Kind::Response, |place, response| {
        if let Some(links) = response.shift_remove("links") {
            let what = format!("left out: clients do not use links{}", names(&links));
            log.change(&place.join("links"), what);
        }
    });
    for section in ["callbacks", "links"] {
        let components = document.get_mut("components");
        let components = components.and_then(Value::as_object_mut);
        if let Some(nodes) = components.and_then(|it| it.shift_remove(section)) {
            let place = Pointer::from_tokens(["components", section]);
            let what = format!("removed: nothing uses them{}", names(&nodes));
            log.change(&place, what);
        }
    }
}

/// The first names in a map, for a message.
fn names(map: &Value) -> String {
    const SHOWN: usize = 5;
    let Some(map) = map.as_object().filter(|map| !map.is_empty()) else {
        return String::new();
    };
    let shown: Vec<String> = map.keys().take(SHOWN).map(|it| format!("`{it}`")).collect();
    let more = match map.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(" ({}{more})", shown.join(", "))
}
