//! The request of each operation.
// Made by `cargo xtask regen` from spec/release-integration-pack.yaml and spec/overlay.yaml; do not edit.
// Digest of the part of the effective spec that it says: sha256:0000

use super::types;
use crate::runtime::{Error, Json, Method, Operation, Request, Response};

/// `CreateReleaseIntegrationPack`: `POST /ReleaseIntegrationPack`.
pub const CREATE_RELEASE_INTEGRATION_PACK: Operation = Operation {
    id: "CreateReleaseIntegrationPack",
    method: Method::POST,
    path: "/ReleaseIntegrationPack",
    accept: "application/json",
};
/// `UpdateReleaseIntegrationPack`: `POST /ReleaseIntegrationPack/{id}`.
pub const UPDATE_RELEASE_INTEGRATION_PACK: Operation = Operation {
    id: "UpdateReleaseIntegrationPack",
    method: Method::POST,
    path: "/ReleaseIntegrationPack/{id}",
    accept: "application/json",
};
/// `GetReleaseIntegrationPackStatus`: `GET /ReleaseIntegrationPackStatus/{id}`.
pub const GET_RELEASE_INTEGRATION_PACK_STATUS: Operation = Operation {
    id: "GetReleaseIntegrationPackStatus",
    method: Method::GET,
    path: "/ReleaseIntegrationPackStatus/{id}",
    accept: "application/json",
};
/// The request of [`Client::create_release_integration_pack`](super::Client::create_release_integration_pack).
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct CreateReleaseIntegrationPack<'c>(pub(super) Request<'c>);
impl CreateReleaseIntegrationPack<'_> {
    /// The body of the request.
    pub fn body(self, body: &types::ReleaseIntegrationPack) -> Self {
        Self(self.0.json(body))
    }
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// When no answer came, or one with another status than 2xx, or one that cannot be read.
    pub async fn send(
        self,
    ) -> Result<Response<types::ReleaseIntegrationPack>, Error<types::ErrorMessage>> {
        self.0.send::<Json<_>, Json<_>>().await
    }
}
/// The request of [`Client::update_release_integration_pack`](super::Client::update_release_integration_pack).
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct UpdateReleaseIntegrationPack<'c>(pub(super) Request<'c>);
impl UpdateReleaseIntegrationPack<'_> {
    /// The body of the request.
    pub fn body(self, body: &types::ReleaseIntegrationPack) -> Self {
        Self(self.0.json(body))
    }
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// When no answer came, or one with another status than 2xx, or one that cannot be read.
    pub async fn send(
        self,
    ) -> Result<Response<types::ReleaseIntegrationPack>, Error<types::ErrorMessage>> {
        self.0.send::<Json<_>, Json<_>>().await
    }
}
/// The request of [`Client::get_release_integration_pack_status`](super::Client::get_release_integration_pack_status).
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct GetReleaseIntegrationPackStatus<'c>(pub(super) Request<'c>);
impl GetReleaseIntegrationPackStatus<'_> {
    /// Sends the request.
    ///
    /// # Errors
    ///
    /// When no answer came, or one with another status than 2xx, or one that cannot be read.
    pub async fn send(
        self,
    ) -> Result<Response<types::ReleaseIntegrationPackStatus>, Error<types::ErrorMessage>> {
        self.0.send::<Json<_>, Json<_>>().await
    }
}
