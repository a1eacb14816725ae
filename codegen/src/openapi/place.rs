//! The current place of a walk.

use std::fmt::Write as _;

use crate::pointer::{Pointer, push_token};

/// The current place of a walk. It is one string that grows and shrinks, so a pointer is made only where one is needed.
#[derive(Debug, Default)]
pub(crate) struct Place {
    text: String,
}

impl Place {
    /// The root of the document.
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

    /// The pointer as a string (RFC 6901).
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether this is `/components/schemas/<name>`.
    pub(crate) fn is_component(&self) -> bool {
        self.text
            .strip_prefix("/components/schemas/")
            .is_some_and(|rest| !rest.contains('/'))
    }

    /// Whether this is `/components/schemas/<name>`; in Swagger 2.0, `/definitions/<name>`.
    pub(crate) fn is_schema_with_name(&self) -> bool {
        let name = self.text.strip_prefix("/definitions/");
        self.is_component() || name.is_some_and(|rest| !rest.contains('/'))
    }

    /// Whether this is one of the schemas of an `allOf`.
    pub(crate) fn is_part(&self) -> bool {
        let mut tokens = self.text.rsplit('/');
        let is_index = tokens
            .next()
            .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
        is_index && tokens.next() == Some("allOf")
    }

    /// Calls `inner` with the place of a member.
    pub(crate) fn below<R>(&mut self, token: &str, inner: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.text.len();
        push_token(&mut self.text, token);
        let result = inner(self);
        self.text.truncate(length);
        result
    }

    /// Calls `inner` with the place of an element.
    pub(crate) fn element<R>(&mut self, index: usize, inner: impl FnOnce(&mut Self) -> R) -> R {
        let length = self.text.len();
        write!(self.text, "/{index}").expect("writing to a string does not fail");
        let result = inner(self);
        self.text.truncate(length);
        result
    }
}
