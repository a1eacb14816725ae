//! Boomi Platform API Reference, version 1.0.0.
// Made by `cargo xtask regen`; do not edit.
// Digest of what it says of the effective description: sha256:a72c77bc3ded66c7639f028038048c0abc85bad963e04fc84fd4d5b920af4c30

pub mod operations;
pub mod support;
pub mod types;

use crate::runtime::Service;

/// A client of Boomi Platform API Reference.
///
/// Each method makes the request of one operation; `send` on it sends it.
///
/// The description names as base URLs:
///
/// - `https://api.boomi.com/api/rest/v1/{accountId}`
/// - `https://api.platform.gb.boomi.com/api/rest/v1/{accountId}`
///
/// The transport shows who calls. The description knows:
///
/// - `basicAuth`: user name and password (`Authorization: Basic`)
#[derive(Clone, Debug)]
pub struct Client {
    service: Service,
}

impl Client {
    /// A client that calls `service`.
    pub fn new(service: Service) -> Self {
        Self { service }
    }
}
