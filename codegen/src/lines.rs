//! The lines of a text: converts byte offsets to lines and columns.

use serde::Serialize;

/// A line and a column of a file. Both count from one; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Location {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// The size of a block in bytes. The characters are counted for each block.
const BLOCK: usize = 4096;

/// The first byte of each line, and the number of characters before each block. With these, the column of a byte is found
/// without reading a line of megabytes.
#[derive(Clone, Debug)]
pub(crate) struct Lines {
    starts: Vec<u32>,
    characters: Vec<u32>,
}

impl Lines {
    pub(crate) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        // As in YAML, a line ends with LF, CRLF or CR.
        let is_end = |at: usize| match bytes[at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        let ends = (0..bytes.len()).filter(|at| is_end(*at));
        let starts = std::iter::once(0)
            .chain(ends.map(|at| offset(at + 1)))
            .collect();
        let mut characters = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut count = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            characters.push(count);
            count += characters_in(block);
        }
        characters.push(count);
        Self { starts, characters }
    }

    /// The line and column of the byte `at`; after the end of the text, those of the end.
    pub(crate) fn location(&self, text: &str, at: usize) -> Location {
        let at = at.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset(at)) - 1;
        let start = self.starts[line] as usize;
        Location {
            line: offset(line) + 1,
            column: self.characters_before(text, at) - self.characters_before(text, start) + 1,
        }
    }

    /// The bytes of a line (counted from one) without its line break; `None` after the end of the text.
    pub(crate) fn range(&self, text: &str, line: u32) -> Option<std::ops::Range<usize>> {
        let index = (line as usize).checked_sub(1)?;
        let start = *self.starts.get(index)? as usize;
        let end = self
            .starts
            .get(index + 1)
            .map_or(text.len(), |next| *next as usize - 1);
        let line = text[start..end].trim_end_matches('\r');
        Some(start..start + line.len())
    }

    /// The byte of a location on the line `range`; after the end of the line, the end of the line.
    pub(crate) fn byte_at(
        &self,
        text: &str,
        place: Location,
        range: &std::ops::Range<usize>,
    ) -> usize {
        let begin = self.characters_before(text, range.start) as usize;
        let character = begin + (place.column as usize).saturating_sub(1);
        let byte = self.byte_of(text, character, (begin, range.start));
        byte.min(range.end)
    }

    /// The first byte of a character (counted from zero in the whole text). The search may start at `hint`, a character and its
    /// byte.
    pub(crate) fn byte_of(&self, text: &str, character: usize, hint: (usize, usize)) -> usize {
        let block = self
            .characters
            .partition_point(|count| *count as usize <= character)
            - 1;
        let mut begin = (
            self.characters[block] as usize,
            (block * BLOCK).min(text.len()),
        );
        if hint.0 <= character && hint.0 >= begin.0 {
            begin = hint;
        }
        let bytes = text.as_bytes();
        let (mut count, mut at) = begin;
        // A block may begin inside a character, which counts for the block before.
        while at < bytes.len() && is_continuation(bytes[at]) {
            at += 1;
        }
        while count < character && at < bytes.len() {
            at += 1;
            while at < bytes.len() && is_continuation(bytes[at]) {
                at += 1;
            }
            count += 1;
        }
        at
    }

    fn characters_before(&self, text: &str, at: usize) -> u32 {
        let block = at / BLOCK;
        self.characters[block] + characters_in(&text.as_bytes()[block * BLOCK..at])
    }
}

fn characters_in(bytes: &[u8]) -> u32 {
    offset(bytes.iter().filter(|byte| !is_continuation(**byte)).count())
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

/// Converts an offset. The length of every document fits; a larger offset becomes the largest one.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_across_blocks() {
        let text = format!("a: 1\r\n{}x", "é".repeat(BLOCK));
        let lines = Lines::new(&text);
        let place = lines.location(&text, text.len() - 1);
        assert_eq!((place.line, place.column), (2, 4097));
        assert_eq!(lines.range(&text, 1), Some(0..4));
        for character in [0, 5, 6, 7, 2000, 2050, 4102] {
            let expected = text.char_indices().nth(character).map(|(at, _)| at);
            assert_eq!(Some(lines.byte_of(&text, character, (0, 0))), expected);
        }
    }
}
