//! Shortens text from a document for messages: on one line, and long enough to recognize it.

use serde_json::Value;

/// The longest quotation in a message, in characters: a name, a reference and so on.
const LONGEST_QUOTE: usize = 160;

/// The longest message, in characters.
const LONGEST_MESSAGE: usize = 1_000;

/// The beginning of a value, on one line.
pub(crate) fn brief(text: &str) -> String {
    const LONGEST: usize = 60;
    on_one_line(cut(text, LONGEST))
}

/// What kind of JSON value this is.
pub(crate) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A message on one line, with short quotations. Quotations are between backticks.
pub(super) fn message(text: String) -> String {
    if text.len() <= LONGEST_QUOTE && !text.contains(char::is_control) {
        return text;
    }
    let mut short = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            short.push('`');
        }
        let longest = if index % 2 == 1 {
            LONGEST_QUOTE
        } else {
            LONGEST_MESSAGE
        };
        let (begin, is_cut) = cut(part, longest);
        short.push_str(begin);
        if is_cut {
            short.push('…');
        }
    }
    on_one_line(cut(&short, LONGEST_MESSAGE))
}

/// A pointer in a text report. Of a long pointer, the beginning and the end.
pub(super) fn pointer(text: &str) -> String {
    const LONGEST: usize = 400;
    const END: usize = 100;
    let (begin, is_cut) = cut(text, LONGEST);
    if !is_cut {
        return text.to_owned();
    }
    let end = text.char_indices().rev().nth(END).map_or(0, |(at, _)| at);
    format!("{begin}…{}", &text[end..])
}

fn cut(text: &str, longest: usize) -> (&str, bool) {
    // No character is longer than four bytes, none shorter than one.
    if text.len() <= longest {
        return (text, false);
    }
    match text.char_indices().nth(longest) {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

fn on_one_line((text, is_cut): (&str, bool)) -> String {
    let mut line = text.replace(char::is_control, " ");
    if is_cut {
        line.push('…');
    }
    line
}
