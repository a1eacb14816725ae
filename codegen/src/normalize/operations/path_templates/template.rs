//! Path templates, as vendors write them.

use std::collections::HashSet;
use std::fmt;

/// A path, split into text and variables.
pub(super) struct Template {
    pub(super) pieces: Vec<Piece>,
    /// The names of variables whose values may contain slashes.
    pub(super) whole: HashSet<String>,
    /// The repairs that were needed to read it, as messages.
    pub(super) repairs: Vec<String>,
}

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// Sent as it is.
    Text(String),
    /// Replaced by a value. The name may be empty.
    Variable(String),
}

impl Template {
    pub(super) fn read(path: &str) -> Self {
        let mut template = Self {
            pieces: Vec::new(),
            whole: HashSet::new(),
            repairs: Vec::new(),
        };
        let mut rest = path;
        while let Some(at) = rest.find(['{', '}']) {
            template.push_text(&rest[..at]);
            let tail = &rest[at + 1..];
            if rest[at..].starts_with('}') {
                let message = format!("`}}` in `{path}` has no opening brace; it was removed");
                template.repairs.push(message);
                rest = tail;
                continue;
            }
            let length = inner_length(tail);
            if let Some(length) = length {
                template.push_variable(&tail[..length]);
                rest = &tail[length + 1..];
            } else {
                let length = tail.find(['/', '{', '}']).unwrap_or(tail.len());
                let message = format!("`{{{}` is not closed in `{path}`", &tail[..length]);
                template.repairs.push(message);
                template.push_variable(&tail[..length]);
                rest = &tail[length..];
            }
        }
        template.push_text(rest);
        template
    }

    fn push_text(&mut self, text: &str) {
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
    }

    /// `{id}`; also `{+path}` (RFC 6570), `{path*}` and `{path+}`, whose values are several segments, and `{id:[0-9]+}` (a
    /// pattern for the server).
    fn push_variable(&mut self, inner: &str) {
        let written = inner.split_once(':').map_or(inner, |(name, _)| name).trim();
        let name = written.trim_start_matches(['+', '/', ';', '.', '*']);
        let name = name.trim_end_matches(['*', '+']).trim();
        if written.starts_with('+') || written.ends_with(['*', '+']) {
            self.whole.insert(name.to_owned());
        }
        self.pieces.push(Piece::Variable(name.to_owned()));
    }

    /// The names of the variables, in order, with repetitions.
    pub(super) fn variables(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Variable(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Names the first variable that has no name.
    pub(super) fn name_nameless(&mut self, name: &str) {
        let nameless = Piece::Variable(String::new());
        if let Some(piece) = self.pieces.iter_mut().find(|piece| **piece == nameless) {
            *piece = Piece::Variable(name.to_owned());
        }
    }

    /// Converts a segment `:name` to a variable.
    pub(super) fn take_colon(&mut self, name: &str) {
        let segment = format!("/:{name}");
        let found = self.pieces.iter().enumerate().find_map(|(index, piece)| {
            let Piece::Text(text) = piece else {
                return None;
            };
            let at = text.match_indices(&segment).map(|(at, _)| at).find(|at| {
                let after = &text[at + segment.len()..];
                after.is_empty() || after.starts_with('/')
            })?;
            Some((index, text.clone(), at))
        });
        let Some((index, text, at)) = found else {
            return;
        };
        let before = Piece::Text(text[..=at].to_owned());
        let mut pieces = vec![before, Piece::Variable(name.to_owned())];
        let after = &text[at + segment.len()..];
        if !after.is_empty() {
            pieces.push(Piece::Text(after.to_owned()));
        }
        self.pieces.splice(index..=index, pieces);
    }
}

/// The length of the text before the closing brace. A pattern may contain braces.
fn inner_length(text: &str) -> Option<usize> {
    let mut depth = 0;
    let has_pattern = text.find(':').is_some_and(|colon| {
        let ends = ['}', '/', '{'].iter().filter_map(|end| text.find(*end));
        ends.min().is_some_and(|end| colon < end)
    });
    for (at, character) in text.char_indices() {
        match character {
            '{' if has_pattern => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            '{' | '/' if !has_pattern => return None,
            _ => {}
        }
    }
    None
}

impl fmt::Display for Template {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => formatter.write_str(text)?,
                Piece::Variable(name) => write!(formatter, "{{{name}}}")?,
            }
        }
        Ok(())
    }
}
