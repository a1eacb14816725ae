//! Boomi Platform API Reference, version 1.0.0.
// Made by `cargo xtask regen` from spec/release-integration-pack.yaml and spec/overlay.yaml; do not edit.
// Digest of the part of the effective spec that it says: sha256:0000

pub mod operations;
pub mod types;

use crate::runtime::Service;

/// A client of Boomi Platform API Reference.
///
/// Each method makes the request of one operation; `send` on it sends it.
#[derive(Clone, Debug)]
pub struct Client {
    service: Service,
}
impl Client {
    /// A client that calls `service`.
    pub fn new(service: Service) -> Self {
        Self { service }
    }
    /// Creates an immediate or scheduled release for a publisher integration pack.
    ///
    /// `POST /ReleaseIntegrationPack`
    pub fn create_release_integration_pack(&self) -> operations::CreateReleaseIntegrationPack<'_> {
        operations::CreateReleaseIntegrationPack(
            self.service
                .request(&operations::CREATE_RELEASE_INTEGRATION_PACK),
        )
    }
    /// Modifies the scheduled release of a publisher integration pack.
    ///
    /// `POST /ReleaseIntegrationPack/{id}`
    pub fn update_release_integration_pack(
        &self,
        id: &str,
    ) -> operations::UpdateReleaseIntegrationPack<'_> {
        operations::UpdateReleaseIntegrationPack(
            self.service
                .request(&operations::UPDATE_RELEASE_INTEGRATION_PACK)
                .path("id", id),
        )
    }
    /// Asks how far a release is.
    ///
    /// `GET /ReleaseIntegrationPackStatus/{id}`
    pub fn get_release_integration_pack_status(
        &self,
        id: &str,
    ) -> operations::GetReleaseIntegrationPackStatus<'_> {
        operations::GetReleaseIntegrationPackStatus(
            self.service
                .request(&operations::GET_RELEASE_INTEGRATION_PACK_STATUS)
                .path("id", id),
        )
    }
}
