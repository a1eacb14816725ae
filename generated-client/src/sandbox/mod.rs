//! A server for tests on a loopback port, in the same process, that behaves as the vendor's reference describes (feature
//! `sandbox`).
//!
//! It checks credentials and accounts, makes releases and changes scheduled ones. A release is "in progress" for a set
//! number of status calls. The current date changes only when the test sets it. Responses are XML unless the request
//! accepts JSON. All requests are recorded. On demand, the server fails in the ways in which networks and gateways fail:
//! see [`Fault`].
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
//! nothing, the sandbox does the simplest thing (a second release of a pack is a separate release).

mod access;
mod builder;
mod connection;
mod exchange;
mod fault;
mod fault_body;
mod platform;
mod rate;
mod record;
mod release;
mod response;

use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use jiff::civil::Date;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

use crate::generated::types::{ReleasePackagedComponent, ReleaseSchedule, ReleaseStatus};
use crate::{BuildError, Client, ClientBuilder, Credentials};
use access::Access;
use platform::Platform;
use rate::RateLimit;
use record::Records;

/// The types of the crate `http` that faults and records use, so that a test does not need to depend on that crate.
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

pub use builder::{SandboxBuilder, SandboxPack};
pub use fault::{Fault, Target};
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
    /// Returns an I/O error when the system has no free port.
    ///
    /// # Panics
    ///
    /// Panics outside a tokio runtime; see [`SandboxBuilder::start_on_thread`].
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

    /// Adds a fault for the next request of the operation `target`.
    ///
    /// Faults for one operation (including those for [`Target::Any`]) take effect in the order in which they were injected.
    /// The next one starts when the one before is used up.
    pub fn inject(&self, target: Target, fault: Fault) {
        self.shared.lock().faults.push(target, fault);
    }

    /// The number of requests that the injected faults will still affect. It is zero when all of them took effect.
    pub fn faults_waiting(&self) -> usize {
        self.shared.lock().faults.waiting()
    }

    /// Removes all faults that did not take effect yet.
    pub fn clear_faults(&self) {
        let mut inner = self.shared.lock();
        inner.faults.clear();
        inner.resets = 0;
    }

    /// Resets the next `connections` connections as soon as they are made, before a byte is read.
    pub fn reset_connections(&self, connections: u32) {
        self.shared.lock().resets += connections;
    }

    /// The number of connections so far.
    pub fn connections(&self) -> u64 {
        self.shared.lock().connections
    }

    /// The requests that the sandbox received, oldest first. It keeps the last ten thousand requests, or fewer if their
    /// bodies are larger than 64 MiB in total.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.lock().records.all()
    }

    /// The same requests as [`requests`](Self::requests), which are then removed from the record.
    pub fn take_requests(&self) -> Vec<Recorded> {
        self.shared.lock().records.take()
    }

    /// The releases of all accounts, oldest first.
    pub fn releases(&self) -> Vec<SandboxRelease> {
        let inner = self.shared.lock();
        let releases = inner.platform.releases();
        let shown = releases.map(|(request_id, release)| SandboxRelease {
            request_id: request_id.to_owned(),
            account: release.account.clone(),
            pack_id: release.pack_id.clone(),
            schedule: release.schedule.clone(),
            release_on: release.date,
            status: release.state().1,
            components: release.components.clone(),
            updates: release.updates,
        });
        shown.collect()
    }

    /// The current date of the sandbox.
    pub fn today(&self) -> Date {
        self.shared.lock().platform.today
    }

    /// Sets the current date of the sandbox. A scheduled release whose date has come starts with its next status call.
    pub fn set_today(&self, today: Date) {
        self.shared.lock().platform.today = today;
    }

    /// Sets how many status calls respond "in progress" before a release is done, for releases that start from now on.
    pub fn set_polls(&self, polls: u32) {
        self.shared.lock().platform.polls = polls;
    }

    /// Makes every release of the pack end with the status `ERROR`, including one that is in progress.
    pub fn fail_releases_of(&self, pack_id: impl Into<String>) {
        self.shared.lock().platform.failing.insert(pack_id.into());
    }

    /// Adds a header to every response that does not have it, for example `Deprecation`, `Sunset`, `Warning` or `Link`.
    pub fn answer_with_header(&self, name: HeaderName, value: HeaderValue) {
        self.shared.lock().extra_headers.insert(name, value);
    }

    /// Makes every following call respond with 410, like a retired object of the vendor.
    pub fn retire(&self) {
        self.shared.lock().retired = true;
    }

    /// Makes all bearer tokens invalid. The vendor's tokens expire after five minutes.
    pub fn expire_bearer_tokens(&self) {
        self.shared.lock().access.expire_bearers();
    }
}

/// The task or thread that runs the server. Dropping it stops the server.
enum Server {
    Task(JoinHandle<()>),
    Thread {
        stop: Option<oneshot::Sender<()>>,
        thread: Option<thread::JoinHandle<()>>,
    },
}

impl fmt::Debug for Server {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Task(_) => "Task",
            Self::Thread { .. } => "Thread",
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        match self {
            Self::Task(task) => task.abort(),
            Self::Thread { stop, thread } => {
                drop(stop.take());
                if let Some(thread) = thread.take() {
                    // The error is ignored: a panic in the server was printed when it happened.
                    let _ = thread.join();
                }
            }
        }
    }
}

/// The state that the test and the server share.
struct Shared(Mutex<Inner>);

struct Inner {
    access: Access,
    platform: Platform,
    rate: RateLimit,
    faults: fault::Queue,
    records: Records,
    extra_headers: HeaderMap,
    retired: bool,
    connections: u64,
    /// The number of following connections to reset when they are made.
    resets: u32,
}

impl Shared {
    fn new(inner: Inner) -> Self {
        Self(Mutex::new(inner))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A poisoned lock is used all the same: no code under the lock can leave its contents half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a connection, and returns whether to reset it.
    fn accept_and_reset(&self) -> bool {
        let mut inner = self.lock();
        inner.connections += 1;
        let reset = inner.resets > 0;
        inner.resets = inner.resets.saturating_sub(1);
        reset
    }
}

// Shows no contents, because they include passwords and tokens.
impl fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Shared").finish_non_exhaustive()
    }
}
