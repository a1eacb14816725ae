//! Bounds of numbers, lengths and sizes, and other constraints that only the server checks.

use std::cmp::Ordering;

use serde_json::Value;

use crate::diff::found::{Here, Note, Place};
use crate::diff::rule::{Both, Effect, Rule};
use crate::diff::schemas::View;
use crate::diff::walk::SchemaPair;

pub(super) const TIGHTENED: Both = Both {
    request: &Rule::request("request-bound-tightened", "Fewer values are accepted.")
        .deployed(Effect::Risk("a value that was accepted may be refused"))
        .mirror("response-bound-tightened"),
    response: &Rule::response("response-bound-tightened", "Values have tighter bounds.")
        .new_client(Effect::Harmless("clients do not check bounds"))
        .mirror("request-bound-tightened"),
};

pub(super) const LOOSENED: Both = Both {
    request: &Rule::request("request-bound-loosened", "More values are accepted.")
        .new_client(Effect::Risk("a value that is accepted now may be refused"))
        .mirror("response-bound-loosened"),
    response: &Rule::response("response-bound-loosened", "Values have wider bounds.")
        .deployed(Effect::Harmless("clients do not check bounds"))
        .mirror("request-bound-loosened"),
};

/// Keywords whose value must be at least as large as in the other schema to be tighter.
const LOWER: &[&str] = &["minimum", "minLength", "minItems", "minProperties"];
/// Keywords whose value must be at most as large to be tighter.
const UPPER: &[&str] = &["maximum", "maxLength", "maxItems", "maxProperties"];
/// Keywords that only restrict values; with another value nobody can tell whether they are tighter.
const OTHER: &[&str] = &["pattern", "multipleOf"];
/// Keywords that are tighter if they are `true`.
const FLAGS: &[&str] = &["exclusiveMinimum", "exclusiveMaximum", "uniqueItems"];

/// The keywords that this file compares.
pub(super) fn keywords() -> impl Iterator<Item = &'static str> {
    [LOWER, UPPER, OTHER, FLAGS].into_iter().flatten().copied()
}

pub(super) fn check(pair: &SchemaPair, here: &mut Here) {
    for keyword in keywords() {
        let bound = |view: &View<'_>| {
            let bound = view.node.get(keyword);
            bound
                .filter(|bound| !allows_everything(keyword, bound))
                .cloned()
        };
        let (old, new) = (bound(&pair.base), bound(&pair.revision));
        let (old, new) = (old.as_ref(), new.as_ref());
        let Some(is_tighter) = is_tighter(keyword, old, new) else {
            continue;
        };
        let rules = if is_tighter { &TIGHTENED } else { &LOOSENED };
        let shown =
            |value: Option<&Value>| value.map_or_else(|| "none".to_owned(), |it| format!("`{it}`"));
        let note = Note {
            subject: pair.subject.clone(),
            what: format!("{keyword} {} → {}", shown(old), shown(new)),
            base: Some(Place::Normalized(pair.base.place.clone())),
            revision: Some(Place::Normalized(pair.revision.place.clone())),
        };
        here.add(rules, note);
    }
}

/// Whether a bound excludes no value.
fn allows_everything(keyword: &str, bound: &Value) -> bool {
    match keyword {
        "pattern" => matches_everything(bound),
        // No string, array or object is shorter than nothing.
        "minLength" | "minItems" | "minProperties" => bound.as_u64() == Some(0),
        _ => false,
    }
}

/// Whether a pattern is one of the usual ways to write that every string is accepted. `^.*$` is none: it refuses lines.
fn matches_everything(pattern: &Value) -> bool {
    let pattern = pattern.as_str();
    pattern.is_some_and(|it| matches!(it, "" | "^" | "$" | ".*" | "(.*)" | "^.*" | ".*$"))
}

/// Whether the new value is tighter; `None` if nothing changed. What may be either counts as tighter.
fn is_tighter(keyword: &str, old: Option<&Value>, new: Option<&Value>) -> Option<bool> {
    if FLAGS.contains(&keyword) {
        let is = |value: Option<&Value>| value == Some(&Value::Bool(true));
        return (is(old) != is(new)).then(|| is(new));
    }
    let (old, new) = match (old, new) {
        (None, None) => return None,
        (None, Some(_)) => return Some(true),
        (Some(_), None) => return Some(false),
        (Some(old), Some(new)) => (old, new),
    };
    match (old.as_f64(), new.as_f64()) {
        (Some(one), Some(other)) => match one.partial_cmp(&other)? {
            Ordering::Equal => None,
            Ordering::Less => Some(!UPPER.contains(&keyword)),
            Ordering::Greater => Some(!LOWER.contains(&keyword)),
        },
        _ => (old != new).then_some(true),
    }
}
