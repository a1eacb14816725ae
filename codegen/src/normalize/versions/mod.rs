//! Passes that write OpenAPI 3.1 as version 3.0, before anything else looks at the document.
//!
//! Documents of version 3.0 come this way too: vendors use keywords of 3.1 in them, and mean them. No later pass knows of
//! versions; a keyword of a newer version is translated or removed here, or nowhere.

mod anchors;
mod conditions;
pub(crate) mod document;
pub(crate) mod schema;
