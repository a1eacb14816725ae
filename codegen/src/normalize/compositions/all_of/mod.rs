//! Merges the parts of `allOf` into one schema.
//!
//! 1. Every component is composed, its bases first (`compose`). An object has the properties of all parts. A property that
//!    several parts declare is merged too (`conflict`); unions in several parts are combined (`product`).
//! 2. In every component that is a union, the keywords next to the union are merged into the variants (`distribute`).
//! 3. Then `allOf` inside of components and operations is composed.
//!
//! Two schemas that refer to components can become a new component, which is composed in turn. The same two give the same
//! component, which keeps recursive schemas finite. For the same reason, inline compositions of objects already have names.
//! A base keeps its name and its properties; the components that extend it have copies of them.

mod compose;
mod conflict;
mod contradiction;
mod distribute;
mod hierarchy;
mod product;

use std::collections::{HashMap, HashSet, VecDeque};

use serde_json::{Map, Value};

pub(crate) use hierarchy::Hierarchy;

use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::naming::schema_names::pascal;
use crate::openapi::names::Names;
use crate::openapi::reference;
use crate::openapi::reference::resolver::follow;
use crate::openapi::walk;
use crate::pointer::Pointer;

/// How many nodes the copies of parts may have together. Published documents have less than a tenth of it.
const MAX_COPIED: usize = 2_000_000;

/// How long a chain of components may be that extend each other. Published documents stay below ten.
const MAX_BASES: usize = 100;

/// The longest name of a new component, in characters.
const MAX_NAME: usize = 80;

/// How many new components may be made, in addition to as many as the document has.
const MAX_CREATED: usize = 2_000;

/// How many new components may be made from one another.
const MAX_GENERATIONS: usize = 5;

pub(crate) const PASS: Pass = Pass::new("all-of", "merges the parts of `allOf`", apply);

fn apply(document: &mut Value, log: &mut Log) {
    let section = Pointer::from_tokens(["components", "schemas"]);
    let sources = match section.get_mut(document) {
        Some(Value::Object(schemas)) => std::mem::take(schemas),
        _ => Map::new(),
    };
    let order: Vec<String> = sources.keys().cloned().collect();
    let mut merger = Merger {
        hierarchy: Hierarchy::new(&sources),
        taken: Names::folded(order.iter().map(String::as_str)),
        log,
        sources,
        done: HashMap::new(),
        running: HashSet::new(),
        created: Vec::new(),
        waiting: VecDeque::new(),
        conflicts: HashMap::new(),
        generations: HashMap::new(),
        published: order.len(),
        copied: 0,
        has_reported_growth: false,
    };
    for name in &order {
        merger.compose_component(name);
    }
    merger.compose_created();
    for name in &order {
        merger.distribute(name);
    }
    merger.compose_created();

    let names = order.iter().chain(&merger.created);
    let schemas = names.map(|name| {
        (
            name.clone(),
            merger.done.get(name).cloned().unwrap_or_default(),
        )
    });
    let schemas: Map<String, Value> = schemas.collect();
    if !schemas.is_empty() {
        document["components"]["schemas"] = Value::Object(schemas);
    }
    walk::roots(document, &mut |schema, place| {
        walk::outer_first(schema, place, &mut |schema, place| {
            merger.compose_inside(schema, place);
        });
    });
    while let Some(name) = merger.waiting.pop_front() {
        merger.compose_component(&name);
        merger.distribute(&name);
        let mut schema = merger.done.get(&name).cloned().unwrap_or_default();
        let place = Pointer::from_tokens(["components", "schemas", &name]);
        walk::outer_first(
            &mut schema,
            &mut walk::Place::at(&place),
            &mut |schema, place| {
                merger.compose_inside(schema, place);
            },
        );
        document["components"]["schemas"][&name] = schema;
    }
}

struct Merger<'w> {
    log: &'w mut Log,
    hierarchy: Hierarchy,
    taken: Names,
    /// Components that are not composed yet.
    sources: Map<String, Value>,
    /// Components that are composed.
    done: HashMap<String, Value>,
    running: HashSet<String>,
    /// New components, in order.
    created: Vec<String>,
    waiting: VecDeque<String>,
    /// The new component for two schemas that must both hold, by their JSON.
    conflicts: HashMap<String, String>,
    /// For each new component: how many new components it was made through, and the component of the document that it started
    /// from. This limits growth.
    generations: HashMap<String, (usize, Pointer)>,
    /// How many components the document has.
    published: usize,
    copied: usize,
    has_reported_growth: bool,
}

impl Merger<'_> {
    /// Composes a component; false if this is a loop, because it is being composed already.
    fn compose_component(&mut self, name: &str) -> bool {
        if self.done.contains_key(name) {
            return true;
        }
        if self.running.contains(name) {
            return false;
        }
        let Some(source) = self.sources.get_mut(name).map(std::mem::take) else {
            return false;
        };
        let place = Pointer::from_tokens(["components", "schemas", name]);
        if self.running.len() > MAX_BASES {
            self.log.reject(
                Code::NESTING_TOO_DEEP,
                &place,
                format!("more than {MAX_BASES} schemas extend each other in a chain"),
                "describe the outer ones without `allOf`",
            );
            self.done.insert(name.to_owned(), Value::Object(Map::new()));
            return true;
        }
        self.running.insert(name.to_owned());
        let schema = self.compose(source, &place);
        self.running.remove(name);
        self.done.insert(name.to_owned(), schema);
        true
    }

    /// The composed component at the end of a chain of aliases; `None` for a loop or a name without a schema.
    fn resolved(&mut self, name: &str) -> Option<(String, &Map<String, Value>)> {
        let end = follow(name.to_owned(), |name| {
            self.compose_component(name);
            reference::target(self.done.get(name)?)
        });
        let name = end.ok()?;
        let members = self.done.get(&name)?.as_object()?;
        Some((name, members))
    }

    /// A copy of some keywords of a component, and the name of the component at the end of the chain of aliases.
    fn copied(
        &mut self,
        name: &str,
        place: &Pointer,
        takes: impl Fn(&Self, &str, &str, &Value) -> bool,
    ) -> Option<(String, Map<String, Value>)> {
        let (name, _) = self.resolved(name)?;
        if self.copied <= MAX_COPIED {
            let members = self.done[&name].as_object()?.iter();
            let keywords = members.filter(|(keyword, value)| takes(self, &name, keyword, value));
            let keywords: Map<_, _> = keywords
                .map(|(keyword, value)| (keyword.clone(), value.clone()))
                .collect();
            self.copied += keywords.values().map(weight).sum::<usize>();
            if self.copied <= MAX_COPIED {
                return Some((name, keywords));
            }
        }
        if !self.has_reported_growth {
            self.has_reported_growth = true;
            self.log.reject(
                Code::REFERENCE_EXPANSION,
                place,
                format!("the merged parts of `allOf` have more than {MAX_COPIED} nodes"),
                "let fewer schemas extend large ones",
            );
        }
        None
    }

    /// Makes a new component of a schema at a place, and gives a reference to it.
    fn create(&mut self, words: &str, schema: Value, place: &Pointer) -> Value {
        self.copied += weight(&schema);
        let owner = place.tokens().nth(2).unwrap_or_default();
        let (generation, root) = match self.generations.get(&owner) {
            Some((generation, root)) => (generation + 1, root.clone()),
            None => (1, Pointer::from_tokens(["components", "schemas", &owner])),
        };
        if self.created.len() >= MAX_CREATED + self.published
            || self.copied > MAX_COPIED
            || generation > MAX_GENERATIONS
        {
            // Reported once for each component of the document.
            self.log.reject_for(
                place,
                Code::REFERENCE_EXPANSION,
                &root,
                "merging the parts of `allOf` would make too many schemas",
                "describe properties in one part of an `allOf` only",
            );
            return Value::Object(Map::new());
        }
        let name = self.taken.take(&shortened(pascal(words)));
        self.log.moved(
            place,
            &Pointer::from_tokens(["components", "schemas", &name]),
        );
        self.hierarchy.add_object(&name);
        self.generations.insert(name.clone(), (generation, root));
        self.sources.insert(name.clone(), schema);
        self.created.push(name.clone());
        self.waiting.push_back(name.clone());
        reference::to(&name)
    }

    fn compose_inside(&mut self, schema: &mut Value, place: &walk::Place) {
        if schema.get("allOf").is_some() && reference::target(schema).is_none() {
            let inner = std::mem::take(schema);
            *schema = self.compose(inner, &place.pointer());
        }
    }

    fn compose_created(&mut self) {
        while let Some(name) = self.waiting.pop_front() {
            self.compose_component(&name);
            self.distribute(&name);
        }
    }
}

/// Limits a name: names of components that are made from one another would double in length each time.
fn shortened(mut words: String) -> String {
    if let Some((end, _)) = words.char_indices().nth(MAX_NAME) {
        words.truncate(end);
    }
    words
}

fn weight(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(weight).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(weight).sum::<usize>(),
        _ => 1,
    }
}
