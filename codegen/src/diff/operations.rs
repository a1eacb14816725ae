//! Pairs the operations of two documents and the parts of each.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::model::{Operation, Parameter, ParameterPlace, Response};

use super::change::{Direction, Use};
use super::found::{Found, Note, Place};
use super::rules;
use super::side::Side;

/// Two versions of an operation.
pub(super) struct OperationPair<'s> {
    pub(super) base_side: &'s Side<'s>,
    pub(super) revision_side: &'s Side<'s>,
    pub(super) base: &'s Operation<'s>,
    pub(super) revision: &'s Operation<'s>,
}

impl OperationPair<'_> {
    /// Method and path, as the new document has them.
    pub(super) fn name(&self) -> String {
        name(self.revision)
    }

    /// The operation as a whole, or a part of it.
    pub(super) fn part(&self, part: impl Into<String>) -> Use {
        Use {
            operation: self.name(),
            part: part.into(),
        }
    }

    /// A change of the operation itself.
    pub(super) fn note(&self, what: impl Into<String>) -> Note {
        Note {
            subject: self.name(),
            what: what.into(),
            base: Some(Place::Normalized(self.base.place.clone())),
            revision: Some(Place::Normalized(self.revision.place.clone())),
        }
    }
}

/// Method and path.
pub(super) fn name(operation: &Operation) -> String {
    format!("{} {}", operation.method, operation.path)
}

/// Compares the operations, and begins the comparison of their schemas.
pub(super) fn compare<'s>(base: &'s Side<'s>, revision: &'s Side<'s>, found: &mut Found) {
    let revised = &revision.model.operations;
    for operation in revised {
        found.operation(name(operation));
    }
    let (mut removed, mut added) = (
        base.model.operations.iter().collect(),
        revised.iter().collect(),
    );
    // A document may have several paths that differ only in the names of their parameters: the same path comes first.
    let mut pairs = take_pairs(&mut removed, &mut added, |operation| {
        (operation.path.clone(), key(operation))
    });
    pairs.extend(take_pairs(&mut removed, &mut added, key));
    // An operation that keeps its id and has another path was moved.
    added.retain(|operation| {
        let same = removed
            .iter()
            .position(|old| old.id == operation.id && !old.id.is_empty());
        let Some(same) = same else { return true };
        let old = removed.remove(same);
        pairs.push((old, operation));
        false
    });
    for operation in removed {
        found.operation(name(operation));
        rules::operation::removed(operation, found);
    }
    for operation in added {
        rules::operation::added(operation, found);
    }
    for (one, other) in pairs {
        let pair = OperationPair {
            base_side: base,
            revision_side: revision,
            base: one,
            revision: other,
        };
        for check in rules::OPERATIONS {
            check(&pair, found);
        }
        schemas(&pair, found);
    }
}

/// Takes the operations that have the same key out of both lists, in the order of the new ones.
fn take_pairs<'s, K: Eq + Hash>(
    old: &mut Vec<&'s Operation<'s>>,
    new: &mut Vec<&'s Operation<'s>>,
    key: impl Fn(&Operation) -> K,
) -> Vec<(&'s Operation<'s>, &'s Operation<'s>)> {
    let mut known: HashMap<K, VecDeque<&Operation>> = HashMap::new();
    for operation in old.drain(..) {
        known
            .entry(key(operation))
            .or_default()
            .push_back(operation);
    }
    let mut pairs = Vec::new();
    new.retain(|operation| {
        let same = known.get_mut(&key(operation)).and_then(VecDeque::pop_front);
        pairs.extend(same.map(|same| (same, *operation)));
        same.is_none()
    });
    old.extend(known.into_values().flatten());
    old.sort_by(|one, other| (&one.path, &one.method).cmp(&(&other.path, &other.method)));
    pairs
}

/// What identifies an operation on the wire: the method, and the path without the names of its parameters.
pub(super) fn key(operation: &Operation) -> (String, String, Vec<(String, String)>) {
    let mut path = String::new();
    let mut is_name = false;
    for character in operation.path.chars() {
        match character {
            '{' => {
                is_name = true;
                path.push_str("{}");
            }
            '}' => is_name = false,
            other if !is_name => path.push(other),
            _ => {}
        }
    }
    (
        operation.method.clone(),
        path,
        operation.fixed_query.clone(),
    )
}

/// The parameters of both versions that are the same one.
pub(super) fn parameters<'o>(
    pair: &OperationPair<'o>,
) -> (
    Vec<(&'o Parameter<'o>, &'o Parameter<'o>)>,
    Vec<&'o Parameter<'o>>,
    Vec<&'o Parameter<'o>>,
) {
    let mut old: Vec<&Parameter> = pair.base.parameters.iter().collect();
    let (mut both, mut added) = (Vec::new(), Vec::new());
    let old_path = names_in(&pair.base.path);
    let new_path = names_in(&pair.revision.path);
    for parameter in &pair.revision.parameters {
        let is_same = |other: &&Parameter| {
            if other.place != parameter.place {
                return false;
            }
            match parameter.place {
                // Its position counts, not its name.
                ParameterPlace::Path => {
                    let position =
                        |names: &[String], name: &str| names.iter().position(|it| it == name);
                    position(&old_path, &other.name) == position(&new_path, &parameter.name)
                }
                ParameterPlace::Header => other.name.eq_ignore_ascii_case(&parameter.name),
                _ => other.name == parameter.name,
            }
        };
        match old.iter().position(is_same) {
            Some(index) => both.push((old.remove(index), parameter)),
            None => added.push(parameter),
        }
    }
    (both, added, old)
}

/// The names in a path template, in their order.
fn names_in(path: &str) -> Vec<String> {
    let parts = path.split('{').skip(1);
    let names = parts.filter_map(|part| Some(part.split_once('}')?.0.to_owned()));
    names.collect()
}

/// The responses of both versions with the same statuses, each with the name of the status.
pub(super) fn responses<'o>(
    base: &'o [Response<'o>],
    revision: &'o [Response<'o>],
) -> (
    Vec<(&'o Response<'o>, &'o Response<'o>)>,
    Vec<&'o Response<'o>>,
    Vec<&'o Response<'o>>,
) {
    let mut old: Vec<&Response> = base.iter().collect();
    let (mut both, mut added) = (Vec::new(), Vec::new());
    for response in revision {
        match old.iter().position(|it| it.statuses == response.statuses) {
            Some(index) => both.push((old.remove(index), response)),
            None => added.push(response),
        }
    }
    (both, added, old)
}

/// Begins the comparison of the schemas of parameters, bodies and responses.
fn schemas(pair: &OperationPair, found: &mut Found) {
    let (both, ..) = parameters(pair);
    for (base, revision) in both {
        let part = pair.part(format!("parameter {}", revision.name));
        let (base, revision) = (base.typed.place.clone(), revision.typed.place.clone());
        found.root(base, revision, Direction::Request, part);
    }
    if let (Some(base), Some(revision)) = (&pair.base.body, &pair.revision.body) {
        let (base, revision) = (base.typed.place.clone(), revision.typed.place.clone());
        found.root(base, revision, Direction::Request, pair.part("request"));
    }
    for (base, revision) in [
        (&pair.base.success, &pair.revision.success),
        (&pair.base.errors, &pair.revision.errors),
    ] {
        let (both, ..) = responses(base, revision);
        for (base, revision) in both {
            let part = pair.part(revision.statuses.to_string());
            if let (Some((_, base)), Some((_, revision))) = (&base.content, &revision.content) {
                let (base, revision) = (base.place.clone(), revision.place.clone());
                found.root(base, revision, Direction::Response, part);
            }
        }
    }
}
