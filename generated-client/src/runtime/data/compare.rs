//! `Debug` and `PartialEq` by what nodes show.

use std::fmt;

use super::node::{Node, Record, View};

/// Displays a node for developers, with the names of JSON and without what is absent.
///
/// # Errors
///
/// Returns the error of the formatter.
pub fn debug(node: &dyn Node, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    fmt::Debug::fmt(&node.view(), f)
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            View::Absent => f.write_str("None"),
            View::Null => f.write_str("null"),
            View::Boolean(value) => fmt::Debug::fmt(&value, f),
            View::Integer(value) => fmt::Debug::fmt(&value, f),
            View::Unsigned(value) => fmt::Debug::fmt(&value, f),
            View::Number(value) => fmt::Debug::fmt(&value, f),
            View::Digits(value) => f.write_str(value),
            View::Text(value) => fmt::Debug::fmt(value, f),
            View::Integers(items) => fmt::Debug::fmt(items, f),
            View::Numbers(items) => fmt::Debug::fmt(items, f),
            View::Texts(items) => fmt::Debug::fmt(items, f),
            View::List(list) => {
                let items = (0..list.count()).map(|index| list.item(index).view());
                f.debug_list().entries(items).finish()
            }
            View::Map(map) => {
                let mut object = f.debug_map();
                map.each(&mut |name, member| {
                    object.entry(&name, &member.view());
                });
                object.finish()
            }
            View::Record(record) => {
                let mut object = f.debug_struct(record.shape().name);
                super::write::each_member(record, &mut |name, view| {
                    object.field(name, &view);
                });
                object.finish()
            }
            View::Union(union) => {
                let shape = union.shape();
                let (variant, node) = union.held();
                let name = variant.map_or("Unknown", |index| shape.variants[index].name);
                f.debug_tuple(name).field(&node.view()).finish()
            }
            View::Any(value) => fmt::Debug::fmt(value, f),
        }
    }
}

/// Whether two nodes of one type hold the same.
pub fn equal(one: &dyn Node, other: &dyn Node) -> bool {
    match (one.view(), other.view()) {
        (View::Absent, View::Absent) | (View::Null, View::Null) => true,
        (View::Boolean(one), View::Boolean(other)) => one == other,
        (View::Integer(one), View::Integer(other)) => one == other,
        (View::Unsigned(one), View::Unsigned(other)) => one == other,
        #[allow(clippy::float_cmp, reason = "it is what `==` of the type is")]
        (View::Number(one), View::Number(other)) => one == other,
        (View::Digits(one), View::Digits(other)) | (View::Text(one), View::Text(other)) => {
            one == other
        }
        (View::Integers(one), View::Integers(other)) => one == other,
        (View::Numbers(one), View::Numbers(other)) => one == other,
        (View::Texts(one), View::Texts(other)) => one == other,
        (View::List(one), View::List(other)) => {
            one.count() == other.count()
                && (0..one.count()).all(|index| equal(one.item(index), other.item(index)))
        }
        (View::Map(one), View::Map(other)) => {
            let mut is_equal = one.count() == other.count();
            one.each(&mut |name, member| {
                is_equal = is_equal && other.get(name).is_some_and(|other| equal(member, other));
            });
            is_equal
        }
        (View::Record(one), View::Record(other)) => equal_records(one, other),
        (View::Union(one), View::Union(other)) => {
            let ((one, held), (other, other_held)) = (one.held(), other.held());
            one == other && equal(held, other_held)
        }
        (View::Any(one), View::Any(other)) => one == other,
        _ => false,
    }
}

fn equal_records(one: &dyn Record, other: &dyn Record) -> bool {
    let mut is_equal = false;
    one.parts(&mut |parts| {
        other.parts(&mut |others| {
            let mut pairs = parts.iter().zip(others);
            is_equal = pairs.all(|(part, other)| equal(*part, *other));
        });
    });
    is_equal
}
