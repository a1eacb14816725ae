//! One of several types: the table of a union's variants, and the macro that writes it.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::facts::Facts;
use super::weigh::whole;

/// The table of a union's variants.
#[derive(Debug)]
pub struct UnionShape {
    /// The name of the type.
    pub name: &'static str,
    /// How a value shows which variant it is.
    pub rule: Rule,
    /// The name of the variant that an object without a tag is, if no other fits.
    pub fallback: Option<&'static str>,
    /// The name of the variant that an object without a tag is, or with one that no variant has.
    pub default: Option<&'static str>,
    /// The variants; `Unknown` is not among them.
    pub variants: &'static [Variant],
}

/// How a value shows which variant it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The member of this name says it.
    Tagged(&'static str),
    /// Its structure fits one variant.
    OneOf,
    /// Its structure fits one variant or several.
    AnyOf,
}

/// A variant of a union.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// The name of the variant.
    pub name: &'static str,
    /// What its values look like.
    pub facts: fn() -> Facts,
    /// The values of the tag that stand for it, one by one.
    pub tag: fn(usize) -> Option<Tag>,
}

impl Variant {
    /// The values of the tag that stand for it.
    pub(super) fn tags(&self) -> impl Iterator<Item = Tag> {
        let tag = self.tag;
        (0..).map_while(tag)
    }
}

/// A value of a tag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tag {
    /// A string.
    Text(&'static str),
    /// An integer.
    Integer(i64),
    /// A number that is not an integer.
    Number(f64),
    /// A boolean.
    Boolean(bool),
}

impl Tag {
    /// Whether `value` is this tag: `2` is the tag 2, and so is `2.0`, but `"2"` is not.
    pub(super) fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Text(tag), Value::String(text)) => tag == text,
            (Self::Integer(tag), Value::Number(number)) => whole(number) == Some(tag.into()),
            (Self::Number(tag), Value::Number(number)) => number.as_f64() == Some(tag),
            (Self::Boolean(tag), Value::Bool(value)) => tag == *value,
            _ => false,
        }
    }

    /// Whether `value` is this tag once both are strings. `OpenAPI` writes the tags of a mapping as strings, whatever the
    /// property is, and allows such a comparison; so servers send `"2"` where the description has `2`, and the other way round.
    pub(super) fn is_as_string(self, value: &Value) -> bool {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => match whole(number) {
                Some(integer) => integer.to_string(),
                None => number.to_string(),
            },
            Value::Bool(value) => value.to_string(),
            _ => return false,
        };
        match self {
            Self::Text(tag) => tag == text,
            Self::Integer(tag) => tag.to_string() == text,
            Self::Number(tag) => text.parse() == Ok(tag),
            Self::Boolean(tag) => tag.to_string() == text,
        }
    }
}

impl From<&'static str> for Tag {
    fn from(tag: &'static str) -> Self {
        Self::Text(tag)
    }
}

impl From<i32> for Tag {
    fn from(tag: i32) -> Self {
        Self::Integer(tag.into())
    }
}

impl From<i64> for Tag {
    fn from(tag: i64) -> Self {
        Self::Integer(tag)
    }
}

impl From<f64> for Tag {
    fn from(tag: f64) -> Self {
        Self::Number(tag)
    }
}

impl From<bool> for Tag {
    fn from(tag: bool) -> Self {
        Self::Boolean(tag)
    }
}

impl From<Tag> for Value {
    fn from(tag: Tag) -> Self {
        match tag {
            Tag::Text(tag) => tag.into(),
            Tag::Integer(tag) => tag.into(),
            Tag::Number(tag) => tag.into(),
            Tag::Boolean(tag) => tag.into(),
        }
    }
}

impl Serialize for Tag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(tag) => serializer.serialize_str(tag),
            Self::Integer(tag) => serializer.serialize_i64(*tag),
            Self::Number(tag) => serializer.serialize_f64(*tag),
            Self::Boolean(tag) => serializer.serialize_bool(*tag),
        }
    }
}

/// Makes an enum of the variants of a union readable and writable. Its last variant, which the table does not list, is
/// `Unknown(serde_json::Value)`.
///
/// ```text
/// union! { Animal tagged "petType" { Cat: "cat", Dog: "dog" | "wolf" } }
/// union! { Component tagged "type" { Button: 2, Text: 4 } }
/// union! { Product tagged "type" else Base { Phone: "phone", Base: "product" } }
/// union! { Event tagged "kind" default Other { Made: "made", Other: "Other" } }
/// union! { Id one_of { Integer, String } }
/// union! { Either any_of { Cat, Place } }
/// ```
///
/// A tag is a string, a number or a boolean, as the schema of the variant declares it. It is written as the table says,
/// whatever the struct holds: if a variant has several tags, the one that the struct holds, or else the first. After `else`
/// comes the variant that an object without a tag is, if its structure fits no other; after `default`, the one that an object is
/// whose tag is missing or unknown. An unknown tag is written as the struct holds it.
#[allow(unused_macros, reason = "not every API description has unions")]
macro_rules! union {
    ($name:ident tagged $tag:literal $(default $default:ident)? $(else $fallback:ident)? { $($variant:ident $(: $first:literal $(| $other:literal)*)?),+ $(,)? }) => {
        $crate::runtime::data::union!(@write $name, $crate::runtime::data::Rule::Tagged($tag), ($($fallback)?) ($($default)?) $($variant [$($first $($other)*)?])+);
    };
    ($name:ident one_of { $($variant:ident),+ $(,)? }) => {
        $crate::runtime::data::union!(@write $name, $crate::runtime::data::Rule::OneOf, () () $($variant [])+);
    };
    ($name:ident any_of { $($variant:ident),+ $(,)? }) => {
        $crate::runtime::data::union!(@write $name, $crate::runtime::data::Rule::AnyOf, () () $($variant [])+);
    };
    (@write $name:ident, $rule:expr, ($($fallback:ident)?) ($($default:ident)?) $($variant:ident [$($tag:literal)*])+) => {
        impl $name {
            const SHAPE: &'static $crate::runtime::data::UnionShape = &$crate::runtime::data::UnionShape {
                name: stringify!($name),
                rule: $rule,
                fallback: $crate::runtime::data::union!(@fallback $($fallback)?),
                default: $crate::runtime::data::union!(@fallback $($default)?),
                variants: &[$($crate::runtime::data::Variant {
                    name: stringify!($variant),
                    facts: $crate::runtime::data::facts_in(Self::$variant),
                    tag: $crate::runtime::data::union!(@tags $($tag)*),
                }),+],
            };
        }
        impl $crate::runtime::data::Union for $name {
            #[inline]
            fn shape(&self) -> &'static $crate::runtime::data::UnionShape {
                Self::SHAPE
            }
            #[inline]
            fn held(&self) -> (::std::option::Option<usize>, &dyn $crate::runtime::data::Node) {
                let (name, node): (_, &dyn $crate::runtime::data::Node) = match self {
                    $(Self::$variant(value) => (stringify!($variant), value),)+
                    Self::Unknown(value) => return (::std::option::Option::None, value),
                };
                (Self::SHAPE.variants.iter().position(|variant| variant.name == name), node)
            }
            #[inline]
            fn become_variant(&mut self, index: usize) -> &mut dyn $crate::runtime::data::Node {
                let blanks: &[fn() -> Self] = &[$(|| Self::$variant($crate::runtime::data::Blank::blank())),+];
                *self = blanks[index]();
                match self {
                    $(Self::$variant(value) => value,)+
                    Self::Unknown(value) => value,
                }
            }
            #[inline]
            fn become_unknown(&mut self, value: ::serde_json::Value) {
                *self = Self::Unknown(value);
            }
        }
        impl $crate::runtime::data::Node for $name {
            #[inline]
            fn place(&mut self) -> $crate::runtime::data::Place<'_> {
                $crate::runtime::data::Place::Union(self)
            }
            #[inline]
            fn view(&self) -> $crate::runtime::data::View<'_> {
                $crate::runtime::data::View::Union(self)
            }
        }
        impl $crate::runtime::data::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self::Unknown(::serde_json::Value::Null)
            }
            #[inline]
            fn facts() -> $crate::runtime::data::Facts {
                $crate::runtime::data::Facts::Union(Self::SHAPE)
            }
        }
        $crate::runtime::data::boxed!($name);
        $crate::runtime::data::through_views!($name);
    };
    (@fallback) => { ::std::option::Option::None };
    (@fallback $fallback:ident) => { ::std::option::Option::Some(stringify!($fallback)) };
    (@tags) => { |_| ::std::option::Option::None };
    (@tags $($tag:literal)+) => {
        |index| [$($crate::runtime::data::Tag::from($tag)),+].get(index).copied()
    };
}
#[allow(unused_imports, reason = "not every API description has unions")]
pub(crate) use union;
