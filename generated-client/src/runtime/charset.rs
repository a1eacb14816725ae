//! The encoding of text in a response: UTF-8, unless the response says otherwise.

use std::borrow::Cow;

use http::header::CONTENT_TYPE;

use super::Reply;

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
const UTF16_MARKS: [(&[u8], &str); 2] = [(b"\xFE\xFF", "utf-16be"), (b"\xFF\xFE", "utf-16le")];

/// The text is in an encoding that is not known here.
#[derive(Debug, thiserror::Error)]
#[error("the text is in the encoding `{}`, {}", .0, why())]
pub(super) struct UnknownCharset(pub(super) String);

fn why() -> &'static str {
    if cfg!(feature = "charset") {
        "which is not known"
    } else {
        "and the feature `charset` of this crate, which reads it, is off"
    }
}

/// The text of a body in UTF-8. A byte order mark decides (and is removed), then the `charset` of the `Content-Type` header (RFC
/// 9110, section 8.3.2). What claims to be UTF-8 is not checked.
pub(super) fn text(reply: &Reply) -> Result<Cow<'_, [u8]>, UnknownCharset> {
    let body = &reply.body[..];
    if let Some(rest) = body.strip_prefix(UTF8_MARK) {
        return Ok(Cow::Borrowed(rest));
    }
    let marked = UTF16_MARKS.iter().find(|(mark, _)| body.starts_with(mark));
    let charset = match marked {
        Some((_, name)) => Some((*name).to_owned()),
        None => {
            charset(reply).filter(|name| !matches!(name.as_str(), "utf-8" | "utf8" | "us-ascii"))
        }
    };
    match charset {
        None => Ok(Cow::Borrowed(body)),
        Some(name) => convert(&name, body)
            .map(Cow::Owned)
            .ok_or(UnknownCharset(name)),
    }
}

/// The text of a JSON body in UTF-8. JSON is always UTF-8 (RFC 8259, section 8.1), so a body that is counts as such, whatever
/// its header says. Other encodings are read if they are declared.
pub(super) fn json_bytes(reply: &Reply) -> Cow<'_, [u8]> {
    let body = &reply.body[..];
    let is_marked = UTF16_MARKS.iter().any(|(mark, _)| body.starts_with(mark));
    let body = body.strip_prefix(UTF8_MARK).unwrap_or(body);
    if !is_marked && (charset(reply).is_none() || std::str::from_utf8(body).is_ok()) {
        return Cow::Borrowed(body);
    }
    text(reply).unwrap_or(Cow::Borrowed(body))
}

/// The parameter `charset` of the `Content-Type` header, in lower case.
fn charset(reply: &Reply) -> Option<String> {
    let header = reply.headers.get(CONTENT_TYPE)?.as_bytes();
    let header = String::from_utf8_lossy(header).to_ascii_lowercase();
    let mut parameters = header
        .split(';')
        .skip(1)
        .filter_map(|it| it.split_once('='));
    let (_, value) = parameters.find(|(name, _)| name.trim() == "charset")?;
    let value = value.trim().trim_matches(['"', '\'']).trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// Converts text to UTF-8. Bytes that are not in the encoding become U+FFFD.
#[cfg(feature = "charset")]
fn convert(charset: &str, body: &[u8]) -> Option<Vec<u8>> {
    let encoding = encoding_rs::Encoding::for_label(charset.as_bytes())?;
    let (text, _, _) = encoding.decode(body);
    Some(text.into_owned().into_bytes())
}

#[cfg(not(feature = "charset"))]
fn convert(_: &str, _: &[u8]) -> Option<Vec<u8>> {
    None
}
