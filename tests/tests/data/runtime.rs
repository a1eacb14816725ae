//! The module under test, in the place that it has in a generated crate.

#[path = "../../../generated-client/src/runtime/data/mod.rs"]
pub(crate) mod data;
