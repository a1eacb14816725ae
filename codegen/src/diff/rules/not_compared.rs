//! Parts that no client can be generated for. They are left out of the client, so the documents are compared as they were published.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use crate::diff::found::{Found, Note, Place};
use crate::diff::label;
use crate::diff::prose::without_prose;
use crate::diff::rule::{Effect, Rule};
use crate::diff::side::Side;
use crate::openapi::methods;
use crate::openapi::reference::resolver;
use crate::pointer::Pointer;

pub(super) const NOT_COMPARED: Rule = Rule::whole(
    "not-compared",
    "A part that no client can be generated for changed: not classified.",
)
.deployed(Effect::Risk("nobody knows"));

/// Compares what was left out of one of the clients, or of both.
pub(super) fn check(base: &Side, revision: &Side, found: &mut Found) {
    let (old, new) = (left_out(base), left_out(revision));
    for place in old.union(&new) {
        let what = match (old.contains(place), new.contains(place)) {
            (true, true) if reachable(base, place) == reachable(revision, place) => continue,
            (true, true) => "not classified: no client can be generated for it, and it changed",
            (true, false) => {
                "not classified: no client could be generated for the old version of it"
            }
            _ => "not classified: no client can be generated for the new version of it",
        };
        let note = Note {
            subject: label::of(revision.published(), place),
            what: what.to_owned(),
            base: Some(Place::Published(place.clone())),
            revision: Some(Place::Published(place.clone())),
        };
        found.add(&NOT_COMPARED, Vec::new(), note);
    }
}

/// The operations that the client does not have, and what else is wrong outside of them.
fn left_out(side: &Side) -> BTreeSet<Pointer> {
    if side.normalized.left_out.is_empty() {
        return BTreeSet::new();
    }
    let operations = side.model.operations.iter();
    let known: HashSet<Pointer> = operations.map(|it| side.origin(&it.place)).collect();
    let mut places = BTreeSet::new();
    let paths = side.published().get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let members = item.as_object().into_iter().flatten();
        for (method, _) in members.filter(|(method, _)| methods::is_method(method)) {
            let place = Pointer::from_tokens(["paths", path, method]);
            if !known.contains(&place) {
                places.insert(place);
            }
        }
    }
    let others = side.normalized.left_out.iter().filter(|fault| {
        let inside = |place: &Pointer| fault.as_str().starts_with(&format!("{place}/"));
        !places.iter().any(inside)
    });
    let others: Vec<Pointer> = others.cloned().collect();
    places.extend(others);
    places
}

/// A node and everything that it refers to, without prose.
fn reachable(side: &Side, place: &Pointer) -> BTreeMap<Pointer, Value> {
    let mut nodes = BTreeMap::new();
    let mut open = vec![place.clone()];
    while let Some(place) = open.pop() {
        if nodes.contains_key(&place) {
            continue;
        }
        let node = place.get(side.published()).cloned().unwrap_or(Value::Null);
        references(&node, side, &mut open);
        nodes.insert(place, without_prose(node));
    }
    nodes
}

/// The targets of all references in a node.
fn references(node: &Value, side: &Side, targets: &mut Vec<Pointer>) {
    match node {
        Value::Object(members) => {
            let text = members.get("$ref").and_then(Value::as_str);
            let target = text.and_then(|text| resolver::step(side.published(), text).ok());
            targets.extend(target.map(|(target, _)| target));
            for member in members.values() {
                references(member, side, targets);
            }
        }
        Value::Array(elements) => {
            for element in elements {
                references(element, side, targets);
            }
        }
        _ => {}
    }
}
