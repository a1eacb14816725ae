//! Which variant of a union a value is: decided by its tag or its structure.

use serde_json::Value;

use super::facts::Facts;
use super::union::{Rule, Tag, UnionShape};
use super::weigh::{Fit, weigh};

/// Which variant a value is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Decision {
    /// This one, by its place in the table; and its tag as the table has it, if that decided.
    Variant(usize, Option<Tag>),
    /// This one, because there is no tag and nothing else fits; and the tag that it should have.
    Fallback(usize, Option<Tag>),
    /// None.
    None,
    /// Several that cannot be told apart, or that only hold the value together.
    Several,
}

/// Decides which variant `value` is. `open` has the unions that are being decided for the same value.
pub(super) fn decide(
    shape: &'static UnionShape,
    value: &Value,
    open: &mut Vec<&'static str>,
) -> Decision {
    if let Some(decision) = tagged(shape, value) {
        return decision;
    }
    open.push(shape.name);
    let variants = shape.variants.iter().enumerate();
    let fitting: Vec<(usize, Fit)> = variants
        .filter_map(|(index, variant)| Some((index, weigh((variant.facts)(), value, open)?)))
        .collect();
    let decision = match best(shape, &fitting, value, open) {
        decision @ Decision::Variant(..) => decision,
        other => fallback(shape, value, open).unwrap_or(other),
    };
    open.pop();
    decision
}

/// The variant that an object without a tag is, unless another variant would keep more of it.
fn fallback(
    shape: &'static UnionShape,
    value: &Value,
    open: &mut Vec<&'static str>,
) -> Option<Decision> {
    let name = shape.fallback.filter(|_| value.is_object())?;
    let index = shape.variants.iter().position(|it| it.name == name)?;
    let all: Vec<usize> = (0..shape.variants.len()).collect();
    let tag = shape.variants[index].tags().next();
    (!loses(shape, index, &all, value, open)).then_some(Decision::Fallback(index, tag))
}

/// What the tag says; `None` if there is no tag.
pub(super) fn tagged(shape: &UnionShape, value: &Value) -> Option<Decision> {
    let Rule::Tagged(tag) = shape.rule else {
        return None;
    };
    let default = || {
        let name = shape.default.filter(|_| value.is_object())?;
        let index = shape.variants.iter().position(|it| it.name == name)?;
        Some(Decision::Fallback(index, None))
    };
    let Some(tag) = value.get(tag).filter(|tag| !tag.is_null()) else {
        return default();
    };
    let find = |is_it: fn(Tag, &Value) -> bool| {
        let mut variants = shape.variants.iter().enumerate();
        variants.find_map(|(index, variant)| {
            let listed = variant.tags().find(|listed| is_it(*listed, tag))?;
            Some(Decision::Variant(index, Some(listed)))
        })
    };
    let found = find(Tag::is).or_else(|| find(Tag::is_as_string));
    Some(found.or_else(default).unwrap_or(Decision::None))
}

/// The best of the variants that fit.
fn best(
    shape: &'static UnionShape,
    fitting: &[(usize, Fit)],
    value: &Value,
    open: &mut Vec<&'static str>,
) -> Decision {
    let Some(most) = fitting.iter().map(|(_, fit)| *fit).max() else {
        return Decision::None;
    };
    let mut best = fitting.iter().filter(|(_, fit)| *fit == most);
    let first = best.next().map_or(0, |(index, _)| *index);
    if shape.rule != Rule::AnyOf && best.next().is_some() {
        return Decision::Several;
    }
    // A value of an `anyOf` can be several variants at once. One is enough if it keeps what any keeps.
    let fitting: Vec<usize> = fitting.iter().map(|(index, _)| *index).collect();
    if shape.rule == Rule::AnyOf && loses(shape, first, &fitting, value, open) {
        return Decision::Several;
    }
    // What knows no member fits any object. The value is rather meant for a variant that it nearly fits.
    let all: Vec<usize> = (0..shape.variants.len()).collect();
    if most.knows_nothing_inside() && loses(shape, first, &all, value, open) {
        return Decision::None;
    }
    Decision::Variant(first, None)
}

/// Whether a variant does not keep a member of a value that one of the `others` keeps.
fn loses(
    shape: &'static UnionShape,
    variant: usize,
    others: &[usize],
    value: &Value,
    open: &mut Vec<&'static str>,
) -> bool {
    let mut keeps = |index: usize, name| keeps((shape.variants[index].facts)(), value, name, open);
    let members = value.as_object().into_iter().flatten();
    let mut members = members.filter(|(_, member)| says_something(member));
    members.any(|(name, _)| !keeps(variant, name) && others.iter().any(|other| keeps(*other, name)))
}

/// Whether a type keeps the member `name` of `value`.
fn keeps(facts: Facts, value: &Value, name: &str, open: &mut Vec<&'static str>) -> bool {
    match facts {
        Facts::Record(shape, _) => shape.has_rest || shape.find(name).is_some(),
        Facts::Maybe(facts) => keeps(facts(), value, name, open),
        Facts::Union(shape) if open.contains(&shape.name) => false,
        Facts::Union(shape) => match decide(shape, value, open) {
            Decision::Variant(index, _) | Decision::Fallback(index, _) => {
                keeps((shape.variants[index].facts)(), value, name, open)
            }
            Decision::None | Decision::Several => true,
        },
        Facts::Any | Facts::Map(_) => true,
        _ => false,
    }
}

/// Whether a value is more than empty: servers that fill in every member that they know write `null` and `[]`.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
    }
}
