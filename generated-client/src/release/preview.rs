//! What a release would change, before it is sent.

use std::fmt;

use super::pack::is_same_version;
use super::{Pack, PackComponent, Release};

/// What a release would change: see [`Client::plan`](crate::Client::plan).
///
/// `Display` shows it with a line for each component.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// The id of the pack.
    pub pack_id: String,
    /// The components of the release, in its order.
    pub components: Vec<PlannedComponent>,
    /// The components of the pack that are released or pending, but not in the release. One public guide says that the platform
    /// removes what a release leaves out; the vendor says it only of another operation. Nobody has verified it, so take it as
    /// possible. [`Release::require_complete`] makes it an error.
    pub left_out: Vec<PackComponent>,
    /// The request body, as it would be sent: JSON.
    pub body: String,
    /// The pack as it is before the release. Keep it: [`Client::reconcile`](crate::Client::reconcile) needs it if the outcome of
    /// the release is unknown.
    pub before: Pack,
}

/// A component of a release, and its version before and after it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlannedComponent {
    /// The id of the primary component.
    pub id: String,
    /// Its name, if the pack has it.
    pub name: Option<String>,
    /// The version that is released now; `None` if none is.
    pub before: Option<String>,
    /// The version that the release brings.
    pub after: String,
}

impl PlannedComponent {
    /// Whether the release brings another version than the one that is released now.
    pub fn is_changed(&self) -> bool {
        let before = self.before.as_deref();
        !before.is_some_and(|before| is_same_version(before, &self.after))
    }
}

impl Plan {
    pub(super) fn new(release: &Release, pack: Pack, body: String) -> Self {
        let components = release.components().map(|(id, version)| {
            let known = pack.component(id);
            PlannedComponent {
                id: id.to_owned(),
                name: known.and_then(|it| it.name.clone()),
                before: known.and_then(|it| it.current_version.clone()),
                after: version.to_owned(),
            }
        });
        Self {
            pack_id: release.pack_id().to_owned(),
            components: components.collect(),
            left_out: left_out(release, &pack),
            body,
            before: pack,
        }
    }

    /// Whether the release has every component of the pack that is released or pending.
    pub fn is_complete(&self) -> bool {
        self.left_out.is_empty()
    }

    /// Whether at least one component gets another version.
    pub fn is_changed(&self) -> bool {
        self.components.iter().any(PlannedComponent::is_changed)
    }
}

/// The components that are released or pending, but not in the release. A component that the pack is to lose is not missing.
pub(super) fn left_out(release: &Release, pack: &Pack) -> Vec<PackComponent> {
    let is_in_use = |it: &&PackComponent| {
        !it.deleted && (it.current_version.is_some() || it.pending_version.is_some())
    };
    let is_left_out = |it: &&PackComponent| release.components().all(|(id, _)| id != it.id);
    let components = pack.components.iter().filter(is_in_use);
    components.filter(is_left_out).cloned().collect()
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pack {}", self.pack_id)?;
        for component in &self.components {
            let before = component.before.as_deref().unwrap_or("not released");
            write!(f, "\n{}", named(&component.id, component.name.as_deref()))?;
            if component.is_changed() {
                write!(f, ": {before} → {}", component.after)?;
            } else {
                write!(f, ": {before}, unchanged")?;
            }
        }
        for component in &self.left_out {
            let version = match (&component.current_version, &component.pending_version) {
                (Some(version), _) => format!("{version} is released"),
                (None, Some(version)) => format!("{version} is pending"),
                (None, None) => String::new(),
            };
            let name = named(&component.id, component.name.as_deref());
            write!(f, "\n{name}: left out, although {version}")?;
        }
        Ok(())
    }
}

fn named(id: &str, name: Option<&str>) -> String {
    name.map_or_else(|| id.to_owned(), |name| format!("{id} ({name})"))
}
