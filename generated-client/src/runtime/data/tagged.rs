//! Writes unions: what the variant holds, with the tag that the table lists for it.

use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

use super::node::{Union, View};
use super::union::{Rule, Tag, Variant};
use super::write::each_member;

/// A tag that an object must have.
struct Tagged {
    name: &'static str,
    variant: &'static Variant,
}

/// Writes the variant that a union is.
pub(super) fn write_union<S: Serializer>(
    union: &dyn Union,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut tags = Vec::new();
    let view = inside(union, &mut tags);
    if tags.is_empty() {
        return view.serialize(serializer);
    }
    let mut count = 0;
    let mut missing: Vec<&str> = tags.iter().map(|tagged| tagged.name).collect();
    missing.dedup();
    let is_object = each(view, &mut |name, _| {
        count += 1;
        missing.retain(|tag| *tag != name);
    });
    if !is_object {
        return view.serialize(serializer);
    }
    let mut object = serializer.serialize_map(Some(count + missing.len()))?;
    for name in missing {
        object.serialize_entry(name, &tag_of(&tags, name, None))?;
    }
    let mut result = Ok(());
    each(view, &mut |name, view| {
        if result.is_ok() {
            let tag = tag_of(&tags, name, value_of(view).as_ref());
            result = match tag {
                Some(tag) => object.serialize_entry(name, &tag),
                None => object.serialize_entry(name, &view),
            };
        }
    });
    result?;
    object.end()
}

/// What a union holds below all unions, and the tags for it from the outermost to the innermost.
fn inside<'u>(union: &'u dyn Union, tags: &mut Vec<Tagged>) -> View<'u> {
    let shape = union.shape();
    let (variant, node) = union.held();
    if let (Some(index), Rule::Tagged(name)) = (variant, shape.rule) {
        let variant = &shape.variants[index];
        // The default variant holds tags that the table does not list.
        if variant.tags().next().is_some() && shape.default != Some(variant.name) {
            tags.push(Tagged { name, variant });
        }
    }
    match node.view() {
        View::Union(inner) => inside(inner, tags),
        view => view,
    }
}

/// The tag to write as the member `name` instead of `held`, if that is not right already.
fn tag_of(tags: &[Tagged], name: &str, held: Option<&Value>) -> Option<Tag> {
    // A union in a union knows more of the value than the one around it.
    let mut tags = tags.iter().rev().filter(|tagged| tagged.name == name);
    tags.try_fold(None, |written: Option<Tag>, tagged| {
        let is_listed = |tag: Tag| match written {
            Some(written) => tag == written,
            None => held.is_some_and(|held| tag.is(held)),
        };
        let mut listed = tagged.variant.tags();
        let first = listed.next()?;
        if is_listed(first) || listed.any(is_listed) {
            Some(written)
        } else {
            Some(Some(first))
        }
    })?
}

/// Calls `visit` with each member that is written, if the view is an object.
fn each(view: View<'_>, visit: &mut dyn FnMut(&str, View<'_>)) -> bool {
    match view {
        View::Record(record) => each_member(record, visit),
        View::Map(map) => map.each(&mut |name, member| visit(name, member.view())),
        View::Any(Value::Object(members)) => {
            for (name, member) in members {
                visit(name, View::Any(member));
            }
        }
        _ => return false,
    }
    true
}

/// The value of a member that may be a tag.
fn value_of(view: View<'_>) -> Option<Value> {
    match view {
        View::Boolean(value) => Some(value.into()),
        View::Integer(value) => Some(value.into()),
        View::Unsigned(value) => Some(value.into()),
        View::Digits(value) => serde_json::from_str(value).ok(),
        View::Number(value) => Some(value.into()),
        View::Text(value) => Some(value.into()),
        View::Any(value) => Some(value.clone()),
        _ => None,
    }
}
