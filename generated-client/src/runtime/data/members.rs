//! Reads the members of objects.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

use super::node::{Map, Node, Place, Record};
use super::notes::NoteKind;
use super::read::Fill;
use super::reader::Reader;
use super::record::{Member, Shape, position};
use super::scalar::ReadLeaf;
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
    };
    let mut fits = true;
    let mut seen = Seen::default();
    let wants_stray = shape.has_rest || reader.notes.is_on();
    loop {
        let stray = wants_stray.then_some(&mut reader.stray);
        match object.next_key_seed(MemberName(&mut found, stray)) {
            Ok(Some(())) => {}
            Ok(None) => break,
            Err(error) => return Err(reader.stop(trail, error)),
        }
        let index = found.index;
        let Some(member) = shape.members.get(index) else {
            read_stray(shape, slots, &mut object, reader, trail)?;
            continue;
        };
        let trail = trail.member(member.name);
        // If a name comes twice, the last value is taken, whole.
        if !seen.add(index) {
            slots[index].reset();
        }
        let mark = reader.faults.len();
        // Most members are scalars: these are read with no more calls than derived code needs.
        let read = match slots[index].place() {
            Place::Text(leaf) => object.next_value_seed(ReadLeaf(leaf, &mut *reader, &trail)),
            Place::Integer(leaf) => object.next_value_seed(ReadLeaf(leaf, &mut *reader, &trail)),
            Place::Number(leaf) => object.next_value_seed(ReadLeaf(leaf, &mut *reader, &trail)),
            Place::Boolean(leaf) => object.next_value_seed(ReadLeaf(leaf, &mut *reader, &trail)),
            place => object.next_value_seed(Fill::new(place, &mut *reader, &trail)),
        };
        match read {
            Ok(true) => {}
            Ok(false) if member.is_required => fits = false,
            Ok(false) => {
                slots[index].reset();
                reader.absorb(mark, &trail);
            }
            Err(error) => return Err(reader.stop(&trail, error)),
        }
    }
    if seen.has_all(shape.required) && shape.members.len() <= 64 {
        return Ok(fits);
    }
    for (index, member) in shape.members.iter().enumerate() {
        if member.is_required && !seen.has(index) {
            fits = false;
            if !reader.is_lenient {
                return Err(A::Error::custom(missing(member.name, trail)));
            }
            let message = format!("the required member `{}` is missing", member.name);
            reader.report(trail, NoteKind::MissingMember, message);
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

/// Reads a member that the table does not list: into the map of additional members, or past it.
fn read_stray<'de, A: MapAccess<'de>>(
    shape: &Shape,
    slots: &mut [&mut dyn Node],
    object: &mut A,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<(), A::Error> {
    let rest = slots.last_mut().filter(|_| shape.has_rest);
    if let Some(Place::Map(map)) = rest.map(|rest| rest.place()) {
        return read_entry(map, object, reader, trail);
    }
    if reader.notes.is_on() {
        let name = std::mem::take(&mut reader.stray);
        reader
            .notes
            .note(&trail.member(&name), NoteKind::UnknownMember);
        reader.stray = name;
    }
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
            Ok(Some(())) => read_entry(map, &mut object, reader, trail)?,
            Ok(None) => return Ok(true),
            Err(error) => return Err(reader.stop(trail, error)),
        }
    }
}

/// Reads the value of the member whose name is `reader.stray`. One that does not fit is left out.
fn read_entry<'de, A: MapAccess<'de>>(
    map: &mut dyn Map,
    object: &mut A,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<(), A::Error> {
    let name = std::mem::take(&mut reader.stray);
    let trail = trail.member(&name);
    let mark = reader.faults.len();
    match object.next_value_seed(Fill::new(map.entry(&name).place(), &mut *reader, &trail)) {
        Ok(true) => {}
        Ok(false) => {
            map.remove(&name);
            reader.absorb(mark, &trail);
        }
        Err(error) => return Err(reader.stop(&trail, error)),
    }
    reader.stray = name;
    Ok(())
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
struct Found {
    members: &'static [Member],
    /// Its place in the table; `usize::MAX` if the table does not list it.
    index: usize,
    /// The place of the member that is expected to be the next.
    next: usize,
}

/// Reads the name of a member and finds it. A name that the table does not list is put into the string.
struct MemberName<'s>(&'s mut Found, Option<&'s mut String>);

impl<'de> DeserializeSeed<'de> for MemberName<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for MemberName<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        let Self(found, stray) = self;
        // Servers write members in one order.
        let next = found.members.get(found.next);
        if next.is_some_and(|member| member.name == name) {
            found.index = found.next;
        } else if let Some(position) = position(found.members, name) {
            found.index = position;
        } else {
            found.index = usize::MAX;
            if let Some(stray) = stray {
                name.clone_into(stray);
            }
            return Ok(());
        }
        found.next = found.index + 1;
        Ok(())
    }
}

/// Reads the name of a member.
struct Name<'s>(&'s mut String);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E>(self, name: &str) -> Result<(), E> {
        name.clone_into(self.0);
        Ok(())
    }
}
