//! The faults that the readers find in a text.

use std::borrow::Cow;

use super::{MAX_DEPTH, MAX_NODES};
use crate::diagnostic::{Code, brief};

/// A fault at a byte of the text. It becomes a diagnostic when its line is known.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) offset: usize,
    pub(super) message: String,
    pub(super) help: Cow<'static, str>,
    /// An earlier byte that the message names: its line and column replace `{first}`.
    pub(super) first: Option<usize>,
    /// Whether it is an error. Otherwise it is a warning, and the value can be used.
    pub(super) error: bool,
}

impl Fault {
    pub(super) fn error(
        code: Code,
        offset: usize,
        message: impl Into<String>,
        help: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            code,
            offset,
            message: message.into(),
            help: help.into(),
            first: None,
            error: true,
        }
    }

    pub(super) fn too_deep(offset: usize) -> Self {
        Self::error(
            Code::NESTING_TOO_DEEP,
            offset,
            format!("objects and arrays are nested deeper than {MAX_DEPTH} levels"),
            "move the inner parts into named components and refer to them with `$ref`",
        )
    }

    pub(super) fn too_many_nodes(offset: usize) -> Self {
        Self::error(
            Code::DOCUMENT_TOO_LARGE,
            offset,
            format!(
                "the document has more than {MAX_NODES} values; this is the first one above the limit"
            ),
            "slice the document first, or remove large examples",
        )
    }

    pub(super) fn duplicate_key(offset: usize, first: usize, key: &str) -> Self {
        Self {
            first: Some(first),
            ..Self::error(
                Code::DUPLICATE_KEY,
                offset,
                format!(
                    "the key `{}` occurs twice in one object; the first one is at {{first}}",
                    brief(key)
                ),
                "remove or rename one of the two",
            )
        }
    }

    pub(super) fn inexact_number(offset: usize, text: &str, read: f64) -> Self {
        Self {
            error: false,
            ..Self::error(
                Code::INEXACT_NUMBER,
                offset,
                format!(
                    "the integer {} does not fit in 64 bits and is read as {read:e}",
                    brief(text)
                ),
                "write it as a string if its digits matter",
            )
        }
    }
}

/// How many faults of one code are kept for one text. One more fault reports the number of the others.
const MAX_OF_A_CODE: usize = 99;

/// Faults that do not stop the reader: the first faults of each code, and the number of the others.
#[derive(Default)]
pub(super) struct Faults {
    first: Vec<Fault>,
    more: Vec<(Fault, usize)>,
}

impl Faults {
    pub(super) fn note(&mut self, fault: Fault) {
        if let Some((_, count)) = self.more.iter_mut().find(|it| it.0.code == fault.code) {
            *count += 1;
        } else if self.first.iter().filter(|it| it.code == fault.code).count() < MAX_OF_A_CODE {
            self.first.push(fault);
        } else {
            self.more.push((fault, 1));
        }
    }

    /// All faults. If a code has more than [`MAX_OF_A_CODE`], one more fault reports their number.
    pub(super) fn end(self) -> Vec<Fault> {
        let mut all = self.first;
        all.extend(self.more.into_iter().map(|(fault, count)| match count {
            1 => fault,
            _ => Fault {
                message: format!(
                    "{count} more faults of this kind are not shown; this is the first of them"
                ),
                first: None,
                ..fault
            },
        }));
        all
    }
}
