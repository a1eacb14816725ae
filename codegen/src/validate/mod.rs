//! Checks values against schemas: the examples and defaults of a document.
//!
//! OpenAPI 3.0 schemas with `nullable` and 3.1 schemas with type arrays are read alike. Where a schema says something that is
//! not understood here, a value passes: a wrong claim costs the reader more than a fault that is not found.

mod format;
mod number;

use std::collections::{HashMap, HashSet};

use regex::{Regex, RegexBuilder};
use serde_json::{Map, Value};

use crate::Pointer;
use crate::reference::{Target, pointer};

/// How many steps one value may take; references that fan out double the work at each level.
const MAX_STEPS: usize = 50_000;

/// How many steps all values of a document may take together.
const MAX_STEPS_IN_ALL: usize = 30_000_000;

/// Longer text is not matched against patterns.
const MAX_MATCHED: usize = 2_000;

/// How deep schemas may apply to one another. Documents are at most 200 deep, references make loops.
const MAX_DEPTH: usize = 100;

/// How many problems of one value are told.
const MAX_PROBLEMS: usize = 10;

/// Compiled patterns stay small: a document can hold thousands.
const MAX_PATTERN: usize = 1 << 18;

/// Which way a value goes: a request need not hold what is `readOnly`, nor a response what is `writeOnly`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To the server.
    Request,
    /// From the server.
    Response,
    /// It cannot be told.
    Either,
}

/// Something in a value that its schema does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Where in the value.
    pub(crate) place: Pointer,
    /// What, in half a sentence.
    pub(crate) what: String,
}

/// Checks values against the schemas of one document.
pub(crate) struct Validator<'d> {
    document: &'d Value,
    patterns: HashMap<&'d str, Option<Regex>>,
    steps: usize,
}

impl<'d> Validator<'d> {
    pub(crate) fn new(document: &'d Value) -> Self {
        Self {
            document,
            patterns: HashMap::new(),
            steps: 0,
        }
    }

    /// Whether so much was checked that further values pass unseen.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.steps >= MAX_STEPS_IN_ALL
    }

    /// What is wrong with a value. `schema` is one of the document.
    pub(crate) fn check(
        &mut self,
        schema: &'d Value,
        value: &Value,
        direction: Direction,
    ) -> Vec<Problem> {
        if self.is_exhausted() {
            return Vec::new();
        }
        let mut check = Check {
            validator: self,
            direction,
            steps: 0,
        };
        let mut problems = Vec::new();
        check.schema(schema, value, &Spot::default(), &mut problems);
        let steps = check.steps;
        self.steps += steps;
        if steps >= MAX_STEPS {
            // Part of it was not looked at, so what was found may not stand.
            problems.clear();
        }
        problems.truncate(MAX_PROBLEMS);
        problems
    }

    fn resolve(&self, text: &str) -> Option<&'d Value> {
        match Target::read(text, "") {
            Target::Here(fragment) => pointer(&fragment)?.get(self.document),
            _ => None,
        }
    }

    fn pattern(&mut self, text: &'d str) -> Option<&Regex> {
        let compiled = self.patterns.entry(text).or_insert_with(|| {
            let pattern = RegexBuilder::new(text).size_limit(MAX_PATTERN).build();
            // What is ECMAScript only, like a look-ahead, is not checked.
            pattern.ok()
        });
        compiled.as_ref()
    }
}

/// Where a check stands.
#[derive(Clone, Debug, Default)]
struct Spot {
    place: Pointer,
    depth: usize,
    /// The schema is a part of an `allOf`: its siblings may declare more members.
    is_part: bool,
}

impl Spot {
    fn deeper(&self) -> Self {
        Self {
            depth: self.depth + 1,
            ..self.clone()
        }
    }

    fn part(&self) -> Self {
        Self {
            is_part: true,
            ..self.deeper()
        }
    }

    fn at(&self, place: Pointer) -> Self {
        Self {
            place,
            depth: self.depth + 1,
            is_part: false,
        }
    }
}

struct Check<'v, 'd> {
    validator: &'v mut Validator<'d>,
    direction: Direction,
    steps: usize,
}

impl<'d> Check<'_, 'd> {
    fn schema(
        &mut self,
        schema: &'d Value,
        value: &Value,
        spot: &Spot,
        problems: &mut Vec<Problem>,
    ) {
        self.steps += 1;
        if self.steps >= MAX_STEPS || spot.depth >= MAX_DEPTH || problems.len() >= MAX_PROBLEMS {
            return;
        }
        let keywords = match schema {
            Value::Bool(false) => {
                return push(problems, spot, "nothing is allowed here".to_owned());
            }
            Value::Object(keywords) => keywords,
            _ => return,
        };
        if value.is_null() && keywords.get("nullable") == Some(&Value::Bool(true)) {
            return;
        }
        if let Some(Value::String(text)) = keywords.get("$ref")
            && let Some(target) = self.validator.resolve(text)
        {
            self.schema(target, value, &spot.deeper(), problems);
        }
        if !self.is_type(keywords, value, spot, problems) {
            return;
        }
        let choice = keywords.get("enum").and_then(Value::as_array);
        self.steps += choice.map_or(0, |values| values.len() / 16);
        choices(keywords, value, spot, problems);
        match value {
            Value::String(text) => self.text(keywords, text, spot, problems),
            Value::Number(number) => {
                number::check(keywords, number, |what| push(problems, spot, what));
            }
            Value::Array(elements) => self.array(keywords, elements, spot, problems),
            Value::Object(members) => self.object(keywords, members, spot, problems),
            Value::Null | Value::Bool(_) => {}
        }
        if let Some(Value::Array(parts)) = keywords.get("allOf") {
            for part in parts {
                self.schema(part, value, &spot.part(), problems);
            }
        }
        for keyword in ["anyOf", "oneOf"] {
            if let Some(Value::Array(variants)) = keywords.get(keyword) {
                self.variants(keywords, variants, value, spot, problems);
            }
        }
    }

    fn is_type(
        &self,
        keywords: &Map<String, Value>,
        value: &Value,
        spot: &Spot,
        problems: &mut Vec<Problem>,
    ) -> bool {
        let _ = self;
        let types: Vec<&str> = match keywords.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => return true,
        };
        let fits = |name: &str| match name {
            "string" => value.is_string(),
            "integer" => value.as_number().is_some_and(number::is_integer),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            "null" => value.is_null(),
            // Some other word; schemas of it are told elsewhere.
            _ => true,
        };
        let is_fine = types.is_empty() || types.iter().any(|name| fits(name));
        if !is_fine {
            let expected = types.iter().map(|name| article(name)).collect::<Vec<_>>();
            let what = format!(
                "is {}, and the schema asks for {}",
                describe(value),
                expected.join(" or ")
            );
            push(problems, spot, what);
        }
        is_fine
    }

    fn text(
        &mut self,
        keywords: &'d Map<String, Value>,
        text: &str,
        spot: &Spot,
        problems: &mut Vec<Problem>,
    ) {
        let length = || text.chars().count() as u64;
        if let Some(least) = keywords.get("minLength").and_then(Value::as_u64)
            && length() < least
        {
            push(
                problems,
                spot,
                format!("is shorter than {least} characters"),
            );
        }
        if let Some(most) = keywords.get("maxLength").and_then(Value::as_u64)
            && length() > most
        {
            push(problems, spot, format!("is longer than {most} characters"));
        }
        self.steps += text.len() / 16;
        if let Some(Value::String(pattern)) = keywords.get("pattern")
            && text.len() <= MAX_MATCHED
            && let Some(compiled) = self.validator.pattern(pattern)
            && !compiled.is_match(text)
        {
            push(
                problems,
                spot,
                format!("does not match the pattern `{}`", brief(pattern)),
            );
        }
        if let Some(Value::String(format)) = keywords.get("format")
            && !format::fits(format, text)
        {
            push(problems, spot, format!("`{}` is no {format}", brief(text)));
        }
    }

    fn array(
        &mut self,
        keywords: &'d Map<String, Value>,
        elements: &[Value],
        spot: &Spot,
        problems: &mut Vec<Problem>,
    ) {
        let count = elements.len() as u64;
        if let Some(least) = keywords.get("minItems").and_then(Value::as_u64)
            && count < least
        {
            push(
                problems,
                spot,
                format!("has {count} elements, fewer than {least}"),
            );
        }
        if let Some(most) = keywords.get("maxItems").and_then(Value::as_u64)
            && count > most
        {
            push(
                problems,
                spot,
                format!("has {count} elements, more than {most}"),
            );
        }
        if keywords.get("uniqueItems") == Some(&Value::Bool(true)) {
            let mut seen = HashSet::new();
            if let Some(at) = elements
                .iter()
                .position(|element| !seen.insert(element.to_string()))
            {
                let spot = spot.at(spot.place.index(at));
                push(
                    problems,
                    &spot,
                    "is there twice, and the elements must be unique".to_owned(),
                );
            }
        }
        let prefix = keywords.get("prefixItems").and_then(Value::as_array);
        let items = keywords.get("items");
        for (at, element) in elements.iter().enumerate() {
            let schema = prefix.and_then(|prefix| prefix.get(at)).or(match items {
                Some(Value::Array(tuple)) => tuple.get(at),
                other => other,
            });
            if let Some(schema) = schema {
                self.schema(schema, element, &spot.at(spot.place.index(at)), problems);
            }
        }
    }

    fn object(
        &mut self,
        keywords: &'d Map<String, Value>,
        members: &Map<String, Value>,
        spot: &Spot,
        problems: &mut Vec<Problem>,
    ) {
        let properties = keywords.get("properties").and_then(Value::as_object);
        if let Some(Value::Array(required)) = keywords.get("required") {
            for name in required.iter().filter_map(Value::as_str) {
                let property = properties.and_then(|properties| properties.get(name));
                if !members.contains_key(name) && self.must_hold(property) {
                    push(
                        problems,
                        spot,
                        format!("lacks `{}`, which is required", brief(name)),
                    );
                }
            }
        }
        let patterns = keywords.get("patternProperties").and_then(Value::as_object);
        let others = keywords.get("additionalProperties");
        for (name, member) in members {
            let below = spot.at(spot.place.join(name));
            if let Some(property) = properties.and_then(|properties| properties.get(name)) {
                self.schema(property, member, &below, problems);
            } else if patterns.is_some() {
                // Patterns are seldom, and which of them holds is not told.
            } else if others == Some(&Value::Bool(false)) {
                if !spot.is_part {
                    push(
                        problems,
                        &below,
                        "is no member that the schema allows".to_owned(),
                    );
                }
            } else if let Some(schema @ Value::Object(_)) = others {
                self.schema(schema, member, &below, problems);
            }
        }
    }

    /// Whether a required member must be there in this direction.
    fn must_hold(&self, property: Option<&'d Value>) -> bool {
        let is = |keyword: &str| {
            let mut property = property;
            for _ in 0..MAX_DEPTH {
                let Some(found) = property else { break };
                if found.get(keyword) == Some(&Value::Bool(true)) {
                    return true;
                }
                let text = found.get("$ref").and_then(Value::as_str);
                property = text.and_then(|text| self.validator.resolve(text));
            }
            false
        };
        match self.direction {
            Direction::Request => !is("readOnly"),
            Direction::Response => !is("writeOnly"),
            Direction::Either => !is("readOnly") && !is("writeOnly"),
        }
    }

    fn variants(
        &mut self,
        keywords: &'d Map<String, Value>,
        variants: &'d [Value],
        value: &Value,
        spot: &Spot,
        problems: &mut Vec<Problem>,
    ) {
        if variants.is_empty() {
            return;
        }
        let mut best: Option<Vec<Problem>> = None;
        for variant in variants {
            let mut found = Vec::new();
            self.schema(variant, value, &spot.part(), &mut found);
            if found.is_empty() {
                return;
            }
            let is_named = is_named_by_discriminator(keywords, variant, value);
            // The problems deepest in the value belong to the variant that was most likely meant.
            let depth = |found: &[Problem]| found.iter().map(|it| it.place.as_str().len()).min();
            if is_named || best.as_ref().is_none_or(|best| depth(&found) > depth(best)) {
                best = Some(found);
            }
            if is_named {
                break;
            }
        }
        let Some(best) = best else { return };
        if variants.len() == 1 {
            return problems.extend(best);
        }
        let nearest = best.into_iter().next().map(|first| {
            let place = first.place.below(&spot.place).unwrap_or_default();
            let at = if place.as_str().is_empty() {
                String::new()
            } else {
                format!("`{place}` ")
            };
            format!("; for the nearest, {at}{}", first.what)
        });
        let what = format!(
            "fits none of the {} alternatives{}",
            variants.len(),
            nearest.unwrap_or_default()
        );
        push(problems, spot, what);
    }
}

/// `enum` and `const`.
fn choices(keywords: &Map<String, Value>, value: &Value, spot: &Spot, problems: &mut Vec<Problem>) {
    if let Some(Value::Array(values)) = keywords.get("enum")
        && !values.iter().any(|one| number::is_equal(one, value))
    {
        let some: Vec<String> = values.iter().take(6).map(show).collect();
        let more = if values.len() > some.len() {
            ", …"
        } else {
            ""
        };
        push(
            problems,
            spot,
            format!("{} is none of {}{more}", show(value), some.join(", ")),
        );
    }
    if let Some(only) = keywords.get("const")
        && !number::is_equal(only, value)
    {
        push(
            problems,
            spot,
            format!("{} is not {}", show(value), show(only)),
        );
    }
}

/// Whether the discriminator of a value says that it is this variant.
fn is_named_by_discriminator(
    keywords: &Map<String, Value>,
    variant: &Value,
    value: &Value,
) -> bool {
    let named = || {
        let discriminator = keywords.get("discriminator")?;
        let property = discriminator.get("propertyName")?.as_str()?;
        let name = value.get(property)?.as_str()?;
        let mapping = discriminator.get("mapping");
        let mapped = mapping
            .and_then(|mapping| mapping.get(name))
            .and_then(Value::as_str);
        let text = variant.get("$ref")?.as_str()?;
        let target = mapped.unwrap_or(name);
        Some(text == target || text.rsplit('/').next() == Some(target))
    };
    named().unwrap_or(false)
}

fn push(problems: &mut Vec<Problem>, spot: &Spot, what: String) {
    problems.push(Problem {
        place: spot.place.clone(),
        what,
    });
}

fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => format!("the boolean {value}"),
        Value::Number(_) => format!("the number {value}"),
        Value::String(text) => format!("the string `{}`", brief(text)),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

fn article(name: &str) -> String {
    match name {
        "null" => name.to_owned(),
        "integer" | "array" | "object" => format!("an {name}"),
        other => format!("a {other}"),
    }
}

fn show(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{}`", brief(text)),
        other => brief(&other.to_string()),
    }
}

/// Enough of a text to know it again, on one line.
fn brief(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = |text: &str| text.replace(char::is_control, " ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line(&text[..end])),
        None => line(text),
    }
}
