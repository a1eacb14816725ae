//! An error and its causes, a line each.

use std::error::Error as StdError;
use std::fmt;

/// The maximum number of causes that are shown.
const MOST: usize = 16;

/// An error and its causes: the text of the error, then a line for each cause. A cause whose text stands in a line above is left
/// out, because many errors repeat their cause.
///
/// The `Debug` text of the errors of this crate is such a text, because `fn main() -> Result<(), …>` prints it.
///
/// ```
/// use releasepack_client::runtime::{Chain, TransportError, TransportErrorKind};
///
/// let error = TransportError::new(TransportErrorKind::Lost, "the cable is cut");
/// assert_eq!(Chain::of(&error).to_string(), "the connection was lost: the cable is cut");
/// ```
#[derive(Clone, Copy)]
pub struct Chain<'e> {
    text: &'e dyn fmt::Display,
    cause: Option<&'e (dyn StdError + 'static)>,
}

impl<'e> Chain<'e> {
    /// The chain of `error`.
    pub fn of<E: StdError>(error: &'e E) -> Self {
        Self::new(error, error.source())
    }

    /// The chain of an error with this text and this cause.
    pub(super) fn new(
        text: &'e dyn fmt::Display,
        cause: Option<&'e (dyn StdError + 'static)>,
    ) -> Self {
        Self { text, cause }
    }
}

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = self.text.to_string();
        f.write_str(&shown)?;
        let mut next = self.cause;
        for _ in 0..MOST {
            let Some(cause) = next else {
                break;
            };
            let text = cause.to_string();
            if !shown.contains(&text) {
                write!(f, "\n  because: {text}")?;
                shown.push('\n');
                shown.push_str(&text);
            }
            next = cause.source();
        }
        Ok(())
    }
}

impl fmt::Debug for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
