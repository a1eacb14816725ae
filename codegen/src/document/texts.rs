//! Keeps numbers as their author wrote them where a string is expected: `3.10` is a version, `01234` is a code.
//!
//! YAML and JSON read an unquoted `3.10` as the number 3.1. Where the surrounding object says that the value is a string, the value
//! becomes the text from the file. Only the places are known here in which OpenAPI and JSON Schema always have strings.

use serde_json::{Map, Value};

use super::scalar::{self, Scalar};
use super::spans::{Finder, Spans};
use crate::pointer::Pointer;

/// Members that are strings wherever they are, or arrays of strings.
const STRINGS: [&str; 9] = [
    "description",
    "name",
    "operationId",
    "pattern",
    "propertyName",
    "summary",
    "tags",
    "title",
    "version",
];

/// Members of a schema that hold values of its type, or arrays of such values.
const VALUES: [&str; 5] = ["const", "default", "enum", "example", "examples"];

/// Members of a schema that hold numbers.
const BOUNDS: [&str; 3] = ["maximum", "minimum", "multipleOf"];

/// Members whose members have names that the author chose.
const NAMED: [&str; 18] = [
    "$defs",
    "callbacks",
    "content",
    "definitions",
    "dependentSchemas",
    "encoding",
    "headers",
    "links",
    "parameters",
    "pathItems",
    "paths",
    "patternProperties",
    "properties",
    "requestBodies",
    "responses",
    "schemas",
    "securitySchemes",
    "webhooks",
];

/// Replaces the numbers and booleans that stand for strings by their texts. Returns the schemas of numbers that have a value with more
/// digits than a float.
pub(super) fn restore(text: &str, spans: &Spans, value: &mut Value) -> Vec<Pointer> {
    let mut search = Search::default();
    search.value(value, &Pointer::root(), About::Node);
    let exact = exact(text, spans, value, search.floats);
    if search.found.is_empty() {
        return exact;
    }
    let texts: Vec<(Pointer, String)> = {
        let mut finder = Finder::new(spans, value);
        let found = search.found.into_iter();
        found
            .filter_map(|place| {
                let written = written(text, finder.offset(&place));
                is_text_of(written, place.get(value)?).then(|| (place, written.to_owned()))
            })
            .collect()
    };
    for (place, text) in texts {
        if let Some(node) = place.get_mut(value) {
            *node = Value::String(text);
        }
    }
    exact
}

/// Of these places of a schema and a float in it, the schemas whose float has more digits in the text than a float has.
fn exact(
    text: &str,
    spans: &Spans,
    value: &Value,
    floats: Vec<(Pointer, Pointer)>,
) -> Vec<Pointer> {
    if floats.is_empty() {
        return Vec::new();
    }
    let mut finder = Finder::new(spans, value);
    let mut schemas: Vec<Pointer> = floats
        .into_iter()
        .filter(|(_, place)| digits(written(text, finder.offset(place))) > MOST_DIGITS)
        .map(|(schema, _)| schema)
        .collect();
    schemas.dedup();
    schemas
}

/// The most digits that a float may need.
const MOST_DIGITS: usize = 17;

/// The number of digits of a number that are not zeros at its begin or end.
fn digits(text: &str) -> usize {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits = mantissa.trim_matches(|it: char| !it.is_ascii_digit() || it == '0');
    let digits = digits.bytes().filter(u8::is_ascii_digit);
    digits.count()
}

/// The scalar at a place of a text, behind its anchor or tag; for an alias, the scalar at the last anchor of that name before it.
fn written(text: &str, offset: usize) -> &str {
    let mut here = &text[offset..];
    if let Some(alias) = here.strip_prefix('*') {
        let end = alias.find(|character: char| !is_name(character));
        let anchor = format!("&{}", &alias[..end.unwrap_or(alias.len())]);
        let Some((_, after)) = text[..offset].rsplit_once(&anchor) else {
            return "";
        };
        here = after.trim_start();
    }
    while here.starts_with(['&', '!']) {
        let end = here.find(char::is_whitespace).unwrap_or(here.len());
        here = here[end..].trim_start();
    }
    let is_part = |character: char| character.is_ascii_alphanumeric() || "+-.".contains(character);
    let end = here.find(|character: char| !is_part(character));
    &here[..end.unwrap_or(here.len())]
}

/// Whether a character can be in the name of an anchor.
fn is_name(character: char) -> bool {
    !character.is_whitespace() && !",[]{}".contains(character)
}

/// Whether a text was read as this value: at an alias or a tag, the place is not that of the text.
fn is_text_of(text: &str, value: &Value) -> bool {
    match scalar::plain(text) {
        // A negative zero is a float for one reader and an integer for another.
        Scalar::Exact(read) => {
            read == *value || (read.is_number() && read.as_f64() == value.as_f64())
        }
        Scalar::Inexact(read) => value.as_f64() == Some(read),
    }
}

/// What an object is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    /// A node of OpenAPI or a schema: its members are keywords.
    Node,
    /// A map: its members have names that the author chose.
    Map,
    /// The variables of a server.
    Variables,
    /// One of them.
    Variable,
}

#[derive(Default)]
struct Search {
    found: Vec<Pointer>,
    /// The schemas of numbers with a float as value, and the places of these.
    floats: Vec<(Pointer, Pointer)>,
}

impl Search {
    fn value(&mut self, value: &Value, place: &Pointer, about: About) {
        match value {
            Value::Object(members) => self.members(members, place, about),
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    if element.is_object() || element.is_array() {
                        self.value(element, &place.index(index), About::Node);
                    }
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, members: &Map<String, Value>, place: &Pointer, about: About) {
        let is_string = match about {
            About::Variable => true,
            About::Node => is_string(members),
            About::Map | About::Variables => false,
        };
        let is_number = about == About::Node
            && members.get("type").is_some_and(|it| it == "number")
            && !members.contains_key("format");
        for (name, member) in members {
            let name = name.as_str();
            let below = match about {
                About::Map => About::Node,
                About::Variables => About::Variable,
                _ if name == "variables" => About::Variables,
                _ if NAMED.contains(&name) => About::Map,
                _ => About::Node,
            };
            let are_keywords = matches!(about, About::Node | About::Variable);
            let is_value = are_keywords && VALUES.contains(&name);
            // Of a parameter, `required` is a boolean.
            let is_list_of_names = name == "required" && member.is_array();
            let is_text = are_keywords && (STRINGS.contains(&name) || is_list_of_names);
            if is_text || (is_value && is_string) {
                self.scalars(member, &place.join(name));
            }
            if is_number && (is_value || BOUNDS.contains(&name)) {
                let (place, below) = (place, place.join(name));
                match member {
                    Value::Number(it) if it.is_f64() => self.floats.push((place.clone(), below)),
                    Value::Array(elements) => {
                        let elements = elements.iter().enumerate();
                        let floats = elements.filter(|(_, it)| it.is_f64());
                        self.floats
                            .extend(floats.map(|(at, _)| (place.clone(), below.index(at))));
                    }
                    _ => {}
                }
            }
            // What looks like a schema in data or in an extension is not one.
            let is_data = is_value || (are_keywords && (name == "value" || name.starts_with("x-")));
            if (member.is_object() || member.is_array()) && !is_data {
                self.value(member, &place.join(name), below);
            }
        }
    }

    /// A number or boolean, or those in an array.
    fn scalars(&mut self, value: &Value, place: &Pointer) {
        match value {
            Value::Number(_) | Value::Bool(_) => self.found.push(place.clone()),
            Value::Array(elements) => {
                let elements = elements.iter().enumerate();
                let scalars = elements.filter(|(_, it)| it.is_number() || it.is_boolean());
                self.found.extend(scalars.map(|(at, _)| place.index(at)));
            }
            _ => {}
        }
    }
}

/// Whether a schema is of strings, or of strings and null.
fn is_string(members: &Map<String, Value>) -> bool {
    match members.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => {
            kinds.iter().any(|kind| kind == "string")
                && kinds.iter().all(|kind| kind == "string" || kind == "null")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::document::Document;

    fn read(name: &str, text: &str) -> serde_json::Value {
        let document = Document::parse(name, text.as_bytes()).expect("the document is valid");
        document.value().clone()
    }

    #[test]
    fn numbers_where_strings_are_expected_keep_their_text() {
        let text = "
info: {title: 007, version: 1.10}
servers: [{url: x, variables: {v: {default: 2.0, enum: [2.0, 3.10]}}}]
components:
  schemas:
    Version: {enum: [3.10, 1e5, 0x10, True, &a 01234, *a], type: string, default: 3.10, example: 1_0}
    Maybe: {type: [string, 'null'], const: 5.00}
    Huge: {type: string, enum: [123456789012345678901234567890]}
    Number: {type: number, enum: [3.10], default: 1.0}
    Text: {type: object, required: [1.0], properties: {default: {type: string, enum: [1.0]}}}
paths:
  /a:
    get:
      parameters: [{name: 1.0, in: query, required: true, schema: {type: string}}]
      responses:
        default: {description: 1.50, content: {a/b: {example: {type: string, enum: [1.0]}}}}
";
        let value = read("a.yaml", text);
        let at = |place: &str| value.pointer(place).expect("it is there").clone();
        assert_eq!(at("/info"), json!({"title": "007", "version": "1.10"}));
        assert_eq!(
            at("/servers/0/variables/v"),
            json!({"default": "2.0", "enum": ["2.0", "3.10"]})
        );
        let schemas = "/components/schemas";
        let version = at(&format!("{schemas}/Version"));
        assert_eq!(
            version["enum"],
            json!(["3.10", "1e5", "0x10", "True", "01234", "01234"])
        );
        assert_eq!(version["default"], "3.10");
        assert_eq!(at(&format!("{schemas}/Maybe/const")), "5.00");
        let huge = at(&format!("{schemas}/Huge/enum/0"));
        assert_eq!(huge, "123456789012345678901234567890");
        let number = json!({"type": "number", "enum": [3.1], "default": 1.0});
        assert_eq!(at(&format!("{schemas}/Number")), number);
        assert_eq!(at(&format!("{schemas}/Text/required/0")), "1.0");
        let property = at(&format!("{schemas}/Text/properties/default/enum/0"));
        assert_eq!(property, "1.0");
        let parameter = at("/paths/~1a/get/parameters/0");
        assert_eq!(
            (&parameter["name"], &parameter["required"]),
            (&json!("1.0"), &json!(true))
        );
        let response = at("/paths/~1a/get/responses/default");
        assert_eq!(response["description"], "1.50");
        // Data is data, whatever it looks like.
        let example = json!({"type": "string", "enum": [1.0]});
        assert_eq!(response["content"]["a/b"]["example"], example);
    }

    #[test]
    fn schemas_with_more_digits_than_a_float_are_known() {
        let text = "
components:
  schemas:
    Long: {type: number, example: 0.1234567890123456789}
    Bound: {type: number, maximum: 99999999999999999.99}
    List: {type: number, enum: [1.5, 1.00000000000000000001]}
    Float: {type: number, example: -122.41941550000001, default: 1.50000000000000000000}
    Double: {type: number, format: double, example: 0.1234567890123456789}
";
        let document = Document::parse("a.yaml", text.as_bytes()).expect("the document is valid");
        let exact = document.exact().iter().map(crate::Pointer::as_str);
        let names: Vec<_> = exact.filter_map(|it| it.rsplit('/').next()).collect();
        assert_eq!(names, ["Long", "Bound", "List"]);
    }

    #[test]
    fn json_keeps_the_text_too() {
        let text = r#"{"info": {"version": 3.10}, "type": "string", "enum": [1.0, 1E5, -0]}"#;
        let value = read("a.json", text);
        assert_eq!(value["info"]["version"], "3.10");
        assert_eq!(value["enum"], json!(["1.0", "1E5", "-0"]));
    }
}
