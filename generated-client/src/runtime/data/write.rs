//! Writes views. This is compiled once for each format, never for a type.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::node::{Node, Record, View};
use super::record::{Member, Shape};
use super::tagged::write_union;

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
            View::Number(value) => serializer.serialize_f64(value),
            View::JsonNumber(value) => value.serialize(serializer),
            View::Text(value) => serializer.serialize_str(value),
            View::Integers(items) => items.serialize(serializer),
            View::Numbers(items) => items.serialize(serializer),
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
