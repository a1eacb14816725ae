//! Reads a value as the variant of a union that it is.

use serde::de::{DeserializeSeed, Error};
use serde_json::Value;

use super::decide::{Decision, decide, tagged};
use super::node::Union;
use super::notes::NoteKind;
use super::read::Fill;
use super::reader::Reader;
use super::trail::Trail;

/// Reads `value` as the variant that it is. What is not one variant becomes `Unknown`, whole.
///
/// Strict reading fails if a tag names a variant and the value is not one.
pub(super) fn read_union<E: Error>(
    union: &mut dyn Union,
    value: Value,
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
) -> Result<bool, E> {
    let shape = union.shape();
    let mut kind = NoteKind::UnknownValue;
    match decide(shape, &value, &mut Vec::new()) {
        Decision::Variant(index) => {
            let (notes, faults) = (reader.notes.mark(), reader.faults.len());
            let trail = trail.variant();
            let place = union.become_variant(index).place();
            match Fill::new(place, &mut *reader, &trail).deserialize(&value) {
                Ok(true) => return Ok(true),
                Err(error) if !reader.is_lenient && tagged(shape, &value).is_some() => {
                    return Err(E::custom(error));
                }
                Ok(false) | Err(_) => {
                    reader.faults.truncate(faults);
                    reader.stopped_at = None;
                    reader.notes.forget(notes);
                }
            }
        }
        Decision::Several => kind = NoteKind::SeveralVariants,
        Decision::None => {}
    }
    reader.notes.note(trail, kind);
    union.become_unknown(value);
    Ok(true)
}
