//! Passes that convert Swagger 2.0 and OpenAPI 3.1 and 3.2 to version 3.0.
//!
//! Those for newer versions also run on documents of version 3.0, because vendors use newer keywords there. No later pass knows about versions:
//! all keywords of newer versions are converted or removed here.

mod anchors;
mod conditions;
pub(crate) mod document;
mod newer;
pub(crate) mod schema;
pub(crate) mod swagger;
