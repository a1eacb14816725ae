//! Scalars: booleans, numbers, strings.

use serde_json::Value;

use super::facts::Facts;
use super::node::{Blank, Leaf, Node, Place, Ranged, View};

/// Implements the traits for a scalar: where it is put, its facts, a blank one, and how it is viewed.
macro_rules! leaf {
    ($($type:ty, $place:ident, $facts:expr, $blank:expr, $view:expr $(, $list:ident)?;)*) => { $(
        impl Node for $type {
            fn place(&mut self) -> Place<'_> {
                leaf!(@place $place, self, Plain)
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
                leaf!(@place $place, slot, Optional)
            }
            $(
                fn list_place(items: &mut Vec<Self>) -> Place<'_> {
                    Place::$list(items)
                }
                fn special_list(items: &[Self]) -> Option<View<'_>> {
                    Some(View::$list(items))
                }
            )?
        }
    )* };
    (@place Ranged, $slot:expr, $leaf:ident) => { Place::Ranged($slot) };
    (@place $place:ident, $slot:expr, $leaf:ident) => { Place::$place(Leaf::$leaf($slot)) };
}
leaf! {
    bool, Boolean, Facts::Boolean, false, |value| View::Boolean(*value);
    i32, Ranged, Facts::integer::<Self>(), 0, |value| View::Integer((*value).into());
    i64, Integer, Facts::integer::<Self>(), 0, |value| View::Integer(*value), Integers;
    u32, Ranged, Facts::integer::<Self>(), 0, |value| View::Unsigned((*value).into());
    u64, Ranged, Facts::integer::<Self>(), 0, |value| View::Unsigned(*value);
    f64, Number, Facts::Number, 0.0, |value| View::Number(*value), Numbers;
    String, Text, Facts::Text, String::new(), |value| View::Text(value), Texts;
}

/// Implements [`Ranged`] for an integer and an option of it.
macro_rules! ranged {
    ($($type:ty),*) => { $(
        impl Ranged for $type {
            fn put(&mut self, value: Option<i128>) -> bool {
                let value = value.and_then(|value| value.try_into().ok());
                *self = value.unwrap_or_default();
                value.is_some()
            }
        }
        impl Ranged for Option<$type> {
            fn put(&mut self, value: Option<i128>) -> bool {
                *self = value.and_then(|value| value.try_into().ok());
                self.is_some() == value.is_some()
            }
        }
    )* };
}
ranged!(i32, u32, u64);

impl Node for Value {
    fn place(&mut self) -> Place<'_> {
        Place::Any(self)
    }

    fn view(&self) -> View<'_> {
        View::Any(self)
    }
}

impl Blank for Value {
    const NULLABLE: bool = true;

    fn blank() -> Self {
        Self::Null
    }

    fn facts() -> Facts {
        Facts::Any
    }
}
