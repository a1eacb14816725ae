//! Reads a value as the variant of a union that it is.

use serde::de::{DeserializeSeed, Error};
use serde_json::Value;

use super::decide::{Decision, decide};
use super::node::Union;
use super::notes::NoteKind;
use super::read::Fill;
use super::reader::Reader;
use super::trail::Trail;
use super::union::{Rule, Tag, UnionShape};

/// Reads `value` as the variant that it is. What is not one variant becomes `Unknown`, whole.
///
/// Strict reading fails if a tag names a variant and the value is not one.
pub(super) fn read_union<E: Error>(
    union: &mut dyn Union,
    mut value: Value,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, E> {
    let shape = union.shape();
    let mut kind = NoteKind::UnknownValue;
    match decide(shape, &value, &mut Vec::new()) {
        Decision::Variant(index, tag) => {
            let (notes, faults) = (reader.notes.mark(), reader.faults.len());
            let trail = trail.variant();
            let sent = tag.and_then(|tag| put_tag(shape, tag, &mut value));
            let place = union.become_variant(index).place();
            match Fill::new(place, &mut *reader, &trail).deserialize(&value) {
                Ok(true) => return Ok(true),
                Err(error) if !reader.is_lenient && tag.is_some() => {
                    return Err(E::custom(error));
                }
                Ok(false) | Err(_) => {
                    reader.faults.truncate(faults);
                    reader.stopped_at = None;
                    reader.notes.forget(notes);
                }
            }
            if let Some((name, sent)) = sent {
                value[name] = sent;
            }
        }
        Decision::Several => kind = NoteKind::SeveralVariants,
        Decision::None => {}
    }
    reader.notes.note(trail, kind);
    union.become_unknown(value);
    Ok(true)
}

/// Puts the tag into `value` as the table has it, if it was sent with another JSON type: a member that is an integer takes no
/// `"2"`. Returns the name of the tag and what was there.
fn put_tag(shape: &UnionShape, tag: Tag, value: &mut Value) -> Option<(&'static str, Value)> {
    let Rule::Tagged(name) = shape.rule else {
        return None;
    };
    let sent = value.get_mut(name).filter(|sent| !tag.is(sent))?;
    Some((name, std::mem::replace(sent, tag.into())))
}
