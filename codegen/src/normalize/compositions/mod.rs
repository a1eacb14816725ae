//! Passes on schemas that are made of others: `allOf`, `oneOf`, `anyOf`, discriminators.
//!
//! They compare schemas with each other and follow references, so every schema must say its type before: they run after the
//! passes on single schemas. What is left are unions of two or more variants, and `allOf` only around a reference with
//! annotations. `discriminators` runs last of all, when every variant has its name.

pub(crate) mod all_of;
pub(crate) mod base_discriminators;
pub(crate) mod discriminators;
pub(crate) mod union_variants;
pub(crate) mod unions;
