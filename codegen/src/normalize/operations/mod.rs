//! Passes on operations: paths, parameters, bodies, responses, servers.
//!
//! They change everything outside of schemas, and read schemas only to choose a media type. The first ones repair malformed
//! nodes before references are resolved. `references` then copies shared nodes to where they are used, and the others
//! complete each operation. The passes on schemas run later: they find the schemas of parameters, bodies and responses in
//! their final places.

pub(crate) mod bodiless_responses;
pub(crate) mod encodings;
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
