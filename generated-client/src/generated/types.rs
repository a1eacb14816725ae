//! The types of the API.
//!
//! A type is plain Rust, and a table says how it looks in JSON. `record!` has a line for each field of a struct: the field, its
//! name in JSON, and whether it must be there (`REQUIRED`), can be absent (`OPTIONAL`), or can be absent or `null` (`NULLABLE`).
//! `set(...)` makes a method that sets the field; with `into`, it takes all that can be made into the type. `in [...]` lists the
//! only values of a field that tells variants of a union apart, and `..` is the field for all members without a line. `open_enum!`
//! has the variants of an enum of strings, each with its value. `union!` lists the variants of an enum of types. After `tagged` comes
//! the name of the member that says which variant an object is, and each variant has the values that stand for it; after `else` comes
//! the variant that an object without this member is. `one_of` and `any_of` have no such member, and the structure of a value decides. `transparent!` is for a struct that looks like what is in it.
// Made by `cargo xtask regen`; do not edit.
// Digest of its sources in the corrected document: sha256:8a95147786375a292463e622ec43f5e5c40dc62695a01e1429c7d82ce57626e5

/// An integration pack of the publisher.
#[derive(Clone)]
#[non_exhaustive]
pub struct PublisherIntegrationPack {
    /// What the publisher says about the integration pack. It can be empty.
    pub description: String,
    /// `PublisherPackagedComponents`.
    pub publisher_packaged_components: Option<PublisherPackagedComponents>,
    /// Identifies the integration pack.
    pub id: Option<String>,
    /// The type of integration pack. Possible values:
    ///
    /// - SINGLE — for a single attachment
    /// - MULTI — for several attachments
    pub installation_type: Option<InstallationType>,
    /// Names the integration pack.
    pub name: Option<String>,
    /// Only for the update of an integration pack. Whether its packaged components are added or removed.
    pub operation_type: Option<OperationType>,
    /// The name of the object, as in JSON responses.
    pub type_: Option<String>,
}
crate::runtime::data::record! { PublisherIntegrationPack {
    description "Description" REQUIRED,
    publisher_packaged_components "PublisherPackagedComponents" OPTIONAL,
    id "id" OPTIONAL,
    installation_type "installationType" OPTIONAL,
    name "name" OPTIONAL,
    operation_type "operationType" OPTIONAL,
    type_ "@type" OPTIONAL,
} }

/// A packaged component in an integration pack.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct PublisherPackagedComponent {
    /// Identifies the component.
    pub component_id: Option<String>,
    /// The name of the component.
    pub component_name: Option<String>,
    /// The type of the component, e.g. `process`.
    pub component_type: Option<String>,
    /// The version that is released now. Empty if none is.
    pub current_version: Option<String>,
    /// Whether the next release removes the component from the integration pack.
    pub deleted: Option<bool>,
    /// The newest version that can be added to the integration pack. Empty if there is none.
    pub latest_version: Option<String>,
    /// The version that goes into the next release. Empty if none does.
    pub pending_version: Option<String>,
    /// The name of the object, as in JSON responses.
    pub type_: Option<String>,
}
crate::runtime::data::record! { PublisherPackagedComponent {
    component_id "componentId" OPTIONAL,
    component_name "componentName" OPTIONAL,
    component_type "componentType" OPTIONAL,
    current_version "currentVersion" OPTIONAL,
    deleted "deleted" OPTIONAL,
    latest_version "latestVersion" OPTIONAL,
    pending_version "pendingVersion" OPTIONAL,
    type_ "@type" OPTIONAL,
} }

/// The packaged components in an integration pack.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct PublisherPackagedComponents {
    /// `PublisherPackagedComponent`.
    pub publisher_packaged_component: Option<Vec<PublisherPackagedComponent>>,
    /// The name of the object, as in JSON responses.
    pub type_: Option<String>,
}
crate::runtime::data::record! { PublisherPackagedComponents {
    publisher_packaged_component "PublisherPackagedComponent" OPTIONAL,
    type_ "@type" OPTIONAL,
} }

/// The release of a publisher integration pack.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct ReleaseIntegrationPack {
    /// `ReleasePackagedComponents`.
    pub release_packaged_components: Option<ReleasePackagedComponents>,
    /// Identifies the integration pack.
    pub id: Option<String>,
    /// The type of integration pack. Possible values:
    ///
    /// - SINGLE — for a single attachment
    /// - MULTI — for several attachments
    pub installation_type: Option<InstallationType>,
    /// Names the integration pack.
    pub name: Option<String>,
    /// The date on which the integration pack is released. Date format: yyyy-MM-dd.
    ///
    /// Required if `releaseSchedule` is `RELEASE_ON_SPECIFIED_DATE`.
    pub release_on_date: Option<crate::generated::support::Date>,
    /// When the integration pack is released. Possible values:
    ///
    /// - IMMEDIATELY — at once
    /// - `RELEASE_ON_SPECIFIED_DATE` — on the day that `releaseOnDate` names
    pub release_schedule: Option<ReleaseSchedule>,
    /// The complete URL for the second call, which requests the `ReleaseIntegrationPackStatus` object.
    ///
    /// Responses contain it for convenience: it ends with the `requestId`.
    pub release_status_url: Option<String>,
    /// The unique ID that the system assigns to the release request.
    pub request_id: Option<String>,
    /// The name of the object, as in JSON responses.
    pub type_: Option<String>,
}
crate::runtime::data::record! { ReleaseIntegrationPack {
    release_packaged_components "ReleasePackagedComponents" OPTIONAL set(ReleasePackagedComponents),
    id "id" OPTIONAL set(into String),
    installation_type "installationType" OPTIONAL set(InstallationType),
    name "name" OPTIONAL set(into String),
    release_on_date "releaseOnDate" OPTIONAL set(into crate::generated::support::Date),
    release_schedule "releaseSchedule" OPTIONAL set(ReleaseSchedule),
    release_status_url "releaseStatusUrl" OPTIONAL set(into String),
    request_id "requestId" OPTIONAL set(into String),
    type_ "@type" OPTIONAL set(into String),
} }

/// The progress of the release of a publisher integration pack.
#[derive(Clone)]
#[non_exhaustive]
pub struct ReleaseIntegrationPackStatus {
    /// `ReleasePackagedComponents`.
    pub release_packaged_components: Option<ReleasePackagedComponents>,
    /// The type of integration pack. Possible values:
    ///
    /// - SINGLE — for a single attachment
    /// - MULTI — for several attachments
    pub installation_type: Option<InstallationType>,
    /// Identifies the integration pack.
    pub integration_pack_id: Option<String>,
    /// Names the integration pack.
    pub name: Option<String>,
    /// The date on which the integration pack is released. Date format: yyyy-MM-dd.
    pub release_on_date: Option<crate::generated::support::Date>,
    /// When the integration pack is released. Possible values:
    ///
    /// - IMMEDIATELY — at once
    /// - `RELEASE_ON_SPECIFIED_DATE` — on the day that `releaseOnDate` names
    pub release_schedule: Option<ReleaseSchedule>,
    /// The progress of the release. Possible values:
    ///
    /// - `IN_PROGRESS` — the release is running
    /// - SUCCESS — the release is done
    /// - SCHEDULED — the release waits for its date
    /// - ERROR — the release has failed
    pub release_status: Option<ReleaseStatus>,
    /// The unique ID that the system assigned to the release request.
    pub request_id: Option<String>,
    /// The status code of the response:
    ///
    /// - 200 — the release is done
    /// - 202 — the release is in progress or scheduled
    pub response_status_code: i32,
    /// How much of a release in progress is done, in percent.
    pub release_progress: Option<String>,
    /// The name of the object, as in JSON responses.
    pub type_: Option<String>,
}
crate::runtime::data::record! { ReleaseIntegrationPackStatus {
    release_packaged_components "ReleasePackagedComponents" OPTIONAL,
    installation_type "installationType" OPTIONAL,
    integration_pack_id "integrationPackId" OPTIONAL,
    name "name" OPTIONAL,
    release_on_date "releaseOnDate" OPTIONAL,
    release_schedule "releaseSchedule" OPTIONAL,
    release_status "releaseStatus" OPTIONAL,
    request_id "requestId" OPTIONAL,
    response_status_code "responseStatusCode" REQUIRED,
    release_progress "releaseProgress" OPTIONAL,
    type_ "@type" OPTIONAL,
} }

/// A packaged component in a release.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct ReleasePackagedComponent {
    /// Identifies the component.
    pub component_id: Option<String>,
    /// The version of the packaged component that was released last.
    pub released_version: Option<String>,
    /// The version of the packaged component that goes into the next release.
    pub version: Option<String>,
    /// The name of the object, as in JSON responses.
    pub type_: Option<String>,
}
crate::runtime::data::record! { ReleasePackagedComponent {
    component_id "componentId" OPTIONAL set(into String),
    released_version "releasedVersion" OPTIONAL set(into String),
    version "version" OPTIONAL set(into String),
    type_ "@type" OPTIONAL set(into String),
} }

/// The packaged components in a release.
#[derive(Clone)]
#[non_exhaustive]
pub struct ReleasePackagedComponents {
    /// `ReleasePackagedComponent`.
    pub release_packaged_component: Vec<ReleasePackagedComponent>,
    /// The name of the object, as in JSON responses.
    pub type_: Option<String>,
}
crate::runtime::data::record! { ReleasePackagedComponents {
    release_packaged_component "ReleasePackagedComponent" REQUIRED,
    type_ "@type" OPTIONAL set(into String),
} }

impl ReleasePackagedComponents {
    /// With the required fields; the others are unset.
    pub fn new(release_packaged_component: Vec<ReleasePackagedComponent>) -> Self {
        Self {
            release_packaged_component,
            type_: None,
        }
    }
}

/// The error message for a request that failed. It is in `message` or in `error`.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct ErrorMessage {
    /// The message for the user.
    pub message: Option<String>,
    /// `error`.
    pub error: Option<ErrorDetail>,
    /// The name of the object, as in JSON responses.
    pub type_: Option<String>,
}
crate::runtime::data::record! { ErrorMessage {
    message "message" OPTIONAL,
    error "error" OPTIONAL,
    type_ "@type" OPTIONAL,
} }

/// The error message for a request that failed, in the form with a wrapper.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// The message for the user.
    pub message: Option<String>,
    /// The name of the object, as in JSON responses.
    pub type_: Option<String>,
}
crate::runtime::data::record! { ErrorDetail {
    message "message" OPTIONAL,
    type_ "@type" OPTIONAL,
} }

/// The type of integration pack. Possible values:
///
/// - SINGLE — for a single attachment
/// - MULTI — for several attachments
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
crate::runtime::data::open_enum! { InstallationType {
    Single "SINGLE",
    Multi "MULTI",
} }

/// Only for the update of an integration pack. Whether its packaged components are added or removed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum OperationType {
    /// `ADD`
    Add,
    /// `DELETE`
    Delete,
    /// A value that the description does not list, as it was sent.
    Unknown(String),
}
crate::runtime::data::open_enum! { OperationType {
    Add "ADD",
    Delete "DELETE",
} }

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
crate::runtime::data::open_enum! { ReleaseSchedule {
    Immediately "IMMEDIATELY",
    ReleaseOnSpecifiedDate "RELEASE_ON_SPECIFIED_DATE",
} }

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
crate::runtime::data::open_enum! { ReleaseStatus {
    InProgress "IN_PROGRESS",
    Success "SUCCESS",
    Scheduled "SCHEDULED",
    Error "ERROR",
} }
