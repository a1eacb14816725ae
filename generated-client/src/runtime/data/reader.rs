//! How a value is read, and what happens to one that does not fit.

use std::fmt;

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected};

use super::notes::{NoteKind, Notes};
use super::trail::{MOST_LEVELS, Trail};

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
    /// Whether reading is inside of a `serde_json::Value`, which has lost the text of numbers.
    pub(super) is_in_value: bool,
    pub(super) notes: &'n mut Notes,
    /// Lenient: the faults that nothing has absorbed yet, the first of them.
    pub(super) faults: Vec<Fault>,
    /// Where reading stopped with an error of the format.
    pub(super) stopped_at: Option<String>,
    /// The name of the member that is read, where the table does not list it and it cannot be borrowed from the document.
    pub(super) stray: String,
}

/// A reader, and where it is.
pub(super) struct Here<'h, 'n> {
    pub(super) reader: &'h mut Reader<'n>,
    pub(super) trail: Trail<'h>,
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
            is_in_value: false,
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

    /// Reports that something else stands where a value is expected. The message has no value: it may be a secret.
    #[cold]
    pub(super) fn report_wrong(
        &mut self,
        trail: &Trail<'_>,
        found: Unexpected<'_>,
        expected: &str,
    ) {
        let message = format!("found {}, expected {expected}", kind(found));
        self.report(trail, NoteKind::WrongValue, message);
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

/// Says that `found` stands where something else is expected.
#[cold]
pub(super) fn wrong<E: Error>(
    reader: &mut Reader<'_>,
    trail: &Trail<'_>,
    found: Unexpected<'_>,
    expected: &'static str,
) -> Result<bool, E> {
    if !reader.is_lenient {
        return Err(E::invalid_type(found, &Expected { expected, trail }));
    }
    reader.report_wrong(trail, found, expected);
    Ok(false)
}

/// Lenient: reads to the end of an array that does not fit.
#[cold]
pub(super) fn skip_array<'de, A: SeqAccess<'de>>(
    reader: &Reader<'_>,
    mut array: A,
) -> Result<(), A::Error> {
    if reader.is_lenient {
        while array.next_element::<IgnoredAny>()?.is_some() {}
    }
    Ok(())
}

/// Lenient: reads to the end of an object that does not fit.
#[cold]
pub(super) fn skip_object<'de, A: MapAccess<'de>>(
    reader: &Reader<'_>,
    mut object: A,
) -> Result<(), A::Error> {
    if reader.is_lenient {
        while object.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
    }
    Ok(())
}

/// What is expected and where, for the messages of formats.
pub(super) struct Expected<'t> {
    pub(super) expected: &'static str,
    pub(super) trail: &'t Trail<'t>,
}

impl serde::de::Expected for Expected<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)?;
        match self.trail.level {
            0 => Ok(()),
            _ => write!(f, " at {}", self.trail),
        }
    }
}

/// The kind of a value, without the value: it may be a secret.
fn kind(found: Unexpected<'_>) -> &str {
    match found {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
        Unexpected::Float(_) => "a number",
        Unexpected::Unit => "null",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        Unexpected::Other(other) => other,
        _ => "a string",
    }
}
