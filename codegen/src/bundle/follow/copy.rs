//! Copies nodes of files into the document, up to a limit.

use serde_json::Value;

use super::{At, Bundler, File, Job};
use crate::diagnostic::Code;
use crate::document::MAX_BYTES;
use crate::openapi::grammar::Holds;
use crate::pointer::Pointer;

/// How many nodes may be copied. The largest published documents have a million.
const MAX_NODES: usize = 2_000_000;

/// How many bytes of strings and names may be copied.
const MAX_TEXT: usize = MAX_BYTES;

/// The size of a value.
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

impl<L: FnMut(&str) -> Result<File, String>> Bundler<L> {
    pub(super) fn too_large(&mut self, place: &Pointer) {
        if !std::mem::replace(&mut self.is_full, true) {
            let message = "the document is too large together with the files that it refers to";
            let help = "slice the files first, or refer to smaller files";
            self.fault(Code::DOCUMENT_TOO_LARGE, place, message, help);
        }
    }

    /// A copy of a node; `None`, with a fault, if it is above the limit.
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

    /// Replaces the node at `place` by a copy of a node of a file, whose references are followed in turn.
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
        self.jobs.push_back(Job::new(place, holds, file, around));
    }
}
