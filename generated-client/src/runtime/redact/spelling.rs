//! Text with its escapes decoded, layer by layer, and where in the original each byte of it stands.

use std::borrow::Cow;
use std::ops::Range;

/// The maximum number of layers: text as it is, and escapes in escapes. JSON in a string of JSON has two.
const MOST_LAYERS: usize = 5;

/// A text after some layers of escapes were decoded.
pub(super) struct Spelled<'t> {
    bytes: Cow<'t, [u8]>,
    /// Where each byte begins in the original, and where the last one ends; `None` if this is the original.
    starts: Option<Vec<usize>>,
}

impl<'t> Spelled<'t> {
    /// The text as it is, then with its escapes decoded, then with the escapes decoded that this made.
    pub(super) fn layers(text: &'t [u8]) -> impl Iterator<Item = Self> {
        let first = Self {
            bytes: Cow::Borrowed(text),
            starts: None,
        };
        std::iter::successors(Some(first), Self::peeled).take(MOST_LAYERS)
    }

    /// Where the byte `at` begins in the original.
    fn start(&self, at: usize) -> usize {
        self.starts.as_ref().map_or(at, |starts| starts[at])
    }

    /// Decodes one layer of escapes; `None` if there are none.
    fn peeled(&self) -> Option<Self> {
        let is_escape = |byte: &u8| matches!(byte, b'\\' | b'%' | b'&' | 0);
        if !self.bytes.iter().any(is_escape) {
            return None;
        }
        let mut bytes = Vec::with_capacity(self.bytes.len());
        let mut starts = Vec::with_capacity(self.bytes.len() + 1);
        let mut at = 0;
        let mut is_changed = false;
        while at < self.bytes.len() {
            let (length, decoded) = unescape(&self.bytes[at..]);
            is_changed |= length != 1 || decoded.length != 1;
            for byte in decoded.as_slice() {
                bytes.push(*byte);
                starts.push(self.start(at));
            }
            at += length;
        }
        starts.push(self.start(self.bytes.len()));
        is_changed.then_some(Self {
            bytes: Cow::Owned(bytes),
            starts: Some(starts),
        })
    }
}

/// The places in the original where `secret` stands.
pub(super) fn search(spelled: &Spelled<'_>, secret: &[u8]) -> Vec<Range<usize>> {
    let (Some(first), text) = (secret.first(), &spelled.bytes[..]) else {
        return Vec::new();
    };
    let is_same = |(found, byte): (&u8, &u8)| found == byte || (*byte == b' ' && *found == b'+');
    let mut places = Vec::new();
    let mut at = 0;
    while at + secret.len() <= text.len() {
        let is_there = is_same((&text[at], first))
            && text[at..at + secret.len()].iter().zip(secret).all(is_same);
        if is_there {
            places.push(spelled.start(at)..spelled.start(at + secret.len()));
            at += secret.len();
        } else {
            at += 1;
        }
    }
    places
}

/// Where the text breaks off amid `secret`, if at least `shortest` bytes of it are there: perhaps amid an escape, too.
pub(super) fn search_end(
    spelled: &Spelled<'_>,
    secret: &[u8],
    shortest: usize,
) -> Option<Range<usize>> {
    let text = &spelled.bytes[..];
    let near = text.len().saturating_sub(MOST_OF_ESCAPE);
    let is_escape = |at: &usize| {
        let may_go_on = |byte: &u8| byte.is_ascii_alphanumeric() || b"#{\\".contains(byte);
        matches!(text[*at], b'\\' | b'%' | b'&') && text[at + 1..].iter().all(may_go_on)
    };
    let ends = (near..text.len()).filter(is_escape).chain([text.len()]);
    let longest = secret.len().saturating_sub(1);
    ends.flat_map(|end| {
        (shortest..=longest.min(end))
            .rev()
            .map(move |length| (end, length))
    })
    .find(|(end, length)| text[end - length..*end] == secret[..*length])
    .map(|(end, length)| spelled.start(end - length)..spelled.start(text.len()))
}

/// The maximum number of bytes of an escape that is not complete.
const MOST_OF_ESCAPE: usize = 12;

/// What an escape stands for: at most one character in UTF-8.
struct Decoded {
    bytes: [u8; 4],
    length: usize,
}

impl Decoded {
    fn byte(byte: u8) -> Self {
        Self {
            bytes: [byte, 0, 0, 0],
            length: 1,
        }
    }

    fn character(code: u32) -> Option<Self> {
        let mut bytes = [0; 4];
        let length = char::from_u32(code)?.encode_utf8(&mut bytes).len();
        Some(Self { bytes, length })
    }

    fn as_slice(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// The length of the first escape of a text that is not empty, and what it stands for. A byte that begins none stands for
/// itself. A zero byte stands for nothing: between ASCII characters, it is half of UTF-16.
fn unescape(text: &[u8]) -> (usize, Decoded) {
    let found = match text[0] {
        0 => Some((
            1,
            Decoded {
                bytes: [0; 4],
                length: 0,
            },
        )),
        b'\\' => backslash(text),
        b'%' => number(text.get(1..3), 16)
            .and_then(|byte| Some((3, Decoded::byte(u8::try_from(byte).ok()?)))),
        b'&' => entity(text),
        _ => None,
    };
    found.unwrap_or((1, Decoded::byte(text[0])))
}

/// An escape of JSON, JavaScript or Rust.
fn backslash(text: &[u8]) -> Option<(usize, Decoded)> {
    match text.get(1)? {
        b'u' if text.get(2) == Some(&b'{') => {
            let end = text.iter().take(12).position(|byte| *byte == b'}')?;
            let code = number(text.get(3..end), 16)?;
            Some((end + 1, Decoded::character(code)?))
        }
        b'u' => {
            let unit = number(text.get(2..6), 16)?;
            if !(0xD800..0xDC00).contains(&unit) {
                return Some((6, Decoded::character(unit)?));
            }
            let low = text.get(6..8).filter(|next| next == b"\\u");
            let low = low.and_then(|_| number(text.get(8..12), 16))?;
            let code = 0x10000 + ((unit - 0xD800) << 10) + low.checked_sub(0xDC00)?;
            Some((12, Decoded::character(code)?))
        }
        b'x' => Some((4, Decoded::character(number(text.get(2..4), 16)?)?)),
        byte @ (b'"' | b'\\' | b'/' | b'\'') => Some((2, Decoded::byte(*byte))),
        _ => None,
    }
}

/// A reference to a character in XML and HTML.
fn entity(text: &[u8]) -> Option<(usize, Decoded)> {
    let end = text.iter().take(16).position(|byte| *byte == b';')?;
    let code = match &text[1..end] {
        [b'#', b'x' | b'X', digits @ ..] => number(Some(digits), 16)?,
        [b'#', digits @ ..] => number(Some(digits), 10)?,
        name => u32::from(NAMES.iter().find(|(known, _)| *known == name)?.1),
    };
    Some((end + 1, Decoded::character(code)?))
}

/// The characters that are written by their names, of those that secrets have.
const NAMES: [(&[u8], u8); 16] = [
    (b"amp", b'&'),
    (b"apos", b'\''),
    (b"ast", b'*'),
    (b"colon", b':'),
    (b"commat", b'@'),
    (b"dollar", b'$'),
    (b"equals", b'='),
    (b"excl", b'!'),
    (b"gt", b'>'),
    (b"lowbar", b'_'),
    (b"lt", b'<'),
    (b"num", b'#'),
    (b"percnt", b'%'),
    (b"plus", b'+'),
    (b"quot", b'"'),
    (b"sol", b'/'),
];

fn number(digits: Option<&[u8]>, radix: u32) -> Option<u32> {
    let digits = std::str::from_utf8(digits?).ok()?;
    // `from_str_radix` takes a sign.
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_number.then(|| u32::from_str_radix(digits, radix).ok())?
}
