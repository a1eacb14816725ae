//! The listening socket: accepts connections, serves them, and can reset one on demand.
//!
//! `axum::serve` gives no hold on a connection, so the loop is here: a fault must be able to tear one down in the middle
//! of an exchange, and dropping the sandbox must end them all.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::Shared;

/// Resets the connection that it belongs to.
#[derive(Clone, Debug, Default)]
pub(super) struct Reset(Arc<AtomicBool>);

impl Reset {
    /// From now on nothing is written to the connection; it ends with a TCP reset.
    pub(super) fn request(&self) {
        self.0.store(true, Ordering::Release);
    }

    fn is_requested(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

/// Accepts connections until it is dropped, which also ends every connection.
pub(super) async fn serve(listener: TcpListener, router: Router, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    loop {
        // Finished ones are let go of here, so that the set grows with the open connections only.
        while connections.try_join_next().is_some() {}
        let Ok((stream, _)) = listener.accept().await else {
            // The peer was gone before it was accepted, or the process is out of descriptors for a moment.
            tokio::time::sleep(Duration::from_millis(10)).await;
            continue;
        };
        if shared.accept_and_reset() {
            abandon(&stream);
            continue;
        }
        let reset = Reset::default();
        let service = TowerToHyperService::new(router.clone().layer(Extension(reset.clone())));
        let wire = TokioIo::new(Wire { stream, reset });
        connections.spawn(async move {
            // A connection that ends in an error is the client's business, or the point of the fault.
            let _ = http1::Builder::new().serve_connection(wire, service).await;
        });
    }
}

/// Makes closing the stream send a reset instead of an orderly end.
fn abandon(stream: &TcpStream) {
    // When it fails the stream closes in order, and the client still sees the connection end.
    let _ = stream.set_zero_linger();
}

/// A connection that refuses to write once a reset is requested.
struct Wire {
    stream: TcpStream,
    reset: Reset,
}

impl Wire {
    fn check(&self) -> io::Result<()> {
        if self.reset.is_requested() {
            abandon(&self.stream);
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
