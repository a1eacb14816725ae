//! Where in the document reading is.

use std::fmt;

/// The maximum number of arrays, objects and unions in each other. It is the limit that `serde_json` has for text; here it holds
/// for other formats too.
pub(super) const MOST_LEVELS: usize = 128;

/// The steps from the root to a value: a list on the stack, which costs nothing until it is displayed. It displays as a JSON
/// pointer (RFC 6901).
#[derive(Clone, Copy)]
pub(super) struct Trail<'t> {
    parent: Option<&'t Trail<'t>>,
    step: Step<'t>,
    pub(super) level: usize,
}

#[derive(Clone, Copy)]
enum Step<'t> {
    Root,
    Member(&'t str),
    Item(usize),
    /// The variant of a union, which has the pointer of the union.
    Variant,
}

impl<'t> Trail<'t> {
    pub(super) const ROOT: Self = Self {
        parent: None,
        step: Step::Root,
        level: 0,
    };

    /// The trail to a member of the object here.
    pub(super) fn member(&'t self, name: &'t str) -> Self {
        self.step(Step::Member(name))
    }

    /// The trail to an element of the array here.
    pub(super) fn item(&'t self, index: usize) -> Self {
        self.step(Step::Item(index))
    }

    /// Goes from a member of an object to another one.
    #[inline]
    pub(super) fn rename(&mut self, name: &'t str) {
        self.step = Step::Member(name);
    }

    /// Goes from an element of an array to the next one.
    pub(super) fn advance(&mut self) {
        if let Step::Item(index) = &mut self.step {
            *index += 1;
        }
    }

    /// The trail to the variant of the union here.
    pub(super) fn variant(&'t self) -> Self {
        self.step(Step::Variant)
    }

    fn step(&'t self, step: Step<'t>) -> Self {
        Self {
            parent: Some(self),
            step,
            level: self.level + 1,
        }
    }
}

impl fmt::Display for Trail<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(f)?;
        }
        match self.step {
            Step::Root | Step::Variant => Ok(()),
            Step::Item(index) => write!(f, "/{index}"),
            Step::Member(name) => {
                f.write_str("/")?;
                f.write_str(&name.replace('~', "~0").replace('/', "~1"))
            }
        }
    }
}
