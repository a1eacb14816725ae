//! What a schema says of its values and Rust types do not: bounds, defaults, patterns. It is told to the reader and never used
//! to refuse data, for servers are free to send what their documents did not foresee.

use std::fmt::Write;

use serde_json::Value;

/// The facts of a schema as a paragraph of Markdown; empty if there are none.
pub(super) fn describe(schema: &Value) -> String {
    let mut text = String::new();
    let mut say = |sentence: String| {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&sentence);
    };
    if let Some(values) = schema["enum"]
        .as_array()
        .filter(|_| schema["type"] != "string")
    {
        let values: Vec<String> = values.iter().take(20).map(code).collect();
        say(format!("One of {}.", values.join(", ")));
    }
    if let Some(range) = range(
        schema,
        "minimum",
        "maximum",
        "exclusiveMinimum",
        "exclusiveMaximum",
    ) {
        say(format!("Range: {range}."));
    }
    for (least, most, what) in [
        ("minLength", "maxLength", "Length"),
        ("minItems", "maxItems", "Items"),
        ("minProperties", "maxProperties", "Members"),
    ] {
        if let Some(range) = range(schema, least, most, "", "") {
            say(format!("{what}: {range}."));
        }
    }
    if let Some(pattern) = schema["pattern"]
        .as_str()
        .filter(|pattern| is_short(pattern))
    {
        say(format!("Pattern: {}.", code(&Value::from(pattern))));
    }
    if let Some(default) = schema
        .get("default")
        .filter(|default| !default.is_object() && !default.is_array())
    {
        say(format!("Default: {}.", code(default)));
    }
    if schema["readOnly"] == true {
        say("Set by the server.".to_owned());
    }
    if schema["writeOnly"] == true {
        say("Never sent back.".to_owned());
    }
    if schema["deprecated"] == true {
        say("**Deprecated.**".to_owned());
    }
    text
}

fn range(schema: &Value, least: &str, most: &str, above: &str, below: &str) -> Option<String> {
    let number = |name: &str| schema.get(name).filter(|bound| bound.is_number()).map(code);
    let is_open = |name: &str| schema[name] == true;
    let (least, most) = (number(least), number(most));
    let mut text = String::new();
    if let Some(least) = &least {
        let word = if is_open(above) { "more than" } else { "from" };
        let _ = write!(text, "{word} {least}");
    }
    if let Some(most) = &most {
        let word = match (is_open(below), least.is_some()) {
            (true, _) => "less than",
            (false, true) => "to",
            (false, false) => "up to",
        };
        let _ = write!(
            text,
            "{}{word} {most}",
            if text.is_empty() { "" } else { " " }
        );
    }
    (!text.is_empty()).then_some(text)
}

fn is_short(text: &str) -> bool {
    text.len() <= 80 && !text.contains('\n')
}

/// A value as a code span, which ends at the first backtick.
fn code(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text: String = text
        .chars()
        .filter(|character| !character.is_control())
        .take(80)
        .collect();
    if text.trim().is_empty() {
        return "the empty text".to_owned();
    }
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}
