//! The examples of a document that have a Rust type, with the members that the type may lose.

use std::collections::{BTreeMap, HashMap, HashSet};

use releasepack_codegen::{Code, Pointer, TypeOrigin, lint, type_origins};
use serde_json::{Value, json};

use super::corpus::Fixture;
use super::members;

/// An example that its type must keep.
pub(crate) struct Example {
    /// The pointer of the example.
    pub(crate) place: Pointer,
    /// The type, relative to the parent of the module `types`.
    pub(crate) rust: String,
    pub(crate) value: Value,
    /// Members of the value that no schema declares.
    pub(crate) unknown: Vec<Pointer>,
}

/// Why an example is not tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Skipped {
    /// Its media type is XML, text or bytes.
    NotJson,
    /// It is not valid for its schema.
    Unfit,
    /// It belongs to a parameter or a header, which have no types of their own.
    Parameter,
    /// Its schema has no type, for example because its operation was left out.
    NoType,
}

#[derive(Default)]
pub(crate) struct Found {
    pub(crate) examples: Vec<Example>,
    pub(crate) skipped: BTreeMap<Skipped, Vec<Pointer>>,
}

/// Every example of bodies, responses and schemas.
pub(crate) fn find(fixture: &Fixture) -> Found {
    let document = fixture.bundle.value();
    let unfit = lint(document).into_iter();
    let unfit = unfit.filter(|it| it.code == Code::EXAMPLE_MISMATCH);
    let strictness = fixture.strictness;
    let origins = type_origins(&fixture.bundle, strictness).expect("it was generated from");
    let mut finder = Finder {
        document,
        types: origins
            .into_iter()
            .map(|TypeOrigin { schema, rust }| (schema, rust))
            .collect(),
        unfit: unfit.map(|it| it.pointer).collect(),
        seen: HashSet::new(),
        found: Found::default(),
    };
    finder.walk(document, &Pointer::root());
    finder.found
}

struct Finder<'d> {
    document: &'d Value,
    types: HashMap<Pointer, String>,
    unfit: Vec<Pointer>,
    seen: HashSet<Pointer>,
    found: Found,
}

impl<'d> Finder<'d> {
    fn walk(&mut self, node: &'d Value, place: &Pointer) {
        match node {
            Value::Object(members) => {
                if is_media_type(node, place) {
                    self.media_type(node, place);
                } else if is_schema(place) {
                    self.schema(node, place);
                }
                for (name, inner) in members {
                    if !["example", "examples", "default", "enum"].contains(&name.as_str()) {
                        self.walk(inner, &place.join(name));
                    }
                }
            }
            Value::Array(elements) => {
                for (index, inner) in elements.iter().enumerate() {
                    self.walk(inner, &place.index(index));
                }
            }
            _ => {}
        }
    }

    /// `example` and `examples` beside a schema.
    fn media_type(&mut self, node: &'d Value, place: &Pointer) {
        let mut values = Vec::new();
        if let Some(value) = node.get("example") {
            values.push((value, place.join("example")));
        }
        for (name, example) in node["examples"].as_object().into_iter().flatten() {
            let mut example = (example, place.join("examples").join(name));
            if let Some(target) = self.target(example.0) {
                example = (target.get(self.document).unwrap_or(&Value::Null), target);
            }
            if let Some(value) = example.0.get("value") {
                values.push((value, example.1.join("value")));
            }
        }
        for (value, at) in values {
            if is_json(place) {
                self.example(value.clone(), &at, &place.join("schema"));
            } else {
                self.skip(Skipped::NotJson, at);
            }
        }
    }

    /// `example` and `examples` of a schema.
    fn schema(&mut self, node: &'d Value, place: &Pointer) {
        let example = node.get("example").map(|it| (it, place.join("example")));
        let examples = node["examples"].as_array().into_iter().flatten();
        let examples = examples.enumerate();
        let examples = examples.map(|(at, it)| (it, place.join("examples").index(at)));
        for (value, at) in example.into_iter().chain(examples) {
            self.example(value.clone(), &at, place);
        }
    }

    fn example(&mut self, value: Value, at: &Pointer, schema: &Pointer) {
        let is_of_parameter = at.tokens().any(|it| it == "parameters" || it == "headers");
        if self.unfit.iter().any(|unfit| unfit.below(at).is_some()) {
            return self.skip(Skipped::Unfit, at.clone());
        }
        if is_of_parameter {
            return self.skip(Skipped::Parameter, at.clone());
        }
        let Some((rust, schema, value)) = self.typed(value, schema) else {
            return self.skip(Skipped::NoType, at.clone());
        };
        if self.seen.insert(at.clone()) {
            self.found.examples.push(Example {
                place: at.clone(),
                rust,
                unknown: members::unknown(self.document, &schema, &value),
                value,
            });
        }
    }

    fn skip(&mut self, why: Skipped, at: Pointer) {
        self.found.skipped.entry(why).or_default().push(at);
    }

    /// The type of a schema, or of the schema that contains it, if that needs no other parts.
    fn typed(&self, value: Value, schema: &Pointer) -> Option<(String, Pointer, Value)> {
        if let Some(rust) = self.rust(schema) {
            return Some((rust.to_owned(), schema.clone(), value));
        }
        let (parent, name) = (schema.parent()?, schema.last()?);
        if name == "items" {
            return self.typed(json!([value]), &parent);
        }
        let owner = parent.parent()?;
        let required = owner.get(self.document)?["required"].as_array();
        let is_enough = required.into_iter().flatten().all(|it| *it == *name);
        if parent.last()? == "properties" && is_enough {
            return self.typed(json!({ name: value }), &owner);
        }
        None
    }

    fn rust(&self, schema: &Pointer) -> Option<&str> {
        let mut schema = schema.clone();
        // Longer chains of aliases are loops.
        for _ in 0..9 {
            if let Some(rust) = self.types.get(&schema) {
                return Some(rust);
            }
            schema = self.target(schema.get(self.document)?)?;
        }
        None
    }

    fn target(&self, node: &Value) -> Option<Pointer> {
        let target = Pointer::parse(node["$ref"].as_str()?.strip_prefix('#')?)?;
        target.get(self.document).map(|_| target)
    }
}

fn is_media_type(node: &Value, place: &Pointer) -> bool {
    let parent = place.parent().and_then(|it| it.last());
    parent.as_deref() == Some("content") && node.get("schema").is_some()
}

/// JSON, and forms, whose examples are written as JSON.
fn is_json(place: &Pointer) -> bool {
    let media_type = place.last().unwrap_or_default();
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.ends_with("/json")
        || essence.ends_with("+json")
        || essence == "application/x-www-form-urlencoded"
        || essence == "multipart/form-data"
}

fn is_schema(place: &Pointer) -> bool {
    const ONE: &[&str] = &["additionalProperties", "items", "not", "schema"];
    const SEVERAL: &[&str] = &[
        "$defs",
        "allOf",
        "anyOf",
        "oneOf",
        "patternProperties",
        "prefixItems",
        "properties",
        "schemas",
    ];
    let last = place.last().unwrap_or_default();
    let parent = place.parent().and_then(|it| it.last()).unwrap_or_default();
    ONE.contains(&last.as_str()) || SEVERAL.contains(&parent.as_str())
}
