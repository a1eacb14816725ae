//! The one place that knows OpenAPI: its versions, what stands where, methods, references, media types, formats.
//!
//! Everything that looks at a document stands on it: bundling, slicing, linting, validation, normalization. It stands on
//! pointers and diagnostics alone.
//!
//! A new version of OpenAPI touches this folder and one folder of passes: [`version`] reads its number,
//! [`grammar`] gets its members (with their version) and takes the version for understood, [`methods`] gets its methods; a pass in
//! `normalize/versions` writes what is new as OpenAPI 3.0 has it. Nothing else lists members, keywords or methods.

pub(crate) mod formats;
pub(crate) mod grammar;
pub(crate) mod keywords;
pub(crate) mod media_types;
pub(crate) mod methods;
pub(crate) mod names;
pub(crate) mod place;
pub(crate) mod read;
pub(crate) mod reference;
mod version;
pub(crate) mod walk;

pub use version::{DocumentKind, Version};
