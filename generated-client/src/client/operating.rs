//! The settings for those who operate a client: the guard, drift, cassettes.

use std::path::PathBuf;
use std::sync::Arc;

use url::Url;

use super::ClientBuilder;
use crate::cassette::{CassetteError, Recorder, Scrub};
use crate::drift::{Drift, Observer, Statuses, Watch};
use crate::release::Running;
use crate::runtime::{Redaction, Service, Transport};

#[derive(Clone, Debug, Default)]
pub(super) struct Operating {
    allow_concurrent_releases: bool,
    on_drift: Option<Observer>,
    record: Option<PathBuf>,
    pub(super) replay: Option<PathBuf>,
}

impl Operating {
    /// `transport`, recorded if that is set.
    pub(super) fn recorded(
        &self,
        transport: impl Transport,
        scrub: Scrub,
    ) -> Result<Arc<dyn Transport>, CassetteError> {
        Ok(match &self.record {
            Some(path) => Arc::new(Recorder::create(path, transport, scrub)?),
            None => Arc::new(transport),
        })
    }

    /// The service over `transport`, observed if that is set.
    pub(super) fn service(
        &self,
        base_url: &Url,
        transport: impl Transport,
        redaction: Redaction,
    ) -> Service {
        let Some(observer) = &self.on_drift else {
            return Service::new(base_url, transport);
        };
        let watch = Watch::new(observer.clone(), redaction);
        let statuses = Statuses::new(transport, watch.clone());
        Service::new(base_url, statuses)
            .with_observer(move |operation, note| watch.note(operation, note))
    }

    /// The guard against two releases of a pack at the same time.
    pub(super) fn running(&self) -> Running {
        if self.allow_concurrent_releases {
            Running::off()
        } else {
            Running::default()
        }
    }
}

impl ClientBuilder {
    /// Allows several releases of one pack at the same time. By default, the client and its clones refuse to send a release
    /// while another one of the same pack is being sent
    /// ([`ReleaseError::AlreadyRunning`](crate::release::ReleaseError::AlreadyRunning)): which of them the platform takes first
    /// would be left to chance.
    ///
    /// ```
    /// # use releasepack_client::{BuildError, Client, Credentials};
    /// # fn main() -> Result<(), BuildError> {
    /// let client = Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", "a1b2c3d4"))
    ///     .allow_concurrent_releases()
    /// #   .base_url("http://127.0.0.1:8080")
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn allow_concurrent_releases(mut self) -> Self {
        self.operating.allow_concurrent_releases = true;
        self
    }

    /// Sets an observer that is told of each difference between the platform's responses and the API description: a member, a
    /// value, a status or a media type that the description does not have, or a value of another type. It is told of each
    /// [`Drift`] once, and of at most 1,000. It must be quick: the call waits for it. Without an observer, nothing is collected.
    ///
    /// ```
    /// # use releasepack_client::{BuildError, Client, Credentials};
    /// # fn main() -> Result<(), BuildError> {
    /// let client = Client::builder("mycompany-A1B2C3", Credentials::api_token("me@example.com", "a1b2c3d4"))
    ///     .on_drift(|drift| eprintln!("drift: {drift}"))
    /// #   .base_url("http://127.0.0.1:8080")
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn on_drift(mut self, observer: impl Fn(&Drift) + Send + Sync + 'static) -> Self {
        self.operating.on_drift = Some(Observer::new(observer));
        self
    }

    /// Records all calls of the client into the file `path`, without secrets: see [`cassette`](crate::cassette).
    /// [`build`](Self::build) replaces the file.
    pub fn record(mut self, path: impl Into<PathBuf>) -> Self {
        self.operating.record = Some(path.into());
        self
    }

    /// Replays the calls that were recorded into the file `path`, and calls nobody: see [`cassette`](crate::cassette). It has no
    /// effect on [`build_over`](Self::build_over), which takes a [`Cassette`](crate::Cassette) too.
    pub fn replay(mut self, path: impl Into<PathBuf>) -> Self {
        self.operating.replay = Some(path.into());
        self
    }
}
