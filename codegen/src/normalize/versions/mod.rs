//! Writes an OpenAPI 3.1 document as one of version 3.0, before anything else looks at it.
//!
//! Documents of version 3.0 come this way too: vendors use words of 3.1 in them, and mean them.

mod anchors;
mod conditions;
pub(crate) mod document;
pub(crate) mod schema;
