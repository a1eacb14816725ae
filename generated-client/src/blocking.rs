//! The same client without async, for scripts, build steps and programs without an async runtime.
//!
//! ```no_run
//! use releasepack_client::blocking::Client;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::from_env()?;
//! let status = client.run(client.get_release_integration_pack_status("7d1f2c4e").send())?;
//! println!("{:?}", status.release_status);
//! # Ok(())
//! # }
//! ```
//!
//! Everything that the asynchronous [`Client`](crate::Client) can do is available: [`run`](Client::run) waits for any of
//! its futures.
//!
//! The client works on every thread, also in a callback of asynchronous code. There it blocks the thread like any other blocking
//! call, so the other tasks of that thread wait too.

mod release;
mod wait;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

use crate::{BuildError, ClientBuilder};

pub use release::Following;

/// A client whose methods block until they are done.
///
/// It dereferences to the asynchronous [`Client`](crate::Client), whose methods return the futures that
/// [`run`](Self::run) takes. Cloning is cheap: all clones share one HTTP client and one thread.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    worker: Arc<Worker>,
}

impl Client {
    /// Wraps the asynchronous `client`, and starts a thread for it.
    ///
    /// # Errors
    ///
    /// Returns [`BuildError::Thread`] when the operating system cannot start a thread.
    pub fn new(client: crate::Client) -> Result<Self, BuildError> {
        // The runtime needs a thread that also runs between calls. Questions use connections again: the HTTP client must notice
        // when the server closes one, or the next question uses a closed connection.
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("releasepack-client")
            .enable_all()
            .build()
            .map_err(BuildError::Thread)?;
        Ok(Self {
            client,
            worker: Arc::new(Worker(Some(runtime))),
        })
    }

    /// Builds a client from environment variables, which [`ClientBuilder::from_env`] lists.
    ///
    /// # Errors
    ///
    /// The same errors as [`Client::from_env`](crate::Client::from_env), and [`BuildError::Thread`] when the operating
    /// system cannot start a thread.
    pub fn from_env() -> Result<Self, BuildError> {
        ClientBuilder::from_env()?.build_blocking()
    }

    /// Blocks until `future` is done, and returns its output. The future is one that a method of the client returned, or an
    /// `async` block with several calls.
    ///
    /// ```no_run
    /// # use releasepack_client::blocking::Client;
    /// # fn run(client: &Client) -> Result<(), releasepack_client::Error> {
    /// let pack = client.run(client.create_release_integration_pack().send())?;
    /// println!("{:?}", pack.request_id);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// It also works inside asynchronous code, for example in the callback of [`wait`](Self::wait) of another client: it blocks
    /// the thread, and the network goes on in the thread of this client. But if the future waits for another task of the blocked
    /// thread, that task cannot go on.
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        wait::wait_for(self.worker.runtime(), future)
    }
}

impl Deref for Client {
    type Target = crate::Client;

    fn deref(&self) -> &crate::Client {
        &self.client
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.client.fmt(f)
    }
}

impl ClientBuilder {
    /// Builds a client without async.
    ///
    /// # Errors
    ///
    /// The same errors as [`build`](Self::build), and [`BuildError::Thread`] when the operating system cannot start a
    /// thread.
    pub fn build_blocking(self) -> Result<Client, BuildError> {
        Client::new(self.build()?)
    }
}

/// The runtime and its thread. The runtime is `None` only while it is dropped.
struct Worker(Option<Runtime>);

impl Worker {
    fn runtime(&self) -> &Runtime {
        self.0.as_ref().expect("only `drop` takes the runtime")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Does not wait for the thread, because waiting panics when a client is dropped in asynchronous code.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
