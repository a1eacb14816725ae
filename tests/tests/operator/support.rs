//! A transport with a script, and a log that can be read.

use std::collections::VecDeque;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use releasepack_client::runtime::{
    Call, Exchange, HeaderMap, Reply, StatusCode, Transport, TransportError, TransportErrorKind,
};
use releasepack_client::{Client, ClientBuilder, Credentials, RetryPolicy};
use tracing_subscriber::fmt::MakeWriter;

pub(crate) const SECRET: &str = "c4nary-s3cret=\"va&lue<?/+";

/// The settings of a client that calls nobody.
pub(crate) fn settings() -> ClientBuilder {
    Client::builder("mycompany-A1B2C3", Credentials::api_token("me", SECRET))
        .base_url("http://127.0.0.1:1")
        .retry(RetryPolicy::default().initial_pause(Duration::from_millis(1)))
}

type Outcome = Result<Reply, TransportError>;

/// A transport that gives these results, one after the other.
#[derive(Clone, Debug)]
pub(crate) struct Script(Arc<Mutex<VecDeque<Outcome>>>);

impl Script {
    pub(crate) fn new(results: impl IntoIterator<Item = Outcome>) -> Self {
        Self(Arc::new(Mutex::new(results.into_iter().collect())))
    }

    pub(crate) fn client(results: impl IntoIterator<Item = Outcome>) -> Client {
        settings().build_over(Self::new(results)).unwrap()
    }
}

impl Transport for Script {
    fn send(&self, _: Call) -> Exchange<'_> {
        let next = self.0.lock().unwrap().pop_front();
        Box::pin(async move { next.expect("the script is long enough") })
    }
}

/// A response with JSON.
pub(crate) fn reply(status: u16, body: &str) -> Outcome {
    reply_with(status, &[("content-type", "application/json")], body)
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "it is one of the results of a script"
)]
pub(crate) fn reply_with(
    status: u16,
    headers: &[(&'static str, &'static str)],
    body: &str,
) -> Outcome {
    let headers = headers.iter().map(|(name, value)| {
        let value = value.parse().unwrap();
        (name.parse().unwrap(), value)
    });
    let headers: HeaderMap = headers.collect();
    let status = StatusCode::from_u16(status).unwrap();
    Ok(Reply::new(status, headers, body.to_owned()))
}

pub(crate) fn failure(kind: TransportErrorKind, message: &str) -> Outcome {
    Err(TransportError::new(kind, message))
}

pub(crate) const BUSY: &str = r#"{"message":"the platform is busy"}"#;

/// What is logged on this thread.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Begins to log what is at least as important as `level`, until the guard is dropped.
    pub(crate) fn begin(level: tracing_subscriber::filter::LevelFilter) -> (Self, impl Drop) {
        use tracing_subscriber::util::SubscriberInitExt as _;
        let log = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(level)
            .with_ansi(false)
            .without_time()
            .with_writer(log.clone());
        (log, subscriber.set_default())
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        text.lines().map(|line| line.trim().to_owned()).collect()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
