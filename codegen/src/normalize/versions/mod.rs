//! Passes that convert OpenAPI 3.1 to version 3.0.
//!
//! They also run on documents of version 3.0, because vendors use keywords of 3.1 there. No later pass knows about versions:
//! all keywords of newer versions are converted or removed here.

mod anchors;
mod conditions;
pub(crate) mod document;
pub(crate) mod schema;
