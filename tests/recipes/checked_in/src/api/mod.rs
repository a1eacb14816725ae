//! The APIs that this program calls.

pub(crate) mod pets;
