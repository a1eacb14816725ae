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

    /// The code whose name is most like a name that is none.
    ///
    /// ```
    /// use releasepack_codegen::Code;
    ///
    /// assert_eq!(Code::nearest("dangling-ref"), Some(Code::DANGLING_REFERENCE));
    /// assert_eq!(Code::nearest("something else"), None);
    /// ```
    #[must_use]
    pub fn nearest(name: &str) -> Option<Self> {
        let names = Self::ALL.iter().map(|code| code.name);
        crate::nearest::nearest(name, names).and_then(Self::find)
    }

    /// What it says, in a sentence or two: the first paragraph of its page.
    #[must_use]
    pub fn summary(self) -> String {
        let mut paragraphs = self.page.split("\n\n").skip(1);
        let first = paragraphs.next().unwrap_or_default();
        first.trim().replace('\n', " ")
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
    /// YAML aliases make the document too large.
    ALIAS_EXPANSION = "alias-expansion";
    /// Parts of an `allOf` that cannot hold together.
    CONTRADICTING_SCHEMAS = "contradicting-schemas";
    /// Bounds that leave no value.
    CONTRADICTORY_BOUNDS = "contradictory-bounds";
    /// A link to an operation that is not there.
    DANGLING_LINK = "dangling-link";
    /// A `$ref` that leads nowhere.
    DANGLING_REFERENCE = "dangling-reference";
    /// A default that its schema does not allow.
    DEFAULT_MISMATCH = "default-mismatch";
    /// The document is longer than is read.
    DOCUMENT_TOO_LARGE = "document-too-large";
    /// A member is written twice in one object.
    DUPLICATE_KEY = "duplicate-key";
    /// There is nothing in the document.
    EMPTY_DOCUMENT = "empty-document";
    /// Two paths that differ only in the names of their parameters.
    EQUIVALENT_PATHS = "equivalent-paths";
    /// An example that its schema does not allow.
    EXAMPLE_MISMATCH = "example-mismatch";
    /// An integer that does not fit in 64 bits.
    INEXACT_NUMBER = "inexact-number";
    /// The bytes are not UTF-8.
    INVALID_ENCODING = "invalid-encoding";
    /// The target of an overlay action is no JSON path.
    INVALID_JSON_PATH = "invalid-json-path";
    /// The key of a `content` is no media type.
    INVALID_MEDIA_TYPE = "invalid-media-type";
    /// The overlay is not a sound Overlay 1.0 document.
    INVALID_OVERLAY = "invalid-overlay";
    /// A path that cannot be sent as it is written.
    INVALID_PATH = "invalid-path";
    /// A pattern that chooses operations matches none.
    INVALID_SELECTION = "invalid-selection";
    /// A key of `responses` that is no status.
    INVALID_STATUS = "invalid-status";
    /// The text is no JSON or YAML.
    INVALID_SYNTAX = "invalid-syntax";
    /// A node is not of the shape that its place asks for.
    MALFORMED_NODE = "malformed-node";
    /// What stands where a schema is expected is none.
    MALFORMED_SCHEMA = "malformed-schema";
    /// A member that OpenAPI asks for is not there.
    MISSING_MEMBER = "missing-member";
    /// A `$ref` to a component of another kind than must stand there.
    MISTAKEN_REFERENCE = "mistaken-reference";
    /// Objects and arrays are nested too deep.
    NESTING_TOO_DEEP = "nesting-too-deep";
    /// Something is understood otherwise than it is written.
    NORMALIZATION = "normalization";
    /// A path or an operation has a server of its own.
    OPERATION_SERVER = "operation-server";
    /// An overlay action changes nothing.
    OVERLAY_ACTION_WITHOUT_EFFECT = "overlay-action-without-effect";
    /// The target of an overlay action matches nothing.
    OVERLAY_ACTION_WITHOUT_MATCH = "overlay-action-without-match";
    /// An overlay was written for another document.
    OVERLAY_EXTENDS = "overlay-extends";
    /// Copies of shared nodes make the document too large.
    REFERENCE_EXPANSION = "reference-expansion";
    /// A loop of references that nothing can be made of.
    REFERENCE_LOOP = "reference-loop";
    /// A `$ref` to a file outside of the folder of the document.
    REFERENCE_OUTSIDE = "reference-outside";
    /// A `$ref` to an address in the network.
    REMOTE_REFERENCE = "remote-reference";
    /// A link to an operation outside of the slice is left out.
    SLICE_DROPS_LINK = "slice-drops-link";
    /// An operation that was not chosen is in the slice.
    SLICE_KEEPS_OPERATION = "slice-keeps-operation";
    /// A security requirement names a scheme that is not there.
    UNDEFINED_SECURITY_SCHEME = "undefined-security-scheme";
    /// The URL of a server holds a variable that is not defined.
    UNDEFINED_SERVER_VARIABLE = "undefined-server-variable";
    /// A member that OpenAPI does not know.
    UNKNOWN_MEMBER = "unknown-member";
    /// The generator could not take a schema or an operation that the document holds.
    UNSUPPORTED_BY_GENERATOR = "unsupported-by-generator";
    /// The document is of another kind or version.
    UNSUPPORTED_DOCUMENT = "unsupported-document";
    /// A parameter that OpenAPI 3 does not have.
    UNSUPPORTED_PARAMETER = "unsupported-parameter";
    /// A schema that no Rust type can express.
    UNSUPPORTED_SCHEMA = "unsupported-schema";
    /// A component that no operation uses.
    UNUSED_COMPONENT = "unused-component";
    /// Something of the wrong type.
    WRONG_TYPE = "wrong-type";
}
