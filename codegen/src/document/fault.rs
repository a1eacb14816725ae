//! What the readers have to say about a byte of the text.

use super::{MAX_DEPTH, MAX_NODES};
use crate::Code;
use crate::diagnostic::brief;

/// Something to say about a byte of the text; becomes a diagnostic once lines are known.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) offset: usize,
    pub(super) message: String,
    pub(super) help: &'static str,
    /// An earlier byte that belongs to the story; its line goes into the message in place of `{first}`.
    pub(super) first: Option<usize>,
    /// An error, even if the value is whole.
    pub(super) error: bool,
}

impl Fault {
    pub(super) fn error(
        code: Code,
        offset: usize,
        message: impl Into<String>,
        help: &'static str,
    ) -> Self {
        Self {
            code,
            offset,
            message: message.into(),
            help,
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
            format!("the document holds more than {MAX_NODES} values; this is the first beyond"),
            "slice it before, or take out large examples",
        )
    }

    pub(super) fn duplicate_key(offset: usize, first: usize, key: &str) -> Self {
        Self {
            first: Some(first),
            ..Self::error(
                Code::DUPLICATE_KEY,
                offset,
                format!(
                    "`{}` is written twice in one object; the first stands at {{first}}",
                    brief(key)
                ),
                "remove or rename one of the two: which of them is meant cannot be told",
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

/// How many faults of one code are told of one text; with the one that stands for the rest, a report shows all of them.
const MAX_OF_A_CODE: usize = 99;

/// Faults that do not end the reading: the first of each code, and how many there are more.
#[derive(Default)]
pub(super) struct Faults {
    told: Vec<Fault>,
    more: Vec<(Fault, usize)>,
}

impl Faults {
    pub(super) fn note(&mut self, fault: Fault) {
        if let Some((_, count)) = self.more.iter_mut().find(|it| it.0.code == fault.code) {
            *count += 1;
        } else if self.told.iter().filter(|it| it.code == fault.code).count() < MAX_OF_A_CODE {
            self.told.push(fault);
        } else {
            self.more.push((fault, 1));
        }
    }

    /// All that is told; beyond the first of a code one fault stands for the rest.
    pub(super) fn end(self) -> Vec<Fault> {
        let mut told = self.told;
        told.extend(self.more.into_iter().map(|(fault, count)| match count {
            1 => fault,
            _ => Fault {
                message: format!(
                    "{count} more findings of this kind, the first of them here, are not told"
                ),
                first: None,
                ..fault
            },
        }));
        told
    }
}
