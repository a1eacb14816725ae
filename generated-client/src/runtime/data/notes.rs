//! What reading found that is not as the description says, and that did not stop it.

use super::trail::Trail;

/// Collects notes while a response is read. It is off until [`Notes::on`] is asked for: then nothing is collected.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    is_on: bool,
    notes: Vec<Note>,
}

/// Something that is not as the description says: where, and of which kind. It never holds a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Note {
    /// The JSON pointer of the value.
    pub pointer: String,
    /// What is special about the value.
    pub kind: NoteKind,
}

/// What is special about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NoteKind {
    /// The description does not list this member. It was ignored.
    UnknownMember,
    /// The description does not list this value of an enumeration, no variant of a union fits it, or the string is not of its
    /// format. It was kept.
    UnknownValue,
    /// Several variants of a union fit this value equally. It was kept as `Unknown`.
    SeveralVariants,
    /// The value of this member, or something in it, has a shape that the description does not allow. It is read as absent.
    DroppedMember,
    /// This value is the reason that a member around it was dropped.
    WrongValue,
    /// This object lacks a required member, which is the reason that a member around it was dropped.
    MissingMember,
    /// The response of a success is not of a media type that the request accepts. It was read nevertheless.
    UnexpectedMediaType,
    /// The operation does not declare the status of the response.
    UndeclaredStatus,
    /// The response has no body, although the description declares one. It was read as a value that has nothing in it.
    EmptyBody,
}

impl Notes {
    /// The maximum number of notes, so that a response does not fill the memory with them.
    const MOST: usize = 1_000;

    /// Notes that are collected.
    pub fn on() -> Self {
        Self {
            is_on: true,
            notes: Vec::new(),
        }
    }

    /// Whether notes are collected.
    pub fn is_on(&self) -> bool {
        self.is_on
    }

    /// What was noted, in the order of reading; at most 1,000 notes.
    pub fn as_slice(&self) -> &[Note] {
        &self.notes
    }

    /// As [`as_slice`](Self::as_slice), by value.
    pub fn into_vec(self) -> Vec<Note> {
        self.notes
    }

    /// Adds a note, if notes are collected and there are not too many yet: for an own implementation of
    /// [`Decode`](crate::runtime::Decode).
    pub fn add(&mut self, pointer: &str, kind: NoteKind) {
        if self.is_on {
            self.push(pointer.to_owned(), kind);
        }
    }

    #[inline]
    pub(super) fn note(&mut self, trail: &Trail<'_>, kind: NoteKind) {
        if self.is_on {
            self.push(trail.to_string(), kind);
        }
    }

    #[cold]
    pub(super) fn push(&mut self, pointer: String, kind: NoteKind) {
        if self.is_on && self.notes.len() < Self::MOST {
            self.notes.push(Note { pointer, kind });
        }
    }

    /// The number of notes so far, for [`forget`](Self::forget).
    pub(super) fn mark(&self) -> usize {
        self.notes.len()
    }

    /// Removes the notes since `mark`: what they are about was not used.
    pub(super) fn forget(&mut self, mark: usize) {
        self.notes.truncate(mark);
    }
}
