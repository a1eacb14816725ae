//! Reads scalars, which most members are, with no way around.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::Number;

use super::node::Leaf;
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
    fn from_signed(_: i64) -> Option<Self> {
        None
    }
    fn from_unsigned(_: u64) -> Option<Self> {
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

    fn from_signed(value: i64) -> Option<Self> {
        Some(value.into())
    }

    fn from_unsigned(value: u64) -> Option<Self> {
        Some(value.into())
    }

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
    fn from_signed(value: i64) -> Option<Self> {
        Some(value)
    }

    #[inline]
    fn from_unsigned(value: u64) -> Option<Self> {
        value.try_into().ok()
    }

    fn from_float(value: f64) -> Option<Self> {
        whole_float(value).and_then(|whole| whole.try_into().ok())
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

    fn from_signed(value: i64) -> Option<Self> {
        Some(value.into())
    }

    fn from_unsigned(value: u64) -> Option<Self> {
        Some(value.into())
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
    fn from_signed(value: i64) -> Option<Self> {
        Some(value as Self)
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "the type of the member is a float"
    )]
    #[inline]
    fn from_unsigned(value: u64) -> Option<Self> {
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

/// Reads a value into a leaf. It gives whether it fits.
#[inline]
pub(super) fn read_leaf<'de, T: Scalar, D: Deserializer<'de>>(
    leaf: Leaf<'_, T>,
    deserializer: D,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, D::Error> {
    let scalar = ReadScalar::new(&mut *reader, trail);
    let read = match leaf {
        _ if scalar.reader.is_lenient => deserializer.deserialize_any(scalar)?,
        Leaf::Plain(_) => T::with_hint(deserializer, scalar)?,
        Leaf::Optional(_) => deserializer.deserialize_option(scalar)?,
    };
    match (leaf, read) {
        (Leaf::Plain(slot), Read::Value(value)) => *slot = value,
        (Leaf::Optional(slot), Read::Value(value)) => *slot = Some(value),
        (Leaf::Optional(slot), Read::Null) => *slot = None,
        (Leaf::Plain(_), Read::Null) => {
            return wrong(reader, trail, Unexpected::Unit, T::EXPECTED);
        }
        (_, Read::Wrong) => return Ok(false),
    }
    Ok(true)
}

/// What stands where a scalar is expected.
pub(super) enum Read<T> {
    /// Such a scalar.
    Value(T),
    /// `null`.
    Null,
    /// Something else, which was reported.
    Wrong,
}

/// Reads a scalar.
pub(super) struct ReadScalar<'r, 'n, T> {
    reader: &'r mut Reader<'n>,
    trail: &'r Trail<'r>,
    scalar: PhantomData<T>,
}

impl<'r, 'n, T: Scalar> ReadScalar<'r, 'n, T> {
    #[inline]
    pub(super) fn new(reader: &'r mut Reader<'n>, trail: &'r Trail<'r>) -> Self {
        Self {
            reader,
            trail,
            scalar: PhantomData,
        }
    }

    #[inline]
    fn take<E: Error>(self, value: Option<T>, found: Unexpected<'_>) -> Result<Read<T>, E> {
        match value {
            Some(value) => Ok(Read::Value(value)),
            None => self.wrong(found),
        }
    }

    #[cold]
    fn wrong<E: Error>(self, found: Unexpected<'_>) -> Result<Read<T>, E> {
        wrong(self.reader, self.trail, found, T::EXPECTED).map(|_| Read::Wrong)
    }
}

impl<'de, T: Scalar> DeserializeSeed<'de> for ReadScalar<'_, '_, T> {
    type Value = Read<T>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read<T>, D::Error> {
        if self.reader.is_lenient {
            deserializer.deserialize_any(self)
        } else {
            T::with_hint(deserializer, self)
        }
    }
}

impl<'de, T: Scalar> Visitor<'de> for ReadScalar<'_, '_, T> {
    type Value = Read<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (expected, trail) = (T::EXPECTED, self.trail);
        serde::de::Expected::fmt(&Expected { expected, trail }, f)
    }

    #[inline]
    fn visit_bool<E: Error>(self, value: bool) -> Result<Read<T>, E> {
        self.take(T::from_bool(value), Unexpected::Bool(value))
    }

    #[inline]
    fn visit_i64<E: Error>(self, value: i64) -> Result<Read<T>, E> {
        self.take(T::from_signed(value), Unexpected::Signed(value))
    }

    #[inline]
    fn visit_u64<E: Error>(self, value: u64) -> Result<Read<T>, E> {
        self.take(T::from_unsigned(value), Unexpected::Unsigned(value))
    }

    #[inline]
    fn visit_f64<E: Error>(self, value: f64) -> Result<Read<T>, E> {
        self.take(T::from_float(value), Unexpected::Float(value))
    }

    #[inline]
    fn visit_str<E: Error>(self, value: &str) -> Result<Read<T>, E> {
        self.take(T::from_text(value), Unexpected::Str(value))
    }

    #[inline]
    fn visit_string<E: Error>(self, value: String) -> Result<Read<T>, E> {
        self.take(T::from_string(value), Unexpected::Other("a string"))
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<Read<T>, E> {
        Ok(Read::Null)
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<Read<T>, E> {
        self.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read<T>, D::Error> {
        T::with_hint(deserializer, self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Read<T>, A::Error> {
        if self.reader.is_lenient {
            while array.next_element::<IgnoredAny>()?.is_some() {}
        }
        self.wrong(Unexpected::Seq)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Read<T>, A::Error> {
        if self.reader.is_lenient {
            while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        }
        self.wrong(Unexpected::Map)
    }
}

/// Reads a value into a leaf.
pub(super) struct ReadLeaf<'p, 'r, 'n, T>(
    pub(super) Leaf<'p, T>,
    pub(super) &'r mut Reader<'n>,
    pub(super) &'r Trail<'r>,
);

impl<'de, T: Scalar> DeserializeSeed<'de> for ReadLeaf<'_, '_, '_, T> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        read_leaf(self.0, deserializer, self.1, self.2)
    }
}
