//! Reads scalars, which most members are, with no way around.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};

use super::node::{Leaf, Ranged};
use super::reader::{Expected, Here, Reader, skip_array, skip_object};
use super::text::Begun;
use super::trail::Trail;
use super::weigh::whole_float;

/// What a scalar is made of.
pub(super) trait Scalar: Sized {
    /// What is expected, for messages.
    const EXPECTED: &'static str;
    /// Whether strict reading has a hint for it.
    const HAS_HINT: bool = false;

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

    /// Reads with the hint for this scalar. Integers have none: `2.0` is an integer, and some formats would refuse it under the
    /// hint of one.
    #[inline]
    fn with_hint<'de, D: Deserializer<'de>, V: Visitor<'de>>(
        deserializer: D,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        deserializer.deserialize_any(visitor)
    }
}

impl Scalar for bool {
    const EXPECTED: &'static str = "a boolean";
    const HAS_HINT: bool = true;

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
}

impl Scalar for f64 {
    const EXPECTED: &'static str = "a number";
    const HAS_HINT: bool = true;

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
    const HAS_HINT: bool = true;

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

/// What is done with a scalar.
pub(super) trait Sink {
    /// What it takes.
    type Scalar: Scalar;
    /// What it gives for a scalar.
    type Taken;

    /// Whether a format that writes options in a way of its own must be asked for one.
    fn is_option(&self) -> bool {
        false
    }
    /// Takes a scalar, if it is a value of the type.
    fn take(self, value: Self::Scalar) -> Option<Self::Taken>;
    /// Takes `null`, if it is a value of the type.
    fn take_null(self) -> Option<Self::Taken>;
}

impl<T: Scalar> Sink for &mut Leaf<'_, T> {
    type Scalar = T;
    type Taken = ();

    #[inline]
    fn is_option(&self) -> bool {
        matches!(self, Leaf::Optional(_))
    }

    #[inline]
    fn take(self, value: T) -> Option<()> {
        match self {
            Leaf::Plain(slot) => **slot = value,
            Leaf::Optional(slot) => **slot = Some(value),
        }
        Some(())
    }

    #[inline]
    fn take_null(self) -> Option<()> {
        match self {
            Leaf::Plain(_) => None,
            Leaf::Optional(slot) => {
                **slot = None;
                Some(())
            }
        }
    }
}

impl Sink for &mut (dyn Ranged + '_) {
    type Scalar = i128;
    type Taken = ();

    #[inline]
    fn take(self, value: i128) -> Option<()> {
        self.put(Some(value)).then_some(())
    }

    fn take_null(self) -> Option<()> {
        self.put(None).then_some(())
    }
}

/// Gives the scalar back.
struct Give<T>(PhantomData<T>);

impl<T: Scalar> Sink for Give<T> {
    type Scalar = T;
    type Taken = T;

    #[inline]
    fn take(self, value: T) -> Option<T> {
        Some(value)
    }

    #[inline]
    fn take_null(self) -> Option<T> {
        None
    }
}

/// Reads a scalar into a sink. It gives `None` if the value does not fit, which was reported.
pub(super) struct ReadScalar<'s, 'h, 'n, S>(pub(super) S, pub(super) &'s mut Here<'h, 'n>);

impl<S: Sink> ReadScalar<'_, '_, '_, S> {
    #[inline]
    fn take<E: Error>(
        self,
        value: Option<S::Scalar>,
        found: Unexpected<'_>,
    ) -> Result<Option<S::Taken>, E> {
        let Some(value) = value else {
            return wrong(self.1, found, S::Scalar::EXPECTED);
        };
        match self.0.take(value) {
            Some(taken) => Ok(Some(taken)),
            None => wrong(
                self.1,
                Unexpected::Other("a number out of its range"),
                S::Scalar::EXPECTED,
            ),
        }
    }
}

impl<S: Sink> ReadScalar<'_, '_, '_, S> {
    /// Reads a number that is text.
    #[cold]
    fn visit_number<E: Error>(self, text: &str) -> Result<Option<S::Taken>, E> {
        if let Ok(number) = text.parse::<i64>() {
            return self.take(S::Scalar::from_signed(number), Unexpected::Signed(number));
        }
        if let Ok(number) = text.parse::<u64>() {
            return self.take(
                S::Scalar::from_unsigned(number),
                Unexpected::Unsigned(number),
            );
        }
        let number: f64 = text.parse().unwrap_or(f64::INFINITY);
        let finite = number.is_finite().then_some(number);
        self.take(
            finite.and_then(S::Scalar::from_float),
            Unexpected::Float(number),
        )
    }
}

/// Reports that `found` stands where a scalar is expected.
#[cold]
fn wrong<T, E: Error>(
    here: &mut Here<'_, '_>,
    found: Unexpected<'_>,
    expected: &'static str,
) -> Result<Option<T>, E> {
    super::reader::wrong(here.reader, &here.trail, found, expected).map(|_| None)
}

impl<'de, S: Sink> DeserializeSeed<'de> for ReadScalar<'_, '_, '_, S> {
    type Value = Option<S::Taken>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if !S::Scalar::HAS_HINT || self.1.reader.is_lenient {
            read_any(self, deserializer)
        } else if self.0.is_option() {
            deserializer.deserialize_option(self)
        } else {
            S::Scalar::with_hint(deserializer, self)
        }
    }
}

/// Reads what stands there. It is apart so that the code around it stays short: formats put a branch for each kind of value into
/// it.
#[inline(never)]
fn read_any<'de, S: Sink, D: Deserializer<'de>>(
    scalar: ReadScalar<'_, '_, '_, S>,
    deserializer: D,
) -> Result<Option<S::Taken>, D::Error> {
    deserializer.deserialize_any(scalar)
}

/// Reads a scalar into a sink. It gives whether it fits.
#[inline]
pub(super) fn read_scalar<'de, S: Sink, D: Deserializer<'de>>(
    sink: S,
    deserializer: D,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, D::Error> {
    let trail = *trail;
    let taken = ReadScalar(sink, &mut Here { reader, trail }).deserialize(deserializer)?;
    Ok(taken.is_some())
}

/// Reads an element of an array of scalars: with the hint for it, or by what stands there.
pub(super) struct ReadElement<'s, 'h, 'n, T, const HINTS: bool>(
    pub(super) &'s mut Here<'h, 'n>,
    pub(super) PhantomData<T>,
);

impl<'de, T: Scalar, const HINTS: bool> DeserializeSeed<'de> for ReadElement<'_, '_, '_, T, HINTS> {
    type Value = Option<T>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        let read = ReadScalar(Give(self.1), self.0);
        if HINTS {
            T::with_hint(deserializer, read)
        } else {
            deserializer.deserialize_any(read)
        }
    }
}

impl<'de, S: Sink> Visitor<'de> for ReadScalar<'_, '_, '_, S> {
    type Value = Option<S::Taken>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (expected, trail) = (S::Scalar::EXPECTED, &self.1.trail);
        serde::de::Expected::fmt(&Expected { expected, trail }, f)
    }

    #[inline]
    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        self.take(S::Scalar::from_bool(value), Unexpected::Bool(value))
    }

    #[inline]
    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        self.take(S::Scalar::from_signed(value), Unexpected::Signed(value))
    }

    #[inline]
    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        self.take(S::Scalar::from_unsigned(value), Unexpected::Unsigned(value))
    }

    #[inline]
    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        self.take(S::Scalar::from_float(value), Unexpected::Float(value))
    }

    #[inline]
    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        self.take(S::Scalar::from_text(value), Unexpected::Str(value))
    }

    #[inline]
    fn visit_string<E: Error>(self, value: String) -> Result<Self::Value, E> {
        self.take(S::Scalar::from_string(value), Unexpected::Other("a string"))
    }

    #[inline]
    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        match self.0.take_null() {
            Some(taken) => Ok(Some(taken)),
            None => wrong(self.1, Unexpected::Unit, S::Scalar::EXPECTED),
        }
    }

    #[inline]
    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        self.visit_unit()
    }

    #[inline]
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        S::Scalar::with_hint(deserializer, self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<Self::Value, A::Error> {
        skip_array(self.1.reader, array)?;
        wrong(self.1, Unexpected::Seq, S::Scalar::EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        match Begun::read(&mut object)? {
            Begun::Number(text) => return self.visit_number(&text),
            Begun::Empty => {}
            Begun::Members => {
                object.next_value::<IgnoredAny>()?;
                skip_object(self.1.reader, object)?;
            }
        }
        wrong(self.1, Unexpected::Map, S::Scalar::EXPECTED)
    }
}
