//! The tokens of a Rust file with their places. Comments and the contents of strings are none.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// A name, a number, one character of punctuation, or `"` for a string, a character or a lifetime.
    pub(super) text: &'t str,
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Token<'_> {
    pub(super) fn is_name(&self) -> bool {
        self.text
            .starts_with(|it: char| it.is_alphabetic() || it == '_')
    }
}

/// Reads a file. What is not valid Rust gives some tokens too.
pub(super) fn read(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let (mut line, mut start) = (1, 0);
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = length(rest, character);
        let column = text[start..at].chars().count() + 1;
        let is_string = starts_string(rest) || character == '\'';
        if is_string || !(character.is_whitespace() || is_comment(rest)) {
            let text = if is_string {
                "\""
            } else {
                name(&rest[..length])
            };
            tokens.push(Token { text, line, column });
        }
        for (index, _) in rest[..length].match_indices('\n') {
            line += 1;
            start = at + index + 1;
        }
        at += length;
    }
    tokens
}

/// `r#type` is the name `type`.
fn name(text: &str) -> &str {
    text.strip_prefix("r#").unwrap_or(text)
}

fn is_comment(rest: &str) -> bool {
    rest.starts_with("//") || rest.starts_with("/*")
}

/// Whether a string begins here: `"`, `b"`, `r"`, `r#"`, `br#"`, `c"`.
fn starts_string(rest: &str) -> bool {
    let after = rest.trim_start_matches(['b', 'c', 'r']);
    rest.len() - after.len() <= 2 && after.trim_start_matches('#').starts_with('"') && {
        let is_raw = rest[..rest.len() - after.len()].contains('r');
        is_raw || after.starts_with('"')
    }
}

/// The length of the token, comment or space at the start.
fn length(rest: &str, first: char) -> usize {
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return block_comment(rest);
    }
    if starts_string(rest) {
        return string(rest);
    }
    if first == '\'' {
        return quote(rest);
    }
    if first.is_alphanumeric() || first == '_' {
        let is_end = |it: char| !it.is_alphanumeric() && it != '_';
        let start = if rest.starts_with("r#") { 2 } else { 0 };
        return rest[start..]
            .find(is_end)
            .map_or(rest.len(), |it| start + it);
    }
    first.len_utf8()
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(step) = rest.get(at..).filter(|it| !it.is_empty()) {
        if step.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if step.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += step.chars().next().map_or(1, char::len_utf8);
        }
    }
    rest.len()
}

fn string(rest: &str) -> usize {
    let quote = rest.find('"').unwrap_or(0);
    let prefix = &rest[..quote];
    if prefix.contains('r') {
        let end = format!("\"{}", "#".repeat(prefix.matches('#').count()));
        let inside = quote + 1;
        return rest[inside..]
            .find(&end)
            .map_or(rest.len(), |it| inside + it + end.len());
    }
    closed_by(rest, quote + 1, '"')
}

/// A character in quotes, or a lifetime.
fn quote(rest: &str) -> usize {
    let mut characters = rest.chars();
    let (_, first, second) = (characters.next(), characters.next(), characters.next());
    match (first, second) {
        (Some('\\'), _) => closed_by(rest, 1, '\''),
        (Some(first), Some('\'')) => 2 + first.len_utf8(),
        _ => {
            let is_end = |it: char| !it.is_alphanumeric() && it != '_';
            rest[1..].find(is_end).map_or(rest.len(), |it| it + 1)
        }
    }
}

/// The position after a closing quote, which `\` escapes.
fn closed_by(rest: &str, start: usize, quote: char) -> usize {
    let mut is_escaped = false;
    for (index, character) in rest[start..].char_indices() {
        if is_escaped {
            is_escaped = false;
        } else if character == '\\' {
            is_escaped = true;
        } else if character == quote {
            return start + index + 1;
        }
    }
    rest.len()
}
