//! The settings of a sandbox, and starting it.

use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, mpsc};
use std::thread;

use http::HeaderMap;
use jiff::civil::{Date, date};
use tokio::net::TcpListener;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::oneshot;

use super::access::{Access, Right};
use super::fault::Queue;
use super::pack::SandboxPack;
use super::platform::Platform;
use super::rate::RateLimit;
use super::record::Records;
use super::server::{Inner, Server, Shared};
use super::{Sandbox, connection};

/// The account of a sandbox to which no account was added.
const ACCOUNT: &str = "acme-R3L3A5";
/// The user that every sandbox has.
const USER: &str = "releaser@acme.example";
/// The number of calls that an account may make in a second, as with the vendor.
const RATE: usize = 5;
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
    port: u16,
    today: Date,
    polls: u32,
    calls: Option<usize>,
    accounts: Vec<String>,
    access: Access,
    packs: Vec<SandboxPack>,
    request_id_suffix: String,
    text_numbers: bool,
}

impl SandboxBuilder {
    pub(super) fn new() -> Self {
        let mut access = Access::default();
        access.user(USER, PASSWORD, Right::Release);
        Self {
            seed: 0,
            port: 0,
            today: date(2026, 1, 1),
            polls: 2,
            calls: Some(RATE),
            accounts: Vec::new(),
            access,
            packs: Vec::new(),
            request_id_suffix: String::new(),
            text_numbers: false,
        }
    }

    /// Sets the seed of the request ids. The same seed and the same calls give the same ids. The default is 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets the port on 127.0.0.1. The default, 0, is a free one.
    ///
    /// ```
    /// # use releasepack_client::sandbox::Sandbox;
    /// let settings = Sandbox::builder().port(8310);
    /// # let _ = settings;
    /// ```
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
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

    /// Sets how many calls an account may make in a second (on tokio's clock); `None` is no limit. Further calls get the status
    /// 503. The default is five, as with the vendor. A test that makes many calls and is not about the limit turns it off:
    ///
    /// ```
    /// # use releasepack_client::sandbox::Sandbox;
    /// let settings = Sandbox::builder().rate_limit(None);
    /// # let _ = settings;
    /// ```
    pub fn rate_limit(mut self, calls: impl Into<Option<usize>>) -> Self {
        self.calls = calls.into();
        self
    }

    /// Sets what request ids end in. By default, they are `release-` and a UUID, but in samples of the vendor some end in
    /// another letter, so a program must not read them as UUIDs.
    ///
    /// ```
    /// # use releasepack_client::{release::Release, sandbox::Sandbox};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = Sandbox::builder().request_id_suffix("r").start().await?;
    /// let accepted = sandbox.client()?.release(&Release::now("f0f7face")).await?;
    /// assert!(accepted.request_id().ends_with('r'));
    /// # Ok(())
    /// # }
    /// ```
    pub fn request_id_suffix(mut self, suffix: impl Into<String>) -> Self {
        self.request_id_suffix = suffix.into();
        self
    }

    /// Writes numbers as strings: `"responseStatusCode": "200"`, as older samples of the vendor have it. See also
    /// [`Sandbox::write_numbers_as_text`].
    ///
    /// ```
    /// # use releasepack_client::{release::*, sandbox::Sandbox};
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = Sandbox::builder().polls(0).numbers_as_text().start().await?;
    /// let client = sandbox.client()?;
    /// let accepted = client.release(&Release::now("f0f7face")).await?;
    /// assert_eq!(*client.status(accepted.request_id()).await?.state(), State::Released);
    /// # Ok(())
    /// # }
    /// ```
    pub fn numbers_as_text(mut self) -> Self {
        self.text_numbers = true;
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

    /// Starts the sandbox on the tokio runtime of the caller, on 127.0.0.1.
    ///
    /// Use this method in tests with a paused clock, because such a clock only waits for tasks of its own runtime.
    ///
    /// # Errors
    ///
    /// Returns an I/O error when the port cannot be used, and outside a tokio runtime; there, use
    /// [`start_on_thread`](Self::start_on_thread).
    pub async fn start(self) -> io::Result<Sandbox> {
        Handle::try_current().map_err(io::Error::other)?;
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let port = listener.local_addr()?.port();
        let (account, shared) = self.build();
        let task = tokio::spawn(connection::serve(listener, Arc::clone(&shared)));
        Ok(Sandbox::new(port, account, shared, Server::Task(task)))
    }

    /// Starts the sandbox on a thread of its own, on 127.0.0.1, for programs without a tokio runtime. It may be
    /// called inside one, too.
    ///
    /// # Errors
    ///
    /// Returns an I/O error when the port cannot be used, or cannot start a thread.
    pub fn start_on_thread(self) -> io::Result<Sandbox> {
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, self.port))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let (account, shared) = self.build();
        let served = Arc::clone(&shared);
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::sync_channel(1);
        // The thread makes and drops the runtime: both are not allowed in asynchronous code.
        let thread = thread::Builder::new()
            .name("releasepack-sandbox".to_owned())
            .spawn(move || match prepare(listener) {
                Ok((runtime, listener)) => {
                    // The sandbox may have been dropped already.
                    let _ = tell.send(Ok(()));
                    runtime.block_on(async move {
                        let task = tokio::spawn(connection::serve(listener, served));
                        // A message and a closed channel both mean that the sandbox was dropped.
                        let _ = stopped.await;
                        task.abort();
                    });
                }
                Err(error) => {
                    let _ = tell.send(Err(error));
                }
            })?;
        told.recv()
            .unwrap_or_else(|error| Err(io::Error::other(error)))?;
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
        platform.request_id_suffix = self.request_id_suffix;
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
            faults: Queue::default(),
            records: Records::default(),
            extra_headers: HeaderMap::new(),
            retired: None,
            connections: 0,
            resets: 0,
            text_numbers: self.text_numbers,
        };
        (account, Arc::new(Shared::new(inner)))
    }
}

/// The runtime of a sandbox on a thread of its own, and the listener in it.
fn prepare(listener: std::net::TcpListener) -> io::Result<(Runtime, TcpListener)> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let entered = runtime.enter();
    let listener = TcpListener::from_std(listener)?;
    drop(entered);
    Ok((runtime, listener))
}

pub(super) fn default_login() -> (&'static str, &'static str) {
    (USER, PASSWORD)
}
