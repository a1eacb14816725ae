//! Passes that name schemas.
//!
//! A name comes from the title of a schema, its property or its operation. `component_names` runs before most passes on
//! schemas, so that references need no escapes. `inline_schemas` has two passes: one for compositions, before they are
//! merged, and one for all schemas that become types, when every shape is final.

pub(crate) mod component_names;
pub(crate) mod inline_schemas;
pub(crate) mod schema_names;
