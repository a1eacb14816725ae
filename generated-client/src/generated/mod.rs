//! Boomi Enterprise Platform REST API Reference, version 1.0.0.
// Made by `cargo xtask regen`; do not edit.
// Digest of its sources in the corrected document: sha256:7add1e6b5aae77d8f6e49ca8d7cb4c24b475654dffde875def60f31640322864

pub mod operations;
pub mod support;
pub mod types;

use crate::runtime::Service;

/// A client of Boomi Enterprise Platform REST API Reference.
///
/// Each method begins the request of one operation; its method `send` sends the request.
///
/// The API description declares these base URLs:
///
/// - `https://api.boomi.com/api/rest/v1/{accountId}`
///   - `accountId`: `platform_account_ID` by default
///   - by default: `https://api.boomi.com/api/rest/v1/platform_account_ID`
/// - `https://api.platform.gb.boomi.com/api/rest/v1/{accountId}`
///   - `accountId`: `platform_account_ID` by default
///   - by default: `https://api.platform.gb.boomi.com/api/rest/v1/platform_account_ID`
///
/// The transport must add the credentials. The API description declares these security schemes:
///
/// - `basicAuth`: user name and password (`Authorization: Basic`)
#[derive(Clone, Debug)]
pub struct Client {
    service: Service,
}

impl Client {
    /// A client that sends its requests to `service`.
    pub fn from_service(service: Service) -> Self {
        Self { service }
    }
}
