//! One value against one schema, keyword by keyword.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{
    Direction, MAX_DEPTH, MAX_MATCHED, MAX_PROBLEMS, MAX_STEPS, Problem, Validator, format, number,
};
use crate::diagnostic::{brief, kind_of};
use crate::openapi::reference::resolver;
use crate::pointer::Pointer;

/// Which part of the value is checked, and how the schema was reached.
#[derive(Clone, Debug, Default)]
pub(super) struct Site {
    place: Pointer,
    depth: usize,
    /// The schema is a part of a composition, so other parts may declare more properties.
    is_part: bool,
}

impl Site {
    /// The same part of the value, with another schema.
    fn deeper(&self, is_part: bool) -> Self {
        Self {
            place: self.place.clone(),
            depth: self.depth + 1,
            is_part,
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
    pub(super) problems: Vec<Problem>,
}

impl<'d> Check<'_, 'd> {
    pub(super) fn schema(&mut self, schema: &'d Value, value: &Value, site: &Site) {
        self.steps += 1;
        let is_done = self.steps >= MAX_STEPS || self.problems.len() >= MAX_PROBLEMS;
        if is_done || site.depth >= MAX_DEPTH {
            return;
        }
        let keywords = match schema {
            Value::Bool(false) => return self.push(site, "is not allowed here"),
            Value::Object(keywords) => keywords,
            _ => return,
        };
        if value.is_null() && keywords.get("nullable") == Some(&Value::Bool(true)) {
            return;
        }
        if let Some(Value::String(text)) = keywords.get("$ref")
            && let Some(target) = self.validator.resolve(text)
        {
            self.schema(target, value, &site.deeper(site.is_part));
        }
        if !self.has_type(keywords, value, site) {
            return;
        }
        self.values(keywords, value, site);
        match value {
            Value::String(text) => self.string(keywords, text, site),
            Value::Number(number) => number::check(keywords, number, |what| self.push(site, what)),
            Value::Array(elements) => self.array(keywords, elements, site),
            Value::Object(members) => self.object(keywords, members, site),
            Value::Null | Value::Bool(_) => {}
        }
        for part in array_of(keywords, "allOf") {
            self.schema(part, value, &site.deeper(true));
        }
        for keyword in ["anyOf", "oneOf"] {
            self.variants(keywords, array_of(keywords, keyword), value, site);
        }
    }

    fn push(&mut self, site: &Site, what: impl Into<String>) {
        self.problems.push(Problem {
            place: site.place.clone(),
            what: what.into(),
        });
    }

    fn has_type(&mut self, keywords: &Map<String, Value>, value: &Value, site: &Site) -> bool {
        let types: Vec<&str> = match keywords.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => return true,
        };
        let fits = |name: &&str| match *name {
            "string" => value.is_string(),
            "integer" => value.as_number().is_some_and(number::is_integer),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            "null" => value.is_null(),
            // Another rule reports unknown types.
            _ => true,
        };
        let is_valid = types.is_empty() || types.iter().any(fits);
        if !is_valid {
            let found = match value {
                Value::Bool(_) => format!("the boolean {value}"),
                Value::Number(_) => format!("the number {value}"),
                Value::String(text) => format!("the string `{}`", brief(text)),
                other => kind_of(other).to_owned(),
            };
            let expected = types.iter().map(|name| match *name {
                "null" => "null".to_owned(),
                "integer" | "array" | "object" => format!("an {name}"),
                other => format!("a {other}"),
            });
            let expected = expected.collect::<Vec<_>>().join(" or ");
            self.push(
                site,
                format!("is {found}, but the schema requires {expected}"),
            );
        }
        is_valid
    }

    /// `enum` and `const`.
    fn values(&mut self, keywords: &Map<String, Value>, value: &Value, site: &Site) {
        let show = |value: &Value| match value {
            Value::String(text) => format!("`{}`", brief(text)),
            other => brief(&other.to_string()),
        };
        if let Some(Value::Array(values)) = keywords.get("enum") {
            self.steps += values.len() / 16;
            if !values.iter().any(|one| number::is_equal(one, value)) {
                let some: Vec<String> = values.iter().take(6).map(show).collect();
                let more = if values.len() > some.len() {
                    ", …"
                } else {
                    ""
                };
                let some = some.join(", ");
                self.push(site, format!("{} is not one of {some}{more}", show(value)));
            }
        }
        if let Some(only) = keywords.get("const")
            && !number::is_equal(only, value)
        {
            self.push(site, format!("{} is not {}", show(value), show(only)));
        }
    }

    /// The keywords for the least and the greatest number of characters or elements.
    fn size(
        &mut self,
        keywords: &Map<String, Value>,
        (least, most): (&str, &str),
        count: usize,
        unit: &str,
        site: &Site,
    ) {
        let count = count as u64;
        let bound = |keyword: &str| keywords.get(keyword).and_then(Value::as_u64);
        if let Some(least) = bound(least).filter(|least| count < *least) {
            self.push(site, format!("has {count} {unit}, fewer than {least}"));
        }
        if let Some(most) = bound(most).filter(|most| count > *most) {
            self.push(site, format!("has {count} {unit}, more than {most}"));
        }
    }

    fn string(&mut self, keywords: &'d Map<String, Value>, text: &str, site: &Site) {
        let bounds = ("minLength", "maxLength");
        self.size(keywords, bounds, text.chars().count(), "characters", site);
        self.steps += text.len() / 16;
        if let Some(Value::String(pattern)) = keywords.get("pattern")
            && text.len() <= MAX_MATCHED
            && let Some(compiled) = self.validator.pattern(pattern)
            && !compiled.is_match(text)
        {
            let pattern = brief(pattern);
            self.push(site, format!("does not match the pattern `{pattern}`"));
        }
        if let Some(Value::String(format)) = keywords.get("format")
            && !format::fits(format, text)
        {
            self.push(site, format!("`{}` is not a valid {format}", brief(text)));
        }
    }

    fn array(&mut self, keywords: &'d Map<String, Value>, elements: &[Value], site: &Site) {
        let bounds = ("minItems", "maxItems");
        self.size(keywords, bounds, elements.len(), "elements", site);
        if keywords.get("uniqueItems") == Some(&Value::Bool(true)) {
            let mut seen = HashSet::new();
            let is_repeated = |element: &Value| !seen.insert(element.to_string());
            if let Some(at) = elements.iter().position(is_repeated) {
                let site = site.at(site.place.index(at));
                self.push(&site, "occurs twice, but the elements must be unique");
            }
        }
        let prefix = array_of(keywords, "prefixItems");
        let items = keywords.get("items");
        for (at, element) in elements.iter().enumerate() {
            let schema = prefix.get(at).or(match items {
                Some(Value::Array(tuple)) => tuple.get(at),
                other => other,
            });
            if let Some(schema) = schema {
                self.schema(schema, element, &site.at(site.place.index(at)));
            }
        }
    }

    fn object(
        &mut self,
        keywords: &'d Map<String, Value>,
        members: &Map<String, Value>,
        site: &Site,
    ) {
        let properties = keywords.get("properties").and_then(Value::as_object);
        let property = |name: &str| properties.and_then(|properties| properties.get(name));
        for name in array_of(keywords, "required")
            .iter()
            .filter_map(Value::as_str)
        {
            if !members.contains_key(name) && self.is_sent(property(name)) {
                self.push(site, format!("has no `{}`, which is required", brief(name)));
            }
        }
        // Which of these applies is not implemented.
        let has_patterns = keywords
            .get("patternProperties")
            .is_some_and(Value::is_object);
        for (name, member) in members {
            let below = site.at(site.place.join(name));
            match (property(name), keywords.get("additionalProperties")) {
                (Some(property), _) => self.schema(property, member, &below),
                _ if has_patterns => {}
                (None, Some(Value::Bool(false))) if !site.is_part => {
                    self.push(&below, "is a member that the schema does not allow");
                }
                (None, Some(schema @ Value::Object(_))) => self.schema(schema, member, &below),
                _ => {}
            }
        }
    }

    /// Whether a property is sent in this direction.
    fn is_sent(&self, property: Option<&'d Value>) -> bool {
        let is = |keyword: &str| {
            let is_true = |node: &Value| node.get(keyword) == Some(&Value::Bool(true));
            property.is_some_and(|it| resolver::any(self.validator.document, it, is_true))
        };
        match self.direction {
            Direction::Request => !is("readOnly"),
            Direction::Response => !is("writeOnly"),
            Direction::Either => !is("readOnly") && !is("writeOnly"),
        }
    }

    /// A value must be valid for one of the variants. If it is not, the problem of the variant that was probably meant is
    /// reported: the one that the discriminator names, or else the one whose problems are deepest in the value.
    fn variants(
        &mut self,
        keywords: &'d Map<String, Value>,
        variants: &'d [Value],
        value: &Value,
        site: &Site,
    ) {
        let outer = std::mem::take(&mut self.problems);
        let depth = |found: &[Problem]| found.iter().map(|it| it.place.as_str().len()).min();
        let mut best: Vec<Problem> = Vec::new();
        for variant in variants {
            self.schema(variant, value, &site.deeper(true));
            let found = std::mem::take(&mut self.problems);
            if found.is_empty() {
                best.clear();
                break;
            }
            let is_named = is_named_by_discriminator(keywords, variant, value);
            if is_named || best.is_empty() || depth(&found) > depth(&best) {
                best = found;
            }
            if is_named {
                break;
            }
        }
        self.problems = outer;
        if variants.len() == 1 {
            self.problems.extend(best);
        } else if let Some(mut first) = best.into_iter().next() {
            first.place = first.place.below(&site.place).unwrap_or_default();
            let (count, nearest) = (variants.len(), first.text());
            let what =
                format!("is not valid for any of the {count} variants; for the nearest, {nearest}");
            self.push(site, what);
        }
    }
}

/// The elements of an array; none if the member is missing or not an array.
fn array_of<'d>(keywords: &'d Map<String, Value>, keyword: &str) -> &'d [Value] {
    let array = keywords.get(keyword).and_then(Value::as_array);
    array.map_or(&[], Vec::as_slice)
}

/// Whether the discriminator of a value names this variant.
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
        let mapped = mapping.and_then(|mapping| mapping.get(name)?.as_str());
        let text = variant.get("$ref")?.as_str()?;
        let target = mapped.unwrap_or(name);
        Some(text == target || text.rsplit('/').next() == Some(target))
    };
    named().unwrap_or(false)
}
