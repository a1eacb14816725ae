//! Finds the example of a schema, or makes a small value that is valid for it.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use crate::openapi::formats;
use crate::openapi::reference::{self, resolver::step};
use crate::pointer::Pointer;
use crate::validate::{Direction, Validator};

/// A larger value is not made: two references in each schema double the size at each level.
const MOST_NODES: usize = 2_000;

/// How many schemas are visited for one value, and for all values of a document: loops of unions have very many ways.
const MOST_STEPS: usize = 10_000;
const MOST_STEPS_IN_ALL: usize = 1_000_000;

/// How deep schemas may be in each other.
const DEEPEST: usize = 100;

/// Makes values for the schemas of a normalized document.
pub(super) struct Sampler<'d> {
    document: &'d Value,
    validator: Validator<'d>,
    /// The values of components, with their sizes.
    components: HashMap<&'d str, Made>,
    /// The components that are being made. One that needs itself has no value on this way.
    open: Vec<&'d str>,
    steps: usize,
    steps_in_all: usize,
}

/// A value, and how many values it consists of.
#[derive(Clone)]
struct Made {
    value: Value,
    size: usize,
}

impl Made {
    fn one(value: impl Into<Value>) -> Self {
        Self {
            value: value.into(),
            size: 1,
        }
    }
}

impl<'d> Sampler<'d> {
    pub(super) fn new(document: &'d Value) -> Self {
        Self {
            document,
            validator: Validator::new(document),
            components: HashMap::new(),
            open: Vec::new(),
            steps: 0,
            steps_in_all: 0,
        }
    }

    /// An example of a media type or a value for its schema, which is at a place.
    pub(super) fn of_media_type(&mut self, schema: &Pointer) -> Option<Value> {
        let media_type = schema.parent().unwrap_or_default();
        let media_type = media_type.get(self.document);
        let schema = schema.get(self.document);
        let mut examples: Vec<&'d Value> = Vec::new();
        examples.extend(media_type.and_then(|it| it.get("example")));
        let several = media_type.and_then(|it| it.get("examples")?.as_object());
        examples.extend(several.into_iter().flat_map(Map::values).filter_map(|it| {
            let target = reference::of(it).and_then(|text| step(self.document, text).ok());
            target.map_or(it, |(_, target)| target).get("value")
        }));
        let Some(schema) = schema else {
            return examples.first().copied().cloned();
        };
        let fitting = examples.into_iter().find(|it| self.fits(schema, it));
        if let Some(example) = fitting {
            return Some(example.clone());
        }
        self.steps = 0;
        self.schema(schema, 0).map(|made| made.value)
    }

    fn fits(&mut self, schema: &'d Value, value: &Value) -> bool {
        let problems = self.validator.check(schema, value, Direction::Response);
        problems.is_empty()
    }

    fn schema(&mut self, node: &'d Value, depth: usize) -> Option<Made> {
        self.steps += 1;
        self.steps_in_all += 1;
        if depth > DEEPEST || self.steps > MOST_STEPS || self.steps_in_all > MOST_STEPS_IN_ALL {
            return None;
        }
        if let Some(text) = reference::of(node) {
            return self.component(text, depth);
        }
        if let Some(example) = self.example(node) {
            return Some(example);
        }
        for keyword in ["oneOf", "anyOf", "allOf"] {
            let variants = node.get(keyword).and_then(Value::as_array);
            let variants = variants.map(Vec::as_slice).unwrap_or_default();
            if !variants.is_empty() {
                let mut variants = variants.iter();
                return variants.find_map(|it| self.variant(node, it, depth + 1));
            }
        }
        match node.get("type").and_then(Value::as_str) {
            Some("string") => Some(Made::one(text(node))),
            Some("integer") => Some(Made::one(number(node, 1.0, true))),
            Some("number") => Some(Made::one(number(node, 1.5, false))),
            Some("boolean") => Some(Made::one(true)),
            Some("array") => self.array(node, depth),
            Some("object") => self.object(node, depth),
            _ if node.get("properties").is_some() => self.object(node, depth),
            _ => Some(Made::one(json!({}))),
        }
    }

    fn component(&mut self, text: &'d str, depth: usize) -> Option<Made> {
        if let Some(made) = self.components.get(text) {
            return Some(made.clone());
        }
        if self.open.contains(&text) {
            return None;
        }
        let (_, target) = step(self.document, text).ok()?;
        self.open.push(text);
        let made = self.schema(target, depth + 1);
        self.open.pop();
        // A value is one on every way; a way without a value may only be too long.
        let made = made.filter(|made| made.size <= MOST_NODES)?;
        self.components.insert(text, made.clone());
        Some(made)
    }

    /// What the document says itself.
    fn example(&mut self, node: &'d Value) -> Option<Made> {
        let listed = |name| node.get(name).and_then(Value::as_array);
        let candidates = [
            node.get("example"),
            listed("examples").and_then(|it| it.first()),
            node.get("default").filter(|it| !it.is_null()),
            listed("enum").and_then(|it| it.iter().find(|it| !it.is_null())),
        ];
        let mut candidates = candidates.into_iter().flatten();
        let found = candidates.find(|it| self.fits(node, it))?;
        Some(Made {
            value: found.clone(),
            size: 1,
        })
    }

    /// A value of a variant of a union, with the tag that the union has for it.
    fn variant(&mut self, union: &'d Value, variant: &'d Value, depth: usize) -> Option<Made> {
        let mut made = self.schema(variant, depth)?;
        let discriminator = union.get("discriminator");
        let property = discriminator.and_then(|it| it.get("propertyName")?.as_str());
        if let (Some(property), Some(text)) = (property, reference::of(variant))
            && let Value::Object(object) = &mut made.value
        {
            let mapping = discriminator.and_then(|it| it.get("mapping")?.as_object());
            let mut mapping = mapping.into_iter().flatten();
            let tag = mapping.find(|(_, target)| target.as_str() == Some(text));
            let tag = tag.map(|(tag, _)| tag.as_str());
            let tag = tag.or_else(|| text.rsplit('/').next()).unwrap_or_default();
            let is_text = object.get(property).is_none_or(Value::is_string);
            let value = (!is_text).then(|| serde_json::from_str(tag).ok()).flatten();
            object.insert(property.to_owned(), value.unwrap_or_else(|| tag.into()));
        }
        Some(made)
    }

    fn array(&mut self, node: &'d Value, depth: usize) -> Option<Made> {
        let least = node.get("minItems").and_then(Value::as_u64).unwrap_or(0);
        let least = usize::try_from(least).ok()?;
        let item = node.get("items").and_then(|it| self.schema(it, depth + 1));
        let count = least.max(1);
        match item {
            Some(item) if item.size.saturating_mul(count) <= MOST_NODES => Some(Made {
                size: item.size * count + 1,
                value: vec![item.value; count].into(),
            }),
            _ if least == 0 => Some(Made::one(json!([]))),
            _ => None,
        }
    }

    /// The members that must be there, and those that have an example.
    fn object(&mut self, node: &'d Value, depth: usize) -> Option<Made> {
        let required: Vec<&str> = node
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let properties = node.get("properties").and_then(Value::as_object);
        let (mut object, mut size) = (Map::new(), 1);
        for (name, property) in properties.into_iter().flatten() {
            let is_required = required.contains(&name.as_str());
            let is_received = property.get("writeOnly") != Some(&Value::Bool(true));
            let is_shown = is_received && self.has_example(property);
            if !is_required && !is_shown {
                continue;
            }
            match self.schema(property, depth + 1) {
                Some(made) if size + made.size <= MOST_NODES => {
                    size += made.size;
                    object.insert(name.clone(), made.value);
                }
                _ if is_required => return None,
                _ => {}
            }
        }
        for name in required {
            let is_declared = properties.is_some_and(|it| it.contains_key(name));
            if !is_declared {
                let rest = node.get("additionalProperties").filter(|it| it.is_object());
                let made = match rest {
                    Some(rest) => self.schema(rest, depth + 1)?,
                    None => Made::one("text"),
                };
                size += made.size;
                object.insert(name.to_owned(), made.value);
            }
        }
        let value = Value::Object(object);
        Some(Made { value, size })
    }

    fn has_example(&self, node: &Value) -> bool {
        let target = reference::of(node).and_then(|text| step(self.document, text).ok());
        let node = target.map_or(node, |(_, target)| target);
        ["example", "examples", "default"]
            .iter()
            .any(|keyword| node.get(*keyword).is_some())
    }
}

/// A string of the format and the length that the schema wants.
fn text(node: &Value) -> String {
    let format = node.get("format").and_then(Value::as_str);
    if let Some(text) = formats::sample(format.unwrap_or_default()) {
        return text.to_owned();
    }
    let bound = |name| node.get(name).and_then(Value::as_u64);
    let length = |name| bound(name).and_then(|it| usize::try_from(it).ok());
    let least = length("minLength").unwrap_or(0).min(MOST_NODES);
    let mut text = "text".repeat(least.div_ceil(4).max(1));
    text.truncate(length("maxLength").unwrap_or(usize::MAX).min(least.max(4)));
    text
}

/// A number between the bounds of the schema.
fn number(node: &Value, usual: f64, is_integer: bool) -> Value {
    let bound = |name: &str| node.get(name).and_then(Value::as_f64);
    let is_open = |name: &str| node.get(name) == Some(&Value::Bool(true));
    let mut number = usual;
    if let Some(least) = bound("minimum") {
        let beyond = if is_open("exclusiveMinimum") {
            1.0
        } else {
            0.0
        };
        number = number.max(least + beyond);
    }
    if let Some(most) = bound("maximum") {
        let beyond = if is_open("exclusiveMaximum") {
            1.0
        } else {
            0.0
        };
        number = number.min(most - beyond);
    }
    if let Some(step) = bound("multipleOf").filter(|step| *step > 0.0) {
        number = (number / step).ceil() * step;
    }
    if is_integer && number.abs() < 9e15 {
        #[expect(clippy::cast_possible_truncation, reason = "it is small enough")]
        return json!(number.ceil() as i64);
    }
    json!(number)
}
