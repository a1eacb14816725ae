//! The one place that knows OpenAPI: what stands where, methods, references, media types, formats.

pub(crate) mod grammar;
pub(crate) mod keywords;
pub(crate) mod media_kind;
pub(crate) mod nodes;
pub(crate) mod reference;
pub(crate) mod reference_target;
pub(crate) mod reference_uri;
pub(crate) mod walk;
