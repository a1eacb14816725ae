//! `allOf`: its parts put together into one schema.
//!
//! Objects have the properties of all parts and need what any part requires; a property that several parts describe is
//! what all of them say. What stands beside a union holds for each of its variants, so it goes into them. A component that
//! other components extend keeps its name and its fields; those that extend it have them too.
//!
//! Each step works on components: inline compositions of objects were given names before, which is what keeps schemas
//! that contain themselves finite.

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
use crate::openapi::walk;
use crate::pointer::Pointer;

/// How many nodes the copies of parts may add. Published documents add less than a tenth of it.
const MAX_COPIED: usize = 2_000_000;

/// How many bases stand behind one another. Published documents stay below ten.
const MAX_BASES: usize = 100;

/// The longest name that is made of others, in characters.
const MAX_NAME: usize = 80;

/// How many components may be made for what several parts say at once, beside as many as there are.
const MAX_CREATED: usize = 2_000;

/// How often something may be made of what was made.
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
        told_of_growth: false,
    };
    for name in &order {
        merger.own(name);
    }
    merger.finish_created();
    for name in &order {
        merger.distribute(name);
    }
    merger.finish_created();

    let mut inline = Vec::new();
    let names: Vec<String> = order.iter().chain(&merger.created).cloned().collect();
    for name in names {
        let schema = merger.done.remove(&name).unwrap_or_default();
        inline.push((name, schema));
    }
    // What is left stands inside: narrowed scalars, and whatever properties in conflict became.
    merger.done = inline.iter().cloned().collect();
    let mut schemas = Map::new();
    for (name, schema) in inline {
        schemas.insert(name, schema);
    }
    if !schemas.is_empty() {
        document["components"]["schemas"] = Value::Object(schemas);
    }
    walk::roots(document, &mut |schema, place| {
        walk::outer_first(schema, place, &mut |schema, place| {
            merger.compose_inside(schema, place);
        });
    });
    while let Some(name) = merger.waiting.pop_front() {
        merger.own(&name);
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
    /// Components that were not looked at yet.
    sources: Map<String, Value>,
    /// Components whose parts are put together.
    done: HashMap<String, Value>,
    running: HashSet<String>,
    /// Components that the pass made, in order.
    created: Vec<String>,
    waiting: VecDeque<String>,
    /// What was made of two schemas that must both hold, by their texts.
    conflicts: HashMap<String, String>,
    /// Where components that were made come from: how many steps of making lie behind one, and the component of the
    /// document that the first step began with.
    generations: HashMap<String, (usize, Pointer)>,
    /// How many components the document has.
    published: usize,
    copied: usize,
    told_of_growth: bool,
}

impl Merger<'_> {
    /// Puts the parts of a component together; false while that is going on, which is a loop.
    fn own(&mut self, name: &str) -> bool {
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

    /// What a component is, through other names for it; `None` for a loop or a name without a schema.
    fn resolved(&mut self, name: &str) -> Option<(String, &Map<String, Value>)> {
        let mut name = name.to_owned();
        let mut seen = HashSet::new();
        loop {
            if !seen.insert(name.clone()) || !self.own(&name) {
                return None;
            }
            match reference::target(&self.done[&name]) {
                Some(next) => name = next,
                None => break,
            }
        }
        let members = self.done[&name].as_object()?;
        Some((name, members))
    }

    /// A copy of the words of a component that are asked for, and what the component is called in the end.
    fn copied(
        &mut self,
        name: &str,
        place: &Pointer,
        takes: impl Fn(&Self, &str, &str, &Value) -> bool,
    ) -> Option<(String, Map<String, Value>)> {
        let (name, _) = self.resolved(name)?;
        if self.copied <= MAX_COPIED {
            let members = self.done[&name].as_object()?.iter();
            let words = members.filter(|(word, value)| takes(self, &name, word, value));
            let words: Map<_, _> = words
                .map(|(word, value)| (word.clone(), value.clone()))
                .collect();
            self.copied += words.values().map(weight).sum::<usize>();
            if self.copied <= MAX_COPIED {
                return Some((name, words));
            }
        }
        if !self.told_of_growth {
            self.told_of_growth = true;
            self.log.reject(
                Code::REFERENCE_EXPANSION,
                place,
                format!("the merged parts of `allOf` have more than {MAX_COPIED} nodes"),
                "let fewer schemas extend large ones",
            );
        }
        None
    }

    /// Makes a component of what must hold at a place; gives a reference to it.
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
            // Told once of the schema that all this comes from.
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

    fn finish_created(&mut self) {
        while let Some(name) = self.waiting.pop_front() {
            self.own(&name);
            self.distribute(&name);
        }
    }
}

/// Names of what is made of what was made would double with each step.
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
