//! Removes secrets from everything that an error shows: messages, excerpts, headers, causes.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

use super::TransportError;
use super::error_text::excerpt;

/// How much of a body is searched for an excerpt, in bytes. It is many times the length of an excerpt.
const BEGINNING: usize = 64 * 1024;

/// Gives a text without its secrets, or `None` if it has none.
type Removal = dyn Fn(&str) -> Option<String> + Send + Sync;

/// Removes secrets from texts that are complete: decoded, and not cut yet. A secret that is escaped in a body is plain in a
/// message, and the beginning of a secret at the end of an excerpt would not be recognised.
#[derive(Clone, Default)]
pub struct Redaction(Option<Arc<Removal>>);

impl fmt::Debug for Redaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redaction({})", self.0.is_some())
    }
}

impl Redaction {
    /// A redaction that calls a function. It returns a text without secrets, or `None` if there are none in it.
    pub fn new(redaction: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(redaction)))
    }

    /// Writes what `show` writes for `Debug`, without secrets.
    ///
    /// # Errors
    ///
    /// Those of the formatter.
    pub fn debug(
        &self,
        show: impl Fn(&mut fmt::Formatter<'_>) -> fmt::Result,
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        if self.0.is_none() {
            return show(f);
        }
        let shown = Shown(show);
        let text = if f.alternate() {
            format!("{shown:#?}")
        } else {
            format!("{shown:?}")
        };
        f.write_str(&self.text(&text))
    }

    pub(super) fn changed(&self, text: &str) -> Option<String> {
        self.0.as_ref().and_then(|redaction| redaction(text))
    }

    /// `text` without secrets.
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.changed(text).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// A JSON pointer without secrets in the names of its members. `/` and `~` are escaped in a pointer, so it needs more than
    /// [`text`](Self::text).
    pub fn pointer(&self, pointer: &str) -> String {
        let steps = pointer.split('/').map(|step| {
            let name = step.replace("~1", "/").replace("~0", "~");
            match self.changed(&name) {
                Some(clean) => clean.replace('~', "~0").replace('/', "~1"),
                None => step.to_owned(),
            }
        });
        steps.collect::<Vec<_>>().join("/")
    }

    /// The beginning of a body on one line, without secrets.
    pub(super) fn excerpt(&self, body: &[u8], limit: usize) -> String {
        let beginning = &body[..body.len().min(BEGINNING)];
        let Some(clean) = self.changed(&String::from_utf8_lossy(beginning)) else {
            return excerpt(body, limit);
        };
        // The beginning may end amid a secret. That is not shown, unless so much was removed that the end is near.
        if beginning.len() == body.len() || clean.len() > BEGINNING / 2 {
            return excerpt(clean.as_bytes(), limit);
        }
        excerpt(self.text(&String::from_utf8_lossy(body)).as_bytes(), limit)
    }

    pub(super) fn headers(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            if let Some(clean) = self.changed(&String::from_utf8_lossy(value.as_bytes())) {
                *value =
                    HeaderValue::from_str(&clean).unwrap_or(HeaderValue::from_static("[redacted]"));
            }
        }
    }

    /// Replaces the cause by its text if a secret is anywhere in it, and removes secrets from the headers that were received.
    pub(super) fn error(&self, mut error: TransportError) -> TransportError {
        if let Some(received) = error.received_mut() {
            self.headers(&mut received.headers);
        }
        let mut cause = error.source();
        while let Some(shown) = cause {
            let is_secret = |text: &str| self.changed(text).is_some();
            if is_secret(&shown.to_string()) || is_secret(&format!("{shown:?}")) {
                let text = self.text(&shown.to_string()).into_owned();
                return error.with_source(text);
            }
            cause = shown.source();
        }
        error
    }
}

/// A function that shows something.
struct Shown<F>(F);

impl<F: Fn(&mut fmt::Formatter<'_>) -> fmt::Result> fmt::Debug for Shown<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0(f)
    }
}
