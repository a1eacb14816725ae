//! Knowledge of OpenAPI: its versions, its objects and their members, methods, references, media types, formats.
//!
//! All steps that read a document use this module: bundling, slicing, linting, validation, normalization. It uses pointers and
//! diagnostics only. No other module lists members, keywords or methods.
//!
//! To support a new version of OpenAPI, change this folder and add passes: [`version`] reads the number; [`grammar`] gets the new
//! members and lists the version as supported; [`methods`] gets the new methods; passes in `normalize/versions` convert what is
//! new to OpenAPI 3.0.

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
