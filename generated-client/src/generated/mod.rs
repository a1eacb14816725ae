//! Boomi Platform API Reference, version 1.0.0.
// Made by `cargo xtask regen`; do not edit.
// Digest of its sources in the corrected document: sha256:9ea112e96662afb54de4382391d3d73735943d2dcd6d02ec671c2fe6afea65ce

pub mod operations;
pub mod support;
pub mod types;

use crate::runtime::Service;

/// A client of Boomi Platform API Reference.
///
/// Each method begins the request of one operation; its method `send` sends the request.
///
/// The API description declares these base URLs:
///
/// - `https://api.boomi.com/api/rest/v1/{accountId}`
///   - `accountId`: `account-id` by default
///   - by default: `https://api.boomi.com/api/rest/v1/account-id`
/// - `https://api.platform.gb.boomi.com/api/rest/v1/{accountId}`
///   - `accountId`: `account-id` by default
///   - by default: `https://api.platform.gb.boomi.com/api/rest/v1/account-id`
///
/// The transport must add the credentials. The API description declares these security schemes:
///
/// - `basicAuth`: user name and password (`Authorization: Basic`)
#[derive(Clone, Debug)]
pub struct Client {
    service: Service,
}

impl Client {
    /// Creates a client that sends its requests to `service`.
    pub fn new(service: Service) -> Self {
        Self { service }
    }
}
