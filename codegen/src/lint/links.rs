//! Links name operations of the document.

use std::collections::HashSet;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::Suggestions;
use crate::openapi::grammar::Kind;
use crate::openapi::read;

pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    let mut suggestions = Suggestions::default();
    let mut ids = HashSet::new();
    let mut links = Vec::new();
    read::nodes(document, |kind, place, node| {
        let id = node.get("operationId").and_then(Value::as_str);
        match (kind, id) {
            (Kind::Operation, Some(id)) => {
                ids.insert(id);
            }
            (Kind::Link, Some(id)) => links.push((place.pointer(), id)),
            _ => {}
        }
    });
    let mut names: Vec<&str> = ids.iter().copied().collect();
    names.sort_unstable();
    for (place, id) in links.into_iter().filter(|(_, id)| !ids.contains(id)) {
        let message = format!("the link names the operation `{id}`, which does not exist");
        let help = match suggestions.nearest(id, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "correct the link, or remove it".to_owned(),
        };
        let place = place.join("operationId");
        found.push(Diagnostic::warning(Code::DANGLING_LINK, place, message).help(help));
    }
}
