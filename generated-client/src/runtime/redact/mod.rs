//! Removes secrets from what a server sent, however they are spelled there.

mod spelling;

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret as _, SecretSlice, SecretString};

use spelling::{Spelled, search, search_end};

/// The text that replaces a secret.
const MARK: &str = "[redacted]";

/// Holds the secrets of a client, and removes them from responses. The error page of a gateway may repeat the request, and
/// error pages are often logged. Cloning is cheap.
///
/// A secret is recognised as it is, in Base64 (alone or as a part of something longer, in both alphabets), and with the escapes of
/// JSON, XML, HTML and URLs, also several of them in each other.
#[derive(Clone, Default)]
pub struct Redactor {
    secrets: Arc<RwLock<Secrets>>,
}

#[derive(Default)]
struct Secrets {
    /// The spellings of the secrets that are known from the beginning.
    fixed: Vec<SecretSlice<u8>>,
    /// The spellings of each secret that was added.
    added: VecDeque<Vec<SecretSlice<u8>>>,
}

impl Secrets {
    fn all(&self) -> impl Iterator<Item = &[u8]> {
        let added = self.added.iter().flatten();
        let all = self.fixed.iter().chain(added);
        all.map(SecretSlice::expose_secret)
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redactor({} spellings)", self.known().all().count())
    }
}

impl Redactor {
    /// The minimum length of a secret in bytes. A shorter one is likely to occur in other text.
    const SHORTEST: usize = 6;

    /// A redactor that removes `secrets`. Secrets of fewer than six bytes are not removed, because they are likely to occur in other
    /// text.
    ///
    /// ```
    /// use releasepack_client::runtime::Redactor;
    /// let redactor = Redactor::new(["s3cret-token".to_owned().into()]);
    /// assert_eq!(redactor.text("token=s3cret%2Dtoken").as_deref(), Some("token=[redacted]"));
    /// assert_eq!(redactor.text("no secret"), None);
    /// ```
    pub fn new(secrets: impl IntoIterator<Item = SecretString>) -> Self {
        let fixed = secrets.into_iter().flat_map(|secret| spellings(&secret));
        let secrets = Secrets {
            fixed: fixed.collect(),
            ..Secrets::default()
        };
        Self {
            secrets: Arc::new(secrets.into()),
        }
    }

    /// How many secrets that were [added](Self::add) are removed. Tokens that were used before that have expired long ago.
    pub const MOST_ADDED: usize = 100;

    /// Also removes `secret` from now on, such as a new token: this redactor and all its clones. The last
    /// [100](Self::MOST_ADDED) secrets that were added are removed.
    ///
    /// ```
    /// use releasepack_client::runtime::Redactor;
    /// let redactor = Redactor::default();
    /// let clone = redactor.clone();
    /// redactor.add(&"s3cret-token".to_owned().into());
    /// assert_eq!(clone.text("s3cret-token").as_deref(), Some("[redacted]"));
    /// ```
    pub fn add(&self, secret: &SecretString) {
        let spellings = spellings(secret);
        let Some(itself) = spellings.first() else {
            return;
        };
        if self
            .known()
            .all()
            .any(|known| known == itself.expose_secret())
        {
            return;
        }
        let secrets = self.secrets.write();
        let mut secrets = secrets.unwrap_or_else(PoisonError::into_inner);
        if secrets.added.len() >= Self::MOST_ADDED {
            secrets.added.pop_front();
        }
        secrets.added.push_back(spellings);
    }

    fn known(&self) -> RwLockReadGuard<'_, Secrets> {
        self.secrets.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// `text` without the secrets; `None` if it has none.
    pub fn text(&self, text: &str) -> Option<String> {
        let clean = self.bytes(text.as_bytes())?;
        Some(String::from_utf8_lossy(&clean).into_owned())
    }

    /// Removes the secrets from `body`.
    pub fn body(&self, body: &mut Bytes) {
        if let Some(clean) = self.bytes(body) {
            *body = clean.into();
        }
    }

    /// Replaces the value of each header that holds a secret, and marks cookies as sensitive.
    pub fn headers(&self, headers: &mut HeaderMap) {
        for (name, value) in headers.iter_mut() {
            if self.bytes(value.as_bytes()).is_some() {
                *value = HeaderValue::from_static(MARK);
            }
            if name == http::header::SET_COOKIE {
                value.set_sensitive(true);
            }
        }
    }

    /// `text` without the secrets; `None` if it has none.
    fn bytes(&self, text: &[u8]) -> Option<Vec<u8>> {
        let mut places = Vec::new();
        let secrets = self.known();
        for spelled in Spelled::layers(text) {
            for secret in secrets.all() {
                places.extend(search(&spelled, secret));
                // A body that was cut off may end amid a secret.
                places.extend(search_end(&spelled, secret, Self::SHORTEST));
            }
        }
        if places.is_empty() {
            return None;
        }
        places.sort_by_key(|place| place.start);
        let mut clean = Vec::with_capacity(text.len());
        let mut end = 0;
        for place in places {
            // Places that overlap or touch become one mark.
            if place.start > end || end == 0 {
                clean.extend_from_slice(&text[end..place.start]);
                clean.extend_from_slice(MARK.as_bytes());
            }
            end = end.max(place.end);
        }
        clean.extend_from_slice(&text[end..]);
        Some(clean)
    }
}

/// The secret itself, and what it looks like in Base64; nothing for a short one.
fn spellings(secret: &SecretString) -> Vec<SecretSlice<u8>> {
    let secret = secret.expose_secret().as_bytes();
    if secret.len() < Redactor::SHORTEST {
        return Vec::new();
    }
    let mut all = vec![secret.to_vec().into()];
    all.extend(in_base64(secret));
    all
}

/// What a secret looks like in Base64, as a part of something longer: only those characters that the bytes around it do not
/// change. Padding and the alphabet do not matter for the places where they are the same.
fn in_base64(secret: &[u8]) -> Vec<SecretSlice<u8>> {
    let mut cores = Vec::new();
    for (before, changed) in [(0, 0), (1, 2), (2, 3)] {
        let bytes = SecretSlice::from([&[0; 2][..before], secret].concat());
        let bytes = bytes.expose_secret();
        for alphabet in [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD] {
            let mut core = alphabet.encode(bytes).into_bytes();
            if bytes.len() % 3 != 0 {
                core.pop();
            }
            core.drain(..changed);
            if core.len() > Redactor::SHORTEST {
                cores.push(core.into());
            }
        }
    }
    cores
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, URL_SAFE};

    use super::*;

    const SECRET: &str = "s3cr\u{e9}t=\"<a&b>?/+";

    fn redacted(text: &str) -> Option<String> {
        Redactor::new([SecretString::from(SECRET)]).text(text)
    }

    #[test]
    fn a_secret_is_found_in_every_spelling() {
        let json = serde_json::to_string(SECRET).unwrap();
        let json = json.trim_matches('"').to_owned();
        let units = SECRET.encode_utf16();
        let escaped: Vec<_> = units.map(|unit| format!("\\u{unit:04x}")).collect();
        let escaped = escaped.concat();
        let percent: Vec<_> = SECRET.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let percent = percent.concat();
        let html = SECRET.replace('&', "&amp;").replace('<', "&lt;");
        let html = html.replace('>', "&gt;").replace('"', "&#34;");
        let numbers = SECRET.chars().map(u32::from);
        let numbers: Vec<_> = numbers.map(|code| format!("&#x{code:x};")).collect();
        let numbers = numbers.concat();
        let mut spellings = vec![
            SECRET.to_owned(),
            serde_json::to_string(&format!("{json:?}")).unwrap(),
            percent.replace('%', "%25"),
            html.replace('&', "&amp;"),
            SECRET.replace('=', "\\u003d").replace('"', "\\\""),
            SECRET.replace('=', "%3d").replace('<', "\\x3c"),
            SECRET.replace('=', "\\u{3d}"),
            json,
            escaped.to_uppercase().replace("\\U", "\\u"),
            escaped,
            percent.to_lowercase(),
            percent,
            html,
            numbers,
        ];
        for user in ["", "u", "me", "me@example.com"] {
            let pair = format!("{user}:{SECRET}");
            for tail in ["", " and more", "\r\n"] {
                for engine in [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD] {
                    spellings.push(engine.encode(format!("{pair}{tail}")));
                }
            }
        }
        for spelling in spellings {
            let clean = redacted(&format!("you sent {spelling}!")).expect(&spelling);
            assert!(
                clean.starts_with("you sent ") && clean.ends_with('!'),
                "{clean}"
            );
            assert!(clean.contains(MARK), "{clean}");
            // What is left of a pair in Base64 is the user and at most a few bits of the secret.
            assert!(clean.len() < 60, "{spelling} became {clean}");
        }
    }

    #[test]
    fn other_text_stays_as_it_is() {
        for text in [
            "",
            "s3cr",
            "you sent nothing",
            "100 % \\u00zz &amp; &#x; %zz \\",
            "%",
            "&#",
        ] {
            assert_eq!(redacted(text), None, "{text}");
        }
    }

    #[test]
    fn of_a_secret_that_is_cut_off_at_the_end_at_most_five_bytes_are_left() {
        let json = "s3cr\u{e9}t\\u003d\\\"<a\\u0026b>?/+";
        let percent: Vec<_> = SECRET.bytes().map(|byte| format!("%{byte:02X}")).collect();
        let pair = STANDARD.encode(format!("me:{SECRET}"));
        for spelling in [SECRET, json, &percent.concat(), &pair] {
            for (end, _) in spelling.char_indices() {
                let text = format!("you sent {}", &spelling[..end]);
                let clean = redacted(&text).unwrap_or(text);
                let longest = if spelling == pair { 20 } else { 9 + 5 * 3 + 2 };
                assert!(clean.contains(MARK) || clean.len() <= longest, "{clean}");
            }
        }
    }

    #[test]
    fn secrets_next_to_each_other_are_all_removed() {
        let text = format!("{SECRET}{SECRET} {SECRET}");
        assert_eq!(redacted(&text).unwrap(), format!("{MARK} {MARK}"));
    }
}
