//! Where a walk stands.

use std::fmt::Write as _;

use crate::pointer::{Pointer, push_token};

/// A place that grows and shrinks while a document is walked, so that a pointer is made only where one is needed.
#[derive(Debug, Default)]
pub(crate) struct Place {
    text: String,
}

impl Place {
    /// Where a walk of a whole document begins.
    pub(crate) fn root() -> Self {
        Self::default()
    }

    pub(crate) fn at(pointer: &Pointer) -> Self {
        Self {
            text: pointer.as_str().to_owned(),
        }
    }

    /// The place as a pointer.
    pub(crate) fn pointer(&self) -> Pointer {
        Pointer::parse(&self.text).expect("a place is empty or begins with a slash")
    }

    /// The place as RFC 6901 writes it.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether this is `/components/schemas/<name>`.
    pub(crate) fn is_component(&self) -> bool {
        self.text
            .strip_prefix("/components/schemas/")
            .is_some_and(|rest| !rest.contains('/'))
    }

    /// Whether this is one of the schemas of an `allOf`.
    pub(crate) fn is_part(&self) -> bool {
        let mut tokens = self.text.rsplit('/');
        let is_index = tokens
            .next()
            .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
        is_index && tokens.next() == Some("allOf")
    }

    /// Runs `inner` one step below, at the member of that name.
    pub(crate) fn below<R>(&mut self, token: &str, inner: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.text.len();
        push_token(&mut self.text, token);
        let result = inner(self);
        self.text.truncate(length);
        result
    }

    /// Runs `inner` one step below, at the element of that index.
    pub(crate) fn element<R>(&mut self, index: usize, inner: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.text.len();
        write!(self.text, "/{index}").expect("a string takes whatever is written");
        let result = inner(self);
        self.text.truncate(length);
        result
    }
}
