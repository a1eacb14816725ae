//! One value against one schema, keyword by keyword.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::say::{article, brief, describe, show};
use super::{
    Direction, MAX_DEPTH, MAX_MATCHED, MAX_PROBLEMS, MAX_STEPS, Problem, Validator, format, number,
};
use crate::openapi::reference::resolver;
use crate::pointer::Pointer;

/// Where a check stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot {
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

pub(super) struct Check<'v, 'd> {
    pub(super) validator: &'v mut Validator<'d>,
    pub(super) direction: Direction,
    pub(super) steps: usize,
}

impl<'d> Check<'_, 'd> {
    pub(super) fn schema(
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
                "is {}, but the schema requires {}",
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
            push(
                problems,
                spot,
                format!("`{}` is not a valid {format}", brief(text)),
            );
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
                    "occurs twice, but the elements must be unique".to_owned(),
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
                        format!("has no `{}`, which is required", brief(name)),
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
                        "is a member that the schema does not allow".to_owned(),
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
            let is_said = |node: &Value| node.get(keyword) == Some(&Value::Bool(true));
            property.is_some_and(|it| resolver::any(self.validator.document, it, is_said))
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
            "is not valid for any of the {} variants{}",
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
            format!("{} is not one of {}{more}", show(value), some.join(", ")),
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
