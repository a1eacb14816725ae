//! The codes of diagnostics. Each has a constant, a name and a page of documentation.
//!
//! To add a code, add a line to the list below and the page `codegen/docs/<code>.md`. Without the page, this does not compile.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::nearest::nearest;

/// Identifies a kind of diagnostic, e.g. `dangling-reference`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    name: &'static str,
    page: &'static str,
}

impl Code {
    /// The name of the code, in kebab case.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }

    /// The page that explains the code, in Markdown: what is wrong, why it matters, an example, what to do.
    #[must_use]
    pub const fn page(self) -> &'static str {
        self.page
    }

    /// The code with this name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name == name)
    }

    /// The code whose name is most similar to a name that does not exist.
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
        nearest(name, names).and_then(Self::find)
    }

    /// What is wrong, in a sentence or two: the first paragraph of the page.
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

            /// All codes, sorted by name.
            pub const ALL: &'static [Self] = &[$(Self::$constant),*];
        }
    };
}

// Sorted by name, so that two branches that add codes rarely conflict.
codes! {
    /// YAML aliases make the document too large.
    ALIAS_EXPANSION = "alias-expansion";
    /// A part of the API became any value.
    ANY_VALUE = "any-value";
    /// An array has no `items`.
    ARRAY_WITHOUT_ITEMS = "array-without-items";
    /// OpenAPI 3 has no style for a collection format of Swagger 2.0.
    COLLECTION_FORMAT = "collection-format";
    /// Members that exclude each other stand together.
    CONFLICTING_MEMBERS = "conflicting-members";
    /// Parts of an `allOf` contradict each other.
    CONTRADICTING_SCHEMAS = "contradicting-schemas";
    /// Bounds that no value can satisfy.
    CONTRADICTORY_BOUNDS = "contradictory-bounds";
    /// A link names an operation that does not exist.
    DANGLING_LINK = "dangling-link";
    /// A `$ref` points to a place that does not exist.
    DANGLING_REFERENCE = "dangling-reference";
    /// A default is not valid for its schema.
    DEFAULT_MISMATCH = "default-mismatch";
    /// The document is larger than the limit.
    DOCUMENT_TOO_LARGE = "document-too-large";
    /// Two members of an object have the same name.
    DUPLICATE_KEY = "duplicate-key";
    /// Two operations have the same `operationId`.
    DUPLICATE_OPERATION_ID = "duplicate-operation-id";
    /// A parameter is declared twice in one list.
    DUPLICATE_PARAMETER = "duplicate-parameter";
    /// Two tags have the same name.
    DUPLICATE_TAG = "duplicate-tag";
    /// The document is empty.
    EMPTY_DOCUMENT = "empty-document";
    /// Two paths differ only in the names of their parameters.
    EQUIVALENT_PATHS = "equivalent-paths";
    /// An example is not valid for its schema.
    EXAMPLE_MISMATCH = "example-mismatch";
    /// An integer that does not fit in 64 bits.
    INEXACT_NUMBER = "inexact-number";
    /// The bytes are not UTF-8.
    INVALID_ENCODING = "invalid-encoding";
    /// The target of an overlay action is not a valid JSON path.
    INVALID_JSON_PATH = "invalid-json-path";
    /// A key of `content` is not a valid media type.
    INVALID_MEDIA_TYPE = "invalid-media-type";
    /// The name of a component has characters that are not allowed.
    INVALID_NAME = "invalid-name";
    /// The overlay is not a valid Overlay 1.0 or 1.1 document.
    INVALID_OVERLAY = "invalid-overlay";
    /// A path is not valid and cannot be sent.
    INVALID_PATH = "invalid-path";
    /// A `pattern` is not a valid regular expression.
    INVALID_PATTERN = "invalid-pattern";
    /// A file of public names has a name that is not valid.
    INVALID_PUBLIC_NAME = "invalid-public-name";
    /// A pattern that selects operations is not valid or matches nothing.
    INVALID_SELECTION = "invalid-selection";
    /// A key of `responses` is not a valid status code.
    INVALID_STATUS = "invalid-status";
    /// The text is not valid JSON or YAML.
    INVALID_SYNTAX = "invalid-syntax";
    /// A member has a value that OpenAPI or JSON Schema does not allow.
    INVALID_VALUE = "invalid-value";
    /// A keyword does not change the client.
    KEYWORD_WITHOUT_EFFECT = "keyword-without-effect";
    /// A node does not have the form that its place requires.
    MALFORMED_NODE = "malformed-node";
    /// A node is not a valid schema.
    MALFORMED_SCHEMA = "malformed-schema";
    /// A member that OpenAPI requires is missing.
    MISSING_MEMBER = "missing-member";
    /// A `$ref` points to a component of the wrong kind.
    MISTAKEN_REFERENCE = "mistaken-reference";
    /// An item could not keep its public name.
    NAME_NOT_KEPT = "name-not-kept";
    /// Objects and arrays are nested too deeply.
    NESTING_TOO_DEEP = "nesting-too-deep";
    /// A pass changed a part of the document.
    NORMALIZATION = "normalization";
    /// A path or an operation has its own server.
    OPERATION_SERVER = "operation-server";
    /// A path parameter is not required.
    OPTIONAL_PATH_PARAMETER = "optional-path-parameter";
    /// An overlay action changes nothing.
    OVERLAY_ACTION_WITHOUT_EFFECT = "overlay-action-without-effect";
    /// The target of an overlay action matches nothing.
    OVERLAY_ACTION_WITHOUT_MATCH = "overlay-action-without-match";
    /// The overlay names another document in `extends`.
    OVERLAY_EXTENDS = "overlay-extends";
    /// The update of an overlay action is a value of another kind than its target.
    OVERLAY_KIND_MISMATCH = "overlay-kind-mismatch";
    /// The vendor changed a text that an overlay replaces by another wording.
    PROSE_CHANGED = "prose-changed";
    /// No action of the overlay replaces a text of the vendor.
    PROSE_WITHOUT_WORDING = "prose-without-wording";
    /// Copies of shared nodes make the document too large.
    REFERENCE_EXPANSION = "reference-expansion";
    /// References form a loop that no value can end.
    REFERENCE_LOOP = "reference-loop";
    /// A `$ref` names a file outside of the folder of the document.
    REFERENCE_OUTSIDE = "reference-outside";
    /// A `$ref` names a URL.
    REMOTE_REFERENCE = "remote-reference";
    /// A link was removed because its operation is not in the slice.
    SLICE_DROPS_LINK = "slice-drops-link";
    /// The slice contains an operation that was not selected.
    SLICE_KEEPS_OPERATION = "slice-keeps-operation";
    /// The text is not quite YAML, but common readers accept it, and so does this one.
    TOLERATED_SYNTAX = "tolerated-syntax";
    /// A path contains a variable that no parameter declares.
    UNDECLARED_PATH_PARAMETER = "undeclared-path-parameter";
    /// An `encoding` is for a property that does not exist.
    UNDEFINED_ENCODING = "undefined-encoding";
    /// A required property is not declared.
    UNDEFINED_REQUIRED_PROPERTY = "undefined-required-property";
    /// A security requirement names a scheme that is not defined.
    UNDEFINED_SECURITY_SCHEME = "undefined-security-scheme";
    /// The URL of a server contains a variable that is not defined.
    UNDEFINED_SERVER_VARIABLE = "undefined-server-variable";
    /// OpenAPI does not define this member.
    UNKNOWN_MEMBER = "unknown-member";
    /// The library that finds Rust types cannot handle a schema or an operation.
    UNSUPPORTED_BY_GENERATOR = "unsupported-by-generator";
    /// The document is not Swagger 2.0, or OpenAPI 3.0, 3.1 or 3.2.
    UNSUPPORTED_DOCUMENT = "unsupported-document";
    /// OpenAPI 3 does not define this kind of parameter.
    UNSUPPORTED_PARAMETER = "unsupported-parameter";
    /// No Rust type can express the schema.
    UNSUPPORTED_SCHEMA = "unsupported-schema";
    /// No operation uses the component.
    UNUSED_COMPONENT = "unused-component";
    /// A path parameter is not in its path.
    UNUSED_PATH_PARAMETER = "unused-path-parameter";
    /// A value has the wrong type.
    WRONG_TYPE = "wrong-type";
}
