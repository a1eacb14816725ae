//! The module under test, in the place that it has in a generated crate.

#[allow(
    dead_code,
    unreachable_pub,
    unused_imports,
    reason = "in a generated crate the module is public"
)]
#[path = "../../../generated-client/src/runtime/data/mod.rs"]
pub(crate) mod data;
