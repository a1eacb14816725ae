//! What the sandbox was sent, with every secret left out.

use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use serde_json::Value;

use super::Target;
use super::access::ONE_TIME_CODE;

/// How many requests are kept at most; the oldest go first.
const KEPT: usize = 10_000;

/// How many bytes of bodies are kept at most.
const KEPT_BYTES: usize = 64 << 20;

/// One request that reached the sandbox.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recorded {
    /// What was asked for; `None` for a path or method that is no operation.
    pub operation: Option<Target>,
    /// The method.
    pub method: Method,
    /// The path as it was sent, still percent-encoded.
    pub path: String,
    /// The query as it was sent, without the `?`.
    pub query: Option<String>,
    /// The headers; the values that hold a secret read `[redacted]`, after the scheme if there is one.
    pub headers: HeaderMap,
    /// Who asked, as far as it may be shown.
    pub caller: Caller,
    /// The body; empty when there was none, or when a fault kept it from being read.
    pub body: Bytes,
    /// The status that was answered; `None` when the connection was reset, and as long as there is no answer.
    pub status: Option<StatusCode>,
}

/// Who a request came from, without the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Caller {
    /// No `Authorization` header.
    Nobody,
    /// HTTP Basic, with this user name.
    Basic(String),
    /// A bearer token.
    Bearer,
    /// An `Authorization` header that is neither.
    Unreadable,
}

impl Recorded {
    /// The body as JSON; `None` when it is something else.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// User name and password of HTTP Basic, from the value of the header.
pub(super) fn basic(value: &HeaderValue) -> Option<(String, String)> {
    let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// A bearer token, from the value of the header.
pub(super) fn bearer(value: &HeaderValue) -> Option<&str> {
    let (scheme, token) = value.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn caller(headers: &HeaderMap) -> Caller {
    let Some(value) = headers.get(AUTHORIZATION) else {
        return Caller::Nobody;
    };
    match basic(value) {
        Some((user, _)) => Caller::Basic(user),
        None if bearer(value).is_some() => Caller::Bearer,
        None => Caller::Unreadable,
    }
}

fn redacted(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    let secret = [
        AUTHORIZATION,
        PROXY_AUTHORIZATION,
        COOKIE,
        HeaderName::from_static(ONE_TIME_CODE),
    ];
    for name in secret {
        if let http::header::Entry::Occupied(mut entry) = headers.entry(name) {
            for value in entry.iter_mut() {
                let shown = match value.to_str().ok().and_then(|text| text.split_once(' ')) {
                    Some((scheme, _)) if scheme.eq_ignore_ascii_case("basic") => "Basic [redacted]",
                    Some((scheme, _)) if scheme.eq_ignore_ascii_case("bearer") => {
                        "Bearer [redacted]"
                    }
                    _ => "[redacted]",
                };
                *value = HeaderValue::from_static(shown);
            }
        }
    }
    headers
}

/// The requests so far, and which number the oldest of them has.
#[derive(Debug, Default)]
pub(super) struct Records {
    kept: VecDeque<Recorded>,
    /// Of all bodies kept.
    bytes: usize,
    gone: u64,
}

/// The number of a request, to add to its record later.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number(u64);

impl Records {
    pub(super) fn add(
        &mut self,
        operation: Option<Target>,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Number {
        if self.kept.len() == KEPT {
            self.forget_oldest();
        }
        self.kept.push_back(Recorded {
            operation,
            method: method.clone(),
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
            headers: redacted(headers),
            caller: caller(headers),
            body: Bytes::new(),
            status: None,
        });
        Number(self.gone + self.kept.len() as u64 - 1)
    }

    /// The record of this number, unless it is gone already.
    pub(super) fn get(&mut self, Number(number): Number) -> Option<&mut Recorded> {
        let place = usize::try_from(number.checked_sub(self.gone)?).ok()?;
        self.kept.get_mut(place)
    }

    pub(super) fn set_body(&mut self, number: Number, body: &Bytes) {
        let Some(record) = self.get(number) else {
            return;
        };
        record.body = body.clone();
        self.bytes += body.len();
        while self.bytes > KEPT_BYTES {
            self.forget_oldest();
        }
    }

    fn forget_oldest(&mut self) {
        if let Some(oldest) = self.kept.pop_front() {
            self.bytes -= oldest.body.len();
            self.gone += 1;
        }
    }

    pub(super) fn all(&self) -> Vec<Recorded> {
        self.kept.iter().cloned().collect()
    }

    pub(super) fn take(&mut self) -> Vec<Recorded> {
        self.gone += self.kept.len() as u64;
        self.bytes = 0;
        std::mem::take(&mut self.kept).into()
    }
}
