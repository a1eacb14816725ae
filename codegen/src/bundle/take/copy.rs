//! Copies parts of files into the document, as long as there is room.

use serde_json::Value;

use super::{At, File, Job, Taker};
use crate::diagnostic::Code;
use crate::document::MAX_BYTES;
use crate::openapi::grammar::Holds;
use crate::pointer::Pointer;

/// How many nodes may be taken in. The largest published documents have a million.
const MAX_NODES: usize = 2_000_000;

/// How much text may be taken in, each copy counted. What a document may be long itself.
const MAX_TEXT: usize = MAX_BYTES;

/// How large a value is.
#[derive(Clone, Copy, Default)]
pub(super) struct Size {
    nodes: usize,
    text: usize,
}

impl Size {
    fn add(&mut self, value: &Value) {
        self.nodes += 1;
        match value {
            Value::String(text) => self.text += text.len(),
            Value::Array(elements) => elements.iter().for_each(|element| self.add(element)),
            Value::Object(members) => {
                for (name, member) in members {
                    self.text += name.len();
                    self.add(member);
                }
            }
            _ => {}
        }
    }
}

impl<L: FnMut(&str) -> Result<File, String>> Taker<L> {
    pub(super) fn too_large(&mut self, place: &Pointer) {
        if !std::mem::replace(&mut self.is_full, true) {
            let message = "with everything that it refers to, the document is too large";
            let help = "slice the files first, or refer to smaller files";
            self.fault(Code::DOCUMENT_TOO_LARGE, place, message, help);
        }
    }

    /// A copy of what stands at a place; `None` when there is no room for it, which is told.
    pub(super) fn copy(&mut self, at: &At, place: &Pointer) -> Option<Value> {
        let mut size = self.size;
        size.add(self.content(at)?);
        self.size = size;
        if size.nodes > MAX_NODES || size.text > MAX_TEXT {
            self.too_large(place);
            return None;
        }
        self.content(at).cloned()
    }

    /// Puts a copy of what stands in a file to a place of the document, and sees to what it refers to in turn.
    pub(super) fn put(&mut self, at: At, place: Pointer, holds: Holds, around: &[At]) {
        let Some(content) = self.copy(&at, &place) else {
            return;
        };
        if let Some(node) = place.get_mut(&mut self.value) {
            *node = content;
        }
        self.origins.insert(place.clone(), at.0, at.1.clone());
        let mut around = around.to_vec();
        let file = at.0;
        around.push(at);
        self.jobs.push_back(Job {
            place,
            holds,
            file,
            around,
        });
    }
}
