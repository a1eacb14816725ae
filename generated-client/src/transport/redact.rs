//! Taking secrets out of what a server sends back.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

/// What stands where a secret stood.
const MARK: &str = "[redacted]";

/// Knows the secrets that a request carries, and removes them from an answer. A gateway's error page may show the request
/// that it could not handle, and error pages end up in logs.
#[derive(Debug, Default)]
pub(crate) struct Redactor {
    secrets: Vec<SecretString>,
}

impl Redactor {
    /// Shorter ones are too likely to be part of something else.
    const SHORTEST: usize = 6;

    /// One that removes `secrets`.
    pub(crate) fn new(secrets: impl IntoIterator<Item = SecretString>) -> Self {
        let mut secrets: Vec<_> = secrets
            .into_iter()
            .filter(|secret| secret.expose_secret().len() >= Self::SHORTEST)
            .collect();
        // One may be part of another.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
        Self { secrets }
    }

    /// `body` without the secrets.
    pub(super) fn body(&self, body: &mut Bytes) {
        for secret in &self.secrets {
            if let Some(clean) = replace(body, secret.expose_secret().as_bytes()) {
                *body = clean.into();
            }
        }
    }

    /// Hides the value of each header that holds a secret, and marks the server's cookies as secrets.
    pub(super) fn headers(&self, headers: &mut HeaderMap) {
        for (name, value) in headers.iter_mut() {
            let mut secrets = self
                .secrets
                .iter()
                .map(|secret| secret.expose_secret().as_bytes());
            if secrets.any(|secret| find(value.as_bytes(), secret).is_some()) {
                *value = HeaderValue::from_static(MARK);
            }
            if name == http::header::SET_COOKIE {
                value.set_sensitive(true);
            }
        }
    }
}

/// `text` with `MARK` in place of `secret`, if it is there.
fn replace(text: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    let mut clean = Vec::new();
    let mut rest = text;
    while let Some(start) = find(rest, secret) {
        clean.extend_from_slice(&rest[..start]);
        clean.extend_from_slice(MARK.as_bytes());
        rest = &rest[start + secret.len()..];
    }
    if rest.len() == text.len() {
        return None;
    }
    clean.extend_from_slice(rest);
    Some(clean)
}

fn find(text: &[u8], secret: &[u8]) -> Option<usize> {
    text.windows(secret.len())
        .position(|window| window == secret)
}
