//! Scalars: booleans, numbers, strings, and strings with a form of their own.

use serde_json::{Number, Value};

use super::facts::Facts;
use super::node::{Blank, Node, Place, Slot, View};

/// Implements the traits for a scalar: how it is put (`$read` makes it of what was read, if it can), viewed, and what is blank.
macro_rules! leaf {
    ($($type:ty, $place:ident($wire:ty), $facts:expr, $blank:expr, $read:expr, $view:expr $(, $list:ident)?;)*) => { $(
        impl Slot<$wire> for $type {
            fn put(&mut self, value: Option<$wire>) -> bool {
                let read: fn($wire) -> Option<$type> = $read;
                let value = value.and_then(read);
                let fits = value.is_some();
                if let Some(value) = value {
                    *self = value;
                }
                fits
            }
        }
        impl Slot<$wire> for Option<$type> {
            fn put(&mut self, value: Option<$wire>) -> bool {
                let read: fn($wire) -> Option<$type> = $read;
                let is_null = value.is_none();
                *self = value.and_then(read);
                is_null || self.is_some()
            }
        }
        impl Node for $type {
            fn place(&mut self) -> Place<'_> {
                Place::$place(self)
            }
            fn view(&self) -> View<'_> {
                let view: fn(&$type) -> View<'_> = $view;
                view(self)
            }
        }
        impl Blank for $type {
            fn blank() -> Self {
                $blank
            }
            fn facts() -> Facts {
                $facts
            }
            fn optional_place(slot: &mut Option<Self>) -> Place<'_> {
                Place::$place(slot)
            }
            leaf!(@list $($list)?);
        }
    )* };
    (@list) => {};
    (@list $list:ident) => {
        fn list_place(items: &mut Vec<Self>) -> Place<'_> {
            Place::$list(items)
        }
        fn special_list(items: &[Self]) -> Option<View<'_>> {
            Some(View::$list(items))
        }
    };
}
leaf! {
    bool, Boolean(bool), Facts::Boolean, false, Some, |value| View::Boolean(*value);
    i32, Integer(i128), Facts::integer::<Self>(), 0, |value| value.try_into().ok(), |value| View::Integer((*value).into());
    i64, Integer(i128), Facts::integer::<Self>(), 0, |value| value.try_into().ok(), |value| View::Integer(*value), Integers;
    u32, Integer(i128), Facts::integer::<Self>(), 0, |value| value.try_into().ok(), |value| View::Unsigned((*value).into());
    u64, Integer(i128), Facts::integer::<Self>(), 0, |value| value.try_into().ok(), |value| View::Unsigned(*value);
    f64, Number(f64), Facts::Number, 0.0, Some, |value| View::Number(*value), Numbers;
    Number, AnyInteger(Number), Facts::Integer(|_| true), Number::from(0), Some, |value| View::JsonNumber(value);
    String, Text(String), Facts::Text, String::new(), Some, |value| View::Text(value), Texts;
}

impl Node for Value {
    fn place(&mut self) -> Place<'_> {
        Place::Any(self)
    }

    fn view(&self) -> View<'_> {
        View::Any(self)
    }
}

impl Blank for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn facts() -> Facts {
        Facts::Any
    }
}

/// Implements the traits for a type outside this crate whose values are strings with a form of their own. It needs `FromStr`
/// and `Display`; the second argument is a blank value. Not every crate depends on these types, so that the generated code
/// says which it has.
///
/// ```text
/// parsed_leaf!(jiff::civil::Date, jiff::civil::Date::ZERO);
/// parsed_leaf!(uuid::Uuid, uuid::Uuid::nil());
/// ```
#[allow(unused_macros, reason = "not every API description has such types")]
macro_rules! parsed_leaf {
    ($type:ty, $blank:expr) => {
        impl $crate::runtime::data::Parsed for $type {
            fn parse(&mut self, text: &str) -> $crate::runtime::data::Form {
                match text.parse() {
                    ::std::result::Result::Ok(value) => {
                        *self = value;
                        $crate::runtime::data::Form::Known
                    }
                    ::std::result::Result::Err(_) => $crate::runtime::data::Form::Wrong,
                }
            }
        }
        impl $crate::runtime::data::Node for $type {
            fn place(&mut self) -> $crate::runtime::data::Place<'_> {
                $crate::runtime::data::Place::Parsed(self)
            }
            fn view(&self) -> $crate::runtime::data::View<'_> {
                $crate::runtime::data::View::Shown(self)
            }
        }
        impl $crate::runtime::data::Blank for $type {
            fn blank() -> Self {
                $blank
            }
            fn facts() -> $crate::runtime::data::Facts {
                $crate::runtime::data::Facts::parsed::<Self>()
            }
        }
    };
}
#[allow(unused_imports, reason = "not every API description has such types")]
pub(crate) use parsed_leaf;
