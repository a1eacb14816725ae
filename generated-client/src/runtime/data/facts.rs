//! What the values of a type look like in JSON. Unions are decided by it.

use super::node::{Blank, Form, Parsed, Record, Struct};
use super::record::Shape;
use super::union::UnionShape;

/// What the values of a type look like.
#[derive(Clone, Copy)]
pub enum Facts {
    /// Anything.
    Any,
    /// `true` or `false`.
    Boolean,
    /// An integer for which the function returns true.
    Integer(fn(i128) -> bool),
    /// A number.
    Number,
    /// An integer of any size.
    AnyInteger,
    /// A number with any digits.
    AnyNumber,
    /// A string.
    Text,
    /// A string of a form.
    Parsed(fn(&str) -> Form),
    /// `null`, or a value with these facts.
    Maybe(fn() -> Facts),
    /// An array with such elements.
    List(fn() -> Facts),
    /// An object with such members.
    Map(fn() -> Facts),
    /// An object with declared members; a blank one shows what these look like.
    Record(&'static Shape, fn() -> Box<dyn Record>),
    /// One of several.
    Union(&'static UnionShape),
}

impl Facts {
    /// The facts of an integer that has a size.
    pub(super) fn integer<T: TryFrom<i128>>() -> Self {
        Self::Integer(|value| T::try_from(value).is_ok())
    }

    /// The facts of an object with declared members.
    pub(super) fn record<T: Struct>() -> Self {
        Self::Record(T::SHAPE, || Box::new(<T as Struct>::blank()))
    }

    /// The facts of a string that has a form.
    pub fn parsed<T: Blank + Parsed>() -> Self {
        Self::Parsed(|text| T::blank().parse(text))
    }
}

/// The facts of what a variant or a tuple struct holds, found by its constructor.
pub const fn facts_in<U, T: Blank>(_constructor: fn(T) -> U) -> fn() -> Facts {
    T::facts
}

/// Whether `null` is a value of what a tuple struct holds.
pub const fn nullable_in<U, T: Blank>(_constructor: fn(T) -> U) -> bool {
    T::NULLABLE
}
