//! Writes values as text for people: as JSON, or as YAML in one fixed style.
//!
//! The style: block collections, indented by two spaces for each level. A string has no quotes if every YAML reader takes it for
//! a string, and single quotes otherwise. A string of several lines is a literal block. Reading the text gives the same value.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::scalar::number;

/// YAML readers do not accept a longer key without `?` before it.
const LONGEST_KEY: usize = 1000;

/// The value as JSON, indented by two spaces for each level, with a line break at the end.
pub fn to_json(value: &Value) -> String {
    format!("{value:#}\n")
}

/// The value as YAML 1.2, which readers of YAML 1.1 understand in the same way.
///
/// ```
/// use releasepack_codegen::to_yaml;
/// use serde_json::json;
///
/// let text = to_yaml(&json!({"responses": {"200": {"description": "All pets.\nSorted.\n"}}}));
/// assert_eq!(text, "\
/// responses:
///   '200':
///     description: |
///       All pets.
///       Sorted.
/// ");
/// ```
pub fn to_yaml(value: &Value) -> String {
    let mut text = String::new();
    node(&mut text, value, 0);
    text.trim_start_matches(' ').to_owned()
}

/// Writes a value at the beginning of the text, or after a key or a dash.
fn node(text: &mut String, value: &Value, depth: usize) {
    match value {
        Value::Object(members) if !members.is_empty() => object(text, members, depth),
        Value::Array(elements) if !elements.is_empty() => array(text, elements, depth),
        other => after(text, other, depth),
    }
}

fn is_block_collection(value: &Value) -> bool {
    match value {
        Value::Object(members) => !members.is_empty(),
        Value::Array(elements) => !elements.is_empty(),
        _ => false,
    }
}

fn indent(text: &mut String, depth: usize) {
    for _ in 0..depth {
        text.push_str("  ");
    }
}

fn object(text: &mut String, members: &Map<String, Value>, depth: usize) {
    for (at, (name, value)) in members.iter().enumerate() {
        // The first member of an element follows the dash on the same line.
        if at > 0 || !text.ends_with("- ") {
            indent(text, depth);
        }
        let key = line(name);
        if key.len() > LONGEST_KEY {
            text.push_str("? ");
            text.push_str(&key);
            text.push('\n');
            indent(text, depth);
        } else {
            text.push_str(&key);
        }
        text.push(':');
        if is_block_collection(value) {
            text.push('\n');
        }
        node(text, value, depth + 1);
    }
}

fn array(text: &mut String, elements: &[Value], depth: usize) {
    for (at, value) in elements.iter().enumerate() {
        if at > 0 || !text.ends_with("- ") {
            indent(text, depth);
        }
        text.push_str(if is_block_collection(value) {
            "- "
        } else {
            "-"
        });
        node(text, value, depth + 1);
    }
}

/// Writes a value that follows a key or a dash: a scalar or an empty collection.
fn after(text: &mut String, value: &Value, depth: usize) {
    text.push(' ');
    match value {
        Value::Object(_) => text.push_str("{}"),
        Value::Array(_) => text.push_str("[]"),
        Value::String(content) if is_block(content) => return block(text, content, depth),
        Value::String(content) => text.push_str(&line(content)),
        scalar => {
            let _ = write!(text, "{scalar}");
        }
    }
    text.push('\n');
}

/// Whether every YAML reader would read the string, as a literal block, in the same way.
fn is_block(content: &str) -> bool {
    content.contains('\n')
        && !content.starts_with(['\n', ' ', '\t'])
        && content
            .split('\n')
            .all(|line| line.is_empty() || !line.trim().is_empty())
        && !content
            .chars()
            .any(|character| character != '\n' && needs_escape(character))
}

fn block(text: &mut String, content: &str, depth: usize) {
    let body = content.trim_end_matches('\n');
    let breaks = content.len() - body.len();
    text.push_str(match breaks {
        0 => "|-\n",
        1 => "|\n",
        _ => "|+\n",
    });
    for line in body.split('\n') {
        if !line.is_empty() {
            indent(text, depth.max(1));
            text.push_str(line);
        }
        text.push('\n');
    }
    for _ in 1..breaks {
        text.push('\n');
    }
}

/// A string on one line.
fn line(content: &str) -> String {
    if content.chars().any(needs_escape) {
        return escaped(content);
    }
    if is_plain(content) {
        return content.to_owned();
    }
    format!("'{}'", content.replace('\'', "''"))
}

fn needs_escape(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}'
        )
}

fn escaped(content: &str) -> String {
    let mut text = String::with_capacity(content.len() + 2);
    text.push('"');
    for character in content.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            other if needs_escape(other) => {
                let _ = write!(text, "\\u{:04X}", other as u32);
            }
            other => text.push(other),
        }
    }
    text.push('"');
    text
}

fn is_plain(content: &str) -> bool {
    let Some(first) = content.chars().next() else {
        return false;
    };
    let begins_well = first.is_alphanumeric() || "/$(_.^~;".contains(first);
    begins_well
        && !content.starts_with("..")
        && !content.ends_with([' ', ':'])
        && !content.contains(": ")
        && !content.contains(" #")
        && !is_word_of_yaml(content)
        && !is_numeric(content)
}

/// Whether some version of YAML reads this as a boolean, null or a special number.
fn is_word_of_yaml(content: &str) -> bool {
    const WORDS: &[&str] = &[
        "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", ".inf", ".nan",
    ];
    WORDS.iter().any(|word| content.eq_ignore_ascii_case(word))
}

/// Whether some version of YAML reads this as a number, a date or a time. Version numbers of three parts are strings.
fn is_numeric(content: &str) -> bool {
    if !content.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return false;
    }
    if number(content).is_some() {
        return true;
    }
    let is_version = content.matches('.').count() > 1
        && content
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.');
    !is_version
        && content
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || b"xo_:.+-TZtz ".contains(&byte))
}
