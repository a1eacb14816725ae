//! What a crate of its own has around the generated modules, so that it can be used as it is: the builder with the document's
//! servers and security schemes, and an example.
//!
//! The hand-written client of this workspace has a face of its own instead.

mod client;
mod example;
mod features;
mod mock;
mod servers;

pub(crate) use example::Example;
pub(crate) use features::{ALL, Features};

use crate::examples::Example as Response;
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
    pub(crate) features: Features,
}

impl Face {
    /// Whether there is a module `mock`.
    pub(crate) fn has_mock(&self) -> bool {
        self.files.iter().any(|file| file.path.starts_with(MOCK))
    }

    /// Leaves out what depends on features of the crate.
    pub(crate) fn remove_features(&mut self) {
        self.files.retain(|file| !file.path.starts_with(MOCK));
        self.features = Features::default();
        self.example.feature = None;
    }
}

/// The folder of the module `mock`.
const MOCK: &str = "mock/";

/// Makes the face of a client. `responses` has the usual response of each operation.
pub(crate) fn face(model: &Model, responses: &[Response], features: Features) -> Face {
    const HEADER: &[&str] = &["Made by `cargo xtask regen`; do not edit."];
    let servers = servers::module(model);
    let has_servers = servers.is_some();
    let client = tree::File::new("client.rs", client::module(model, has_servers, HEADER));
    let servers = servers.map(|code| tree::File::new("servers.rs", servers::text(&code, HEADER)));
    let mock = mock::files(model, responses, &features.of_operations, HEADER);
    Face {
        files: [client].into_iter().chain(servers).chain(mock).collect(),
        has_servers,
        example: Example::of(model, &features),
        features,
    }
}
