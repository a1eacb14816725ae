//! A server for tests on a loopback port, in the same process, that behaves as the vendor's reference describes (feature
//! `sandbox`).
//!
//! It checks credentials and accounts, makes releases and changes scheduled ones. A release is "in progress" for a set
//! number of status calls. The current date changes only when the test sets it. Responses are XML unless the request
//! accepts JSON. All requests are recorded. An account may make five calls in a second, as with the vendor; then the server is
//! busy ([`SandboxBuilder::rate_limit`]). On demand, the server fails in the ways in which networks and gateways fail: see
//! [`Fault`].
//!
//! ```
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use releasepack_client::release::Release;
//! use releasepack_client::sandbox::{Fault, Sandbox, StatusCode, Target};
//!
//! let sandbox = Sandbox::start().await?;
//! let client = sandbox.client()?;
//! let accepted = client.release(&Release::now("f0f7face")).await?;
//!
//! // The server is busy for the next status call. The client repeats it.
//! sandbox.inject(Target::Status, Fault::status(StatusCode::SERVICE_UNAVAILABLE));
//! client.status(accepted.request_id()).await?;
//!
//! let paths: Vec<_> = sandbox.requests().into_iter().map(|request| request.path).collect();
//! assert_eq!(paths.len(), 3);
//! assert_eq!(paths[1], paths[2]);
//! # Ok(())
//! # }
//! # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
//! ```
//!
//! Limits: the sandbox reads only JSON bodies, and a user may either release or only read. Where the vendor's reference says
//! nothing, the sandbox does the simplest thing: a second release of a pack is a separate release, a component that a release
//! leaves out stays, `HEAD` is answered like `GET` but advances no release, `OPTIONS` with the methods of the path, and an id that
//! is not UTF-8 with 400.

mod access;
mod builder;
mod connection;
mod control;
mod exchange;
mod fault;
mod pack;
mod perform;
mod platform;
mod rate;
mod record;
mod release;
mod response;
mod route;
mod server;

use std::io;
use std::sync::Arc;

use jiff::civil::Date;
use url::Url;

use crate::generated::types::{ReleasePackagedComponent, ReleaseSchedule, ReleaseStatus};
use crate::{BuildError, Client, ClientBuilder, Credentials};
use server::{Server, Shared};

/// The types of the crate `http` that faults and records use, so that a test does not need to depend on that crate.
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

pub use builder::SandboxBuilder;
pub use fault::{Fault, Target};
pub use pack::SandboxPack;
pub use record::{Caller, Recorded};

/// A running sandbox; see the [module](self). Dropping it closes its port and all connections.
///
/// ```
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use jiff::civil::date;
/// use releasepack_client::release::{Release, State};
/// use releasepack_client::sandbox::Sandbox;
///
/// let sandbox = Sandbox::builder().today(date(2026, 11, 24)).start().await?;
/// let client = sandbox.client()?;
/// let accepted = client.release(&Release::on("f0f7face", date(2026, 12, 1))).await?;
/// assert_eq!(*client.status(accepted.request_id()).await?.state(), State::Scheduled);
///
/// sandbox.set_today(date(2026, 12, 1));
/// assert_eq!(*client.status(accepted.request_id()).await?.state(), State::InProgress);
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
/// ```
#[derive(Debug)]
pub struct Sandbox {
    url: Url,
    account: String,
    shared: Arc<Shared>,
    // Held because dropping it stops the server.
    _server: Server,
}

/// A release that the sandbox accepted; see [`Sandbox::releases`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SandboxRelease {
    /// The request id that the sandbox sent back.
    pub request_id: String,
    /// The id of the account.
    pub account: String,
    /// The id of the integration pack.
    pub pack_id: String,
    /// Whether the release is immediate or on a date.
    pub schedule: ReleaseSchedule,
    /// The date of the release. For an immediate release, it is the day of the request.
    pub release_on: Date,
    /// The status of the release.
    pub status: ReleaseStatus,
    /// The components of the release, as they were sent.
    pub components: Vec<ReleasePackagedComponent>,
    /// The number of changes after the release was created.
    pub updates: u32,
}

impl Sandbox {
    /// Starts a sandbox with the default settings, on the tokio runtime of the caller.
    ///
    /// # Errors
    ///
    /// Returns an I/O error when the system has no free port, and outside a tokio runtime; there, use
    /// [`SandboxBuilder::start_on_thread`].
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// The default settings of a sandbox, to change and to start.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::new()
    }

    fn new(port: u16, account: String, shared: Arc<Shared>, server: Server) -> Self {
        let url = format!("http://127.0.0.1:{port}")
            .parse()
            .expect("a scheme, an address and a port are a valid URL");
        Self {
            url,
            account,
            shared,
            _server: server,
        }
    }

    /// The URL of the sandbox: `http://127.0.0.1:<port>/`. Below it are the paths `api/rest/v1/…` and
    /// `partner/api/rest/v1/…`.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The id of the first account.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The name of a user who may release. Every sandbox has this user.
    pub fn user(&self) -> &str {
        builder::default_login().0
    }

    /// The password of [`user`](Self::user).
    pub fn password(&self) -> &str {
        builder::default_login().1
    }

    /// The settings of a client for this sandbox: its URL, its first account, its [`user`](Self::user).
    ///
    /// ```
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// use releasepack_client::RetryPolicy;
    /// use releasepack_client::release::Release;
    /// use releasepack_client::sandbox::Sandbox;
    ///
    /// let sandbox = Sandbox::start().await?;
    /// let client = sandbox.client_builder().retry(RetryPolicy::never()).build()?;
    /// client.release(&Release::now("f0f7face")).await?;
    /// assert_eq!(sandbox.releases().len(), 1);
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
    /// ```
    pub fn client_builder(&self) -> ClientBuilder {
        let credentials = Credentials::password(self.user(), self.password());
        ClientBuilder::new(self.account(), credentials).base_url(self.url.as_str())
    }

    /// Builds a client for this sandbox, with the settings of [`client_builder`](Self::client_builder).
    ///
    /// # Errors
    ///
    /// Returns a [`BuildError`] when the HTTP client cannot be set up.
    pub fn client(&self) -> Result<Client, BuildError> {
        self.client_builder().build()
    }
}
