//! What a crate of its own has around the generated modules, so that it can be used as it is: the builder with the document's
//! servers and security schemes, and an example.
//!
//! The hand-written client of this workspace has a face of its own instead.

mod client;
mod example;
mod servers;

pub(crate) use example::Example;

use crate::model::Model;
use crate::tree;

/// The modules of a crate beside `generated` and `runtime`, and the example in its documentation.
#[derive(Clone, Debug, Default)]
pub(crate) struct Face {
    /// The files below `src/`.
    pub(crate) files: Vec<tree::File>,
    /// Whether there is a module `servers`.
    pub(crate) has_servers: bool,
    pub(crate) example: Example,
}

/// Makes the face of a client.
pub(crate) fn face(model: &Model) -> Face {
    const HEADER: &[&str] = &["Made by `cargo xtask regen`; do not edit."];
    let servers = servers::module(model);
    let has_servers = servers.is_some();
    let client = tree::File::new("client.rs", client::module(model, has_servers, HEADER));
    let servers = servers.map(|code| tree::File::new("servers.rs", servers::text(&code, HEADER)));
    Face {
        files: [client].into_iter().chain(servers).collect(),
        has_servers,
        example: Example::of(model),
    }
}
