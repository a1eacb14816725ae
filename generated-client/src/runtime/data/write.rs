//! Writes views. This is compiled once for each format, never for a type.

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};

use super::node::{Node, Record, View};
use super::record::{Member, Shape};
use super::tagged::write_union;
use super::text::write_digits;
use super::weigh::whole_float;

/// Writes a node.
///
/// # Errors
///
/// Returns the error of the format.
pub fn write<S: Serializer>(node: &dyn Node, serializer: S) -> Result<S::Ok, S::Error> {
    Viewed(node.view()).serialize(serializer)
}

/// A value of a request, whatever it is made of. An error has the JSON pointer of the number that JSON does not have.
pub struct Viewed<'a>(pub View<'a>);

/// As [`Viewed`], for the elements of a slice.
pub struct ViewedItems<'a, T>(pub &'a [T]);

/// Lends a value to what writes it.
pub fn viewed<T: Node>(node: &T) -> Viewed<'_> {
    Viewed(node.view())
}

impl Serialize for Viewed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = self.0.serialize(serializer);
        written.map_err(|error| place_fault(self.0).unwrap_or(error))
    }
}

impl<T: Node> Serialize for ViewedItems<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let items = self.0.iter().map(Node::view);
        let written = serializer.collect_seq(items);
        written.map_err(|error| {
            let mut items = self.0.iter().enumerate();
            let fault =
                items.find_map(|(index, item)| not_finite(item.view(), &format!("/{index}")));
            fault.map_or(error, not_json)
        })
    }
}

/// The error for a number that is not finite, with its place, if there is one.
#[cold]
fn place_fault<E: Error>(view: View<'_>) -> Option<E> {
    not_finite(view, "").map(not_json)
}

/// The error for a number at a place.
#[cold]
fn not_json<E: Error>((number, pointer): (f64, String)) -> E {
    match pointer.as_str() {
        "" => E::custom(format_args!("{number} is not a number of JSON")),
        pointer => E::custom(format_args!(
            "{number} at {pointer} is not a number of JSON"
        )),
    }
}

/// The first number that is NaN or an infinity, and its JSON pointer below `pointer`.
#[cold]
fn not_finite(view: View<'_>, pointer: &str) -> Option<(f64, String)> {
    let below = |name: &str| format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
    let mut found = None;
    let mut look = |name: &str, view: View<'_>| {
        found = found.take().or_else(|| not_finite(view, &below(name)));
    };
    match view {
        View::Number(number) if !number.is_finite() => return Some((number, pointer.to_owned())),
        View::Numbers(items) => {
            let index = items.iter().position(|item| !item.is_finite())?;
            return Some((items[index], format!("{pointer}/{index}")));
        }
        View::List(list) => {
            let mut items = 0..list.count();
            return items.find_map(|index| {
                not_finite(list.item(index).view(), &format!("{pointer}/{index}"))
            });
        }
        View::Map(map) => map.each(&mut |name, member| look(name, member.view())),
        View::Record(record) => each_member(record, &mut look),
        View::Union(union) => return not_finite(union.held().1.view(), pointer),
        _ => {}
    }
    found
}

impl Serialize for View<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            View::Absent | View::Null => serializer.serialize_none(),
            View::Boolean(value) => serializer.serialize_bool(value),
            View::Integer(value) => serializer.serialize_i64(value),
            View::Unsigned(value) => serializer.serialize_u64(value),
            View::Number(value) => write_number(value, serializer),
            View::Digits(text) => write_digits(text, serializer),
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
