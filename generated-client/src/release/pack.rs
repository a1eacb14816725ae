//! What the platform says of an integration pack: its packaged components and their versions.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::arrived::{Object, Received};
use crate::runtime::{Note, Reply};
use crate::types::{InstallationType, PublisherIntegrationPack, PublisherPackagedComponent};

/// An integration pack of the publisher (`GetPublisherIntegrationPack`): what a release starts from, and what a finished release
/// has changed.
///
/// It can be stored with serde, for [`Client::reconcile`](crate::Client::reconcile) in another process:
///
/// ```
/// use releasepack_client::release::Pack;
///
/// let stored = r#"{"id":"f0f7face","components":[{"id":"b420a8ab","current_version":"1.0"}]}"#;
/// let pack: Pack = serde_json::from_str(stored)?;
/// assert_eq!(pack.components[0].current_version.as_deref(), Some("1.0"));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// Source: <https://developer.boomi.com/docs/api/platformapi/PublisherIntegrationPack>.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Pack {
    /// The id of the pack, as it was asked for.
    pub id: String,
    /// Its name, if the platform says it.
    pub name: Option<String>,
    /// How it can be installed, if the platform says it.
    pub installation_type: Option<InstallationType>,
    /// Its packaged components, in the order of the platform.
    pub components: Vec<PackComponent>,
    /// What could not be read of the response. The components of a pack with notes may lack something. They are not stored.
    #[serde(skip)]
    pub notes: Vec<Note>,
}

/// A packaged component in an integration pack.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(default)]
#[non_exhaustive]
pub struct PackComponent {
    /// The id of the primary component.
    pub id: String,
    /// Its name.
    pub name: Option<String>,
    /// Its type, e.g. `process`.
    pub kind: Option<String>,
    /// The version that is released now.
    pub current_version: Option<String>,
    /// The version that goes into the next release.
    pub pending_version: Option<String>,
    /// The newest version that can be added to the pack.
    pub latest_version: Option<String>,
    /// Whether the next release removes it from the pack.
    pub deleted: bool,
}

impl Pack {
    pub(super) fn new(id: &str, received: Received<PublisherIntegrationPack>) -> Self {
        let Received { object, notes, .. } = received;
        let components = object.publisher_packaged_components;
        let components = components.and_then(|it| it.publisher_packaged_component);
        let components = components.unwrap_or_default();
        Self {
            id: id.to_owned(),
            name: text(object.name),
            installation_type: object.installation_type,
            components: components.into_iter().map(PackComponent::from).collect(),
            notes,
        }
    }

    /// The component with an id.
    pub fn component(&self, id: &str) -> Option<&PackComponent> {
        self.components.iter().find(|it| it.id == id)
    }
}

impl From<PublisherPackagedComponent> for PackComponent {
    fn from(component: PublisherPackagedComponent) -> Self {
        Self {
            id: component.component_id.unwrap_or_default(),
            name: text(component.component_name),
            kind: text(component.component_type),
            current_version: text(component.current_version),
            pending_version: text(component.pending_version),
            latest_version: text(component.latest_version),
            deleted: component.deleted.unwrap_or_default(),
        }
    }
}

/// The platform writes an empty text for a version that does not exist.
fn text(text: Option<String>) -> Option<String> {
    text.filter(|it| !it.trim().is_empty())
}

impl Object for PublisherIntegrationPack {
    /// No part of a list is enough to say what is in the pack, so a body that breaks off is an error: no member has this name.
    const ENOUGH: &'static str = "";

    /// The description of a pack says nothing about its components. Without it, the pack is read all the same.
    fn complete(members: &mut Map<String, Value>, _reply: &Reply) {
        members.entry("Description").or_insert_with(|| "".into());
    }
}

/// Whether two texts are the same version: `6.0` is `6.00`. The platform shows both.
pub(super) fn is_same_version(one: &str, other: &str) -> bool {
    let numbers = |text: &str| -> Option<Vec<u64>> {
        text.trim().split('.').map(|it| it.parse().ok()).collect()
    };
    match (numbers(one), numbers(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one.trim() == other.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_same_version;

    #[test]
    fn versions_are_numbers_if_they_can_be() {
        assert!(is_same_version("6.0", "6.00"));
        assert!(is_same_version(" 6.0", "6.0"));
        assert!(!is_same_version("6.0", "6.1"));
        assert!(!is_same_version("6.0", "6"));
        assert!(!is_same_version("6.10", "6.1"));
        assert!(is_same_version("beta", "beta"));
        assert!(!is_same_version("beta", "6.0"));
    }
}
