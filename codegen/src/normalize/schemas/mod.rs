//! Passes on single schemas: types, formats, enums, arrays, bounds, references.
//!
//! Each visits every schema of the document and handles one keyword or a few; most do not follow references. The passes
//! that give a schema its type run before the compositions, which compare types. The passes that clean up (`recursion` to
//! `stray_keywords`) run after them, when no more schemas are merged.

pub(crate) mod additional_properties;
pub(crate) mod arrays;
pub(crate) mod boolean_schemas;
pub(crate) mod bounds;
pub(crate) mod endless_objects;
pub(crate) mod enums;
pub(crate) mod formats;
pub(crate) mod malformed_schemas;
pub(crate) mod nullable;
pub(crate) mod number_sizes;
pub(crate) mod read_write_only;
pub(crate) mod recursion;
pub(crate) mod reference_siblings;
pub(crate) mod schema_references;
pub(crate) mod schema_types;
pub(crate) mod stray_keywords;

use std::fmt::Display;

use serde_json::Value;

/// The elements of an array; none if the node is missing or something else.
pub(crate) fn elements(node: Option<&Value>) -> impl Iterator<Item = &Value> {
    node.and_then(Value::as_array).into_iter().flatten()
}

/// The members of an object; none if the node is missing or something else.
pub(crate) fn members(node: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    node.and_then(Value::as_object).into_iter().flatten()
}

/// Names as a message lists them.
pub(crate) fn quoted<N: Display>(names: impl IntoIterator<Item = N>) -> String {
    let names = names.into_iter().map(|name| format!("`{name}`"));
    names.collect::<Vec<_>>().join(", ")
}
