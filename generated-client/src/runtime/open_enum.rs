//! The trait implementations that all generated enumerations share.

use std::cell::Cell;

thread_local! {
    /// The number of values read on this thread that the API description does not list.
    pub(crate) static UNKNOWN: Cell<usize> = const { Cell::new(0) };
}

/// Adds `amount` to the count of values that the API description does not list. When several variants of a union can hold
/// a value, the one with the fewest unlisted values is chosen.
#[allow(
    dead_code,
    reason = "not every API description has enumerations or unions"
)]
pub(crate) fn note_unknown(amount: usize) {
    UNKNOWN.set(UNKNOWN.get().wrapping_add(amount));
}

/// Implements `Display`, `FromStr` (which cannot fail), `From<String>`, `AsRef<str>`, `Serialize` and `Deserialize` with the
/// help of `as_str` and `From<&str>`. A value that the API description does not list is kept, not refused, because servers
/// add values.
#[allow(unused_macros, reason = "not every API description has enumerations")]
macro_rules! open_enum {
    ($name:ident) => {
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;
            fn from_str(value: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }
        impl ::std::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }
        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                // Borrowed when the input allows it; owned when the string has escapes or the input is a reader.
                let value = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(
                    deserializer,
                )?;
                let read = Self::from(value.as_ref());
                if matches!(read, Self::Unknown(_)) {
                    $crate::runtime::note_unknown(1);
                }
                Ok(read)
            }
        }
    };
}
#[allow(unused_imports, reason = "not every API description has enumerations")]
pub(crate) use open_enum;
