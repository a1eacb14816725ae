//! Reads the members of a JSON object one by one, up to the place where it breaks off.

use serde::de::IgnoredAny;
use serde_json::{Deserializer, Map, Value};

use super::Members;

/// The members of the object that `text` begins with. A member whose value cannot be read (a number that is too large, thousands
/// of arrays in each other) is left out, and so is one that is not complete. If a name occurs twice, the last one counts.
pub(super) fn members(text: &[u8]) -> Members {
    let mut rest = Rest(text);
    let mut members = Map::new();
    let mut is_whole = rest.take(b'{');
    if rest.take(b'}') {
        is_whole &= rest.is_empty();
        return Members { members, is_whole };
    }
    loop {
        let name = rest.value().map(serde_json::from_slice::<String>);
        let (Some(Ok(name)), true) = (name, rest.take(b':')) else {
            is_whole = false;
            break;
        };
        let Some(value) = rest.value() else {
            is_whole = false;
            break;
        };
        // A number at the end of what arrived may have more digits.
        let is_cut = rest.0.is_empty() && value.last().is_some_and(u8::is_ascii_alphanumeric);
        match serde_json::from_slice::<Value>(value) {
            Ok(value) if !is_cut => drop(members.insert(name, value)),
            _ => is_whole = false,
        }
        if rest.take(b'}') {
            is_whole &= rest.is_empty();
            break;
        }
        if !rest.take(b',') {
            is_whole = false;
            break;
        }
    }
    Members { members, is_whole }
}

/// What has not been read yet.
struct Rest<'t>(&'t [u8]);

impl<'t> Rest<'t> {
    /// Takes a byte if it comes next.
    fn take(&mut self, byte: u8) -> bool {
        let rest = self.0.trim_ascii_start();
        match rest.strip_prefix(&[byte]) {
            Some(rest) => {
                self.0 = rest;
                true
            }
            None => false,
        }
    }

    /// Takes the text of a complete value. Nothing in it is interpreted, so that no depth and no number is too much.
    fn value(&mut self) -> Option<&'t [u8]> {
        let mut values = Deserializer::from_slice(self.0).into_iter::<IgnoredAny>();
        values.next()?.ok()?;
        let (value, rest) = self.0.split_at(values.byte_offset());
        self.0 = rest;
        Some(value.trim_ascii())
    }

    fn is_empty(&self) -> bool {
        self.0.trim_ascii().is_empty()
    }
}
