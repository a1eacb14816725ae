//! Passes on schemas that are made of others: `allOf`, `oneOf`, `anyOf`, discriminators.

pub(crate) mod all_of;
pub(crate) mod base_discriminators;
pub(crate) mod discriminators;
pub(crate) mod union_variants;
pub(crate) mod unions;
