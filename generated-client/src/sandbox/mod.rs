//! The vendor's API in process: a server on a loopback port that behaves as the vendor's reference says, for tests
//! and for trying things out (feature `sandbox`).
//!
//! It checks credentials and accounts, takes releases and changes of scheduled ones, answers "in progress" for as
//! many questions as it is told, keeps a calendar that only the test moves, speaks XML to those who do not ask for
//! JSON, and records what it was sent. On demand it fails in the ways that a network and a gateway fail: see
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
//! // The next question finds a busy server; the client asks again.
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
//! What it does not do: it reads JSON bodies only, it knows no user rights beyond "may release" and "may look", and where
//! the vendor's reference is silent it does the simplest thing (a second release of a pack is a release of its own).

mod access;
mod answer;
mod builder;
mod connection;
mod exchange;
mod fault;
mod fault_body;
mod platform;
mod rate;
mod record;
mod release;

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

/// What faults and records are made of, so that a test needs no crate of its own for it.
pub use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};

pub use builder::{SandboxBuilder, SandboxPack};
pub use fault::{Fault, Target};
pub use record::{Caller, Recorded};

/// A running sandbox. Dropping it closes its port and every connection.
#[derive(Debug)]
pub struct Sandbox {
    url: Url,
    account: String,
    shared: Arc<Shared>,
    // Held for its drop.
    _server: Server,
}

/// A release that the sandbox took on, as [`Sandbox::releases`] shows it.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SandboxRelease {
    /// The request id that was answered.
    pub request_id: String,
    /// The account.
    pub account: String,
    /// The id of the integration pack.
    pub pack_id: String,
    /// Now or on a date.
    pub schedule: ReleaseSchedule,
    /// The date; for an immediate release the day it was asked for.
    pub release_on: Date,
    /// How far it is.
    pub status: ReleaseStatus,
    /// What it releases, as it was sent.
    pub components: Vec<ReleasePackagedComponent>,
    /// How often it was changed after it was created.
    pub updates: u32,
}

impl Sandbox {
    /// A sandbox as [`builder`](Self::builder) makes it without further settings, on the tokio runtime of the caller.
    ///
    /// # Errors
    ///
    /// When the system has no port to give.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Sets up a sandbox.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::new()
    }

    fn new(port: u16, account: String, shared: Arc<Shared>, server: Server) -> Self {
        let url = format!("http://127.0.0.1:{port}")
            .parse()
            .expect("a scheme, an address and a port are a URL");
        Self {
            url,
            account,
            shared,
            _server: server,
        }
    }

    /// Where it listens: `http://127.0.0.1:<port>/`. Below it are `api/rest/v1/…` and `partner/api/rest/v1/…`.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The first account that it knows.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// A user who may release; every sandbox has this one.
    pub fn user(&self) -> &str {
        builder::default_login().0
    }

    /// The password of [`user`](Self::user).
    pub fn password(&self) -> &str {
        builder::default_login().1
    }

    /// The settings of a client for this sandbox: its address, its first account, its user.
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

    /// A client for this sandbox, with the settings of [`client_builder`](Self::client_builder).
    ///
    /// # Errors
    ///
    /// When the HTTP library cannot be set up.
    pub fn client(&self) -> Result<Client, BuildError> {
        self.client_builder().build()
    }

    /// Lets a fault wait for the next request for this operation.
    ///
    /// Faults for one operation (and those for [`Target::Any`]) strike in the order they were injected, each until it
    /// is used up.
    pub fn inject(&self, target: Target, fault: Fault) {
        self.shared.lock().faults.push(target, fault);
    }

    /// How many strikes of injected faults are still to come; zero when a test met all it prepared.
    pub fn faults_waiting(&self) -> usize {
        self.shared.lock().faults.waiting()
    }

    /// Takes back every fault that has not struck.
    pub fn clear_faults(&self) {
        let mut inner = self.shared.lock();
        inner.faults.clear();
        inner.resets = 0;
    }

    /// Resets the next so many connections as soon as they are made, before a byte is read.
    pub fn reset_connections(&self, connections: u32) {
        self.shared.lock().resets += connections;
    }

    /// How many connections were made so far.
    pub fn connections(&self) -> u64 {
        self.shared.lock().connections
    }

    /// What it was sent, oldest first: the last ten thousand requests, or fewer when their bodies are more than
    /// 64 MiB.
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.lock().records.all()
    }

    /// What it was sent since the last time, oldest first; the record is empty afterwards.
    pub fn take_requests(&self) -> Vec<Recorded> {
        self.shared.lock().records.take()
    }

    /// The releases that it took on, of every account, oldest first.
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

    /// The day that it takes for today.
    pub fn today(&self) -> Date {
        self.shared.lock().platform.today
    }

    /// Moves the calendar. Releases whose day has come begin when they are next asked about.
    pub fn set_today(&self, today: Date) {
        self.shared.lock().platform.today = today;
    }

    /// How often releases that begin from now on answer "in progress" before they are done.
    pub fn set_polls(&self, polls: u32) {
        self.shared.lock().platform.polls = polls;
    }

    /// Lets every release of this pack end in `ERROR`, also one that is under way.
    pub fn fail_releases_of(&self, pack_id: impl Into<String>) {
        self.shared.lock().platform.failing.insert(pack_id.into());
    }

    /// Adds a header to every answer that does not have it: `Deprecation`, `Sunset`, `Warning`, `Link`, ….
    pub fn answer_with_header(&self, name: HeaderName, value: HeaderValue) {
        self.shared.lock().extra_headers.insert(name, value);
    }

    /// From now on every call answers 410, as the vendor's retired objects do.
    pub fn retire(&self) {
        self.shared.lock().retired = true;
    }

    /// Bearer tokens are no longer taken; the vendor's live five minutes.
    pub fn expire_bearer_tokens(&self) {
        self.shared.lock().access.expire_bearers();
    }
}

/// What runs the server, and how it is stopped.
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
                    // A panic in the server was printed when it happened.
                    let _ = thread.join();
                }
            }
        }
    }
}

/// What the test and the server both hold.
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
    /// So many connections are still to be reset when they are made.
    resets: u32,
}

impl Shared {
    fn new(inner: Inner) -> Self {
        Self(Mutex::new(inner))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Nothing under the lock leaves its contents half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a connection, and says whether it is one to reset.
    fn accept_and_reset(&self) -> bool {
        let mut inner = self.lock();
        inner.connections += 1;
        let reset = inner.resets > 0;
        inner.resets = inner.resets.saturating_sub(1);
        reset
    }
}

// Passwords and tokens are in there.
impl fmt::Debug for Shared {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Shared").finish_non_exhaustive()
    }
}
