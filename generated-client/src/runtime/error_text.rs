//! What an error shows of a response: one line of limited length, and the server's error message.

use std::fmt::Write as _;

use super::Reply;
use super::charset::json_bytes;

/// The first `limit` bytes as text on one line: control characters are escaped, and each run of white space becomes one
/// space.
pub(super) fn excerpt(bytes: &[u8], limit: usize) -> String {
    let cut = &bytes[..bytes.len().min(limit)];
    // A character that the limit splits is left out. Invalid UTF-8 before that is shown as replacement characters.
    let cut = match std::str::from_utf8(cut) {
        Err(error) if bytes.len() > limit && error.error_len().is_none() => {
            &cut[..error.valid_up_to()]
        }
        _ => cut,
    };
    let mut line = escape(&String::from_utf8_lossy(cut));
    if bytes.len() > limit {
        line.push('…');
    }
    line
}

/// `text` on one line, with characters escaped that could disturb a terminal.
pub(super) fn escape(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.trim().chars() {
        if character.is_whitespace() {
            if !line.ends_with(' ') {
                line.push(' ');
            }
        } else if character.is_control() || is_invisible(character) {
            write!(line, "{}", character.escape_default())
                .expect("writing to a String never fails");
        } else {
            line.push(character);
        }
    }
    line
}

/// Whether the character is invisible, but changes how a terminal shows the text around it.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

pub(super) fn shorten(text: &str, limit: usize) -> String {
    match text.char_indices().nth(limit) {
        Some((end, _)) => format!("{}…", text[..end].trim_end_matches('…')),
        None => text.to_owned(),
    }
}

/// The error message in a JSON body, whole; see [`Error::message`].
pub(super) fn message(reply: &Reply) -> Option<String> {
    let body: serde_json::Value = serde_json::from_slice(&json_bytes(reply)).ok()?;
    ["/message", "/error/message", "/error", "/detail", "/title"]
        .into_iter()
        .filter_map(|pointer| body.pointer(pointer)?.as_str())
        .find(|text| !text.trim().is_empty())
        .map(str::to_owned)
}
