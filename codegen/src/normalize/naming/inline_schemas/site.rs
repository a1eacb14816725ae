//! Reads the place of an inline schema as words for its name.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::normalize::naming::schema_names::{pascal, singular};
use crate::pointer::Pointer;

/// A step from an owner to an inline schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// A property, or a parameter of an operation.
    Named(String),
    /// An element of an array.
    Item,
    /// The value of a map.
    Value,
    /// A variant of a union.
    Variant(usize),
}

/// The node that contains the inline schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// A component schema.
    Schema(String),
    /// A component response.
    Response(String),
    /// A component request body.
    RequestBody(String),
    /// The request body of an operation: path and method.
    Body(String, String),
    /// A response of an operation: path, method, status.
    OperationResponse(String, String, String),
    /// Parameters and headers of an operation: path and method.
    Operation(String, String),
    /// Any other node, as words.
    Other(String),
}

/// The place of an inline schema, as words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) owner: Owner,
    pub(super) steps: Vec<Step>,
}

/// The names of parameters, by place: a place has only their index.
#[derive(Default)]
pub(super) struct Parameters(HashMap<String, String>);

impl Parameters {
    pub(super) fn new(document: &Value) -> Self {
        let mut names = HashMap::new();
        let paths = document.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            let methods = item.as_object();
            for (method, operation) in methods.into_iter().flatten() {
                let list = operation.get("parameters").and_then(Value::as_array);
                for (index, parameter) in list.into_iter().flatten().enumerate() {
                    if let Some(name) = parameter.get("name").and_then(Value::as_str) {
                        let place = Pointer::from_tokens(["paths", path, method, "parameters"]);
                        names.insert(place.index(index).as_str().to_owned(), name.to_owned());
                    }
                }
            }
        }
        Self(names)
    }
}

impl Site {
    /// Reads the original place of a node if that is in a component; otherwise its current place.
    pub(super) fn of(origin: &Pointer, place: &Pointer, parameters: &Parameters) -> Self {
        let is_named = ["schemas", "responses", "requestBodies"]
            .iter()
            .any(|kind| {
                origin
                    .as_str()
                    .strip_prefix("/components/")
                    .is_some_and(|rest| rest.starts_with(kind))
            });
        Self::read(if is_named { origin } else { place }, parameters)
    }

    fn read(place: &Pointer, parameters: &Parameters) -> Self {
        let tokens: Vec<String> = place.tokens().collect();
        let words: Vec<&str> = tokens.iter().map(String::as_str).collect();
        let own = |text: &str| text.to_owned();
        let (owner, rest) = match &words[..] {
            ["components", "schemas", name, rest @ ..] => (Owner::Schema(own(name)), rest),
            [
                "components",
                "responses",
                name,
                "content",
                _,
                "schema",
                rest @ ..,
            ] => (Owner::Response(own(name)), rest),
            [
                "components",
                "requestBodies",
                name,
                "content",
                _,
                "schema",
                rest @ ..,
            ] => (Owner::RequestBody(own(name)), rest),
            [
                "paths",
                path,
                method,
                "requestBody",
                "content",
                _,
                "schema",
                rest @ ..,
            ] => (Owner::Body(own(path), own(method)), rest),
            [
                "paths",
                path,
                method,
                "responses",
                status,
                "content",
                _,
                "schema",
                rest @ ..,
            ] => (
                Owner::OperationResponse(own(path), own(method), own(status)),
                rest,
            ),
            ["paths", path, method, "parameters", index, rest @ ..] => {
                let place = Pointer::from_tokens(&words[..5]);
                let name = parameters.0.get(place.as_str());
                let name = name.map_or(*index, String::as_str);
                let mut site = Self {
                    owner: Owner::Operation(own(path), own(method)),
                    steps: vec![Step::Named(own(name))],
                };
                site.steps.extend(steps(rest));
                return site;
            }
            ["paths", path, method, rest @ ..] => (Owner::Operation(own(path), own(method)), rest),
            other => {
                let words: String = other.iter().map(|word| pascal(word)).collect();
                (Owner::Other(words), &[] as &[&str])
            }
        };
        Self {
            owner,
            steps: steps(rest),
        }
    }

    /// A name made from all words of the place.
    pub(super) fn words(&self) -> String {
        let start = match &self.owner {
            Owner::Schema(name) | Owner::Response(name) | Owner::RequestBody(name) => pascal(name),
            Owner::Body(path, method)
            | Owner::OperationResponse(path, method, _)
            | Owner::Operation(path, method) => pascal(method) + &pascal(path),
            Owner::Other(words) => words.clone(),
        };
        walked(start, &self.steps)
    }

    /// The word that names the schema at its place: its property, in the singular for the items of an array. Empty for a
    /// whole body.
    pub(super) fn last_word(&self) -> String {
        walked(self.last_start(), &self.steps[self.last_named()..])
    }

    /// The same for a variant of a union that has its own name.
    pub(super) fn last_word_of_variant(&self, variant: &str) -> String {
        let steps = &self.steps[self.last_named()..];
        let before = steps.split_last().map_or(steps, |(_, before)| before);
        walked(self.last_start(), before) + variant
    }

    fn last_named(&self) -> usize {
        let is_named = |step: &Step| matches!(step, Step::Named(_));
        self.steps.iter().rposition(is_named).unwrap_or(0)
    }

    fn last_start(&self) -> String {
        let has_named = self.steps.iter().any(|step| matches!(step, Step::Named(_)));
        match &self.owner {
            Owner::Schema(name) if !has_named => pascal(name),
            _ => String::new(),
        }
    }

    /// Whether a property, a parameter or a component gives a word.
    pub(super) fn has_word(&self) -> bool {
        matches!(self.owner, Owner::Schema(_))
            || self.steps.iter().any(|step| matches!(step, Step::Named(_)))
    }

    pub(super) fn is_variant(&self) -> bool {
        matches!(self.steps.last(), Some(Step::Variant(_)))
    }
}

/// A name, extended by steps.
pub(super) fn walked(start: String, steps: &[Step]) -> String {
    let mut words = start;
    for step in steps {
        if matches!(step, Step::Item)
            && let Some(one) = singular(&words)
        {
            words = one;
            continue;
        }
        match step {
            Step::Named(name) => words.push_str(&pascal(name)),
            Step::Item => words.push_str("Item"),
            Step::Value => words.push_str("Value"),
            Step::Variant(number) => {
                write!(words, "Variant{}", number + 1).expect("a string can always grow");
            }
        }
    }
    words
}

/// Reads the tokens of a pointer as steps.
pub(super) fn steps(tokens: &[&str]) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut tokens = tokens.iter();
    while let Some(token) = tokens.next() {
        match *token {
            "properties" | "patternProperties" | "headers" => {
                if let Some(name) = tokens.next() {
                    steps.push(Step::Named((*name).to_owned()));
                }
            }
            "items" => steps.push(Step::Item),
            "additionalProperties" => steps.push(Step::Value),
            "oneOf" | "anyOf" => {
                let number = tokens.next().and_then(|index| index.parse().ok());
                steps.push(Step::Variant(number.unwrap_or(0)));
            }
            // A part of an `allOf` has the name of the whole.
            "allOf" => {
                tokens.next();
            }
            _ => {}
        }
    }
    steps
}
