//! The types of the API.
// Made by `cargo xtask regen`; do not edit.
// Digest of its sources in the corrected document: sha256:f3629a096f92664e9b690bb9ba599aeee6cb68c48a853c8976a6ca40be44c3ad

/// The release of a publisher integration pack.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct ReleaseIntegrationPack {
    /// `ReleasePackagedComponents`.
    #[serde(
        rename = "ReleasePackagedComponents",
        skip_serializing_if = "Option::is_none"
    )]
    pub release_packaged_components: Option<ReleasePackagedComponents>,
    /// The ID of the integration pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The type of integration pack. Possible values:
    ///
    /// - SINGLE — single attachment
    /// - MULTI — multiple attachment
    #[serde(rename = "installationType", skip_serializing_if = "Option::is_none")]
    pub installation_type: Option<InstallationType>,
    /// The name of the integration pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The date on which the integration pack is released. Date format: yyyy-MM-dd.
    ///
    /// Required if `releaseSchedule` is `RELEASE_ON_SPECIFIED_DATE`.
    #[serde(rename = "releaseOnDate", skip_serializing_if = "Option::is_none")]
    pub release_on_date: Option<jiff::civil::Date>,
    /// When the integration pack is released. Possible values:
    ///
    /// - IMMEDIATELY — at once
    /// - `RELEASE_ON_SPECIFIED_DATE` — on the day that `releaseOnDate` names
    #[serde(rename = "releaseSchedule", skip_serializing_if = "Option::is_none")]
    pub release_schedule: Option<ReleaseSchedule>,
    /// The complete URL for the second call, which requests the `ReleaseIntegrationPackStatus` object.
    ///
    /// Responses contain it for convenience: it ends with the `requestId`.
    #[serde(rename = "releaseStatusUrl", skip_serializing_if = "Option::is_none")]
    pub release_status_url: Option<String>,
    /// The unique ID that the system assigns to the release request.
    #[serde(rename = "requestId", skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The name of the object, as in JSON responses.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
}

impl ReleaseIntegrationPack {
    /// Sets [`release_packaged_components`](field@Self::release_packaged_components).
    pub fn release_packaged_components(
        mut self,
        release_packaged_components: ReleasePackagedComponents,
    ) -> Self {
        self.release_packaged_components = Some(release_packaged_components);
        self
    }
    /// Sets [`id`](field@Self::id).
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
    /// Sets [`installation_type`](field@Self::installation_type).
    pub fn installation_type(mut self, installation_type: InstallationType) -> Self {
        self.installation_type = Some(installation_type);
        self
    }
    /// Sets [`name`](field@Self::name).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
    /// Sets [`release_on_date`](field@Self::release_on_date).
    pub fn release_on_date(mut self, release_on_date: jiff::civil::Date) -> Self {
        self.release_on_date = Some(release_on_date);
        self
    }
    /// Sets [`release_schedule`](field@Self::release_schedule).
    pub fn release_schedule(mut self, release_schedule: ReleaseSchedule) -> Self {
        self.release_schedule = Some(release_schedule);
        self
    }
    /// Sets [`release_status_url`](field@Self::release_status_url).
    pub fn release_status_url(mut self, release_status_url: impl Into<String>) -> Self {
        self.release_status_url = Some(release_status_url.into());
        self
    }
    /// Sets [`request_id`](field@Self::request_id).
    pub fn request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }
    /// Sets [`type_`](field@Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
}

/// The progress of the release of a publisher integration pack.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct ReleaseIntegrationPackStatus {
    /// `ReleasePackagedComponents`.
    #[serde(
        rename = "ReleasePackagedComponents",
        skip_serializing_if = "Option::is_none"
    )]
    pub release_packaged_components: Option<ReleasePackagedComponents>,
    /// The type of integration pack. Possible values:
    ///
    /// - SINGLE — single attachment
    /// - MULTI — multiple attachment
    #[serde(rename = "installationType", skip_serializing_if = "Option::is_none")]
    pub installation_type: Option<InstallationType>,
    /// The ID of the integration pack.
    #[serde(rename = "integrationPackId", skip_serializing_if = "Option::is_none")]
    pub integration_pack_id: Option<String>,
    /// The name of the integration pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The date on which the integration pack is released. Date format: yyyy-MM-dd.
    #[serde(rename = "releaseOnDate", skip_serializing_if = "Option::is_none")]
    pub release_on_date: Option<jiff::civil::Date>,
    /// When the integration pack is released. Possible values:
    ///
    /// - IMMEDIATELY — at once
    /// - `RELEASE_ON_SPECIFIED_DATE` — on the day that `releaseOnDate` names
    #[serde(rename = "releaseSchedule", skip_serializing_if = "Option::is_none")]
    pub release_schedule: Option<ReleaseSchedule>,
    /// The progress of the release. Possible values:
    ///
    /// - `IN_PROGRESS` — the release is running
    /// - SUCCESS — the release is done
    /// - SCHEDULED — the release waits for its date
    /// - ERROR — the release has failed
    #[serde(rename = "releaseStatus", skip_serializing_if = "Option::is_none")]
    pub release_status: Option<ReleaseStatus>,
    /// The unique ID that the system assigned to the release request.
    #[serde(rename = "requestId", skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// The status code of the response:
    ///
    /// - 200 — the release is done
    /// - 202 — the release is in progress or scheduled
    #[serde(rename = "responseStatusCode")]
    pub response_status_code: i32,
    /// How much of a release in progress is done, in percent.
    #[serde(rename = "releaseProgress", skip_serializing_if = "Option::is_none")]
    pub release_progress: Option<String>,
    /// The name of the object, as in JSON responses.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
}

impl ReleaseIntegrationPackStatus {
    /// With the required fields; the others are unset.
    pub fn new(response_status_code: i32) -> Self {
        Self {
            release_packaged_components: None,
            installation_type: None,
            integration_pack_id: None,
            name: None,
            release_on_date: None,
            release_schedule: None,
            release_status: None,
            request_id: None,
            response_status_code,
            release_progress: None,
            type_: None,
        }
    }
    /// Sets [`release_packaged_components`](field@Self::release_packaged_components).
    pub fn release_packaged_components(
        mut self,
        release_packaged_components: ReleasePackagedComponents,
    ) -> Self {
        self.release_packaged_components = Some(release_packaged_components);
        self
    }
    /// Sets [`installation_type`](field@Self::installation_type).
    pub fn installation_type(mut self, installation_type: InstallationType) -> Self {
        self.installation_type = Some(installation_type);
        self
    }
    /// Sets [`integration_pack_id`](field@Self::integration_pack_id).
    pub fn integration_pack_id(
        mut self,
        integration_pack_id: impl Into<String>,
    ) -> Self {
        self.integration_pack_id = Some(integration_pack_id.into());
        self
    }
    /// Sets [`name`](field@Self::name).
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
    /// Sets [`release_on_date`](field@Self::release_on_date).
    pub fn release_on_date(mut self, release_on_date: jiff::civil::Date) -> Self {
        self.release_on_date = Some(release_on_date);
        self
    }
    /// Sets [`release_schedule`](field@Self::release_schedule).
    pub fn release_schedule(mut self, release_schedule: ReleaseSchedule) -> Self {
        self.release_schedule = Some(release_schedule);
        self
    }
    /// Sets [`release_status`](field@Self::release_status).
    pub fn release_status(mut self, release_status: ReleaseStatus) -> Self {
        self.release_status = Some(release_status);
        self
    }
    /// Sets [`request_id`](field@Self::request_id).
    pub fn request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }
    /// Sets [`release_progress`](field@Self::release_progress).
    pub fn release_progress(mut self, release_progress: impl Into<String>) -> Self {
        self.release_progress = Some(release_progress.into());
        self
    }
    /// Sets [`type_`](field@Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
}

/// A packaged component in a release.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct ReleasePackagedComponent {
    /// The ID of the component.
    #[serde(rename = "componentId", skip_serializing_if = "Option::is_none")]
    pub component_id: Option<String>,
    /// The version of the packaged component that was released last.
    #[serde(rename = "releasedVersion", skip_serializing_if = "Option::is_none")]
    pub released_version: Option<String>,
    /// The version of the packaged component that goes into the next release.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The name of the object, as in JSON responses.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
}

impl ReleasePackagedComponent {
    /// Sets [`component_id`](field@Self::component_id).
    pub fn component_id(mut self, component_id: impl Into<String>) -> Self {
        self.component_id = Some(component_id.into());
        self
    }
    /// Sets [`released_version`](field@Self::released_version).
    pub fn released_version(mut self, released_version: impl Into<String>) -> Self {
        self.released_version = Some(released_version.into());
        self
    }
    /// Sets [`version`](field@Self::version).
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }
    /// Sets [`type_`](field@Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
}

/// The packaged components in a release.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct ReleasePackagedComponents {
    /// `ReleasePackagedComponent`.
    #[serde(rename = "ReleasePackagedComponent")]
    pub release_packaged_component: Vec<ReleasePackagedComponent>,
    /// The name of the object, as in JSON responses.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
}

impl ReleasePackagedComponents {
    /// With the required fields; the others are unset.
    pub fn new(release_packaged_component: Vec<ReleasePackagedComponent>) -> Self {
        Self {
            release_packaged_component,
            type_: None,
        }
    }
    /// Sets [`type_`](field@Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
}

/// The error message for a request that failed. It is in `message` or in `error`.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct ErrorMessage {
    /// The message for the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// `error`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<ErrorDetail>,
    /// The name of the object, as in JSON responses.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
}

impl ErrorMessage {
    /// Sets [`message`](field@Self::message).
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
    /// Sets [`error`](field@Self::error).
    pub fn error(mut self, error: ErrorDetail) -> Self {
        self.error = Some(error);
        self
    }
    /// Sets [`type_`](field@Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
}

/// The error message for a request that failed, in the form with a wrapper.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// The message for the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The name of the object, as in JSON responses.
    #[serde(rename = "@type", skip_serializing_if = "Option::is_none")]
    pub type_: Option<String>,
}

impl ErrorDetail {
    /// Sets [`message`](field@Self::message).
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }
    /// Sets [`type_`](field@Self::type_).
    pub fn type_(mut self, type_: impl Into<String>) -> Self {
        self.type_ = Some(type_.into());
        self
    }
}

/// The type of integration pack. Possible values:
///
/// - SINGLE — single attachment
/// - MULTI — multiple attachment
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
crate::runtime::open_enum!(InstallationType);

/// When the integration pack is released. Possible values:
///
/// - IMMEDIATELY — at once
/// - `RELEASE_ON_SPECIFIED_DATE` — on the day that `releaseOnDate` names
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
crate::runtime::open_enum!(ReleaseSchedule);

/// The progress of the release. Possible values:
///
/// - `IN_PROGRESS` — the release is running
/// - SUCCESS — the release is done
/// - SCHEDULED — the release waits for its date
/// - ERROR — the release has failed
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
crate::runtime::open_enum!(ReleaseStatus);
