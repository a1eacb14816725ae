//! Reads a text line by line, as far as it takes to know where scalars and collections begin and end, and adds spaces.

use super::{Added, Addition};
use crate::diagnostic::Code;
use crate::document::Fault;

/// What the scanner has read as the value of a node.
#[derive(Debug, PartialEq, Eq)]
enum Read {
    /// A scalar or collection on which `:` may follow.
    Node,
    /// The whole line.
    Line,
}

pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    /// The first byte of the current line.
    line: usize,
    /// The columns of the keys and dashes that contain the current node.
    parents: Vec<usize>,
    /// A quoted string or a flow collection has no end. The strict parser knows better where the end is missing.
    pub(super) is_open: bool,
    pub(super) copied: usize,
    pub(super) out: String,
    pub(super) added: Added,
    pub(super) faults: Vec<Fault>,
}

impl<'t> Scanner<'t> {
    /// Reads a text to its end.
    pub(super) fn read(text: &'t str) -> Self {
        let mut scanner = Self {
            text,
            at: 0,
            line: 0,
            parents: Vec::new(),
            is_open: false,
            copied: 0,
            out: String::new(),
            added: Added::default(),
            faults: Vec::new(),
        };
        scanner.lines();
        scanner
    }
}

impl Scanner<'_> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    fn is_end_of_line(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), None | Some(b'\n' | b'\r'))
    }

    fn is_blank(&self, ahead: usize) -> bool {
        self.is_end_of_line(ahead) || matches!(self.byte(ahead), Some(b' ' | b'\t'))
    }

    fn column(&self) -> usize {
        self.at - self.line
    }

    /// The smallest column for a line that belongs to the current node.
    fn inner_column(&self) -> usize {
        self.parents.last().map_or(0, |column| column + 1)
    }

    fn skip_blanks(&mut self) {
        while matches!(self.byte(0), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// Goes to the end of the line.
    fn skip_line(&mut self) {
        while !self.is_end_of_line(0) {
            self.at += 1;
        }
    }

    /// Goes over a line break; `false` if there is none.
    fn next_line(&mut self) -> bool {
        match (self.byte(0), self.byte(1)) {
            (Some(b'\r'), Some(b'\n')) => self.at += 2,
            (Some(b'\n' | b'\r'), _) => self.at += 1,
            _ => return false,
        }
        self.line = self.at;
        true
    }

    /// The number of spaces at the beginning of the line.
    fn indent(&self) -> usize {
        let rest = &self.text.as_bytes()[self.line..];
        rest.iter().take_while(|byte| **byte == b' ').count()
    }

    /// Whether a marker of the beginning or the end of a document is here.
    fn is_marker(&self) -> bool {
        let rest = &self.text.as_bytes()[self.at..];
        self.column() == 0
            && (rest.starts_with(b"---") || rest.starts_with(b"..."))
            && self.is_blank(3)
    }

    /// Whether a directive (`%YAML 1.2`) is here.
    fn is_directive(&self) -> bool {
        self.column() == 0 && self.byte(0) == Some(b'%')
    }

    /// Adds spaces before the current byte.
    fn add(&mut self, spaces: usize) {
        self.out.push_str(&self.text[self.copied..self.at]);
        self.copied = self.at;
        self.out.extend(std::iter::repeat_n(' ', spaces));
        self.added.0.push(Addition {
            original: self.at,
            repaired: self.out.len(),
        });
    }

    fn report(&mut self, offset: usize, message: &str, help: &'static str) {
        self.faults.push(Fault {
            error: false,
            ..Fault::error(Code::TOLERATED_SYNTAX, offset, message, help)
        });
    }

    /// Reads all lines of the text outside of scalars and flow collections.
    fn lines(&mut self) {
        while self.at < self.text.len() {
            self.skip_blanks();
            if self.is_marker() {
                self.parents.clear();
                self.at += 3;
                self.skip_blanks();
                self.nodes(true);
            } else if !self.is_end_of_line(0) && !self.is_directive() {
                let column = self.column();
                while self.parents.last().is_some_and(|parent| *parent >= column) {
                    self.parents.pop();
                }
                self.nodes(false);
            }
            self.skip_line();
            self.next_line();
        }
    }

    /// Reads the indicators, keys and the value on the rest of a line, and the further lines of the value.
    fn nodes(&mut self, after_marker: bool) {
        let mut begin = self.column();
        loop {
            self.skip_blanks();
            if matches!(self.byte(0), Some(b'-' | b'?' | b':')) && self.is_blank(1) {
                self.parents.push(self.column());
                self.at += 1;
                self.skip_blanks();
                begin = self.column();
                continue;
            }
            if self.node() == Read::Line {
                return;
            }
            self.space_before_comment();
            self.skip_blanks();
            if self.byte(0) != Some(b':') || !self.is_blank(1) || after_marker {
                return;
            }
            self.at += 1;
            self.parents.push(begin);
        }
    }

    /// Reads one node.
    fn node(&mut self) -> Read {
        while matches!(self.byte(0), Some(b'&' | b'!')) {
            while !self.is_blank(0) {
                self.at += 1;
            }
            self.skip_blanks();
        }
        match self.byte(0) {
            Some(quote @ (b'\'' | b'"')) => self.quoted(quote),
            Some(b'{' | b'[') => self.flow(),
            Some(b'|' | b'>') => return self.block(),
            Some(b'#') => {
                self.skip_line();
                return Read::Line;
            }
            // The value begins on a further line.
            _ if self.is_end_of_line(0) => return Read::Line,
            _ => return self.plain(),
        }
        Read::Node
    }

    /// Reads a plain scalar. If it is not a key, reads its further lines too.
    fn plain(&mut self) -> Read {
        while !self.is_end_of_line(0) {
            if self.byte(0) == Some(b':') && self.is_blank(1) {
                return Read::Node;
            }
            if matches!(self.byte(0), Some(b' ' | b'\t')) && self.byte(1) == Some(b'#') {
                self.skip_line();
                return Read::Line;
            }
            self.at += 1;
        }
        self.inner_lines(true);
        Read::Line
    }

    /// Reads a literal or folded scalar.
    fn block(&mut self) -> Read {
        self.skip_line();
        self.inner_lines(false);
        Read::Line
    }

    /// Reads the lines that are empty or that belong to the current node, and stays at the end of the last one.
    fn inner_lines(&mut self, ends_at_comment: bool) {
        loop {
            let (at, line) = (self.at, self.line);
            let is_inner = self.next_line() && {
                let indent = self.indent();
                self.at += indent;
                let is_comment = ends_at_comment && self.byte(0) == Some(b'#');
                self.is_end_of_line(0)
                    || (indent >= self.inner_column() && !is_comment && !self.is_marker())
            };
            if !is_inner {
                (self.at, self.line) = (at, line);
                return;
            }
            self.skip_line();
        }
    }

    /// Reads a quoted string, which may have several lines.
    fn quoted(&mut self, quote: u8) {
        const MESSAGE: &str = "this line belongs to a quoted string, and must have more indentation than the key of the string";
        const HELP: &str = "indent the line, or write the string as a block (`|` or `>-`)";
        self.at += 1;
        let mut is_reported = false;
        while let Some(byte) = self.byte(0) {
            if byte == quote {
                self.at += 1;
                if quote == b'"' || self.byte(0) != Some(quote) {
                    return;
                }
            } else if byte == b'\\' && quote == b'"' && !self.is_end_of_line(1) {
                self.at += 1;
            } else if self.next_line() {
                self.continue_line(&mut is_reported, MESSAGE, HELP);
                continue;
            }
            self.at += 1;
        }
        self.is_open = true;
    }

    /// Reads a flow collection with everything in it.
    fn flow(&mut self) {
        const MESSAGE: &str = "this line belongs to a flow collection, and must have more indentation than the key of the collection";
        const HELP: &str = "indent the line; common readers of YAML accept it as it is";
        let mut depth = 0_usize;
        let mut is_reported = false;
        while let Some(byte) = self.byte(0) {
            match byte {
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                    if depth == 0 {
                        return;
                    }
                    self.space_before_comment();
                }
                b'\'' | b'"' => {
                    self.quoted(byte);
                    self.space_before_comment();
                }
                b'#' => {
                    let before = self.text.as_bytes()[self.at - 1];
                    if !before.is_ascii_whitespace() {
                        self.space_before_comment();
                    }
                    self.skip_line();
                }
                b'\n' | b'\r' => {
                    self.next_line();
                    self.continue_line(&mut is_reported, MESSAGE, HELP);
                }
                b' ' | b'\t' | b',' | b':' => self.at += 1,
                _ => self.plain_in_flow(),
            }
        }
        self.is_open = true;
    }

    fn plain_in_flow(&mut self) {
        while let Some(byte) = self.byte(0) {
            let ends = match byte {
                b',' | b'{' | b'}' | b'[' | b']' | b'\n' | b'\r' => true,
                b':' => {
                    self.is_blank(1)
                        || matches!(self.byte(1), Some(b',' | b'{' | b'}' | b'[' | b']'))
                }
                b' ' | b'\t' => self.byte(1) == Some(b'#'),
                _ => false,
            };
            if ends {
                return;
            }
            self.at += 1;
        }
    }

    /// Adds the indentation that a further line of a node must have.
    fn continue_line(&mut self, is_reported: &mut bool, message: &str, help: &'static str) {
        let indent = self.indent();
        let is_marker = self.is_marker();
        let needed = self.inner_column().max(usize::from(is_marker));
        self.at += indent;
        let is_tab = self.byte(0) == Some(b'\t');
        self.skip_blanks();
        if self.is_end_of_line(0) || (indent >= needed && !is_tab) {
            return;
        }
        let first = self.at;
        self.at = self.line + indent;
        self.add(needed.saturating_sub(indent).max(1));
        self.at = first;
        if !std::mem::replace(is_reported, true) {
            self.report(first, message, help);
        }
    }

    /// Adds the space that must be between a node and a comment.
    fn space_before_comment(&mut self) {
        if self.byte(0) == Some(b'#') {
            self.add(1);
            self.report(
                self.at,
                "this `#` begins a comment, and must have a space before it",
                "write a space before `#`, or remove it if it is not meant as a comment",
            );
        }
    }
}
