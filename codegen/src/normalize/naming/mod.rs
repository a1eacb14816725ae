//! Passes that give schemas names of their own.

pub(crate) mod component_names;
pub(crate) mod inline_schemas;
pub(crate) mod schema_names;
