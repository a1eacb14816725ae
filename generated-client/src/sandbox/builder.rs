//! The settings of a sandbox, and starting it.

use std::io;
use std::net::Ipv4Addr;
use std::sync::Arc;

use http::HeaderMap;
use jiff::civil::{Date, date};
use tokio::net::TcpListener;

use super::access::{Access, Right};
use super::platform::{Pack, Platform};
use super::rate::RateLimit;
use super::record::Records;
use super::{Inner, Sandbox, Server, Shared, connection, exchange, fault};
use crate::generated::types::InstallationType;

/// The account of a sandbox to which no account was added.
const ACCOUNT: &str = "acme-R3L3A5";
/// The user that every sandbox has.
const USER: &str = "releaser@acme.example";
/// The password of [`USER`].
const PASSWORD: &str = "sandbox-password";

/// The settings of a [`Sandbox`]; see [`Sandbox::builder`].
///
/// ```
/// # async fn example() -> std::io::Result<()> {
/// use jiff::civil::date;
/// use releasepack_client::sandbox::{Sandbox, SandboxPack};
///
/// let sandbox = Sandbox::builder()
///     .seed(7)
///     .today(date(2026, 11, 24))
///     .polls(4)
///     .account("acme-EU")
///     .api_token("ci@acme.example", "sandbox-token")
///     .pack(SandboxPack::new("f0f7face").name("Orders").released("b420a8ab", "1.0"))
///     .rate_limit(5)
///     .start()
///     .await?;
/// # drop(sandbox);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
#[must_use = "a sandbox does nothing until it is started"]
pub struct SandboxBuilder {
    seed: u64,
    today: Date,
    polls: u32,
    calls: Option<usize>,
    accounts: Vec<String>,
    access: Access,
    packs: Vec<SandboxPack>,
}

/// An integration pack that the sandbox has from the start.
#[derive(Clone, Debug)]
pub struct SandboxPack {
    id: String,
    pack: Pack,
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
}

impl SandboxBuilder {
    pub(super) fn new() -> Self {
        let mut access = Access::default();
        access.user(USER, PASSWORD, Right::Release);
        Self {
            seed: 0,
            today: date(2026, 1, 1),
            polls: 2,
            calls: None,
            accounts: Vec::new(),
            access,
            packs: Vec::new(),
        }
    }

    /// Sets the seed of the request ids. The same seed and the same calls give the same ids. The default is 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the current date of the sandbox. The default is 2026-01-01.
    pub fn today(mut self, today: Date) -> Self {
        self.today = today;
        self
    }

    /// Sets how many status calls respond "in progress" (202) before a release is done. The default is 2.
    pub fn polls(mut self, polls: u32) -> Self {
        self.polls = polls;
        self
    }

    /// Sets how many calls an account may make in a second (on tokio's clock). Further calls get the status 503. By default
    /// there is no limit. The vendor allows about five.
    pub fn rate_limit(mut self, calls: usize) -> Self {
        self.calls = Some(calls);
        self
    }

    /// Adds an account. The first one replaces the default account.
    pub fn account(mut self, account: impl Into<String>) -> Self {
        self.accounts.push(account.into());
        self
    }

    /// Adds a user who may release.
    pub fn user(mut self, user: &str, password: &str) -> Self {
        self.access.user(user, password, Right::Release);
        self
    }

    /// Adds a user who may only read the status of a release. Other calls get the status 403.
    pub fn read_only_user(mut self, user: &str, password: &str) -> Self {
        self.access.user(user, password, Right::Read);
        self
    }

    /// Adds a user who may release, and who needs the one-time code `code` in addition to the password.
    pub fn second_factor_user(mut self, user: &str, password: &str, code: &str) -> Self {
        self.access.second_factor(user, password, code);
        self
    }

    /// Adds an API token for the user `BOOMI_TOKEN.<email>`.
    pub fn api_token(mut self, email: &str, token: &str) -> Self {
        self.access.token(email, token);
        self
    }

    /// Adds a bearer token. It is valid until [`Sandbox::expire_bearer_tokens`] is called.
    pub fn bearer_token(mut self, token: &str) -> Self {
        self.access.bearer(token);
        self
    }

    /// Adds an integration pack to every account. Releases of any other pack then get the status 400. If no pack is added,
    /// the sandbox accepts every id.
    pub fn pack(mut self, pack: SandboxPack) -> Self {
        self.packs.push(pack);
        self
    }

    /// Starts the sandbox on the tokio runtime of the caller, on a free port of 127.0.0.1.
    ///
    /// Use this method in tests with a paused clock, because such a clock only waits for tasks of its own runtime.
    ///
    /// # Errors
    ///
    /// Returns an I/O error when the system has no free port.
    ///
    /// # Panics
    ///
    /// Panics outside a tokio runtime; see [`start_on_thread`](Self::start_on_thread).
    pub async fn start(self) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let port = listener.local_addr()?.port();
        let (account, shared) = self.build();
        let router = exchange::router(Arc::clone(&shared));
        let task = tokio::spawn(connection::serve(listener, router, Arc::clone(&shared)));
        Ok(Sandbox::new(port, account, shared, Server::Task(task)))
    }

    /// Starts the sandbox on a thread of its own, on a free port of 127.0.0.1, for programs without a tokio runtime.
    ///
    /// # Errors
    ///
    /// Returns an I/O error when the system has no free port, or cannot start a thread.
    pub fn start_on_thread(self) -> io::Result<Sandbox> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))?;
        let port = listener.local_addr()?.port();
        let (account, shared) = self.build();
        let router = exchange::router(Arc::clone(&shared));
        let serve = connection::serve(listener, router, Arc::clone(&shared));
        let (stop, stopped) = tokio::sync::oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("releasepack-sandbox".to_owned())
            .spawn(move || {
                runtime.block_on(async move {
                    let task = tokio::spawn(serve);
                    // A message and a closed channel both mean that the sandbox was dropped.
                    let _ = stopped.await;
                    task.abort();
                });
            })?;
        Ok(Sandbox::new(
            port,
            account,
            shared,
            Server::Thread {
                stop: Some(stop),
                thread: Some(thread),
            },
        ))
    }

    fn build(mut self) -> (String, Arc<Shared>) {
        if self.accounts.is_empty() {
            self.accounts.push(ACCOUNT.to_owned());
        }
        let account = self.accounts[0].clone();
        let mut platform = Platform::new(self.seed, self.today, self.polls);
        for account in &self.accounts {
            for SandboxPack { id, pack } in &self.packs {
                platform.declare(account, id, pack.clone());
            }
        }
        self.access.accounts.extend(self.accounts);
        let inner = Inner {
            access: self.access,
            platform,
            rate: RateLimit::new(self.calls),
            faults: fault::Queue::default(),
            records: Records::default(),
            extra_headers: HeaderMap::new(),
            retired: false,
            connections: 0,
            resets: 0,
        };
        (account, Arc::new(Shared::new(inner)))
    }
}

pub(super) fn default_login() -> (&'static str, &'static str) {
    (USER, PASSWORD)
}
