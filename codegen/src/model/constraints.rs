//! Describes constraints that Rust types cannot express: bounds, defaults, patterns. They are documentation. They never reject
//! data, because servers may send values that their documents do not allow.

use std::fmt::Write;

use openapiv3::{IntegerType, NumberType, Type};
use serde_json::{Number, Value};

use super::node::Node;
use crate::normalize::normal_form::{self, Supplement};
use crate::pointer::Pointer;

/// The constraints of a schema as a paragraph of Markdown; empty if there are none. Those of elements and values follow, also at
/// several levels; a component has its own documentation.
pub(super) fn describe(node: Node, place: &Pointer, supplement: &Supplement) -> String {
    let mut text = own(node, place, supplement);
    let (mut node, mut place, mut label) = (node, place.clone(), String::new());
    for _ in 0..MOST_LEVELS {
        let (inner, what, keyword) = match (node.items(), node.values()) {
            (Some(items), _) => (items, "element", "items"),
            (None, Some(values)) => (values, "value", "additionalProperties"),
            (None, None) => break,
        };
        label = match label.as_str() {
            "" => format!("Each {what}"),
            outer => format!("{outer}, each {what}"),
        };
        (node, place) = (inner, place.join(keyword));
        let inner = own(node, &place, supplement);
        if !inner.is_empty() {
            let space = if text.is_empty() { "" } else { " " };
            let _ = write!(text, "{space}{label}: {inner}");
        }
    }
    text
}

/// How many levels of elements and values are described. Deeper ones tell a reader nothing.
const MOST_LEVELS: usize = 4;

/// The constraints of a schema without those of its elements and values.
fn own(node: Node, place: &Pointer, supplement: &Supplement) -> String {
    let mut sentences = Vec::new();
    let bound =
        |keyword, typed: Option<Number>| supplement.number(place, keyword).cloned().or(typed);
    match node.ty() {
        Some(Type::Integer(it)) => {
            one_of(&values(node, place, supplement), &mut sentences);
            let IntegerType {
                exclusive_minimum,
                exclusive_maximum,
                ..
            } = *it;
            let least = bound("minimum", it.minimum.map(Number::from));
            let most = bound("maximum", it.maximum.map(Number::from));
            let range = range(least, most, exclusive_minimum, exclusive_maximum);
            sentences.extend(range.map(|range| format!("Range: {range}.")));
        }
        Some(Type::Number(it)) => {
            one_of(&values(node, place, supplement), &mut sentences);
            let NumberType {
                exclusive_minimum,
                exclusive_maximum,
                ..
            } = *it;
            let least = bound("minimum", it.minimum.and_then(normal_form::number));
            let most = bound("maximum", it.maximum.and_then(normal_form::number));
            let range = range(least, most, exclusive_minimum, exclusive_maximum);
            sentences.extend(range.map(|range| format!("Range: {range}.")));
        }
        Some(Type::Boolean(_)) => one_of(&values(node, place, supplement), &mut sentences),
        Some(Type::String(it)) => {
            sentences.extend(sizes("Length", it.min_length, it.max_length));
            let pattern = it.pattern.as_ref().filter(|pattern| is_short(pattern));
            let pattern =
                pattern.map(|it| format!("Pattern: {}.", code(&Value::from(it.as_str()))));
            sentences.extend(pattern);
        }
        Some(Type::Array(it)) => sentences.extend(sizes("Elements", it.min_items, it.max_items)),
        Some(Type::Object(it)) => {
            sentences.extend(sizes("Members", it.min_properties, it.max_properties));
        }
        None => {}
    }
    if let Some(data) = node.data() {
        let default = data.default.as_ref();
        let default = default.filter(|default| !default.is_object() && !default.is_array());
        sentences.extend(default.map(|default| format!("Default: {}.", code(default))));
        let marks = [
            (data.read_only, "Set by the server."),
            (data.write_only, "Never in a response."),
            (data.deprecated, "**Deprecated.**"),
        ];
        let marks = marks.iter().filter(|(is_set, _)| *is_set);
        sentences.extend(marks.map(|(_, mark)| (*mark).to_owned()));
    }
    sentences.join(" ")
}

/// The values of an enum; empty if the schema is not an enum.
pub(super) fn values(node: Node, place: &Pointer, supplement: &Supplement) -> Vec<Value> {
    let exact = |(index, value): (usize, Option<Number>)| {
        let value = supplement.value(place, index).cloned().or(value)?;
        Some(Value::Number(value))
    };
    match node.ty() {
        Some(Type::Integer(it)) => {
            let values = it.enumeration.iter().map(|value| value.map(Number::from));
            values.enumerate().filter_map(exact).collect()
        }
        Some(Type::Number(it)) => {
            let values = it.enumeration.iter();
            let values = values.map(|value| normal_form::number((*value)?));
            values.enumerate().filter_map(exact).collect()
        }
        Some(Type::Boolean(it)) => it
            .enumeration
            .iter()
            .flatten()
            .map(|it| (*it).into())
            .collect(),
        Some(Type::String(it)) => {
            let values = it.enumeration.iter().flatten();
            values.map(|value| value.as_str().into()).collect()
        }
        _ => Vec::new(),
    }
}

fn one_of(values: &[Value], sentences: &mut Vec<String>) {
    if !values.is_empty() {
        let values: Vec<String> = values.iter().take(20).map(code).collect();
        sentences.push(format!("One of {}.", values.join(", ")));
    }
}

fn sizes(what: &str, least: Option<usize>, most: Option<usize>) -> Option<String> {
    let range = range(
        least.map(Number::from),
        most.map(Number::from),
        false,
        false,
    )?;
    Some(format!("{what}: {range}."))
}

fn range(
    least: Option<Number>,
    most: Option<Number>,
    is_above: bool,
    is_below: bool,
) -> Option<String> {
    let (least, most) = (least.map(Value::Number), most.map(Value::Number));
    let mut text = String::new();
    if let Some(least) = &least {
        let relation = if is_above { "more than" } else { "from" };
        let _ = write!(text, "{relation} {}", code(least));
    }
    if let Some(most) = &most {
        let relation = match (is_below, least.is_some()) {
            (true, _) => "less than",
            (false, true) => "to",
            (false, false) => "up to",
        };
        let space = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{space}{relation} {}", code(most));
    }
    (!text.is_empty()).then_some(text)
}

fn is_short(text: &str) -> bool {
    text.len() <= 80 && !text.contains('\n')
}

/// A value as a code span, cut after 80 characters.
fn code(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let text: String = text.chars().take(80).collect();
    if text.trim().is_empty() {
        return "the empty string".to_owned();
    }
    code_span(&text)
}

/// A string of the document as a code span of Markdown, in one line. The marks around it are longer than those in it.
pub(crate) fn code_span(text: &str) -> String {
    let visible = |character: char| match character {
        '\n' | '\t' | '\r' => ' ',
        other => other,
    };
    let text: String = text
        .chars()
        .map(visible)
        .filter(|character| !character.is_control())
        .collect();
    let mut mark = "`".to_owned();
    while text.contains(&mark) {
        mark.push('`');
    }
    if mark.len() > 1 || text.starts_with(' ') || text.ends_with(' ') {
        format!("{mark} {text} {mark}")
    } else {
        format!("`{text}`")
    }
}
