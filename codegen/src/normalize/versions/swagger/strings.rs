//! Members with strings, as the author wrote them or probably meant them.

use serde_json::Value;

use super::Conversion;
use crate::diagnostic::{Code, kind_of};
use crate::pointer::Pointer;

/// A string of a list, and its place.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) text: String,
    pub(super) place: Pointer,
}

/// Whether two lists have the same strings.
pub(super) fn are_equal(one: &[Entry], other: &[Entry]) -> bool {
    let texts = |entries: &[Entry]| -> Vec<String> {
        entries.iter().map(|entry| entry.text.clone()).collect()
    };
    texts(one) == texts(other)
}

impl Conversion<'_, '_> {
    /// The string that a member of the document is; `None` if there is none.
    pub(super) fn string(&mut self, name: &str) -> Option<String> {
        let place = Pointer::root().join(name);
        match self.author.get(name)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Null => None,
            other => {
                self.leave_out(&place, "a string", other);
                None
            }
        }
    }

    /// The strings of a member of the document that is a list.
    pub(super) fn strings_of_document(&mut self, name: &str) -> Vec<Entry> {
        self.strings(&Pointer::root().join(name), self.author.get(name))
    }

    /// The strings of a list. A string alone is a list of one.
    pub(super) fn strings(&mut self, place: &Pointer, value: Option<&Value>) -> Vec<Entry> {
        match value {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(elements)) => {
                let mut entries: Vec<Entry> = Vec::with_capacity(elements.len());
                for (index, element) in elements.iter().enumerate() {
                    let place = place.index(index);
                    let Value::String(text) = element else {
                        self.leave_out(&place, "a string", element);
                        continue;
                    };
                    if !entries.iter().any(|entry| entry.text == *text) {
                        let text = text.clone();
                        entries.push(Entry { text, place });
                    }
                }
                entries
            }
            Some(Value::String(text)) => {
                self.log.change(place, "read as an array with this string");
                vec![Entry {
                    text: text.clone(),
                    place: place.clone(),
                }]
            }
            Some(other) => {
                self.leave_out(place, "an array with only strings", other);
                Vec::new()
            }
        }
    }

    fn leave_out(&mut self, place: &Pointer, expected: &str, found: &Value) {
        let message = format!("expected {expected}, found {}", kind_of(found));
        let help = "write it as the specification of Swagger 2.0 defines it";
        self.log
            .leave_out(Code::MALFORMED_NODE, place, message, help);
    }
}
