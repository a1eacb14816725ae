//! The same client without async: for a script, a build step, a program that has no runtime.
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
//! There is one face to learn: whatever the asynchronous [`Client`](crate::Client) can do,
//! [`run`](Client::run) does and waits for.

mod release;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use tokio::runtime::{Builder, Runtime};

use crate::{BuildError, ClientBuilder};

pub use release::Following;

/// A client that waits for what it is asked to do.
///
/// It dereferences to the asynchronous [`Client`](crate::Client), whose methods make the futures that
/// [`run`](Self::run) takes. Cloning it is cheap, and all clones share their connections and their one thread.
#[derive(Clone)]
pub struct Client {
    client: crate::Client,
    worker: Arc<Worker>,
}

impl Client {
    /// A client that runs `client` on a thread of its own.
    ///
    /// # Errors
    ///
    /// When the operating system gives no thread.
    pub fn new(client: crate::Client) -> Result<Self, BuildError> {
        // A thread, not just a runtime that runs while it is waited for: if the caller's own HTTP client keeps connections,
        // somebody has to notice between two calls that the server closes one, or the next call is lost in it.
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

    /// A client from the environment: [`ClientBuilder::from_env`], built.
    ///
    /// # Errors
    ///
    /// As [`Client::from_env`](crate::Client::from_env), and when the operating system gives no thread.
    pub fn from_env() -> Result<Self, BuildError> {
        ClientBuilder::from_env()?.build_blocking()
    }

    /// Runs `future` to its end: what the methods of the client return, or an `async` block with several of them.
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
    /// # Panics
    ///
    /// When it is called from asynchronous code, which it would block.
    pub fn run<F: Future>(&self, future: F) -> F::Output {
        self.worker.runtime().block_on(future)
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
    /// The client, without async.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), and when the operating system gives no thread.
    pub fn build_blocking(self) -> Result<Client, BuildError> {
        Client::new(self.build()?)
    }
}

/// The runtime, until it is dropped.
struct Worker(Option<Runtime>);

impl Worker {
    fn runtime(&self) -> &Runtime {
        self.0
            .as_ref()
            .expect("only dropping takes the runtime away")
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Waiting for the thread would panic where a client is dropped in asynchronous code.
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}
