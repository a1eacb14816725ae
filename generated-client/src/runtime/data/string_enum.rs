//! Enumerations of strings.

/// Makes an enumeration readable and writable: a line for each variant, with its value. Its last variant, which the table does
/// not list, is `Unknown(String)`: a value that the description does not list is kept, not refused, because servers add values.
///
/// ```text
/// open_enum! { Size {
///     Small "S",
///     Large "L",
/// } }
/// ```
///
/// It also has `as_str`, `Display`, `FromStr` (which cannot fail), `From<&str>`, `From<String>` and `AsRef<str>`.
#[allow(unused_macros, reason = "not every API description has enumerations")]
macro_rules! open_enum {
    ($name:ident { $($variant:ident $value:literal),* $(,)? }) => {
        impl $name {
            /// The value as it goes over the wire.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value,
                }
            }
        }
        impl ::std::convert::From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }
        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;
            #[inline]
            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(Self::from(value))
            }
        }
        impl ::std::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }
        impl ::std::convert::AsRef<str> for $name {
            #[inline]
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl $crate::runtime::data::Parsed for $name {
            #[inline]
            fn parse(&mut self, text: &str) -> $crate::runtime::data::Form {
                *self = Self::from(text);
                match self {
                    Self::Unknown(_) => $crate::runtime::data::Form::Unknown,
                    _ => $crate::runtime::data::Form::Known,
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
                $crate::runtime::data::View::Text(self.as_str())
            }
        }
        impl $crate::runtime::data::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self::Unknown(::std::string::String::new())
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
#[allow(unused_imports, reason = "not every API description has enumerations")]
pub(crate) use open_enum;
