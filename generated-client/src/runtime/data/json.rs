//! Reads and writes JSON, once for all types.

use serde::de::{DeserializeSeed, Error};
use serde_json::error::Category;

use super::node::{Blank, Node};
use super::notes::Notes;
use super::read::Fill;
use super::reader::Reader;
use super::trail::Trail;

/// Reads JSON leniently: an optional member that does not fit is read as absent. What is not as the description says goes to
/// `notes`.
///
/// # Errors
///
/// Returns a [`ReadError`] when `json` is not JSON, or when a required member is missing or does not fit.
pub fn from_json<T: Blank>(json: &[u8], notes: &mut Notes) -> Result<T, ReadError> {
    let mut value = T::blank();
    fill(&mut value, json, notes)?;
    Ok(value)
}

/// Writes JSON.
///
/// # Errors
///
/// Returns an error when a number is NaN or an infinity. It has the JSON pointer of the number.
pub fn to_json(node: &dyn Node) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&super::write::Viewed(node.view()))
}

#[inline(never)]
fn fill(node: &mut dyn Node, json: &[u8], notes: &mut Notes) -> Result<(), ReadError> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let mut reader = Reader::new(true, notes);
    let read = Fill::new(node.place(), &mut reader, &Trail::ROOT).deserialize(&mut deserializer);
    let fits = read.and_then(|fits| deserializer.end().map(|()| fits));
    let fits = fits.map_err(|error| ReadError {
        pointer: reader.stopped_at.take().unwrap_or_default(),
        error,
    })?;
    match reader.faults.into_iter().next() {
        _ if fits => Ok(()),
        None => Err(ReadError {
            pointer: String::new(),
            error: serde_json::Error::custom("the value does not fit its type"),
        }),
        Some(fault) => Err(ReadError {
            pointer: fault.pointer,
            error: serde_json::Error::custom(fault.message),
        }),
    }
}

/// The reason why JSON could not be read, and where. Its text has the JSON pointer of the value.
#[derive(Debug, thiserror::Error)]
#[error("{error}{}", at(.pointer))]
pub struct ReadError {
    pointer: String,
    #[source]
    error: serde_json::Error,
}

impl ReadError {
    /// The JSON pointer of the value; the empty string is the whole document.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The same error with other texts, where `change` gives one: secrets are removed from an error before it is shown.
    #[allow(dead_code, reason = "not all that reads JSON shows its errors")]
    pub(in crate::runtime) fn with_texts(self, change: impl Fn(&str) -> Option<String>) -> Self {
        let error = match change(&self.error.to_string()) {
            Some(text) => serde_json::Error::custom(text),
            None => self.error,
        };
        // A secret may have characters that are escaped in a pointer.
        let pointer = self.pointer.replace("~1", "/").replace("~0", "~");
        Self {
            pointer: change(&pointer).unwrap_or(self.pointer),
            error,
        }
    }

    /// Whether the text is not JSON, ends too early, or holds a value that does not fit.
    pub fn category(&self) -> Category {
        self.error.classify()
    }
}

fn at(pointer: &str) -> String {
    if pointer.is_empty() {
        String::new()
    } else {
        format!(" at {pointer}")
    }
}
