//! Makes values that are valid for a schema.

use std::collections::BTreeMap;

use releasepack_codegen::Pointer;
use serde_json::{Map, Value, json};

/// How deep optional members are made, and how deep anything is.
const OPTIONAL_DEPTH: usize = 4;
const DEPTH: usize = 16;
/// How many variants of a union and values of an enumeration are tried.
const SEVERAL: usize = 12;

pub(crate) struct Sampler<'d> {
    document: &'d Value,
}

/// A schema with all that `$ref` and `allOf` add to it, and with one variant of its unions.
#[derive(Clone, Default)]
struct Flat<'d> {
    schemas: Vec<&'d Map<String, Value>>,
    /// The members that have a certain value: the tag of a variant.
    fixed: BTreeMap<String, String>,
    /// The names of the variants that were chosen.
    about: Vec<String>,
}

impl<'d> Sampler<'d> {
    pub(crate) fn new(document: &'d Value) -> Self {
        Self { document }
    }

    /// Values for a schema, each with what it shows.
    pub(crate) fn instances(&self, schema: &'d Value) -> Vec<(String, Value)> {
        let mut instances = Vec::new();
        for flat in self.flat(schema, 0) {
            let variant = flat.about.join(", ");
            let mut add = |about: &str, value: Option<Value>| {
                let about = [variant.as_str(), about].join(" ").trim().to_owned();
                instances.extend(value.map(|value| (about, value)));
            };
            add("minimal", self.value(&flat, 0, false));
            add("full", self.value(&flat, 0, true));
            for value in flat.listed().into_iter().flatten().take(SEVERAL) {
                add("a listed value", Some(value.clone()));
            }
            if flat.is_nullable() {
                add("null", Some(Value::Null));
            }
            let Some(Value::Object(minimal)) = self.value(&flat, 0, false) else {
                continue;
            };
            let with = |name: &str, value: Value| {
                let mut object = minimal.clone();
                object.insert(name.to_owned(), value);
                Some(Value::Object(object))
            };
            for (name, property) in flat.properties() {
                if flat.fixed.contains_key(name) {
                    continue;
                }
                let variants = self.flat(property, 1);
                if !minimal.contains_key(name) {
                    for flat in variants.iter().take(SEVERAL) {
                        let value = self.value(flat, 1, true);
                        add(&format!("with {name}"), value.and_then(|it| with(name, it)));
                    }
                }
                for flat in &variants {
                    for value in flat.listed().into_iter().flatten().take(SEVERAL) {
                        add(&format!("with {name} {value}"), with(name, value.clone()));
                    }
                }
                if variants.iter().any(Flat::is_nullable) {
                    add(&format!("with {name} null"), with(name, Value::Null));
                }
            }
            add(
                "with an unknown member",
                with("unknownMember", json!({ "a": [1, "b"] })),
            );
        }
        instances
    }

    /// A schema with one variant of its unions, for each variant.
    fn flat(&self, schema: &'d Value, depth: usize) -> Vec<Flat<'d>> {
        let Some(members) = schema.as_object().filter(|_| depth < DEPTH) else {
            return Vec::new();
        };
        let mut all = vec![Flat {
            schemas: vec![members],
            ..Flat::default()
        }];
        if let Some(target) = members.get("$ref") {
            let target = target.as_str().and_then(|it| self.target(it));
            let target = target.map(|(_, target)| self.flat(target, depth + 1));
            all = product(&all, &target.unwrap_or_default());
        }
        for part in members
            .get("allOf")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            all = product(&all, &self.flat(part, depth + 1));
        }
        for word in ["oneOf", "anyOf"] {
            let Some(variants) = members.get(word).and_then(Value::as_array) else {
                continue;
            };
            let mut chosen = Vec::new();
            for variant in variants.iter().take(SEVERAL) {
                for mut flat in self.flat(variant, depth + 1) {
                    let target = variant["$ref"].as_str().and_then(|it| self.target(it));
                    let name = target.map(|(pointer, _)| pointer.last().unwrap_or_default());
                    if let Some((property, tag)) = name.as_ref().and_then(|name| tag(members, name))
                    {
                        flat.fixed.insert(property, tag);
                    }
                    flat.about.extend(name);
                    chosen.push(flat);
                }
            }
            all = product(&all, &chosen);
        }
        all
    }

    fn target(&self, reference: &str) -> Option<(Pointer, &'d Value)> {
        let pointer = Pointer::parse(reference.strip_prefix('#')?)?;
        let target = pointer.get(self.document)?;
        Some((pointer, target))
    }

    fn of(&self, schema: &'d Value, depth: usize, is_full: bool) -> Option<Value> {
        let variants = self.flat(schema, depth);
        variants
            .iter()
            .find_map(|flat| self.value(flat, depth, is_full))
    }

    fn value(&self, flat: &Flat<'d>, depth: usize, is_full: bool) -> Option<Value> {
        if depth > DEPTH {
            return None;
        }
        if let Some(values) = flat.listed() {
            return values.first().map(|value| (*value).clone());
        }
        let kind = flat.kinds().into_iter().find(|kind| *kind != "null");
        let has_members =
            flat.properties().next().is_some() || flat.word("additionalProperties").is_some();
        Some(match kind {
            Some("object") => self.object(flat, depth, is_full)?,
            None if has_members => self.object(flat, depth, is_full)?,
            Some("array") => self.array(flat, depth, is_full)?,
            None if flat.word("items").is_some() => self.array(flat, depth, is_full)?,
            Some("string") => text(flat).into(),
            Some("integer") => flat.number("minimum").map_or(3, whole).into(),
            Some("number") if flat.format().starts_with("int") => 3.into(),
            Some("number") => json!(flat.number("minimum").map_or(2.5, |it| it + 0.5)),
            Some("boolean") => true.into(),
            Some(_) => return None,
            None => json!({ "any": ["value"] }),
        })
    }

    fn object(&self, flat: &Flat<'d>, depth: usize, is_full: bool) -> Option<Value> {
        let required: Vec<&str> = flat.required();
        let mut object = Map::new();
        for (name, property) in flat.properties() {
            let is_required = required.contains(&name.as_str());
            let is_made = is_required || (is_full && depth < OPTIONAL_DEPTH);
            if object.contains_key(name) || flat.fixed.contains_key(name) || !is_made {
                continue;
            }
            match self.of(property, depth + 1, is_full && depth < OPTIONAL_DEPTH) {
                Some(value) => object.insert(name.clone(), value),
                None if is_required => return None,
                None => continue,
            };
        }
        for name in required
            .iter()
            .filter(|name| !object.contains_key(**name))
            .collect::<Vec<_>>()
        {
            if !flat.fixed.contains_key(*name) {
                object.insert((*name).to_owned(), "required".into());
            }
        }
        for (name, tag) in &flat.fixed {
            let property = flat.properties().find(|(other, _)| *other == name);
            let kinds = property.map(|(_, property)| self.flat(property, depth + 1));
            let is_text = kinds
                .iter()
                .flatten()
                .all(|it| it.kinds().iter().all(|kind| *kind == "string"));
            let value = if is_text {
                Value::String(tag.clone())
            } else {
                serde_json::from_str(tag).unwrap_or_else(|_| tag.as_str().into())
            };
            object.insert(name.clone(), value);
        }
        let rest = flat
            .word("additionalProperties")
            .filter(|it| it.is_object());
        if is_full
            && depth < OPTIONAL_DEPTH
            && let Some(value) = rest.and_then(|rest| self.of(rest, depth + 1, true))
        {
            object.insert("additionalMember".to_owned(), value);
        }
        Some(Value::Object(object))
    }

    fn array(&self, flat: &Flat<'d>, depth: usize, is_full: bool) -> Option<Value> {
        let least = flat.size("minItems").unwrap_or(0);
        let count = least.max(usize::from(is_full && depth < OPTIONAL_DEPTH));
        let first = flat.word("prefixItems").and_then(Value::as_array);
        let first = first.map_or(&[][..], Vec::as_slice);
        let mut elements = Vec::new();
        for index in 0..count.max(if is_full { first.len() } else { 0 }) {
            let schema = first.get(index).or(flat.word("items"));
            elements.push(match schema {
                Some(schema) => self.of(schema, depth + 1, is_full)?,
                None => json!("element"),
            });
        }
        Some(Value::Array(elements))
    }
}

impl<'d> Flat<'d> {
    fn word(&self, name: &str) -> Option<&'d Value> {
        self.schemas.iter().find_map(|schema| schema.get(name))
    }

    fn number(&self, name: &str) -> Option<f64> {
        let found = self
            .schemas
            .iter()
            .filter_map(|schema| schema.get(name)?.as_f64());
        found.reduce(f64::max)
    }

    fn size(&self, name: &str) -> Option<usize> {
        self.number(name)?.to_string().parse().ok()
    }

    /// The format in the spelling that is common to all: without capital letters and signs.
    fn format(&self) -> String {
        let format = self.word("format").and_then(Value::as_str);
        let letters = format.unwrap_or_default().chars();
        let letters = letters.filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_ascii_lowercase()
    }

    fn properties(&self) -> impl Iterator<Item = (&'d String, &'d Value)> {
        let properties = self
            .schemas
            .iter()
            .filter_map(|schema| schema.get("properties")?.as_object());
        properties.flatten()
    }

    fn required(&self) -> Vec<&'d str> {
        let required = self
            .schemas
            .iter()
            .filter_map(|schema| schema.get("required")?.as_array());
        required.flatten().filter_map(Value::as_str).collect()
    }

    fn kinds(&self) -> Vec<&'d str> {
        let kinds = self.schemas.iter().filter_map(|schema| schema.get("type"));
        let kinds = kinds.flat_map(|kind| match kind {
            Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect::<Vec<_>>(),
        });
        kinds.collect()
    }

    /// The only values that it can have.
    fn listed(&self) -> Option<Vec<&'d Value>> {
        if let Some(constant) = self.word("const") {
            return Some(vec![constant]);
        }
        let mut lists = self
            .schemas
            .iter()
            .filter_map(|schema| schema.get("enum")?.as_array());
        let first = lists.next()?;
        let lists: Vec<_> = lists.collect();
        let is_in_all = |value: &&Value| lists.iter().all(|list| list.contains(value));
        Some(first.iter().filter(is_in_all).collect())
    }

    fn is_nullable(&self) -> bool {
        let mut schemas = self.schemas.iter();
        self.kinds().contains(&"null")
            || schemas.any(|it| it.get("nullable") == Some(&Value::Bool(true)))
    }
}

/// The least whole number that is not below `number`.
fn whole(number: f64) -> i64 {
    number.ceil().to_string().parse().unwrap_or_default()
}

/// Each of the one with each of the others.
fn product<'d>(ones: &[Flat<'d>], others: &[Flat<'d>]) -> Vec<Flat<'d>> {
    let mut all = Vec::new();
    for one in ones {
        for other in others {
            let mut both = one.clone();
            both.schemas.extend(&other.schemas);
            both.fixed.extend(other.fixed.clone());
            both.about.extend(other.about.clone());
            all.push(both);
        }
    }
    all.truncate(4 * SEVERAL);
    all
}

/// The member that says which variant a value is, and what it is for the component `name`.
fn tag(schema: &Map<String, Value>, name: &str) -> Option<(String, String)> {
    let discriminator = schema.get("discriminator")?;
    let property = discriminator["propertyName"].as_str()?;
    let mut mapping = discriminator["mapping"].as_object().into_iter().flatten();
    let is_it = |target: &str| target == name || target.ends_with(&format!("/{name}"));
    let mapped = mapping.find(|(_, target)| target.as_str().is_some_and(is_it));
    let tag = mapped.map_or(name, |(tag, _)| tag);
    Some((property.to_owned(), tag.to_owned()))
}

fn text(flat: &Flat) -> String {
    let text = match flat.format().as_str() {
        "date" => "2024-02-29",
        "datetime" => "2024-02-29T12:30:00Z",
        "time" => "12:30:00Z",
        "duration" => "P1DT2H",
        "uuid" => "7f2d6a0c-1df2-4f7c-8a55-0f2f5a3d9c11",
        "email" => "a@example.com",
        "uri" | "url" => "https://example.com/a",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "byte" => "YWJj",
        _ => "text",
    };
    let least = flat.size("minLength").unwrap_or(0);
    let most = flat.size("maxLength").unwrap_or(usize::MAX);
    let mut text = text.to_owned();
    while text.len() < least {
        text.push('x');
    }
    text.truncate(most);
    text
}
