//! The state of a running sandbox, which the test and the server share, and what stops the server.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use http::HeaderMap;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::access::Access;
use super::fault::Queue;
use super::platform::Platform;
use super::rate::RateLimit;
use super::record::Records;
use super::response::Refusal;

/// The task or thread that runs the server. Dropping it stops the server.
pub(super) enum Server {
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
pub(super) struct Shared(Mutex<Inner>);

pub(super) struct Inner {
    pub(super) access: Access,
    pub(super) platform: Platform,
    pub(super) rate: RateLimit,
    pub(super) faults: Queue,
    pub(super) records: Records,
    pub(super) extra_headers: HeaderMap,
    /// What every call of an operation responds with, if the objects of the API are retired.
    pub(super) retired: Option<Refusal>,
    pub(super) connections: u64,
    /// The number of following connections to reset when they are made.
    pub(super) resets: u32,
    /// Whether numbers are written as strings.
    pub(super) text_numbers: bool,
}

impl Shared {
    pub(super) fn new(inner: Inner) -> Self {
        Self(Mutex::new(inner))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        // A poisoned lock is used all the same: no code under the lock can leave its contents half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a connection, and returns whether to reset it.
    pub(super) fn accept_and_reset(&self) -> bool {
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
