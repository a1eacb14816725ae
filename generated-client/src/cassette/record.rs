//! The transport that records.

use std::error::Error as _;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::entry::{Exchanged, Request, head};
use super::{CassetteError, Fault};
use crate::runtime::{Call, Exchange, Redaction, Reply, Transport, TransportError, encode};

/// Removes from texts what a cassette must not have.
#[derive(Debug)]
pub(crate) struct Scrub {
    redaction: Redaction,
    /// The ids of accounts, as they are and percent-encoded.
    accounts: Vec<String>,
}

impl Scrub {
    pub(crate) fn new<'a>(
        redaction: Redaction,
        accounts: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let accounts = accounts.into_iter().map(str::trim);
        let accounts = accounts.filter(|account| !account.is_empty());
        let mut accounts: Vec<String> = accounts
            .flat_map(|account| [account.to_owned(), encode(account)])
            .collect();
        // The longest first: one id may be a part of another.
        accounts.sort_by_key(|account| std::cmp::Reverse(account.len()));
        Self {
            redaction,
            accounts,
        }
    }

    fn text(&self, text: &str) -> String {
        let mut clean = self.redaction.text(text).into_owned();
        for account in &self.accounts {
            clean = clean.replace(account.as_str(), "account");
        }
        clean
    }

    /// Of a body that is not UTF-8, only what is UTF-8 is kept if something must be removed.
    fn body(&self, body: &Bytes) -> Bytes {
        let text = String::from_utf8_lossy(body);
        let clean = self.text(&text);
        if clean == text {
            body.clone()
        } else {
            clean.into()
        }
    }

    fn headers(&self, headers: &HeaderMap) -> HeaderMap {
        let kept = headers.iter().filter(|(name, _)| !is_for_secrets(name));
        let clean = kept.filter_map(|(name, value)| {
            let text = self.text(&String::from_utf8_lossy(value.as_bytes()));
            Some((name.clone(), HeaderValue::try_from(text).ok()?))
        });
        clean.collect()
    }

    fn request(&self, call: &Call) -> Request {
        let request = Request::of(call);
        Request {
            method: request.method,
            path: self.text(&request.path),
            query: request.query.map(|query| self.text(&query)),
            body: request.body.map(|body| self.body(&body)),
        }
    }

    fn reply(&self, reply: &Reply) -> Reply {
        let clean = Reply::new(
            reply.status,
            self.headers(&reply.headers),
            self.body(&reply.body),
        );
        if reply.is_complete {
            clean
        } else {
            clean.broken_off()
        }
    }

    /// The message is the innermost cause, as in the text of the error.
    fn error(&self, error: &TransportError) -> String {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(deeper) = cause {
            text = deeper.to_string();
            cause = deeper.source();
        }
        self.text(&text)
    }
}

/// Whether a header of a response is there for cookies, tokens or keys.
fn is_for_secrets(name: &HeaderName) -> bool {
    let name = name.as_str();
    let words = [
        "auth", "cookie", "key", "otp", "password", "secret", "session", "token",
    ];
    words.iter().any(|word| name.contains(word))
}

/// A transport that writes each exchange of another one into a cassette.
#[derive(Debug)]
pub(crate) struct Recorder<T> {
    inner: T,
    scrub: Scrub,
    path: PathBuf,
    file: Mutex<File>,
}

impl<T: Transport> Recorder<T> {
    /// Creates the file. One that is there is replaced.
    pub(crate) fn create(path: &Path, inner: T, scrub: Scrub) -> Result<Self, CassetteError> {
        let fault = |error| CassetteError::new(path, Fault::File(error));
        let mut file = File::create(path).map_err(fault)?;
        write(&mut file, &head()).map_err(fault)?;
        Ok(Self {
            inner,
            scrub,
            path: path.to_owned(),
            file: Mutex::new(file),
        })
    }

    async fn exchange(&self, call: Call) -> Result<Reply, TransportError> {
        let operation = call.operation.id;
        let request = self.scrub.request(&call);
        let result = self.inner.send(call).await;
        let exchanged = match &result {
            Ok(reply) => Exchanged {
                request,
                response: Some(self.scrub.reply(reply)),
                error: None,
            },
            Err(error) => Exchanged {
                request,
                response: error.received().map(|part| self.scrub.reply(part)),
                error: Some((error.kind(), self.scrub.error(error))),
            },
        };
        let line = exchanged.to_line(operation);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = write(&mut file, &line) {
            // The call is done; an error would say something else about it.
            let path = self.path.display();
            tracing::warn!(%path, %error, "the cassette cannot be written");
        }
        drop(file);
        result
    }
}

fn write(file: &mut File, line: &Value) -> std::io::Result<()> {
    // In one piece, so that a line is whole or missing.
    file.write_all(format!("{line}\n").as_bytes())
}

impl<T: Transport> Transport for Recorder<T> {
    fn send(&self, call: Call) -> Exchange<'_> {
        Box::pin(self.exchange(call))
    }
}
