//! Reads the members of objects.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::node::{Map, Node, Place, Record};
use super::notes::NoteKind;
use super::read::Fill;
use super::reader::{Here, Reader};
use super::record::{Member, Shape, position};
use super::scalar::ReadScalar;
use super::trail::Trail;

/// Reads an object with declared members, and gives whether it fits.
pub(super) fn read_record<'de, A: MapAccess<'de>>(
    record: &mut dyn Record,
    object: A,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, A::Error> {
    let shape = record.shape();
    let mut object = Some(object);
    let mut result = Ok(true);
    record.slots(&mut |slots| {
        if let Some(object) = object.take() {
            result = read_members(shape, slots, object, reader, trail);
        }
    });
    result
}

#[inline(never)]
fn read_members<'de, A: MapAccess<'de>>(
    shape: &'static Shape,
    slots: &mut [&mut dyn Node],
    mut object: A,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, A::Error> {
    let mut found = Found {
        members: shape.members,
        index: 0,
        next: 0,
        borrowed: None,
    };
    let mut fits = true;
    let mut seen = Seen::default();
    let mut here = Here {
        reader,
        trail: trail.member(""),
    };
    // The faults of the members before this one.
    let mut mark = here.reader.faults.len();
    let wants_stray = shape.has_rest || here.reader.notes.is_on();
    loop {
        let copied = wants_stray.then_some(&mut here.reader.stray);
        match object.next_key_seed(MemberName(&mut found, copied)) {
            Ok(Some(())) => {}
            Ok(None) => break,
            Err(error) => return Err(here.reader.stop(trail, error)),
        }
        let index = found.index;
        let Some(member) = shape.members.get(index) else {
            let rest = slots.last_mut().filter(|_| shape.has_rest);
            let rest = rest.map(|rest| rest.place());
            with_name(found.borrowed, here.reader, |name, reader| {
                read_stray(name, rest, &mut object, reader, trail)
            })?;
            continue;
        };
        here.trail.rename(member.name);
        // If a name comes twice, the last value is taken, whole.
        if !seen.add(index) {
            slots[index].reset();
        }
        // Most members are scalars: these are read with no more calls than derived code needs.
        let read = match slots[index].place() {
            Place::Text(ref mut leaf) => object.next_value_seed(ReadScalar(leaf, &mut here)),
            Place::Integer(ref mut leaf) => object.next_value_seed(ReadScalar(leaf, &mut here)),
            Place::Number(ref mut leaf) => object.next_value_seed(ReadScalar(leaf, &mut here)),
            Place::Boolean(ref mut leaf) => object.next_value_seed(ReadScalar(leaf, &mut here)),
            Place::Ranged(slot) => object.next_value_seed(ReadScalar(slot, &mut here)),
            place => object
                .next_value_seed(Fill::new(place, here.reader, &here.trail))
                .map(|fits| fits.then_some(())),
        };
        match read {
            Ok(Some(())) => {}
            Ok(None) if member.is_required => {
                fits = false;
                mark = here.reader.faults.len();
            }
            Ok(None) => {
                slots[index].reset();
                here.reader.absorb(mark, &here.trail);
            }
            Err(error) => return Err(here.reader.stop(&here.trail, error)),
        }
    }
    if seen.has_all(shape.required) && shape.members.len() <= 64 {
        return Ok(fits);
    }
    for (index, member) in shape.members.iter().enumerate() {
        if member.is_required && !seen.has(index) {
            fits = false;
            if !here.reader.is_lenient {
                return Err(A::Error::custom(missing(member.name, trail)));
            }
            let message = format!("the required member `{}` is missing", member.name);
            here.reader.report(trail, NoteKind::MissingMember, message);
        }
    }
    Ok(fits)
}

#[cold]
fn missing(name: &str, trail: &Trail<'_>) -> String {
    match trail.level {
        0 => format!("missing member `{name}`"),
        _ => format!("missing member `{name}` at {trail}"),
    }
}

/// Reads the member `name`, which the table does not list: into the map of additional members, or past it.
fn read_stray<'de, A: MapAccess<'de>>(
    name: &str,
    rest: Option<Place<'_>>,
    object: &mut A,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<(), A::Error> {
    if let Some(Place::Map(map)) = rest {
        return read_entry(name, map, object, reader, trail);
    }
    reader
        .notes
        .note(&trail.member(name), NoteKind::UnknownMember);
    match object.next_value::<IgnoredAny>() {
        Ok(_) => Ok(()),
        Err(error) => Err(reader.stop(trail, error)),
    }
}

/// Reads an object into a map.
pub(super) fn read_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Map,
    mut object: A,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, A::Error> {
    map.clear();
    loop {
        match object.next_key_seed(Name(&mut reader.stray)) {
            Ok(Some(borrowed)) => with_name(borrowed, reader, |name, reader| {
                read_entry(name, map, &mut object, reader, trail)
            })?,
            Ok(None) => return Ok(true),
            Err(error) => return Err(reader.stop(trail, error)),
        }
    }
}

/// Reads the value of the member `name`. One that does not fit is left out.
fn read_entry<'de, A: MapAccess<'de>>(
    name: &str,
    map: &mut dyn Map,
    object: &mut A,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<(), A::Error> {
    let trail = trail.member(name);
    let mark = reader.faults.len();
    match object.next_value_seed(Fill::new(map.entry(name).place(), &mut *reader, &trail)) {
        Ok(true) => {}
        Ok(false) => {
            map.remove(name);
            reader.absorb(mark, &trail);
        }
        Err(error) => return Err(reader.stop(&trail, error)),
    }
    Ok(())
}

/// Calls `read` with the name of a member: the one that is borrowed from the document, or else the one in `reader.stray`.
#[inline]
fn with_name<'n, R>(
    borrowed: Option<&str>,
    reader: &mut Reader<'n>,
    read: impl FnOnce(&str, &mut Reader<'n>) -> R,
) -> R {
    if let Some(name) = borrowed {
        return read(name, reader);
    }
    let name = std::mem::take(&mut reader.stray);
    let result = read(&name, reader);
    reader.stray = name;
    result
}

/// The members that have been read.
#[derive(Default)]
struct Seen {
    first: u64,
    others: Vec<usize>,
}

impl Seen {
    /// Adds a member. It gives whether it is new.
    #[inline]
    fn add(&mut self, index: usize) -> bool {
        if index < 64 {
            let before = self.first;
            self.first |= 1 << index;
            return self.first != before;
        }
        self.add_other(index)
    }

    #[cold]
    fn add_other(&mut self, index: usize) -> bool {
        let is_new = !self.others.contains(&index);
        self.others.push(index);
        is_new
    }

    /// Whether it has all of these of the first 64.
    fn has_all(&self, first: u64) -> bool {
        self.first & first == first
    }

    fn has(&self, index: usize) -> bool {
        if index < 64 {
            self.first & (1 << index) != 0
        } else {
            self.others.contains(&index)
        }
    }
}

/// The member that was found last.
struct Found<'de> {
    members: &'static [Member],
    /// Its place in the table; `usize::MAX` if the table does not list it.
    index: usize,
    /// The place of the member that is expected to be the next.
    next: usize,
    /// The name of a member that the table does not list, if the document lives long enough.
    borrowed: Option<&'de str>,
}

impl Found<'_> {
    /// Finds the member `name`. It gives whether the table lists it.
    #[inline]
    fn find(&mut self, name: &str) -> bool {
        // Servers write members in one order.
        let next = self.members.get(self.next);
        self.index = if next.is_some_and(|member| is_same(member.name, name)) {
            self.next
        } else if let Some(position) = position(self.members, name) {
            position
        } else {
            self.index = usize::MAX;
            return false;
        };
        self.next = self.index + 1;
        true
    }
}

/// Whether two names are equal. Most are short, and comparing their ends, which overlap, costs less than calling a function.
#[inline]
fn is_same(left: &str, right: &str) -> bool {
    #[inline]
    fn have_same_ends<const N: usize>(left: &[u8], right: &[u8]) -> bool {
        left.first_chunk::<N>() == right.first_chunk()
            && left.last_chunk::<N>() == right.last_chunk()
    }
    let (left, right) = (left.as_bytes(), right.as_bytes());
    left.len() == right.len()
        && match left.len() {
            2..=3 => have_same_ends::<2>(left, right),
            4..=7 => have_same_ends::<4>(left, right),
            8..=16 => have_same_ends::<8>(left, right),
            _ => left == right,
        }
}

/// Reads the name of a member and finds it. A name that the table does not list is borrowed, or put into the string.
struct MemberName<'s, 'de>(&'s mut Found<'de>, Option<&'s mut String>);

impl<'de> DeserializeSeed<'de> for MemberName<'_, 'de> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for MemberName<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<(), E> {
        if !self.0.find(name) {
            self.0.borrowed = Some(name);
        }
        Ok(())
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        let Self(found, copied) = self;
        if !found.find(name) {
            found.borrowed = None;
            if let Some(copied) = copied {
                name.clone_into(copied);
            }
        }
        Ok(())
    }
}

/// Reads the name of a member: it is borrowed, or put into the string.
struct Name<'s>(&'s mut String);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Option<&'de str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name<'_> {
    type Value = Option<&'de str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Some(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        name.clone_into(self.0);
        Ok(None)
    }
}
