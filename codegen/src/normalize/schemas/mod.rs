//! Passes on single schemas: types, formats, enums, arrays, bounds, references.
//!
//! Each looks at every schema of the document, wherever it stands, and at one keyword or a few of it; what a reference leads
//! to does not matter to most of them. Those that give a schema its type run before the compositions, which compare types;
//! those that clean up (`recursion` to `stray_keywords`) run after them, when no more schemas are put together.

pub(crate) mod additional_properties;
pub(crate) mod arrays;
pub(crate) mod boolean_schemas;
pub(crate) mod bounds;
pub(crate) mod enums;
pub(crate) mod formats;
pub(crate) mod integer_sizes;
pub(crate) mod malformed_schemas;
pub(crate) mod nullable;
pub(crate) mod read_write_only;
pub(crate) mod recursion;
pub(crate) mod reference_siblings;
pub(crate) mod schema_references;
pub(crate) mod schema_types;
pub(crate) mod stray_keywords;
