//! A server for tests: it responds with the examples of the API description, and checks each request against it.
//!
//! It listens on loopback, so a test goes the whole way: credentials, headers, paths, bodies. A request that the description does
//! not allow gets a response with status 400 that says what is wrong, and is in [`Server::faults`].

mod check;
mod operation;
mod operations;
mod request;
mod respond;
mod route;
mod serve;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub use check::Fault;
pub use request::Request;
pub use respond::On;
use serve::Shared;

/// A server of the API on loopback. It stops when it is dropped.
///
/// Its documentation is an example: see the section "Tests" of the crate.
#[must_use = "the server stops when it is dropped"]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    task: JoinHandle<()>,
}

impl Server {
    /// Starts a server on a free port. It needs a runtime of tokio, which `#[tokio::test]` has.
    ///
    /// # Errors
    ///
    /// If no port of loopback can be opened.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::default());
        let task = tokio::spawn(serve::serve(listener, Arc::clone(&shared)));
        Ok(Self {
            address,
            shared,
            task,
        })
    }

    /// The URL of the server, for [`Builder::base_url`](crate::Builder::base_url). A client may send credentials to it without TLS.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Begins to set the response of an operation, which its `operationId` names. Requests are checked nevertheless.
    ///
    /// An `operationId` that the description does not have is a fault of the test: it is in [`faults`](Self::faults).
    pub fn on<'s>(&'s self, operation: &str) -> On<'s> {
        let id = operation::named(operation);
        if id.is_none() {
            let what = format!("the API description has no operation `{operation}`");
            self.shared.lock().faults.push(Fault::of_test(what));
        }
        On::new(&self.shared, id)
    }

    /// The requests so far, also those with faults, in the order in which they came.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.lock().requests.clone()
    }

    /// What was wrong with requests so far.
    pub fn faults(&self) -> Vec<Fault> {
        self.shared.lock().faults.clone()
    }

    /// Ends a test that made a request which the API description does not allow.
    ///
    /// # Panics
    ///
    /// If there are [`faults`](Self::faults). The message has all of them.
    #[track_caller]
    pub fn assert_no_faults(&self) {
        let faults = self.faults();
        let faults: Vec<String> = faults.iter().map(|it| format!("\n- {it}")).collect();
        assert!(
            faults.is_empty(),
            "requests do not match the API description:{}",
            faults.concat()
        );
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.address)
            .finish_non_exhaustive()
    }
}
