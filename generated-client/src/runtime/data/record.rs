//! Objects with declared members: the table of a struct, and the macro that writes it.

use serde_json::Value;

/// The table of a struct's members.
#[derive(Debug)]
pub struct Shape {
    /// The name of the type.
    pub name: &'static str,
    /// The members, in the order of the fields.
    pub members: &'static [Member],
    /// Whether a last field holds members that the table does not list.
    pub has_rest: bool,
    /// A bit for each of the first 64 members: whether it is required.
    pub(super) required: u64,
}

/// A member of an object.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// Its name in JSON.
    pub name: &'static str,
    /// Whether it must be there.
    pub is_required: bool,
    /// If its values are constants: whether a value is one of them. Only unions ask.
    pub is_constant: Option<fn(&Value) -> bool>,
}

impl Shape {
    /// A table.
    pub const fn new(name: &'static str, members: &'static [Member], has_rest: bool) -> Self {
        let (mut required, mut index) = (0, 0);
        while index < members.len() && index < 64 {
            required |= (members[index].is_required as u64) << index;
            index += 1;
        }
        Self {
            name,
            members,
            has_rest,
            required,
        }
    }

    /// The position of the member `name`.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        position(self.members, name)
    }
}

/// The position of the member `name`.
pub(super) fn position(members: &[Member], name: &str) -> Option<usize> {
    members.iter().position(|member| member.name == name)
}

/// Whether a value is one of the constants of a member or the tags of a variant. `2` and `2.0` are one number.
pub fn is_one_of(constants: &[Value], value: &Value) -> bool {
    constants.iter().any(|constant| match (constant, value) {
        (Value::Number(constant), Value::Number(value)) => {
            let is_float = constant.is_f64() || value.is_f64();
            constant == value || (is_float && constant.as_f64() == value.as_f64())
        }
        _ => constant == value,
    })
}

/// Makes a struct readable and writable: a line for each member, with its field, its name in JSON, and whether it must be
/// there.
///
/// ```text
/// record! { Pet {
///     id "id" REQUIRED,
///     kind "petType" REQUIRED in ["cat", "lion"],
///     name "name" OPTIONAL set(into String),
///     age "age" OPTIONAL set(i64),
///     owner "owner" NULLABLE set(Owner, null clear_owner),
///     ..additional_properties
/// } }
/// ```
///
/// - `REQUIRED`: the field has the type of the value, an `Option` if this may be `null`.
/// - `OPTIONAL`: an `Option`; `null` is read as absence.
/// - `NULLABLE`: an `Option<Option<_>>`; `Some(None)` is `null`.
/// - `in [...]` lists the constants that the member can have. They decide which variant of a union an object is.
/// - `set(...)` makes a method that sets the field and returns the struct. It takes a value of the type, or after `into`
///   whatever can be made into one. `name:` before the type is the name of the method, if it is not the name of the field.
///   `null` is followed by the name of a method that sets the field to `null`.
/// - `..` is a map for the members that the table does not list.
///
/// All functions are inline, as in the other macros of tables: a crate then compiles only those of the types that it uses.
#[allow(unused_macros, reason = "not every API description has objects")]
macro_rules! record {
    ($name:ident {
        $($field:ident $wire:literal $kind:ident $(in [$($constant:literal),+ $(,)?])? $(set($($setter:tt)+))?,)*
        $(.. $rest:ident)?
    }) => {
        impl $crate::runtime::data::Struct for $name {
            const SHAPE: &'static $crate::runtime::data::Shape = &$crate::runtime::data::Shape::new(
                stringify!($name),
                &[$($crate::runtime::data::Member {
                    name: $wire,
                    is_required: $crate::runtime::data::record!(@is_required $kind),
                    is_constant: $crate::runtime::data::record!(@constants $($($constant)+)?),
                }),*],
                $crate::runtime::data::record!(@has_rest $($rest)?),
            );
            #[inline]
            fn blank() -> Self {
                Self {
                    $($field: $crate::runtime::data::record!(@blank $kind),)*
                    $($rest: $crate::runtime::data::Blank::blank(),)?
                }
            }
            #[inline]
            fn slots(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn $crate::runtime::data::Node])) {
                visit(&mut [$(&mut self.$field,)* $(&mut self.$rest)?]);
            }
            #[inline]
            fn parts(&self, visit: &mut dyn FnMut(&[&dyn $crate::runtime::data::Node])) {
                visit(&[$(&self.$field,)* $(&self.$rest)?]);
            }
        }
        impl $name {
            $($($crate::runtime::data::setter! { $field $($setter)+ })?)*
        }
        $crate::runtime::data::through_views!($name);
    };
    (@is_required REQUIRED) => { true };
    (@is_required OPTIONAL) => { false };
    (@is_required NULLABLE) => { false };
    (@blank REQUIRED) => { $crate::runtime::data::Blank::blank() };
    (@blank $optional:ident) => { ::std::option::Option::None };
    (@constants) => { ::std::option::Option::None };
    (@constants $($constant:literal)+) => {
        ::std::option::Option::Some(|value| $crate::runtime::data::is_one_of(&[$(::serde_json::Value::from($constant)),+], value))
    };
    (@has_rest) => { false };
    (@has_rest $rest:ident) => { true };
}
#[allow(unused_imports, reason = "not every API description has objects")]
pub(crate) use record;

/// The methods for the `set(...)` of a row of `record!`.
#[allow(unused_macros, reason = "not every API description has objects")]
macro_rules! setter {
    ($field:ident into $ty:ty $(, null $clear:ident)?) => {
        $crate::runtime::data::setter! { $field $field: into $ty $(, null $clear)? }
    };
    ($field:ident $method:ident: into $ty:ty $(, null $clear:ident)?) => {
        $crate::runtime::data::setter! {
            @method $field ($($clear)?) $method (impl ::std::convert::Into<$ty>) $field.into()
        }
    };
    ($field:ident $method:ident: $ty:ty $(, null $clear:ident)?) => {
        $crate::runtime::data::setter! { @method $field ($($clear)?) $method ($ty) $field }
    };
    ($field:ident $ty:ty $(, null $clear:ident)?) => {
        $crate::runtime::data::setter! { @method $field ($($clear)?) $field ($ty) $field }
    };
    (@method $field:ident ($($clear:ident)?) $method:ident ($ty:ty) $value:expr) => {
        #[doc = concat!("Sets [`", stringify!($field), "`](field@Self::", stringify!($field), ").")]
        #[allow(clippy::type_complexity, reason = "it is as complex as the API makes it")]
        #[inline]
        pub fn $method(mut self, $field: $ty) -> Self {
            self.$field = ::std::option::Option::Some($crate::runtime::data::setter!(@value ($($clear)?) $value));
            self
        }
        $(
            #[doc = concat!("Sets [`", stringify!($field), "`](field@Self::", stringify!($field), ") to `null`.")]
            #[inline]
            pub fn $clear(mut self) -> Self {
                self.$field = ::std::option::Option::Some(::std::option::Option::None);
                self
            }
        )?
    };
    (@value () $value:expr) => { $value };
    (@value ($clear:ident) $value:expr) => { ::std::option::Option::Some($value) };
}
#[allow(unused_imports, reason = "not every API description has objects")]
pub(crate) use setter;

/// Implements `Serialize`, `Deserialize`, `Debug` and `PartialEq` for a type by what it shows.
#[allow(unused_macros, reason = "not every API description has such types")]
macro_rules! through_views {
    ($name:ident) => {
        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::runtime::data::write(self, serializer)
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::runtime::data::read(deserializer)
            }
        }
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::runtime::data::debug(self, f)
            }
        }
        impl ::std::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::runtime::data::equal(self, other)
            }
        }
    };
}
#[allow(unused_imports, reason = "not every API description has such types")]
pub(crate) use through_views;
