//! The codes: one constant, one title and one page of documentation each.
//!
//! To add one: a line in the list below and `codegen/docs/<code>.md`. A missing page does not compile.

use std::fmt;

use serde::{Serialize, Serializer};

/// The name of a rule, e.g. `dangling-reference`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    name: &'static str,
    page: &'static str,
}

impl Code {
    /// The code as it is printed, in kebab case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The page that explains it, in Markdown: what is wrong, why it matters, an example, what to do.
    #[must_use]
    pub const fn page(self) -> &'static str {
        self.page
    }

    /// The code of that name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name == name)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name)
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $constant:ident = $name:literal;)*) => {
        impl Code {
            $(
                $(#[$doc])*
                pub const $constant: Self = Self {
                    name: $name,
                    page: include_str!(concat!("../../docs/", $name, ".md")),
                };
            )*

            /// Every code, in the order of their names.
            pub const ALL: &'static [Self] = &[$(Self::$constant),*];
        }
    };
}

// In the order of their names, so that two branches that add codes seldom meet on one line.
codes! {
    /// A `$ref` that leads nowhere.
    DANGLING_REFERENCE = "dangling-reference";
    /// The generator could not take a schema or an operation that the document holds.
    UNSUPPORTED_BY_GENERATOR = "unsupported-by-generator";
}
