//! The value of a type that has nothing in it, for a response without a body.

use super::facts::Facts;
use super::node::Blank;
use super::notes::{NoteKind, Notes};

/// The value of a type that has nothing in it: `null`, an empty array or map, an object without members. `None` if the type has
/// none. The generator decides by the same rule where a response is an `Option`.
pub(in crate::runtime) fn empty<T: Blank>(notes: &mut Notes) -> Option<T> {
    let has_one = match T::facts() {
        Facts::Any | Facts::Maybe(_) | Facts::List(_) | Facts::Map(_) => true,
        Facts::Record(shape, _) => !shape.members.iter().any(|member| member.is_required),
        _ => false,
    };
    has_one.then(|| {
        notes.push(String::new(), NoteKind::EmptyBody);
        T::blank()
    })
}
