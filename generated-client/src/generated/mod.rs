//! Boomi Platform API Reference, version 1.0.0.
// Made by `cargo xtask regen`; do not edit.
// Digest of what it says of the effective description: sha256:674cb37204d634a08680cb8245089f3ee630048fc1221cf715b9440426eba4c6

pub mod operations;
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
