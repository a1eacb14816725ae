//! Copies a document without the nodes that are not needed.

use serde_json::{Map, Value};

use super::reach::Reached;
use crate::openapi::grammar::Kind;
use crate::openapi::methods::{ADDITIONAL, is_method};
use crate::pointer::Pointer;

pub(super) fn cut(document: &Value, reached: &Reached) -> Value {
    let root = Pointer::root();
    let empty = Map::new();
    let members = document.as_object().unwrap_or(&empty);
    let kept = members.iter().filter_map(|(name, value)| {
        let place = root.join(name);
        let value = match name.as_str() {
            "paths" => filtered(value, |path, item| {
                let is_extension = path.starts_with("x-");
                let kept = is_extension.then(|| item.clone());
                kept.or_else(|| path_item(item, &place.join(path), reached))
            }),
            "webhooks" => some(filtered(value, |name, item| {
                path_item(item, &place.join(name), reached)
            }))?,
            "components" => some(components(value, &place, reached))?,
            "tags" => some(tags(value, reached))?,
            "x-tagGroups" => some(tag_groups(value, reached))?,
            "security" if !reached.inherits_security => return None,
            name if Kind::Document.member(name).is_none() => some(units(value, &place, reached))?,
            _ => value.clone(),
        };
        Some((name.clone(), value))
    });
    let mut document = Value::Object(kept.collect());
    for link in &reached.cut_links {
        remove_link(&mut document, link);
    }
    document
}

/// `None` for an empty array or object: a section without members is removed too.
fn some(value: Value) -> Option<Value> {
    let is_empty = match &value {
        Value::Object(members) => members.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        _ => false,
    };
    (!is_empty).then_some(value)
}

fn path_item(item: &Value, place: &Pointer, reached: &Reached) -> Option<Value> {
    reached.items.contains(place).then(|| {
        filtered(item, |name, member| {
            if name == ADDITIONAL {
                return some(units(member, &place.join(name), reached));
            }
            let is_kept = !is_method(name) || reached.units.contains(&place.join(name));
            is_kept.then(|| member.clone())
        })
    })
}

fn components(value: &Value, place: &Pointer, reached: &Reached) -> Value {
    let mut kept = filtered(value, |section, members| {
        if Kind::Components.member(section).is_none() || section.starts_with("x-") {
            return Some(members.clone());
        }
        some(units(members, &place.join(section), reached))
    });
    // Extensions without any component are removed too.
    if let Value::Object(sections) = &mut kept
        && sections.keys().all(|section| section.starts_with("x-"))
    {
        sections.clear();
    }
    kept
}

fn units(value: &Value, place: &Pointer, reached: &Reached) -> Value {
    filtered(value, |name, member| {
        let is_kept = reached.units.contains(&place.join(name));
        is_kept.then(|| member.clone())
    })
}

fn tags(value: &Value, reached: &Reached) -> Value {
    let Value::Array(tags) = value else {
        return value.clone();
    };
    let is_used = |tag: &&Value| {
        let name = tag.get("name").and_then(Value::as_str);
        name.is_some_and(|name| reached.tags.contains(name))
    };
    Value::Array(tags.iter().filter(is_used).cloned().collect())
}

/// The groups of tags (an extension that several documentation tools read) without tags that are not in the slice.
fn tag_groups(value: &Value, reached: &Reached) -> Value {
    let Value::Array(groups) = value else {
        return value.clone();
    };
    let kept = groups.iter().filter_map(|group| {
        let Some(Value::Array(tags)) = group.get("tags") else {
            return Some(group.clone());
        };
        let is_used = |tag: &&Value| tag.as_str().is_none_or(|it| reached.tags.contains(it));
        let used = some(tags.iter().filter(is_used).cloned().collect())?;
        let mut group = group.clone();
        group["tags"] = used;
        Some(group)
    });
    Value::Array(kept.collect())
}

/// An object without the members for which `keep` gives `None`. Any other value stays as it is.
fn filtered(value: &Value, keep: impl Fn(&str, &Value) -> Option<Value>) -> Value {
    let Value::Object(members) = value else {
        return value.clone();
    };
    let kept = members
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), keep(name, value)?)));
    Value::Object(kept.collect())
}

fn remove_link(document: &mut Value, link: &Pointer) {
    let (Some(links), Some(name)) = (link.parent(), link.last()) else {
        return;
    };
    if let Some(Value::Object(members)) = links.get_mut(document) {
        members.shift_remove(&name);
        if !members.is_empty() {
            return;
        }
    }
    if let (Some(owner), Some(last)) = (links.parent(), links.last())
        && let Some(Value::Object(members)) = owner.get_mut(document)
    {
        members.shift_remove(&last);
    }
}
