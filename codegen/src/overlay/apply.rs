//! Applies the actions of an overlay in order.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::{Action, Effect, Overlay};
use crate::diagnostic::{Code, Diagnostic};
use crate::lines::Location;
use crate::pointer::Pointer;

/// The effect of one action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Applied {
    /// The target, as the overlay writes it.
    pub target: String,
    /// The description, as the overlay writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the action removed the matched nodes. Otherwise it updated them.
    pub removes: bool,
    /// How many nodes the target matched.
    pub matched: usize,
    /// How many nodes the action changed.
    pub changed: usize,
    /// The place of the target in the overlay.
    pub location: Location,
}

/// Applies an overlay to a document.
///
/// An update merges objects member by member, at every depth, appends arrays to arrays, and replaces any other value. If the
/// target is an array, the update is appended: an array adds all its elements, any other value is one new element. A copy is an
/// update with a node of the document. Each action works on the result of the action before it.
///
/// # Errors
///
/// Each action that matches nothing, that changes nothing, or that would remove the whole document, with its place in the
/// overlay; each update of another kind than its target: only objects merge with objects, and an array or an object never takes
/// the place of another kind of value. One run reports all of them.
pub fn apply(document: Value, overlay: &Overlay) -> Result<(Value, Vec<Applied>), Vec<Diagnostic>> {
    let (document, applied, faults) = apply_each(document, overlay);
    if faults.is_empty() {
        Ok((document, applied))
    } else {
        Err(faults)
    }
}

/// As [`apply`], but also gives the document if some actions have faults: they changed nothing. The faults have their places in the
/// overlay.
#[must_use]
pub fn apply_each(document: Value, overlay: &Overlay) -> (Value, Vec<Applied>, Vec<Diagnostic>) {
    let mut document = document;
    let mut applied = Vec::new();
    let mut faults = Vec::new();
    for action in &overlay.actions {
        match apply_action(&mut document, action) {
            Ok((matched, changed)) => applied.push(Applied {
                target: action.target.clone(),
                description: action.description.clone(),
                removes: matches!(action.effect, Effect::Remove),
                matched,
                changed,
                location: overlay.document.locate(&action.pointer.join("target")),
            }),
            Err(fault) => faults.push(overlay.document.place(*fault)),
        }
    }
    (document, applied, faults)
}

fn apply_action(document: &mut Value, action: &Action) -> Result<(usize, usize), Box<Diagnostic>> {
    let fault = |code, message: String, help: &str| {
        let place = action.pointer.join("target");
        Box::new(Diagnostic::error(code, place, message).help(help))
    };
    let places: BTreeSet<Pointer> = action
        .path
        .query_located(document)
        .iter()
        .filter_map(|node| Pointer::parse(&node.location().to_json_pointer()))
        .collect();
    if places.is_empty() {
        return Err(fault(
            Code::OVERLAY_ACTION_WITHOUT_MATCH,
            format!(
                "the action {} matches nothing in the document",
                action.name()
            ),
            "if the document no longer has the fault, remove the action; otherwise correct its target",
        ));
    }
    let changed = match &action.effect {
        Effect::Remove if places.contains(&Pointer::root()) => {
            return Err(fault(
                Code::INVALID_OVERLAY,
                format!(
                    "the action {} would remove the whole document",
                    action.name()
                ),
                "choose a part of the document as its target",
            ));
        }
        Effect::Remove => remove(document, &places),
        Effect::Update(value) => update(document, &places, value, action, "update")?,
        Effect::Copy(source) => {
            let Ok(source) = source.query(document).exactly_one() else {
                let place = action.pointer.join("copy");
                let message = format!(
                    "the action {} does not copy exactly one node",
                    action.name()
                );
                let help = "correct `copy`: it must select one node of the document";
                let fault = Diagnostic::error(Code::OVERLAY_ACTION_WITHOUT_MATCH, place, message);
                return Err(Box::new(fault.help(help)));
            };
            let source = source.clone();
            update(document, &places, &source, action, "copy")?
        }
    };
    if changed == 0 {
        return Err(fault(
            Code::OVERLAY_ACTION_WITHOUT_EFFECT,
            format!(
                "the action {} changes nothing: the document already has this content",
                action.name()
            ),
            "remove the action",
        ));
    }
    Ok((places.len(), changed))
}

/// Updates nodes, all of them or none. Gives the number of nodes that have changed. `member` is the member of the action that has
/// the update.
fn update(
    document: &mut Value,
    places: &BTreeSet<Pointer>,
    update: &Value,
    action: &Action,
    member: &str,
) -> Result<usize, Box<Diagnostic>> {
    for place in places {
        let Some(node) = place.get(document) else {
            continue;
        };
        if let Some(mismatch) = mismatch_with_target(node, update) {
            let mut at = action.pointer.join(member);
            if member == "update" {
                at = at.append(&mismatch.at);
            }
            let node = place.append(&mismatch.at);
            let message = format!(
                "the action {} would put {} in the place of {} at `{node}`",
                action.name(),
                kind(mismatch.update),
                kind(mismatch.node),
            );
            let help = "write a value of the same kind; to replace the node by another kind of value, remove it first";
            let fault = Diagnostic::error(Code::OVERLAY_KIND_MISMATCH, at, message);
            return Err(Box::new(fault.help(help)));
        }
    }
    let mut changed = 0;
    // From the end: inner nodes first, because an update of an outer node may change them.
    for place in places.iter().rev() {
        if let Some(node) = place.get_mut(document) {
            changed += usize::from(match node {
                Value::Array(elements) if !update.is_array() => {
                    elements.push(update.clone());
                    true
                }
                _ => merge(node, update),
            });
        }
    }
    Ok(changed)
}

/// A node and its update of different kinds, and their place below the target and below the update.
struct Mismatch<'v> {
    at: Pointer,
    node: &'v Value,
    update: &'v Value,
}

fn mismatch_with_target<'v>(node: &'v Value, update: &'v Value) -> Option<Mismatch<'v>> {
    // An array takes any value as a new element.
    (!node.is_array()).then(|| mismatch(node, update, &Pointer::root()))?
}

fn mismatch<'v>(node: &'v Value, update: &'v Value, at: &Pointer) -> Option<Mismatch<'v>> {
    if let (Value::Object(members), Value::Object(updates)) = (node, update) {
        let both =
            (updates.iter()).filter_map(|(name, value)| Some((name, members.get(name)?, value)));
        return both
            .into_iter()
            .find_map(|(name, node, update)| mismatch(node, update, &at.join(name)));
    }
    (kind(node) != kind(update)).then(|| Mismatch {
        at: at.clone(),
        node,
        update,
    })
}

/// The kinds of values that the Overlay Specification distinguishes.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "an array",
        _ => "a primitive value",
    }
}

/// Removes nodes. Removes inner nodes first and array elements from the end, so that the other pointers stay valid.
fn remove(document: &mut Value, places: &BTreeSet<Pointer>) -> usize {
    let mut order: Vec<(usize, usize, &Pointer)> = places
        .iter()
        .map(|place| {
            let index = place.last().and_then(|token| token.parse().ok());
            (place.tokens().count(), index.unwrap_or(0), place)
        })
        .collect();
    order.sort_by(|one, other| other.cmp(one));
    let mut removed = 0;
    for (_, index, place) in order {
        let parent = place.parent().and_then(|parent| parent.get_mut(document));
        removed += usize::from(match (parent, place.last()) {
            (Some(Value::Object(members)), Some(name)) => members.shift_remove(&name).is_some(),
            (Some(Value::Array(elements)), Some(_)) if index < elements.len() => {
                elements.remove(index);
                true
            }
            _ => false,
        });
    }
    removed
}

/// Merges an update into a node. Gives whether the node has changed.
fn merge(node: &mut Value, update: &Value) -> bool {
    match (node, update) {
        (Value::Object(members), Value::Object(update)) => {
            let mut changed = false;
            for (name, value) in update {
                if let Some(member) = members.get_mut(name) {
                    changed |= merge(member, value);
                } else {
                    members.insert(name.clone(), value.clone());
                    changed = true;
                }
            }
            changed
        }
        (Value::Array(elements), Value::Array(more)) => {
            elements.extend(more.iter().cloned());
            !more.is_empty()
        }
        (node, update) => {
            let changed = node != update;
            if changed {
                node.clone_from(update);
            }
            changed
        }
    }
}
