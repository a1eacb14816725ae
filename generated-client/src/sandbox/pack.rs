//! The integration packs of a sandbox.

use super::platform::Pack;
use crate::generated::types::InstallationType;

/// An integration pack that the sandbox has from the start.
///
/// Its versions move as releases are done: a released version is the current one and no longer pending, a newer one is the latest,
/// and a component that is marked as deleted is gone.
///
/// ```
/// # use releasepack_client::{release::Release, sandbox::{Sandbox, SandboxPack}};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let orders = SandboxPack::new("orders").released("intake", "1.0").released("old", "3.0").deleted("old");
/// let sandbox = Sandbox::builder().polls(0).pack(orders).start().await?;
/// let client = sandbox.client()?;
/// let accepted = client.release(&Release::now("orders").component("intake", "2.0")).await?;
/// client.status(accepted.request_id()).await?;
///
/// let pack = client.pack("orders").await?;
/// assert_eq!(pack.components.len(), 1);
/// assert_eq!(pack.components[0].current_version.as_deref(), Some("2.0"));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct SandboxPack {
    pub(super) id: String,
    pub(super) pack: Pack,
}

impl SandboxPack {
    /// A pack with the id `id`, without any released components.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            pack: Pack::default(),
        }
    }

    /// Sets the name of the pack in responses. A release with a name replaces it.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.pack.name = Some(name.into());
        self
    }

    /// Sets the installation type of the pack in responses. A release with an installation type replaces it.
    pub fn installation_type(mut self, installation_type: InstallationType) -> Self {
        self.pack.installation_type = Some(installation_type);
        self
    }

    /// Adds a component that was released before, and its released version.
    pub fn released(mut self, component: impl Into<String>, version: impl Into<String>) -> Self {
        self.pack.released.insert(component.into(), version.into());
        self
    }

    /// Adds a component that can be released, and its newest version.
    pub fn latest(mut self, component: impl Into<String>, version: impl Into<String>) -> Self {
        self.pack.latest.insert(component.into(), version.into());
        self
    }

    /// Adds a component whose version goes into the next release, without a request for that release.
    pub fn pending(mut self, component: impl Into<String>, version: impl Into<String>) -> Self {
        self.pack.pending.insert(component.into(), version.into());
        self
    }

    /// Marks a component that was released before: the next release takes it out of the pack.
    pub fn deleted(mut self, component: impl Into<String>) -> Self {
        self.pack.deleted.insert(component.into());
        self
    }
}
