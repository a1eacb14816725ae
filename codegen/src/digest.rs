//! Digests, which tell whether something changed.

use std::fmt::{self, Write};

use sha2::Sha256;

/// The digest of text that is written in parts, so that a large node is never a string.
#[derive(Default)]
pub(crate) struct Digest(Sha256);

impl Digest {
    /// `sha256:` and 64 digits.
    pub(crate) fn finish(self) -> String {
        let mut text = "sha256:".to_owned();
        for byte in sha2::Digest::finalize(self.0) {
            // Writing to a string does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

impl Write for Digest {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        sha2::Digest::update(&mut self.0, text);
        Ok(())
    }
}

/// The digest of a text or a file: `sha256:` and 64 digits.
#[must_use]
pub fn digest(bytes: &[u8]) -> String {
    let mut digest = Digest::default();
    sha2::Digest::update(&mut digest.0, bytes);
    digest.finish()
}
