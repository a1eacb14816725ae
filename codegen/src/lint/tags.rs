//! Tags have different names, and the parent of a tag is another tag that does not have it as its own parent.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Report;
use crate::diagnostic::{Code, brief};
use crate::openapi::grammar::Kind;

pub(super) fn check(report: &mut Report) {
    let mut parents: HashMap<&str, Option<&str>> = HashMap::new();
    report.each(Kind::Tag, |report, place, tag| {
        let text = |name| tag.get(name).and_then(Value::as_str);
        let Some(name) = text("name") else {
            return;
        };
        if parents.contains_key(name) {
            let message = format!("the tag `{name}` is declared twice");
            let help = "remove one of them";
            let place = place.pointer().join("name");
            report.warn(Code::DUPLICATE_TAG, place, message, help);
        } else {
            parents.insert(name, text("parent"));
        }
    });
    report.each(Kind::Tag, |report, place, tag| {
        let text = |name| tag.get(name).and_then(Value::as_str);
        let (Some(name), Some(parent)) = (text("name"), text("parent")) else {
            return;
        };
        let place = place.pointer().join("parent");
        if !parents.contains_key(parent) {
            let message = format!("the document has no tag `{}`", brief(parent));
            let names = parents.keys().copied();
            let help = report.suggest(parent, names, "add it to `tags`, or remove `parent`");
            report.warn(Code::INVALID_VALUE, place, message, help);
        } else if is_own_ancestor(&parents, name) {
            let message = format!("the tag `{}` is its own parent", brief(name));
            let help = "remove `parent` from one of the tags of this loop";
            report.warn(Code::INVALID_VALUE, place, message, help);
        }
    });
}

fn is_own_ancestor(parents: &HashMap<&str, Option<&str>>, name: &str) -> bool {
    let mut seen = HashSet::new();
    let mut at = name;
    while let Some(Some(parent)) = parents.get(at) {
        if *parent == name {
            return true;
        }
        if !seen.insert(*parent) {
            return false;
        }
        at = parent;
    }
    false
}
