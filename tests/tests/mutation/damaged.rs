//! A damaged document, as the stages see it.

use std::cell::OnceCell;

use releasepack_codegen::{Document, Normalized, Strictness, normalize};

/// A document, and its normalized form, which is made once for all stages.
pub(crate) struct Damaged {
    pub(crate) document: Document,
    strict: OnceCell<Normalized>,
    lenient: OnceCell<Normalized>,
}

impl From<Document> for Damaged {
    fn from(document: Document) -> Self {
        Self {
            document,
            strict: OnceCell::new(),
            lenient: OnceCell::new(),
        }
    }
}

impl Damaged {
    pub(crate) fn normalized(&self, strictness: Strictness) -> &Normalized {
        let normalized = match strictness {
            Strictness::Strict => &self.strict,
            Strictness::Lenient => &self.lenient,
        };
        normalized.get_or_init(|| normalize(self.document.value().clone(), strictness))
    }
}
