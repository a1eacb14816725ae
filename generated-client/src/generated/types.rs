//! The types of the API.
// Made by `cargo xtask regen` from spec/release-integration-pack.yaml and spec/overlay.yaml; do not edit.
// Digest of the part of the effective spec that it says: sha256:0000

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::runtime::open_enum;

/// `InstallationType`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum InstallationType {
    /// `SINGLE`
    Single,
    /// `MULTI`
    Multi,
    /// A value that the description does not list, as it was sent.
    Unknown(String),
}
impl InstallationType {
    /// The value as it goes over the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Single => "SINGLE",
            Self::Multi => "MULTI",
            Self::Unknown(value) => value,
        }
    }
}
impl From<&str> for InstallationType {
    fn from(value: &str) -> Self {
        match value {
            "SINGLE" => Self::Single,
            "MULTI" => Self::Multi,
            other => Self::Unknown(other.to_owned()),
        }
    }
}
open_enum!(InstallationType);
/// `ReleaseSchedule`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ReleaseSchedule {
    /// `IMMEDIATELY`
    Immediately,
    /// `RELEASE_ON_SPECIFIED_DATE`
    ReleaseOnSpecifiedDate,
    /// A value that the description does not list, as it was sent.
    Unknown(String),
}
impl ReleaseSchedule {
    /// The value as it goes over the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Immediately => "IMMEDIATELY",
            Self::ReleaseOnSpecifiedDate => "RELEASE_ON_SPECIFIED_DATE",
            Self::Unknown(value) => value,
        }
    }
}
impl From<&str> for ReleaseSchedule {
    fn from(value: &str) -> Self {
        match value {
            "IMMEDIATELY" => Self::Immediately,
            "RELEASE_ON_SPECIFIED_DATE" => Self::ReleaseOnSpecifiedDate,
            other => Self::Unknown(other.to_owned()),
        }
    }
}
open_enum!(ReleaseSchedule);
/// `ReleaseStatus`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum ReleaseStatus {
    /// `IN_PROGRESS`
    InProgress,
    /// `SUCCESS`
    Success,
    /// `SCHEDULED`
    Scheduled,
    /// `ERROR`
    Error,
    /// A value that the description does not list, as it was sent.
    Unknown(String),
}
impl ReleaseStatus {
    /// The value as it goes over the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::InProgress => "IN_PROGRESS",
            Self::Success => "SUCCESS",
            Self::Scheduled => "SCHEDULED",
            Self::Error => "ERROR",
            Self::Unknown(value) => value,
        }
    }
}
impl From<&str> for ReleaseStatus {
    fn from(value: &str) -> Self {
        match value {
            "IN_PROGRESS" => Self::InProgress,
            "SUCCESS" => Self::Success,
            "SCHEDULED" => Self::Scheduled,
            "ERROR" => Self::Error,
            other => Self::Unknown(other.to_owned()),
        }
    }
}
open_enum!(ReleaseStatus);
/// `ReleaseIntegrationPack`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReleaseIntegrationPack {
    /// `@type`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    /// `id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// `installationType`.
    #[serde(rename = "installationType", skip_serializing_if = "Option::is_none")]
    pub installation_type: Option<InstallationType>,
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `releaseOnDate`.
    #[serde(rename = "releaseOnDate", skip_serializing_if = "Option::is_none")]
    pub release_on_date: Option<Date>,
    /// `ReleasePackagedComponents`.
    #[serde(
        rename = "ReleasePackagedComponents",
        skip_serializing_if = "Option::is_none"
    )]
    pub release_packaged_components: Option<ReleasePackagedComponents>,
    /// `releaseSchedule`.
    #[serde(rename = "releaseSchedule", skip_serializing_if = "Option::is_none")]
    pub release_schedule: Option<ReleaseSchedule>,
    /// `releaseStatusUrl`.
    #[serde(rename = "releaseStatusUrl", skip_serializing_if = "Option::is_none")]
    pub release_status_url: Option<String>,
    /// `requestId`.
    #[serde(rename = "requestId", skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}
impl ReleaseIntegrationPack {
    /// Sets [`type_`](Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
    /// Sets [`id`](Self::id).
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
    /// Sets [`installation_type`](Self::installation_type).
    pub fn installation_type(mut self, installation_type: InstallationType) -> Self {
        self.installation_type = Some(installation_type);
        self
    }
    /// Sets [`name`](Self::name).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
    /// Sets [`release_on_date`](Self::release_on_date).
    pub fn release_on_date(mut self, release_on_date: Date) -> Self {
        self.release_on_date = Some(release_on_date);
        self
    }
    /// Sets [`release_packaged_components`](Self::release_packaged_components).
    pub fn release_packaged_components(
        mut self,
        release_packaged_components: ReleasePackagedComponents,
    ) -> Self {
        self.release_packaged_components = Some(release_packaged_components);
        self
    }
    /// Sets [`release_schedule`](Self::release_schedule).
    pub fn release_schedule(mut self, release_schedule: ReleaseSchedule) -> Self {
        self.release_schedule = Some(release_schedule);
        self
    }
    /// Sets [`release_status_url`](Self::release_status_url).
    pub fn release_status_url(mut self, release_status_url: impl Into<String>) -> Self {
        self.release_status_url = Some(release_status_url.into());
        self
    }
    /// Sets [`request_id`](Self::request_id).
    pub fn request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }
}
/// `ReleasePackagedComponents`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReleasePackagedComponents {
    /// `@type`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    /// `ReleasePackagedComponent`.
    #[serde(rename = "ReleasePackagedComponent")]
    pub release_packaged_component: Vec<ReleasePackagedComponent>,
}
impl ReleasePackagedComponents {
    /// With the required fields; the others are unset.
    pub fn new(release_packaged_component: Vec<ReleasePackagedComponent>) -> Self {
        Self {
            type_: None,
            release_packaged_component,
        }
    }
    /// Sets [`type_`](Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
}
/// `ReleasePackagedComponent`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReleasePackagedComponent {
    /// `@type`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    /// `componentId`.
    #[serde(rename = "componentId", skip_serializing_if = "Option::is_none")]
    pub component_id: Option<String>,
    /// `releasedVersion`.
    #[serde(rename = "releasedVersion", skip_serializing_if = "Option::is_none")]
    pub released_version: Option<String>,
    /// `version`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}
impl ReleasePackagedComponent {
    /// Sets [`type_`](Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
    /// Sets [`component_id`](Self::component_id).
    pub fn component_id(mut self, component_id: impl Into<String>) -> Self {
        self.component_id = Some(component_id.into());
        self
    }
    /// Sets [`released_version`](Self::released_version).
    pub fn released_version(mut self, released_version: impl Into<String>) -> Self {
        self.released_version = Some(released_version.into());
        self
    }
    /// Sets [`version`](Self::version).
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }
}
/// `ReleaseIntegrationPackStatus`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReleaseIntegrationPackStatus {
    /// `@type`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    /// `installationType`.
    #[serde(rename = "installationType", skip_serializing_if = "Option::is_none")]
    pub installation_type: Option<InstallationType>,
    /// `integrationPackId`.
    #[serde(rename = "integrationPackId", skip_serializing_if = "Option::is_none")]
    pub integration_pack_id: Option<String>,
    /// `name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `releaseOnDate`.
    #[serde(rename = "releaseOnDate", skip_serializing_if = "Option::is_none")]
    pub release_on_date: Option<Date>,
    /// `ReleasePackagedComponents`.
    #[serde(
        rename = "ReleasePackagedComponents",
        skip_serializing_if = "Option::is_none"
    )]
    pub release_packaged_components: Option<ReleasePackagedComponents>,
    /// `releaseProgress`.
    #[serde(rename = "releaseProgress", skip_serializing_if = "Option::is_none")]
    pub release_progress: Option<String>,
    /// `releaseSchedule`.
    #[serde(rename = "releaseSchedule", skip_serializing_if = "Option::is_none")]
    pub release_schedule: Option<ReleaseSchedule>,
    /// `releaseStatus`.
    #[serde(rename = "releaseStatus", skip_serializing_if = "Option::is_none")]
    pub release_status: Option<ReleaseStatus>,
    /// `requestId`.
    #[serde(rename = "requestId", skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// `responseStatusCode`.
    #[serde(rename = "responseStatusCode")]
    pub response_status_code: i32,
}
impl ReleaseIntegrationPackStatus {
    /// With the required fields; the others are unset.
    pub fn new(response_status_code: i32) -> Self {
        Self {
            type_: None,
            installation_type: None,
            integration_pack_id: None,
            name: None,
            release_on_date: None,
            release_packaged_components: None,
            release_progress: None,
            release_schedule: None,
            release_status: None,
            request_id: None,
            response_status_code,
        }
    }
    /// Sets [`type_`](Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
    /// Sets [`installation_type`](Self::installation_type).
    pub fn installation_type(mut self, installation_type: InstallationType) -> Self {
        self.installation_type = Some(installation_type);
        self
    }
    /// Sets [`integration_pack_id`](Self::integration_pack_id).
    pub fn integration_pack_id(mut self, integration_pack_id: impl Into<String>) -> Self {
        self.integration_pack_id = Some(integration_pack_id.into());
        self
    }
    /// Sets [`name`](Self::name).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
    /// Sets [`release_on_date`](Self::release_on_date).
    pub fn release_on_date(mut self, release_on_date: Date) -> Self {
        self.release_on_date = Some(release_on_date);
        self
    }
    /// Sets [`release_packaged_components`](Self::release_packaged_components).
    pub fn release_packaged_components(
        mut self,
        release_packaged_components: ReleasePackagedComponents,
    ) -> Self {
        self.release_packaged_components = Some(release_packaged_components);
        self
    }
    /// Sets [`release_progress`](Self::release_progress).
    pub fn release_progress(mut self, release_progress: impl Into<String>) -> Self {
        self.release_progress = Some(release_progress.into());
        self
    }
    /// Sets [`release_schedule`](Self::release_schedule).
    pub fn release_schedule(mut self, release_schedule: ReleaseSchedule) -> Self {
        self.release_schedule = Some(release_schedule);
        self
    }
    /// Sets [`release_status`](Self::release_status).
    pub fn release_status(mut self, release_status: ReleaseStatus) -> Self {
        self.release_status = Some(release_status);
        self
    }
    /// Sets [`request_id`](Self::request_id).
    pub fn request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }
}
/// `ErrorMessage`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorMessage {
    /// `@type`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    /// `error`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorDetail>,
    /// `message`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
impl ErrorMessage {
    /// Sets [`type_`](Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
    /// Sets [`error`](Self::error).
    pub fn error(mut self, error: ErrorDetail) -> Self {
        self.error = Some(error);
        self
    }
    /// Sets [`message`](Self::message).
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
}
/// `ErrorDetail`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// `@type`.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
    /// `message`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}
impl ErrorDetail {
    /// Sets [`type_`](Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
    /// Sets [`message`](Self::message).
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
}
