//! The operations and their requests.
// Made by `cargo xtask regen`; do not edit.
// Digest of its sources in the corrected document: sha256:43f9bf7f547c4f568212223c4aa4959f51fe94fc112e9ae68458783d391a02f8

use super::Client;
use super::types;
use crate::runtime::Json;

impl Client {
    /// Gets an integration pack
    ///
    /// Returns an integration pack of the publisher, with its packaged components and their versions: what a release starts from, and what a finished release has changed.
    ///
    /// `GET /PublisherIntegrationPack/{id}`
    ///
    /// - `id`: The ID of the integration pack.
    pub fn get_publisher_integration_pack(
        &self,
        id: &str,
    ) -> GetPublisherIntegrationPack<'_> {
        GetPublisherIntegrationPack(
            self.service.request(&GET_PUBLISHER_INTEGRATION_PACK).path("id", id),
        )
    }
    /// Releases an integration pack
    ///
    /// Releases a publisher integration pack, at once or on a date.
    ///
    /// The property `releaseSchedule` of the request determines whether the integration pack is released immediately or later. A later release also needs `releaseOnDate`.
    ///
    /// **Note:** Before you schedule a release with the Create or Update operation, select your time zone in the User Information panel of the Settings page. The scheduled date is shown correctly in the user interface only if the time zone is set.
    ///
    /// `POST /ReleaseIntegrationPack`
    pub fn create_release_integration_pack(&self) -> CreateReleaseIntegrationPack<'_> {
        CreateReleaseIntegrationPack(
            self.service.request(&CREATE_RELEASE_INTEGRATION_PACK),
        )
    }
    /// Changes the scheduled release of an integration pack
    ///
    /// Changes the scheduled release of a publisher integration pack.
    ///
    /// The Update operation works only while a scheduled release request exists for the integration pack.
    ///
    /// **Note:** Before you schedule a release with the Create or Update operation, select your time zone in the User Information panel of the Settings page. The scheduled date is shown correctly in the user interface only if the time zone is set.
    ///
    /// `POST /ReleaseIntegrationPack/{id}`
    ///
    /// - `id`: The ID of the integration pack.
    pub fn update_release_integration_pack(
        &self,
        id: &str,
    ) -> UpdateReleaseIntegrationPack<'_> {
        UpdateReleaseIntegrationPack(
            self.service.request(&UPDATE_RELEASE_INTEGRATION_PACK).path("id", id),
        )
    }
    /// Gets the status of a release
    ///
    /// Returns the progress of a release. To follow a release:
    ///
    /// 1. Create or update a `ReleaseIntegrationPack` object. The response contains a `requestId`.
    /// 1. Request the `ReleaseIntegrationPackStatus` object with that `requestId`.
    /// 1. Repeat the request until the release is done. The status code is 202 while the release is in progress or scheduled, and 200 when it is done.
    ///
    /// It can take up to one hour until a release reaches its subscribers.
    ///
    /// `GET /ReleaseIntegrationPackStatus/{id}`
    ///
    /// - `id`: The `requestId` from the response of the Create or Update operation.
    pub fn get_release_integration_pack_status(
        &self,
        id: &str,
    ) -> GetReleaseIntegrationPackStatus<'_> {
        GetReleaseIntegrationPackStatus(
            self.service.request(&GET_RELEASE_INTEGRATION_PACK_STATUS).path("id", id),
        )
    }
}

crate::runtime::operation! { GET_PUBLISHER_INTEGRATION_PACK {
    id "GetPublisherIntegrationPack",
    GET "/PublisherIntegrationPack/{id}",
    accept "application/json",
    request GetPublisherIntegrationPack by get_publisher_integration_pack,
    success Json<_> => types::PublisherIntegrationPack,
    error Json<_> => types::ErrorMessage,
} }

crate::runtime::operation! { CREATE_RELEASE_INTEGRATION_PACK {
    id "CreateReleaseIntegrationPack",
    POST "/ReleaseIntegrationPack",
    accept "application/json",
    request CreateReleaseIntegrationPack by create_release_integration_pack,
    success Json<_> => types::ReleaseIntegrationPack,
    error Json<_> => types::ErrorMessage,
} }

impl CreateReleaseIntegrationPack<'_> {
    /// The body of the request.
    #[inline]
    pub fn body(self, body: &types::ReleaseIntegrationPack) -> Self {
        Self(self.0.json(body))
    }
}

crate::runtime::operation! { UPDATE_RELEASE_INTEGRATION_PACK {
    id "UpdateReleaseIntegrationPack",
    POST "/ReleaseIntegrationPack/{id}",
    accept "application/json",
    request UpdateReleaseIntegrationPack by update_release_integration_pack,
    success Json<_> => types::ReleaseIntegrationPack,
    error Json<_> => types::ErrorMessage,
} }

impl UpdateReleaseIntegrationPack<'_> {
    /// The body of the request.
    #[inline]
    pub fn body(self, body: &types::ReleaseIntegrationPack) -> Self {
        Self(self.0.json(body))
    }
}

crate::runtime::operation! { GET_RELEASE_INTEGRATION_PACK_STATUS {
    id "GetReleaseIntegrationPackStatus",
    GET "/ReleaseIntegrationPackStatus/{id}",
    accept "application/json",
    request GetReleaseIntegrationPackStatus by get_release_integration_pack_status,
    success Json<_> => types::ReleaseIntegrationPackStatus,
    error Json<_> => types::ErrorMessage,
} }
