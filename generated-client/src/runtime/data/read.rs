//! Reads a value into a place. This is compiled once for each format, never for a type.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde_json::{Number, Value};

use super::members::{read_map, read_record};
use super::node::{Blank, Form, Node, Place};
use super::notes::{NoteKind, Notes};
use super::trail::{MOST_LEVELS, Trail};
use super::variant::read_union;
use super::weigh::whole_float;

/// How a value is read.
///
/// Strict reading stops at the first fault. Lenient reading goes on: a value that does not fit is read to its end and
/// reported to what is around it, until an optional member is set to `None`.
///
/// - A wrong element makes its array wrong. An array that got shorter, or whose elements moved, would be wrong data that looks
///   right; an array that is absent looks absent.
/// - A wrong member of a map is left out, as if it were an optional member of an object: the other members keep their names.
///
/// Lenient reading asks the format what stands there, so that it needs a self-describing one.
pub(super) struct Reader<'n> {
    pub(super) is_lenient: bool,
    pub(super) notes: &'n mut Notes,
    /// Lenient: the faults that nothing has absorbed yet, the first of them.
    pub(super) faults: Vec<Fault>,
    /// Where reading stopped with an error of the format.
    pub(super) stopped_at: Option<String>,
    /// The name of the member that is read, where the table does not list it.
    pub(super) stray: String,
}

/// A value that does not fit.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) pointer: String,
    pub(super) kind: NoteKind,
    pub(super) message: String,
}

impl<'n> Reader<'n> {
    pub(super) fn new(is_lenient: bool, notes: &'n mut Notes) -> Self {
        Self {
            is_lenient,
            notes,
            faults: Vec::new(),
            stopped_at: None,
            stray: String::new(),
        }
    }

    /// Reports that something does not fit.
    #[cold]
    pub(super) fn report(&mut self, trail: &Trail<'_>, kind: NoteKind, message: String) {
        if self.faults.len() < MOST_LEVELS {
            self.faults.push(Fault {
                pointer: trail.to_string(),
                kind,
                message,
            });
        }
    }

    /// Takes the faults since `mark` away, because the member at `trail` is read as absent.
    #[cold]
    pub(super) fn absorb(&mut self, mark: usize, trail: &Trail<'_>) {
        let fault = self.faults.drain(mark..).next();
        if !self.notes.is_on() {
            return;
        }
        let pointer = trail.to_string();
        if let Some(fault) = fault.filter(|fault| fault.pointer != pointer) {
            self.notes.push(fault.pointer, fault.kind);
        }
        self.notes.push(pointer, NoteKind::DroppedMember);
    }

    /// Remembers where an error of the format happened.
    #[cold]
    pub(super) fn stop<E>(&mut self, trail: &Trail<'_>, error: E) -> E {
        self.stopped_at.get_or_insert_with(|| trail.to_string());
        error
    }
}

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

    /// Says that what stands there does not fit.
    #[cold]
    fn wrong<E: Error>(self, found: Unexpected<'_>) -> Result<bool, E> {
        if !self.reader.is_lenient {
            return Err(E::invalid_type(found, &self));
        }
        let message = format!("found {}, expected {}", kind(found), expected(&self.place));
        self.reader
            .report(self.trail, NoteKind::WrongValue, message);
        Ok(false)
    }

    /// As [`wrong`](Self::wrong) for a value of the right kind.
    #[cold]
    fn invalid<E: Error>(self, found: Unexpected<'_>) -> Result<bool, E> {
        if self.reader.is_lenient {
            self.wrong(found)
        } else {
            Err(E::invalid_value(found, &self))
        }
    }

    fn integer<E: Error>(mut self, value: i128, found: Unexpected<'_>) -> Result<bool, E> {
        let fits = match self.place {
            Place::Integer(ref mut slot) => slot.put(Some(value)),
            #[allow(
                clippy::cast_precision_loss,
                reason = "the type of the member is a float"
            )]
            Place::Number(ref mut slot) => slot.put(Some(value as f64)),
            Place::AnyInteger(ref mut slot) => slot.put(Number::from_i128(value)),
            _ => return self.wrong(found),
        };
        if fits { Ok(true) } else { self.invalid(found) }
    }

    /// Reads with the hint for what the place expects.
    fn with_hint<'de, D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        match self.place {
            Place::Boolean(_) => deserializer.deserialize_bool(self),
            Place::Number(_) => deserializer.deserialize_f64(self),
            Place::Text(_) => deserializer.deserialize_string(self),
            Place::Parsed(_) => deserializer.deserialize_str(self),
            Place::List(_) | Place::Numbers(_) | Place::Texts(_) => {
                deserializer.deserialize_seq(self)
            }
            Place::Map(_) | Place::Record(_) => deserializer.deserialize_map(self),
            // `2.0` is an integer, and some formats would refuse it under the hint of one.
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Fill<'_, '_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        if self.trail.level > MOST_LEVELS {
            return Err(D::Error::custom(format_args!(
                "more than {MOST_LEVELS} arrays and objects are in each other at {}",
                self.trail
            )));
        }
        match self.place {
            Place::Any(value) => {
                *value = serde::Deserialize::deserialize(deserializer)?;
                Ok(true)
            }
            Place::Union(union) => {
                let value: Value = serde::Deserialize::deserialize(deserializer)?;
                read_union(union, value, self.reader, self.trail)
            }
            Place::Maybe(_) => deserializer.deserialize_option(self),
            _ if self.reader.is_lenient => deserializer.deserialize_any(self),
            Place::Boolean(_)
            | Place::Integer(_)
            | Place::AnyInteger(_)
            | Place::Number(_)
            | Place::Text(_) => deserializer.deserialize_option(self),
            _ => self.with_hint(deserializer),
        }
    }
}

impl<'de> Visitor<'de> for Fill<'_, '_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(expected(&self.place))?;
        match self.trail.level {
            0 => Ok(()),
            _ => write!(f, " at {}", self.trail),
        }
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        match self.place {
            Place::Boolean(slot) => Ok(slot.put(Some(value))),
            _ => self.wrong(Unexpected::Bool(value)),
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<bool, E> {
        self.integer(value.into(), Unexpected::Signed(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<bool, E> {
        self.integer(value.into(), Unexpected::Unsigned(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<bool, E> {
        match (self.place, whole_float(value)) {
            (Place::Number(slot), _) => Ok(slot.put(Some(value))),
            (place, Some(whole)) => Self { place, ..self }.integer(whole, Unexpected::Float(value)),
            (Place::AnyInteger(slot), None) if value.fract() == 0.0 => {
                Ok(slot.put(Number::from_f64(value)))
            }
            (place, None) => Self { place, ..self }.wrong(Unexpected::Float(value)),
        }
    }

    fn visit_str<E: Error>(mut self, value: &str) -> Result<bool, E> {
        match self.place {
            Place::Text(slot) => Ok(slot.put(Some(value.to_owned()))),
            Place::Parsed(ref mut slot) => match slot.parse(value) {
                Form::Known => Ok(true),
                Form::Unknown => {
                    self.reader.notes.note(self.trail, NoteKind::UnknownValue);
                    Ok(true)
                }
                Form::Wrong => self.invalid(Unexpected::Str(value)),
            },
            _ => self.wrong(Unexpected::Str(value)),
        }
    }

    fn visit_string<E: Error>(self, value: String) -> Result<bool, E> {
        match self.place {
            Place::Text(slot) => Ok(slot.put(Some(value))),
            _ => self.visit_str(&value),
        }
    }

    fn visit_unit<E: Error>(mut self) -> Result<bool, E> {
        let fits = match self.place {
            Place::Maybe(ref mut maybe) => {
                maybe.put_null();
                true
            }
            Place::Boolean(ref mut slot) => slot.put(None),
            Place::Integer(ref mut slot) => slot.put(None),
            Place::AnyInteger(ref mut slot) => slot.put(None),
            Place::Number(ref mut slot) => slot.put(None),
            Place::Text(ref mut slot) => slot.put(None),
            _ => false,
        };
        if fits {
            Ok(true)
        } else {
            self.wrong(Unexpected::Unit)
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
            _ => self.with_hint(deserializer),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<bool, A::Error> {
        match self.place {
            Place::List(list) => {
                list.clear();
                let next = |reader: &mut Reader<'_>, trail: &Trail<'_>| {
                    array.next_element_seed(Add(list, reader, trail))
                };
                read_items(self.reader, self.trail, next)
            }
            Place::Numbers(items) => {
                items.clear();
                let next = |reader: &mut Reader<'_>, trail: &Trail<'_>| {
                    let mut item = 0.0;
                    let fits = array.next_element_seed(Fill::new(item.place(), reader, trail))?;
                    items.extend(fits.map(|_| item));
                    Ok(fits)
                };
                read_items(self.reader, self.trail, next)
            }
            Place::Texts(items) => {
                items.clear();
                let next = |reader: &mut Reader<'_>, trail: &Trail<'_>| {
                    let mut item = String::new();
                    let fits = array.next_element_seed(Fill::new(item.place(), reader, trail))?;
                    items.extend(fits.map(|_| item));
                    Ok(fits)
                };
                read_items(self.reader, self.trail, next)
            }
            _ => {
                if self.reader.is_lenient {
                    while array.next_element::<IgnoredAny>()?.is_some() {}
                }
                self.wrong(Unexpected::Seq)
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<bool, A::Error> {
        match self.place {
            Place::Record(record) => read_record(record, object, self.reader, self.trail),
            Place::Map(map) => read_map(map, object, self.reader, self.trail),
            _ => {
                if self.reader.is_lenient {
                    while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                }
                self.wrong(Unexpected::Map)
            }
        }
    }
}

/// Reads the elements of an array with `next`. All are read, even after one that does not fit.
fn read_items<E>(
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
    mut next: impl FnMut(&mut Reader<'_>, &Trail<'_>) -> Result<Option<bool>, E>,
) -> Result<bool, E> {
    let mut fits = true;
    for index in 0.. {
        let trail = trail.item(index);
        match next(reader, &trail) {
            Ok(Some(item)) => fits &= item,
            Ok(None) => break,
            Err(error) => return Err(reader.stop(&trail, error)),
        }
    }
    Ok(fits)
}

/// Appends an element to a list, if there is one more.
struct Add<'r, 'n>(
    &'r mut dyn super::node::List,
    &'r mut Reader<'n>,
    &'r Trail<'r>,
);

impl<'de> DeserializeSeed<'de> for Add<'_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        Fill::new(self.0.add().place(), self.1, self.2).deserialize(deserializer)
    }
}

fn expected(place: &Place<'_>) -> &'static str {
    match place {
        Place::Boolean(_) => "a boolean",
        Place::Integer(_) => "an integer in the range of its type",
        Place::AnyInteger(_) => "an integer",
        Place::Number(_) => "a number",
        Place::Text(_) => "a string",
        Place::Parsed(_) => "a string of the declared format",
        Place::List(_) | Place::Numbers(_) | Place::Texts(_) => "an array",
        Place::Map(_) | Place::Record(_) => "an object",
        Place::Maybe(_) | Place::Union(_) | Place::Any(_) => "a value",
    }
}

/// The kind of a value, without the value: it may be a secret.
fn kind(found: Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
        Unexpected::Float(_) => "a number",
        Unexpected::Unit => "null",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        _ => "a string",
    }
}
