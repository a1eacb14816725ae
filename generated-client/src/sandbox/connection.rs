//! Accepts connections, serves them, and can reset a connection on demand.
//!
//! `axum::serve` gives no access to a connection, so this module has its own loop: a fault must be able to reset a
//! connection in the middle of an exchange, and dropping the sandbox must end all of them.

use std::convert::Infallible;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::exchange::exchange;
use super::server::Shared;

/// A handle that resets its connection.
#[derive(Clone, Debug, Default)]
pub(super) struct Reset(Arc<AtomicBool>);

impl Reset {
    /// Ends the connection with a TCP reset. Nothing more is written to it.
    pub(super) fn request(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_requested(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Accepts and serves connections. Dropping the future ends all of them.
pub(super) async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        // Removes finished connections, so that the set holds only open ones.
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            // The peer closed the connection before it was accepted, or the process has no free file descriptor.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        if shared.accept_and_reset() {
            reset_on_close(&stream);
            continue;
        }
        let reset = Reset::default();
        let (served, resetting) = (Arc::clone(&shared), reset.clone());
        let service = service_fn(move |request| {
            let (served, resetting) = (Arc::clone(&served), resetting.clone());
            async move { Ok::<_, Infallible>(exchange(&served, &resetting, request).await) }
        });
        let wire = TokioIo::new(Wire { stream, reset });
        connections.spawn(async move {
            // The error is ignored: the client sees it too, or a fault caused it.
            let _ = http1::Builder::new().serve_connection(wire, service).await;
        });
    }
}

/// Makes closing the stream send a TCP reset.
fn reset_on_close(stream: &TcpStream) {
    // If this fails, the stream closes normally, and the client still sees the connection end.
    let _ = stream.set_zero_linger();
}

/// A connection that refuses to write after a reset was requested.
struct Wire {
    stream: TcpStream,
    reset: Reset,
}

impl Wire {
    fn check(&self) -> io::Result<()> {
        if self.reset.is_requested() {
            reset_on_close(&self.stream);
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
