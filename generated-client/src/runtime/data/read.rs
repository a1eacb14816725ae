//! Reads a value into a place. This is compiled once for each format, never for a type.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};

use super::members::{read_map, read_record};
use super::node::{Blank, Digits, Form, List, Node, Place};
use super::notes::{NoteKind, Notes};
use super::reader::{Expected, Here, Reader, skip_array, skip_object, wrong};
use super::scalar::{ReadElement, Scalar, read_scalar};
use super::text::Received;
use super::trail::{MOST_LEVELS, Trail};
use super::variant::read_union;

/// Reads a value strictly.
///
/// # Errors
///
/// Returns the error of the format, or one for the first value that does not fit.
pub fn read<'de, T: Blank, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    read_strictly(&mut value, deserializer)?;
    Ok(value)
}

#[inline(never)]
fn read_strictly<'de, D: Deserializer<'de>>(
    node: &mut dyn Node,
    deserializer: D,
) -> Result<(), D::Error> {
    let mut notes = Notes::default();
    let mut reader = Reader::new(false, &mut notes);
    Fill::new(node.place(), &mut reader, &Trail::ROOT)
        .deserialize(deserializer)
        .map(drop)
}

/// Fills a place. It gives whether the value fits; in strict reading one that does not is an error.
pub(super) struct Fill<'p, 'r, 'n> {
    pub(super) place: Place<'p>,
    pub(super) reader: &'r mut Reader<'n>,
    pub(super) trail: &'r Trail<'r>,
}

impl<'p, 'r, 'n> Fill<'p, 'r, 'n> {
    pub(super) fn new(place: Place<'p>, reader: &'r mut Reader<'n>, trail: &'r Trail<'r>) -> Self {
        Self {
            place,
            reader,
            trail,
        }
    }

    /// Reads what is not one of the common scalars.
    #[inline(never)]
    fn read_other<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        if self.trail.level > MOST_LEVELS {
            return Err(D::Error::custom(format_args!(
                "more than {MOST_LEVELS} arrays, objects and unions are in each other at {}",
                self.trail
            )));
        }
        match self.place {
            Place::Any(value) => {
                *value = serde::Deserialize::deserialize(deserializer)?;
                Ok(true)
            }
            Place::Union(union) => {
                let received = Received::read(deserializer, self.reader)?;
                read_union(union, received, self.reader, self.trail)
            }
            Place::Digits(digits) => {
                let received = Received::read(deserializer, self.reader)?;
                read_digits(digits, &received, self.reader, self.trail)
            }
            Place::Maybe(_) => deserializer.deserialize_option(self),
            _ if self.reader.is_lenient => deserializer.deserialize_any(self),
            Place::Parsed(_) => deserializer.deserialize_str(self),
            Place::Map(_) | Place::Record(_) => deserializer.deserialize_map(self),
            _ => deserializer.deserialize_seq(self),
        }
    }

    /// Says that what stands there does not fit.
    #[cold]
    fn wrong<E: Error>(self, found: Unexpected<'_>) -> Result<bool, E> {
        wrong(self.reader, self.trail, found, expected(&self.place))
    }
}

impl<'de> DeserializeSeed<'de> for Fill<'_, '_, '_> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(mut self, deserializer: D) -> Result<bool, D::Error> {
        let (reader, trail) = (&mut *self.reader, self.trail);
        match self.place {
            Place::Text(ref mut leaf) => read_scalar(leaf, deserializer, reader, trail),
            Place::Integer(ref mut leaf) => read_scalar(leaf, deserializer, reader, trail),
            Place::Number(ref mut leaf) => read_scalar(leaf, deserializer, reader, trail),
            Place::Boolean(ref mut leaf) => read_scalar(leaf, deserializer, reader, trail),
            Place::Ranged(ref mut slot) => read_scalar(&mut **slot, deserializer, reader, trail),
            _ => self.read_other(deserializer),
        }
    }
}

impl<'de> Visitor<'de> for Fill<'_, '_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (expected, trail) = (expected(&self.place), self.trail);
        serde::de::Expected::fmt(&Expected { expected, trail }, f)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        self.wrong(Unexpected::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<bool, E> {
        self.wrong(Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
        self.wrong(Unexpected::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<bool, E> {
        self.wrong(Unexpected::Float(value))
    }

    fn visit_str<E: Error>(mut self, value: &str) -> Result<bool, E> {
        let Place::Parsed(ref mut parsed) = self.place else {
            return self.wrong(Unexpected::Str(value));
        };
        match parsed.parse(value) {
            Form::Known => {}
            Form::Unknown => self.reader.notes.note(self.trail, NoteKind::UnknownValue),
            Form::Wrong => return self.wrong(Unexpected::Str(value)),
        }
        Ok(true)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        match self.place {
            Place::Maybe(maybe) => {
                maybe.put_null();
                Ok(true)
            }
            _ => self.wrong(Unexpected::Unit),
        }
    }

    fn visit_none<E: Error>(self) -> Result<bool, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        match self.place {
            Place::Maybe(maybe) => {
                let place = maybe.fill().place();
                Fill { place, ..self }.deserialize(deserializer)
            }
            _ => self.deserialize(deserializer),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, array: A) -> Result<bool, A::Error> {
        match self.place {
            Place::List(list) => read_list(list, array, self.reader, self.trail),
            Place::Integers(items) => read_scalars(items, array, self.reader, self.trail),
            Place::Numbers(items) => read_scalars(items, array, self.reader, self.trail),
            Place::Texts(items) => read_scalars(items, array, self.reader, self.trail),
            _ => {
                skip_array(self.reader, array)?;
                self.wrong(Unexpected::Seq)
            }
        }
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<bool, A::Error> {
        match self.place {
            Place::Record(record) => read_record(record, object, self.reader, self.trail),
            Place::Map(map) => read_map(map, object, self.reader, self.trail),
            _ => {
                skip_object(self.reader, object)?;
                self.wrong(Unexpected::Map)
            }
        }
    }
}

/// Reads a number that keeps its digits.
fn read_digits<E: Error>(
    digits: &mut dyn Digits,
    received: &Received,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, E> {
    let fits = match received {
        Received::Text(text) => digits.put(text),
        Received::Value(value) => value.is_number() && digits.put(&value.to_string()),
    };
    if fits {
        return Ok(true);
    }
    let first = match received {
        Received::Text(text) => text.bytes().next(),
        Received::Value(value) => value.to_string().bytes().next(),
    };
    let found = match first {
        Some(b'{') => Unexpected::Map,
        Some(b'[') => Unexpected::Seq,
        Some(b'"') => Unexpected::Other("a string"),
        Some(b'n') => Unexpected::Unit,
        Some(b't' | b'f') => Unexpected::Other("a boolean"),
        _ => Unexpected::Other("a number with a fraction"),
    };
    wrong(reader, trail, found, digits.expected())
}

/// Reads the elements of an array. All are read, even after one that does not fit.
fn read_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    mut array: A,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, A::Error> {
    list.clear();
    let mut fits = true;
    let mut trail = trail.item(0);
    loop {
        match array.next_element_seed(Add(list, &mut *reader, &trail)) {
            Ok(Some(item)) => fits &= item,
            Ok(None) => break,
            Err(error) => return Err(reader.stop(&trail, error)),
        }
        trail.advance();
    }
    Ok(fits)
}

/// Reads the elements of an array of scalars.
fn read_scalars<'de, T: Scalar, A: SeqAccess<'de>>(
    items: &mut Vec<T>,
    array: A,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, A::Error> {
    items.clear();
    if T::HAS_HINT && !reader.is_lenient {
        read_elements::<T, A, true>(items, array, reader, trail)
    } else {
        read_elements::<T, A, false>(items, array, reader, trail)
    }
}

fn read_elements<'de, T: Scalar, A: SeqAccess<'de>, const HINTS: bool>(
    items: &mut Vec<T>,
    mut array: A,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, A::Error> {
    let mut fits = true;
    let trail = trail.item(0);
    let mut here = Here { reader, trail };
    loop {
        match array.next_element_seed(ReadElement::<T, HINTS>(&mut here, PhantomData)) {
            Ok(Some(Some(item))) => items.push(item),
            Ok(Some(None)) => fits = false,
            Ok(None) => return Ok(fits),
            Err(error) => return Err(here.reader.stop(&here.trail, error)),
        }
        here.trail.advance();
    }
}

/// Appends an element to a list, if there is one more.
struct Add<'r, 'n>(&'r mut dyn List, &'r mut Reader<'n>, &'r Trail<'r>);

impl<'de> DeserializeSeed<'de> for Add<'_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        Fill::new(self.0.add().place(), self.1, self.2).deserialize(deserializer)
    }
}

fn expected(place: &Place<'_>) -> &'static str {
    match place {
        Place::Parsed(_) => "a string of the declared format",
        Place::List(_) | Place::Integers(_) | Place::Numbers(_) | Place::Texts(_) => "an array",
        Place::Map(_) | Place::Record(_) => "an object",
        _ => "a value",
    }
}
