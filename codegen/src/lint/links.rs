//! Links name operations of the document.

use std::collections::HashSet;

use serde_json::Value;

use super::visit;
use crate::nearest::Suggestions;
use crate::openapi::grammar::{Holds, Kind};
use crate::{Code, Diagnostic};

pub(super) fn check(document: &Value, found: &mut Vec<Diagnostic>) {
    let mut suggestions = Suggestions::default();
    let mut ids = HashSet::new();
    let mut links = Vec::new();
    visit(document, &mut |holds, place, node| {
        let id = node.get("operationId").and_then(Value::as_str);
        match (holds, id) {
            (Holds::One(Kind::Operation), Some(id)) => {
                ids.insert(id);
            }
            (Holds::One(Kind::Link), Some(id)) => links.push((place.pointer(), id)),
            _ => {}
        }
        holds != Holds::Data
    });
    let mut names: Vec<&str> = ids.iter().copied().collect();
    names.sort_unstable();
    for (place, id) in links.into_iter().filter(|(_, id)| !ids.contains(id)) {
        let message =
            format!("the link leads to the operation `{id}`, which the document does not have");
        let help = match suggestions.nearest(id, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "mend the link, or remove it".to_owned(),
        };
        let place = place.join("operationId");
        found.push(Diagnostic::warning(Code::DANGLING_LINK, place, message).help(help));
    }
}
