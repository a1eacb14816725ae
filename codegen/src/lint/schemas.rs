//! Keywords of schemas have values that JSON Schema and OpenAPI allow.

use std::collections::HashSet;

use regress::Regex;
use serde_json::{Map, Value};

use super::Report;
use super::parameters::list;
use crate::diagnostic::{Code, brief, kind_of};
use crate::openapi::Version;
use crate::openapi::grammar::Kind;
use crate::openapi::place::Place;
use crate::openapi::reference;
use crate::pointer::Pointer;

/// The types of both versions; 3.1 has `null` too.
const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

/// Keywords whose value is a number of things.
const COUNTS: &[&str] = &[
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "maxProperties",
    "minProperties",
    "maxContains",
    "minContains",
];

const BOUNDS: &[&str] = &["minimum", "maximum"];
const COMPOSITIONS: &[&str] = &["allOf", "anyOf", "oneOf"];

pub(super) fn check(report: &mut Report) {
    let version = report.version;
    let parts = parts(report);
    report.each(Kind::Schema, |report, place, schema| {
        if let Some(members) = schema.as_object().filter(|it| !it.contains_key("$ref")) {
            let mut check = Check {
                report,
                place,
                members,
                version,
                parts: &parts,
            };
            check.types();
            check.numbers();
            check.lists();
            check.required();
            check.patterns();
            check.flags();
        }
    });
}

struct Check<'c, 'd> {
    report: &'c mut Report<'d>,
    place: &'c Place,
    members: &'d Map<String, Value>,
    version: Version,
    /// The components that are parts of compositions.
    parts: &'c HashSet<&'d str>,
}

/// The references in compositions.
fn parts<'d>(report: &mut Report<'d>) -> HashSet<&'d str> {
    let mut parts = HashSet::new();
    report.each(Kind::Schema, |_, _, schema| {
        let lists = COMPOSITIONS
            .iter()
            .filter_map(|keyword| schema.get(*keyword));
        let schemas = lists.filter_map(Value::as_array).flatten();
        parts.extend(schemas.filter_map(reference::of));
    });
    parts
}

impl Check<'_, '_> {
    fn here(&self, keyword: &str) -> Pointer {
        self.place.pointer().join(keyword)
    }

    fn invalid(&mut self, keyword: &str, message: impl Into<String>, help: &str) {
        let place = self.here(keyword);
        self.report.warn(Code::INVALID_VALUE, place, message, help);
    }

    /// The version of the document, if it does not have the keywords of JSON Schema 2020-12.
    fn oldest(&self) -> Option<&'static str> {
        match self.version {
            Version::V2_0 => Some("Swagger 2.0"),
            Version::V3_0 => Some("OpenAPI 3.0"),
            Version::V3_1 | Version::V3_2 => None,
        }
    }

    fn types(&mut self) {
        let ty = self.members.get("type");
        let is_null_allowed = self.version != Version::V3_0;
        let is_known = |name: &str| TYPES.contains(&name) || (is_null_allowed && name == "null");
        let unknown = match ty {
            Some(Value::String(name)) => (!is_known(name)).then_some(name.as_str()),
            Some(Value::Array(names)) if is_null_allowed => {
                let mut names = names.iter().filter_map(Value::as_str);
                names.find(|name| !is_known(name))
            }
            Some(Value::Array(_)) => {
                let message = "`type` must be one string in OpenAPI 3.0, not an array";
                let help = "write one type; write `nullable: true` for null, and `oneOf` for several types";
                return self.invalid("type", message, help);
            }
            _ => None,
        };
        if let Some(unknown) = unknown {
            let help = format!("the types are {}", list(TYPES));
            let message = format!("`{}` is not a type", brief(unknown));
            self.invalid("type", message, &help);
        }
        let is_array = ty.and_then(Value::as_str) == Some("array");
        let oldest = self.oldest().filter(|_| is_array);
        if let Some(version) = oldest.filter(|_| !self.members.contains_key("items")) {
            let place = self.here("type");
            let message = format!("an array must have `items` in {version}");
            let help = "add `items` with the schema of the elements; `items: {}` allows any value";
            self.report
                .warn(Code::ARRAY_WITHOUT_ITEMS, place, message, help);
        }
    }

    fn numbers(&mut self) {
        for keyword in COUNTS {
            if let Some(value) = self.members.get(*keyword)
                && !is_count(value)
            {
                let message = format!("`{keyword}` must be an integer that is not negative");
                self.invalid(keyword, message, "correct the number");
            }
        }
        for keyword in BOUNDS {
            if let Some(value) = self.members.get(*keyword)
                && !value.is_number()
            {
                let message = format!("`{keyword}` must be a number, found {}", kind_of(value));
                self.invalid(keyword, message, "write a number without quotation marks");
            }
        }
        if let Some(value) = self.members.get("multipleOf")
            && value.as_f64().is_none_or(|value| value <= 0.0)
        {
            let message = "`multipleOf` must be a number greater than zero";
            self.invalid("multipleOf", message, "correct the number, or remove it");
        }
    }

    /// `enum` and compositions are lists with elements; `items` is not one.
    fn lists(&mut self) {
        if self.members.get("items").is_some_and(Value::is_array) {
            let message = "`items` must be one schema, not an array";
            let help = match self.oldest() {
                Some(_) => "write one schema; `oneOf` in it allows several types",
                None => "write the schemas of a tuple in `prefixItems`",
            };
            self.invalid("items", message, help);
        }
        for keyword in COMPOSITIONS {
            if let Some(Value::Array(parts)) = self.members.get(*keyword)
                && parts.is_empty()
            {
                let message = format!("`{keyword}` must have at least one schema");
                self.invalid(keyword, message, "add the schemas, or remove the keyword");
            }
        }
        match self.members.get("enum") {
            None => {}
            Some(Value::Array(values)) if !values.is_empty() => {
                let mut known = HashSet::new();
                let twice = values.iter().find(|value| !known.insert(value.to_string()));
                if let Some(twice) = twice {
                    let message = format!("the enum has `{}` twice", brief(&twice.to_string()));
                    self.invalid("enum", message, "remove one of the equal values");
                }
            }
            Some(_) => {
                let message = "`enum` must be an array with at least one value";
                self.invalid("enum", message, "list the values, or remove the keyword");
            }
        }
    }

    fn required(&mut self) {
        let Some(required) = self.members.get("required") else {
            return;
        };
        let Some(names) = required.as_array() else {
            let message = format!(
                "`required` must be an array of property names, found {}",
                kind_of(required)
            );
            let help =
                "list the required properties in the schema of the object, e.g. `required: [id]`";
            return self.invalid("required", message, help);
        };
        if let Some(version) = self.oldest().filter(|_| names.is_empty()) {
            let message = format!("`required` must have at least one name in {version}");
            self.invalid("required", message, "remove the keyword");
        }
        let mut known = HashSet::new();
        for (index, name) in names.iter().enumerate() {
            let place = self.here("required").index(index);
            let Some(name) = name.as_str() else {
                let message = "the elements of `required` must be strings";
                let help = "write the name of a property";
                self.report.warn(Code::INVALID_VALUE, place, message, help);
                continue;
            };
            if !known.insert(name) {
                let message = format!("`required` has `{name}` twice");
                let help = "remove one of them";
                self.report.warn(Code::INVALID_VALUE, place, message, help);
            } else if self.is_closed() && !self.has_property(name) {
                let message = format!("`{name}` is required, but is not a property");
                let properties = self.members.get("properties").and_then(Value::as_object);
                let names = properties
                    .into_iter()
                    .flat_map(Map::keys)
                    .map(String::as_str);
                let help = "add the property, or correct the name in `required`";
                let help = self.report.suggest(name, names, help);
                self.report
                    .warn(Code::UNDEFINED_REQUIRED_PROPERTY, place, message, help);
            }
        }
    }

    /// Whether all properties of the object are declared here. Other schemas may declare them for a part of an `allOf`, and for a
    /// schema that contains compositions or refers to others.
    fn is_closed(&self) -> bool {
        const OPEN: &[&str] = &[
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "dependentSchemas",
            "patternProperties",
            "unevaluatedProperties",
        ];
        let is_open_map = match self.members.get("additionalProperties") {
            None | Some(Value::Bool(false)) => false,
            Some(_) => true,
        };
        let is_part = [
            "/allOf/", "/anyOf/", "/oneOf/", "/then", "/else", "/if", "/not",
        ]
        .iter()
        .any(|part| self.place.as_str().contains(part));
        self.members.contains_key("properties")
            && !is_open_map
            && !is_part
            && !OPEN
                .iter()
                .any(|keyword| self.members.contains_key(*keyword))
            && !self.is_used_as_a_part()
    }

    fn has_property(&self, name: &str) -> bool {
        let properties = self.members.get("properties");
        properties.is_some_and(|properties| properties.get(name).is_some())
    }

    /// Whether this component is a part of a composition, where it may require what another part declares.
    fn is_used_as_a_part(&self) -> bool {
        self.parts
            .contains(format!("#{}", self.place.as_str()).as_str())
    }

    fn patterns(&mut self) {
        if let Some(Value::String(pattern)) = self.members.get("pattern") {
            let place = self.here("pattern");
            self.pattern(pattern, place);
        }
        let patterns = self.members.get("patternProperties");
        let patterns = patterns.and_then(Value::as_object);
        for pattern in patterns.into_iter().flat_map(Map::keys) {
            let place = self.here("patternProperties").join(pattern);
            self.pattern(pattern, place);
        }
    }

    fn pattern(&mut self, pattern: &str, place: Pointer) {
        if let Some(fault) = fault_of(pattern) {
            let message = format!(
                "`{}` is not a valid regular expression: {fault}",
                brief(pattern)
            );
            let help = "correct the pattern: it is a regular expression of ECMA-262";
            self.report
                .warn(Code::INVALID_PATTERN, place, message, help);
        }
    }

    fn flags(&mut self) {
        let is_set = |keyword: &str| self.members.get(keyword) == Some(&Value::Bool(true));
        if is_set("readOnly") && is_set("writeOnly") && self.version == Version::V3_0 {
            let place = self.here("writeOnly");
            let message = "a schema must not be both `readOnly` and `writeOnly`";
            let help = "remove one of them: no message can contain the value";
            self.report
                .warn(Code::CONFLICTING_MEMBERS, place, message, help);
        }
    }
}

fn is_count(value: &Value) -> bool {
    value.as_u64().is_some()
        || value
            .as_f64()
            .is_some_and(|it| it >= 0.0 && it.fract() == 0.0)
}

/// Why a pattern is not a regular expression, with or without the flag `u`. Very long and very deep ones are not checked.
fn fault_of(pattern: &str) -> Option<String> {
    const LONGEST: usize = 10_000;
    const DEEPEST: usize = 100;
    let opened = pattern.matches(['(', '[']).count();
    if pattern.len() > LONGEST || opened > DEEPEST {
        return None;
    }
    Regex::with_flags(pattern, "u").err()?;
    let fault = Regex::new(pattern).err()?;
    Some(fault.to_string())
}
