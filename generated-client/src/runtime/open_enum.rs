//! What every generated enumeration can do beside naming its values.

use std::cell::Cell;

thread_local! {
    /// How much of what was read on this thread no description lists.
    pub(crate) static UNKNOWN: Cell<usize> = const { Cell::new(0) };
}

/// Counts what was kept without being known: of two types that can hold a value, it is the one that knows more of it.
#[allow(
    dead_code,
    reason = "a description need not have enumerations, nor unions"
)]
pub(crate) fn note_unknown(amount: usize) {
    UNKNOWN.set(UNKNOWN.get().wrapping_add(amount));
}

/// Implements, from `as_str` and `From<&str>`: `Display`, `FromStr` (which cannot fail), `From<String>`, `AsRef<str>`,
/// `Serialize` and `Deserialize`. A value that the description does not list is kept, not refused: servers add values.
#[allow(unused_macros, reason = "a description need not have enumerations")]
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
                // Borrowed when the input allows it, owned when it holds escapes or comes from a reader.
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
#[allow(unused_imports, reason = "a description need not have enumerations")]
pub(crate) use open_enum;
