//! The record of the requests that the sandbox received, without secrets.

use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use serde_json::Value;

use super::Target;
use super::access::ONE_TIME_CODE;

/// The maximum number of requests that are kept. The oldest ones are removed first.
const KEPT: usize = 10_000;

/// The maximum size in bytes of all bodies that are kept.
const KEPT_BYTES: usize = 64 << 20;

/// A request that the sandbox received, without secrets.
///
/// ```
/// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use releasepack_client::release::Release;
/// use releasepack_client::sandbox::{Caller, Sandbox, Target};
///
/// let sandbox = Sandbox::start().await?;
/// sandbox.client()?.release(&Release::now("f0f7face")).await?;
///
/// let request = &sandbox.requests()[0];
/// assert_eq!(request.operation, Some(Target::Create));
/// assert_eq!(request.caller, Caller::Basic(sandbox.user().to_owned()));
/// assert_eq!(request.json().expect("a JSON body")["id"], "f0f7face");
/// assert_eq!(request.headers["authorization"], "Basic [redacted]");
/// # Ok(())
/// # }
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recorded {
    /// The operation; `None` when the path or the method does not belong to one.
    pub operation: Option<Target>,
    /// The method.
    pub method: Method,
    /// The path as it was sent, still percent-encoded.
    pub path: String,
    /// The query as it was sent, without the `?`.
    pub query: Option<String>,
    /// The headers. A value with a secret is replaced by `[redacted]`, after the scheme if there is one.
    pub headers: HeaderMap,
    /// The caller, without the secret.
    pub caller: Caller,
    /// The body. It is empty when there was none, or when a fault prevented it from being read.
    pub body: Bytes,
    /// The status of the response; `None` when the connection was reset, and until the response is sent.
    pub status: Option<StatusCode>,
}

/// The caller of a request, from its `Authorization` header, without the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Caller {
    /// There is no `Authorization` header.
    Nobody,
    /// HTTP Basic, with this user name.
    Basic(String),
    /// A bearer token.
    Bearer,
    /// An `Authorization` header of another kind, or one that cannot be read.
    Unreadable,
}

impl Recorded {
    /// The body as JSON; `None` when it is not valid JSON.
    pub fn json(&self) -> Option<Value> {
        serde_json::from_slice(&self.body).ok()
    }
}

/// The user name and the password in the value of an `Authorization` header with HTTP Basic.
pub(super) fn basic(value: &HeaderValue) -> Option<(String, String)> {
    let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// The token in the value of an `Authorization` header with a bearer token.
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

fn redact(headers: &HeaderMap) -> HeaderMap {
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

/// The requests that are kept.
#[derive(Debug, Default)]
pub(super) struct Records {
    kept: VecDeque<Recorded>,
    /// The size of all bodies that are kept.
    bytes: usize,
    /// The number of requests that were removed, which is the number of the oldest request that is kept.
    removed: u64,
}

/// The number of a request, for changing its record later.
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
            self.remove_oldest();
        }
        self.kept.push_back(Recorded {
            operation,
            method: method.clone(),
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
            headers: redact(headers),
            caller: caller(headers),
            body: Bytes::new(),
            status: None,
        });
        Number(self.removed + self.kept.len() as u64 - 1)
    }

    /// The record with this number; `None` if it was removed.
    pub(super) fn get(&mut self, Number(number): Number) -> Option<&mut Recorded> {
        let index = usize::try_from(number.checked_sub(self.removed)?).ok()?;
        self.kept.get_mut(index)
    }

    pub(super) fn set_body(&mut self, number: Number, body: &Bytes) {
        let Some(record) = self.get(number) else {
            return;
        };
        record.body = body.clone();
        self.bytes += body.len();
        while self.bytes > KEPT_BYTES {
            self.remove_oldest();
        }
    }

    fn remove_oldest(&mut self) {
        if let Some(oldest) = self.kept.pop_front() {
            self.bytes -= oldest.body.len();
            self.removed += 1;
        }
    }

    pub(super) fn all(&self) -> Vec<Recorded> {
        self.kept.iter().cloned().collect()
    }

    pub(super) fn take(&mut self) -> Vec<Recorded> {
        self.removed += self.kept.len() as u64;
        self.bytes = 0;
        std::mem::take(&mut self.kept).into()
    }
}
