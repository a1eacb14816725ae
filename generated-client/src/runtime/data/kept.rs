//! Strings that have a format: the string is kept as it was received, and converted on request.
//!
//! A server may send a string that is not of its format: `""` for a date that is not set, a date with a time, an id that is no
//! UUID. No such string makes a response unreadable, and none is changed: it is noted, and what is done with it is for the
//! caller to decide.

/// Makes a tuple struct of a `String` readable and writable: `kept_text!(Date, Date::value)` for `struct Date(String)`. The
/// second argument converts the string; if it fails, the string is noted when it is read.
///
/// It also has `as_str` and `Display`.
#[allow(unused_macros, reason = "not every API description has such types")]
macro_rules! kept_text {
    ($name:ident, $convert:expr) => {
        impl $name {
            /// The string that is sent and received.
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(&self.0)
            }
        }
        impl $crate::runtime::data::Parsed for $name {
            #[inline]
            fn parse(&mut self, text: &str) -> $crate::runtime::data::Form {
                text.clone_into(&mut self.0);
                match $convert(self) {
                    ::std::result::Result::Ok(_) => $crate::runtime::data::Form::Known,
                    ::std::result::Result::Err(_) => $crate::runtime::data::Form::Unknown,
                }
            }
        }
        impl $crate::runtime::data::Node for $name {
            #[inline]
            fn place(&mut self) -> $crate::runtime::data::Place<'_> {
                $crate::runtime::data::Place::Parsed(self)
            }
            #[inline]
            fn view(&self) -> $crate::runtime::data::View<'_> {
                $crate::runtime::data::View::Text(&self.0)
            }
        }
        impl $crate::runtime::data::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self(::std::string::String::new())
            }
            #[inline]
            fn facts() -> $crate::runtime::data::Facts {
                $crate::runtime::data::Facts::parsed::<Self>()
            }
        }
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
    };
}
#[allow(unused_imports, reason = "not every API description has such types")]
pub(crate) use kept_text;
