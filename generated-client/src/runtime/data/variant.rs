//! Reads a value as the variant of a union that it is.

use serde::de::{DeserializeSeed, Error};
use serde_json::Value;

use super::decide::{Decision, decide};
use super::node::Union;
use super::notes::NoteKind;
use super::read::Fill;
use super::reader::Reader;
use super::text::{Received, with_member};
use super::trail::Trail;
use super::union::{Rule, Tag, UnionShape};

/// Reads `value` as the variant that it is. What is not one variant becomes `Unknown`, whole.
///
/// Strict reading fails if a tag names a variant and the value is not one.
pub(super) fn read_union<E: Error>(
    union: &mut dyn Union,
    received: Received,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, E> {
    let shape = union.shape();
    let (mut value, text) = match received {
        Received::Text(text) => (serde_json::from_str(&text).map_err(E::custom)?, Some(text)),
        Received::Value(value) => (value, None),
    };
    let mut kind = NoteKind::UnknownValue;
    let found = match decide(shape, &value, &mut Vec::new()) {
        Decision::Variant(index, tag) => Some((index, tag, tag.is_some())),
        Decision::Fallback(index, tag) => Some((index, tag, false)),
        Decision::Several => {
            kind = NoteKind::SeveralVariants;
            None
        }
        Decision::None => None,
    };
    if let Some((index, tag, is_said)) = found {
        let (notes, faults) = (reader.notes.mark(), reader.faults.len());
        let inside = trail.variant();
        let sent = tag.and_then(|tag| put_tag(shape, tag, &mut value));
        let place = union.become_variant(index).place();
        let read = match &text {
            None => {
                let is_in_value = std::mem::replace(&mut reader.is_in_value, true);
                let read = Fill::new(place, &mut *reader, &inside).deserialize(&value);
                reader.is_in_value = is_in_value;
                read
            }
            Some(text) => {
                let tagged = match &sent {
                    Some((name, _)) => with_member(text, name, &value[name]).map(Some),
                    None => Ok(None),
                };
                tagged.and_then(|tagged| {
                    let text = tagged.as_ref().unwrap_or(text);
                    let mut text = serde_json::Deserializer::from_str(text);
                    Fill::new(place, &mut *reader, &inside).deserialize(&mut text)
                })
            }
        };
        match read {
            Ok(true) => return Ok(true),
            Err(error) if !reader.is_lenient && is_said => {
                return Err(E::custom(error));
            }
            Ok(false) | Err(_) => {
                reader.faults.truncate(faults);
                reader.stopped_at = None;
                reader.notes.forget(notes);
            }
        }
        if let (Some((name, sent)), Some(members)) = (sent, value.as_object_mut()) {
            match sent {
                Some(sent) => drop(members.insert(name.to_owned(), sent)),
                None => drop(members.remove(name)),
            }
        }
    }
    reader.notes.note(trail, kind);
    union.become_unknown(value);
    Ok(true)
}

/// Puts the tag into `value` as the table has it, if it was not sent or with another JSON type: a member that is an integer takes
/// no `"2"`. Returns the name of the tag and what was there.
fn put_tag(
    shape: &UnionShape,
    tag: Tag,
    value: &mut Value,
) -> Option<(&'static str, Option<Value>)> {
    let (Rule::Tagged(name), Some(members)) = (shape.rule, value.as_object_mut()) else {
        return None;
    };
    if members.get(name).is_some_and(|sent| tag.is(sent)) {
        return None;
    }
    Some((name, members.insert(name.to_owned(), tag.into())))
}
