//! Passes on operations: paths, parameters, bodies, responses, servers.
//!
//! They look at everything outside schemas, and at schemas only to choose between media types. The first repair what is
//! malformed while references stand as published; `references` then puts shared nodes where they are used, and the others
//! complete each operation on its own. They run before the passes on schemas, which so see the schemas of parameters, bodies
//! and responses in their final places.

pub(crate) mod bodiless_responses;
pub(crate) mod malformed;
pub(crate) mod media_types;
pub(crate) mod operation_ids;
pub(crate) mod parameter_content;
pub(crate) mod parameters;
pub(crate) mod path_templates;
pub(crate) mod paths;
pub(crate) mod references;
pub(crate) mod request_bodies;
pub(crate) mod responses;
pub(crate) mod servers;
pub(crate) mod shared_schemas;
pub(crate) mod status_keys;
pub(crate) mod unsupported;
