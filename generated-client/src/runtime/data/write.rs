//! Writes views. This is compiled once for each format, never for a type.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::node::{Node, Record, View};
use super::record::{Member, Shape};
use super::tagged::write_union;
use super::weigh::whole_float;

/// Writes a node.
///
/// # Errors
///
/// Returns the error of the format.
pub fn write<S: Serializer>(node: &dyn Node, serializer: S) -> Result<S::Ok, S::Error> {
    node.view().serialize(serializer)
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            View::Absent | View::Null => serializer.serialize_none(),
            View::Boolean(value) => serializer.serialize_bool(value),
            View::Integer(value) => serializer.serialize_i64(value),
            View::Unsigned(value) => serializer.serialize_u64(value),
            View::Number(value) => write_number(value, serializer),
            View::JsonNumber(value) => value.serialize(serializer),
            View::Text(value) => serializer.serialize_str(value),
            View::Integers(items) => items.serialize(serializer),
            View::Numbers(items) => {
                let mut array = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    array.serialize_element(&View::Number(*item))?;
                }
                array.end()
            }
            View::Texts(items) => items.serialize(serializer),
            View::List(list) => {
                let mut array = serializer.serialize_seq(Some(list.count()))?;
                for index in 0..list.count() {
                    array.serialize_element(&list.item(index).view())?;
                }
                array.end()
            }
            View::Map(map) => {
                let mut object = serializer.serialize_map(Some(map.count()))?;
                let mut result = Ok(());
                map.each(&mut |name, member| {
                    if result.is_ok() {
                        result = object.serialize_entry(name, &member.view());
                    }
                });
                result?;
                object.end()
            }
            View::Record(record) => {
                let mut serializer = Some(serializer);
                let mut result = None;
                record.parts(&mut |parts| {
                    if let Some(serializer) = serializer.take() {
                        result = Some(write_record(record.shape(), parts, serializer));
                    }
                });
                result.unwrap_or_else(|| Err(S::Error::custom("a record without members")))
            }
            View::Union(union) => write_union(union, serializer),
            View::Any(value) => value.serialize(serializer),
        }
    }
}

/// Writes a number. In formats for people, a whole number is written without a fraction, as callers and servers write it, and
/// a number that JSON does not have is an error: serializers of JSON would write `null`.
fn write_number<S: Serializer>(value: f64, serializer: S) -> Result<S::Ok, S::Error> {
    if !serializer.is_human_readable() {
        return serializer.serialize_f64(value);
    }
    if !value.is_finite() {
        return Err(S::Error::custom(format!("{value} is not a number of JSON")));
    }
    // Zero may be negative, which an integer cannot be.
    let whole = whole_float(value).filter(|_| value != 0.0 || value.is_sign_positive());
    match whole.and_then(|whole| i64::try_from(whole).ok()) {
        Some(whole) => serializer.serialize_i64(whole),
        None => serializer.serialize_f64(value),
    }
}

#[inline(never)]
fn write_record<S: Serializer>(
    shape: &Shape,
    parts: &[&dyn Node],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let rest = parts
        .last()
        .filter(|_| shape.has_rest)
        .map(|rest| rest.view());
    let members = shape.members.iter().zip(parts);
    // Binary formats write the number of members first. Those for people do not, so that nobody counts for them.
    let count = (!serializer.is_human_readable()).then(|| {
        let is_written = |(member, part): &(&Member, &&dyn Node)| {
            member.is_required || !matches!(part.view(), View::Absent)
        };
        let mut count = members.clone().filter(is_written).count();
        each_other(shape, rest, &mut |_, _| count += 1);
        count
    });
    let mut object = serializer.serialize_map(count)?;
    for (member, part) in members {
        match part.view() {
            View::Absent if !member.is_required => {}
            view => object.serialize_entry(member.name, &view)?,
        }
    }
    let mut result = Ok(());
    each_other(shape, rest, &mut |name, view| {
        if result.is_ok() {
            result = object.serialize_entry(name, &view);
        }
    });
    result?;
    object.end()
}

/// Calls `visit` with each member that the table does not list. One that it lists has a field of its own.
fn each_other(shape: &Shape, rest: Option<View<'_>>, visit: &mut dyn FnMut(&str, View<'_>)) {
    if let Some(View::Map(map)) = rest {
        map.each(&mut |name, member| {
            if shape.find(name).is_none() {
                visit(name, member.view());
            }
        });
    }
}

/// Calls `visit` with each member of an object that is written. A required member is; what is absent there is `null`.
pub(super) fn each_member(record: &dyn Record, visit: &mut dyn FnMut(&str, View<'_>)) {
    let shape = record.shape();
    record.parts(&mut |parts| {
        for (member, part) in shape.members.iter().zip(parts) {
            match part.view() {
                View::Absent if !member.is_required => {}
                view => visit(member.name, view),
            }
        }
        let rest = parts.last().filter(|_| shape.has_rest);
        each_other(shape, rest.map(|rest| rest.view()), visit);
    });
}
