//! Ctrl-C and what else ends a process politely.

use std::io;

/// Signals that end the process, as they come.
pub(crate) struct Interrupts {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

/// The exit code after Ctrl-C: 128 and the number of SIGINT.
const INTERRUPTED: u8 = 130;
/// The exit code after SIGTERM.
#[cfg(unix)]
const TERMINATED: u8 = 143;

impl Interrupts {
    /// From now on, the signals do not end the process by themselves.
    #[cfg(unix)]
    pub(crate) fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for the next signal, and returns the exit code that it asks for.
    #[cfg(unix)]
    pub(crate) async fn next(&mut self) -> u8 {
        tokio::select! {
            _ = self.interrupt.recv() => INTERRUPTED,
            _ = self.terminate.recv() => TERMINATED,
        }
    }

    /// From now on, Ctrl-C does not end the process by itself.
    #[cfg(not(unix))]
    #[allow(clippy::unnecessary_wraps, reason = "it can fail on Unix")]
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for the next Ctrl-C, and returns the exit code that it asks for.
    #[cfg(not(unix))]
    pub(crate) async fn next(&mut self) -> u8 {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        INTERRUPTED
    }
}

impl From<io::Error> for crate::End {
    fn from(error: io::Error) -> Self {
        Self::invalid(format!("signals cannot be received: {error}"))
    }
}
