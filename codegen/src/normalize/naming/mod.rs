//! Passes that give schemas names of their own, and how such names are found.
//!
//! A name comes from what the document says of a schema: its title, its property, its operation. `component_names` runs with
//! the passes on single schemas, so that later references need no escapes. `inline_schemas` has two passes: one for
//! compositions, before they are put together, and one for all that becomes a type, once every shape is final.

pub(crate) mod component_names;
pub(crate) mod inline_schemas;
pub(crate) mod schema_names;
