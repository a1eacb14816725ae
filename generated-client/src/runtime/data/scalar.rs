//! Reads scalars, which most members are, with no way around.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::Number;

use super::node::Slot;
use super::reader::{Expected, Reader, wrong};
use super::trail::Trail;
use super::weigh::whole_float;

/// What a scalar is made of.
pub(super) trait Scalar: Sized {
    /// What is expected, for messages.
    const EXPECTED: &'static str;

    fn from_bool(_: bool) -> Option<Self> {
        None
    }
    fn from_integer(_: i128) -> Option<Self> {
        None
    }
    fn from_float(_: f64) -> Option<Self> {
        None
    }
    fn from_text(_: &str) -> Option<Self> {
        None
    }
    fn from_string(text: String) -> Option<Self> {
        Self::from_text(&text)
    }

    /// Reads with the hint for this scalar.
    fn with_hint<'de, D: Deserializer<'de>, V: Visitor<'de>>(
        deserializer: D,
        visitor: V,
    ) -> Result<V::Value, D::Error>;
}

impl Scalar for bool {
    const EXPECTED: &'static str = "a boolean";

    #[inline]
    fn from_bool(value: bool) -> Option<Self> {
        Some(value)
    }

    #[inline]
    fn with_hint<'de, D: Deserializer<'de>, V: Visitor<'de>>(
        deserializer: D,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        deserializer.deserialize_bool(visitor)
    }
}

impl Scalar for i128 {
    const EXPECTED: &'static str = "an integer in the range of its type";

    #[inline]
    fn from_integer(value: i128) -> Option<Self> {
        Some(value)
    }

    #[inline]
    fn from_float(value: f64) -> Option<Self> {
        whole_float(value)
    }

    // `2.0` is an integer, and some formats would refuse it under the hint of one.
    #[inline]
    fn with_hint<'de, D: Deserializer<'de>, V: Visitor<'de>>(
        deserializer: D,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        deserializer.deserialize_any(visitor)
    }
}

impl Scalar for i64 {
    const EXPECTED: &'static str = <i128 as Scalar>::EXPECTED;

    #[inline]
    fn from_integer(value: i128) -> Option<Self> {
        value.try_into().ok()
    }

    #[inline]
    fn from_float(value: f64) -> Option<Self> {
        whole_float(value).and_then(Self::from_integer)
    }

    #[inline]
    fn with_hint<'de, D: Deserializer<'de>, V: Visitor<'de>>(
        deserializer: D,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        deserializer.deserialize_any(visitor)
    }
}

impl Scalar for Number {
    const EXPECTED: &'static str = "an integer";

    fn from_integer(value: i128) -> Option<Self> {
        Self::from_i128(value)
    }

    fn from_float(value: f64) -> Option<Self> {
        match whole_float(value) {
            Some(whole) => Self::from_i128(whole),
            None => Self::from_f64(value).filter(|_| value.fract() == 0.0),
        }
    }

    fn with_hint<'de, D: Deserializer<'de>, V: Visitor<'de>>(
        deserializer: D,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        deserializer.deserialize_any(visitor)
    }
}

impl Scalar for f64 {
    const EXPECTED: &'static str = "a number";

    #[allow(
        clippy::cast_precision_loss,
        reason = "the type of the member is a float"
    )]
    #[inline]
    fn from_integer(value: i128) -> Option<Self> {
        Some(value as Self)
    }

    #[inline]
    fn from_float(value: f64) -> Option<Self> {
        Some(value)
    }

    #[inline]
    fn with_hint<'de, D: Deserializer<'de>, V: Visitor<'de>>(
        deserializer: D,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        deserializer.deserialize_f64(visitor)
    }
}

impl Scalar for String {
    const EXPECTED: &'static str = "a string";

    #[inline]
    fn from_text(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    #[inline]
    fn from_string(text: String) -> Option<Self> {
        Some(text)
    }

    #[inline]
    fn with_hint<'de, D: Deserializer<'de>, V: Visitor<'de>>(
        deserializer: D,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        deserializer.deserialize_string(visitor)
    }
}

/// Reads a scalar into a slot. It gives whether the value fits.
pub(super) struct ReadScalar<'s, 'r, 'n, T, S: ?Sized> {
    slot: &'s mut S,
    reader: &'r mut Reader<'n>,
    trail: &'r Trail<'r>,
    may_be_null: bool,
    scalar: PhantomData<T>,
}

impl<'s, 'r, 'n, T: Scalar, S: Slot<T> + ?Sized> ReadScalar<'s, 'r, 'n, T, S> {
    /// Reads a scalar or `null`.
    #[inline]
    pub(super) fn optional(
        slot: &'s mut S,
        reader: &'r mut Reader<'n>,
        trail: &'r Trail<'r>,
    ) -> Self {
        Self {
            slot,
            reader,
            trail,
            may_be_null: true,
            scalar: PhantomData,
        }
    }

    /// Reads an element of an array, which is not `null`.
    #[inline]
    pub(super) fn element(
        slot: &'s mut S,
        reader: &'r mut Reader<'n>,
        trail: &'r Trail<'r>,
    ) -> Self {
        Self {
            may_be_null: false,
            ..Self::optional(slot, reader, trail)
        }
    }

    #[inline]
    fn put<E: Error>(self, value: Option<T>, found: Unexpected<'_>) -> Result<bool, E> {
        if value.is_none() {
            self.wrong(found)
        } else if self.slot.put(value) {
            Ok(true)
        } else {
            self.wrong(Unexpected::Other("a number out of its range"))
        }
    }

    #[cold]
    fn wrong<E: Error>(self, found: Unexpected<'_>) -> Result<bool, E> {
        wrong(self.reader, self.trail, found, T::EXPECTED)
    }
}

impl<'de, T: Scalar, S: Slot<T> + ?Sized> DeserializeSeed<'de> for ReadScalar<'_, '_, '_, T, S> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        if self.reader.is_lenient {
            deserializer.deserialize_any(self)
        } else if self.may_be_null {
            deserializer.deserialize_option(self)
        } else {
            T::with_hint(deserializer, self)
        }
    }
}

impl<'de, T: Scalar, S: Slot<T> + ?Sized> Visitor<'de> for ReadScalar<'_, '_, '_, T, S> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (expected, trail) = (T::EXPECTED, self.trail);
        serde::de::Expected::fmt(&Expected { expected, trail }, f)
    }

    #[inline]
    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        self.put(T::from_bool(value), Unexpected::Bool(value))
    }

    #[inline]
    fn visit_i64<E: Error>(self, value: i64) -> Result<bool, E> {
        self.put(T::from_integer(value.into()), Unexpected::Signed(value))
    }

    #[inline]
    fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
        self.put(T::from_integer(value.into()), Unexpected::Unsigned(value))
    }

    #[inline]
    fn visit_f64<E: Error>(self, value: f64) -> Result<bool, E> {
        self.put(T::from_float(value), Unexpected::Float(value))
    }

    #[inline]
    fn visit_str<E: Error>(self, value: &str) -> Result<bool, E> {
        self.put(T::from_text(value), Unexpected::Str(value))
    }

    #[inline]
    fn visit_string<E: Error>(self, value: String) -> Result<bool, E> {
        self.put(T::from_string(value), Unexpected::Other("a string"))
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        if self.slot.put(None) {
            Ok(true)
        } else {
            self.wrong(Unexpected::Unit)
        }
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<bool, E> {
        self.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        T::with_hint(deserializer, self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<bool, A::Error> {
        if self.reader.is_lenient {
            while array.next_element::<IgnoredAny>()?.is_some() {}
        }
        self.wrong(Unexpected::Seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<bool, A::Error> {
        if self.reader.is_lenient {
            while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        }
        self.wrong(Unexpected::Map)
    }
}
