//! Removes secrets from responses.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

/// The text that replaces a secret.
const MARK: &str = "[redacted]";

/// Holds the secrets of a client, and removes them from responses. The error page of a gateway may repeat the request, and
/// error pages are often logged.
#[derive(Debug, Default)]
pub(crate) struct Redactor {
    secrets: Vec<SecretString>,
}

impl Redactor {
    /// The minimum length of a secret in bytes. A shorter one is likely to occur in other text.
    const SHORTEST: usize = 6;

    /// A redactor that removes `secrets`.
    pub(crate) fn new(secrets: impl IntoIterator<Item = SecretString>) -> Self {
        let mut secrets: Vec<_> = secrets
            .into_iter()
            .filter(|secret| secret.expose_secret().len() >= Self::SHORTEST)
            .collect();
        // Longest first, because one secret may be part of another.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
        Self { secrets }
    }

    /// Removes the secrets from `body`.
    pub(super) fn body(&self, body: &mut Bytes) {
        for secret in &self.secrets {
            if let Some(clean) = replace(body, secret.expose_secret().as_bytes()) {
                *body = clean.into();
            }
        }
    }

    /// Replaces the value of each header that holds a secret, and marks cookies as sensitive.
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

/// Replaces `secret` in `text` by `MARK`; `None` if `text` does not contain it.
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
