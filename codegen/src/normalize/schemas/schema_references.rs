//! References to schemas: each refers to a component.
//!
//! 1. A reference to a component stays as it is.
//! 2. A reference to another schema of the document makes a component of that schema, and refers to it.
//! 3. A misspelled reference (`Pet`, `#/definitions/Pet`, `#/components/schema/Pet`) is repaired, with a warning, if it
//!    resembles the name of only one component.
//! 4. Any other reference is rejected.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value};

use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::naming::schema_names::{from_title, pascal, singular};
use crate::openapi::names::{Names, folded};
use crate::openapi::reference::resolver::node_at;
use crate::openapi::reference::{self, uri};
use crate::openapi::walk;
use crate::pointer::Pointer;
use crate::pointer::unescaped;

pub(crate) const PASS: Pass = Pass::new(
    "schema-references",
    "makes every schema reference point to a component",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    let index = Index::new(document);
    let mut found = HashMap::new();
    let mut inner = BTreeMap::new();
    walk::top_down(document, |schema, _| {
        if let Some(text) = schema.get("$ref").and_then(Value::as_str)
            && reference::name_of(text).is_none_or(|name| !index.names.contains(&name))
        {
            found.entry(text.to_owned()).or_insert(Target::Nothing(""));
        }
    });
    if !found.is_empty() {
        let places = schema_places(document);
        for (text, target) in &mut found {
            *target = index.resolve(document, text, &places);
            if let Target::Inside(place) = target {
                inner.insert(place.as_str().to_owned(), String::new());
            }
        }
    }
    name_inner(document, &mut inner);
    rewrite(document, log, &index, &found, &inner);
    hoist(document, log, &inner);
}

/// What a reference refers to.
enum Target {
    Component { name: String, is_guess: bool },
    Inside(Pointer),
    Nothing(&'static str),
}

/// The names of the component schemas, exact and as they are compared.
struct Index {
    names: HashSet<String>,
    by_folded: HashMap<String, Option<String>>,
}

impl Index {
    fn new(document: &Value) -> Self {
        let mut names = HashSet::new();
        let mut by_folded: HashMap<String, Option<String>> = HashMap::new();
        for (name, _) in super::members(document.pointer("/components/schemas")) {
            names.insert(name.clone());
            by_folded
                .entry(folded(name))
                .and_modify(|other| *other = None)
                .or_insert_with(|| Some(name.clone()));
        }
        Self { names, by_folded }
    }

    fn resolve(&self, document: &Value, text: &str, places: &HashSet<String>) -> Target {
        let decoded = uri::decode(text).unwrap_or_else(|| text.to_owned());
        let (file, fragment) = decoded.split_once('#').unwrap_or((&decoded, ""));
        if let Some(place) = Pointer::parse(fragment)
            && file.is_empty()
            && !fragment.is_empty()
            && let Some((place, _)) = node_at(document, &place)
        {
            let tokens: Vec<String> = place.tokens().collect();
            return match &tokens[..] {
                [components, schemas, name]
                    if components == "components" && schemas == "schemas" =>
                {
                    self.component(name, false)
                }
                _ if places.contains(place.as_str()) => Target::Inside(place),
                _ => Target::Nothing("the node at that place is not a schema"),
            };
        }
        let is_file = [".json", ".yaml", ".yml"]
            .iter()
            .any(|extension| file.ends_with(extension));
        if is_file || file.contains("://") {
            return Target::Nothing("it leads out of the document");
        }
        let path = if fragment.is_empty() { file } else { fragment };
        let tokens: Vec<String> = path
            .split('/')
            .filter(|token| !token.is_empty())
            .map(unescaped)
            .collect();
        let is_short = tokens.len() <= 3
            && tokens[..tokens.len().saturating_sub(1)]
                .iter()
                .all(|token| {
                    matches!(
                        token.to_ascii_lowercase().as_str(),
                        "components"
                            | "component"
                            | "schemas"
                            | "schema"
                            | "definitions"
                            | "definition"
                            | "$defs"
                            | "models"
                            | "model"
                    )
                });
        match tokens.last() {
            Some(last) if is_short => self.component(last, true),
            _ => Target::Nothing(""),
        }
    }

    fn component(&self, name: &str, is_guess: bool) -> Target {
        if self.names.contains(name) {
            let name = name.to_owned();
            return Target::Component { name, is_guess };
        }
        match self.by_folded.get(&folded(name)) {
            Some(Some(only)) => Target::Component {
                name: only.clone(),
                is_guess: true,
            },
            _ => Target::Nothing(""),
        }
    }
}

/// The places of all schemas.
fn schema_places(document: &mut Value) -> HashSet<String> {
    let mut places = HashSet::new();
    walk::top_down(document, |_, place| {
        places.insert(place.as_str().to_owned());
    });
    places
}

/// Names each schema that becomes a component after its place.
fn name_inner(document: &Value, inner: &mut BTreeMap<String, String>) {
    let names = super::members(document.pointer("/components/schemas"));
    let mut taken = Names::folded(names.map(|(name, _)| name.as_str()));
    for (place, name) in inner {
        let place = Pointer::parse(place).expect("it was made from a pointer");
        let tokens: Vec<String> = place.tokens().collect();
        *name = taken.take(&words_of(document, &place, &tokens));
    }
}

fn words_of(document: &Value, place: &Pointer, tokens: &[String]) -> String {
    if let [.., kind, last] = tokens
        && (kind == "$defs" || kind == "definitions")
    {
        return pascal(last);
    }
    if let Some(title) = place
        .get(document)
        .and_then(|schema| schema.get("title"))
        .and_then(Value::as_str)
        && let Some(name) = from_title(title)
    {
        return name;
    }
    let mut words = String::new();
    let mut named = false;
    for token in tokens {
        let token = token.as_str();
        match token {
            "components" | "schemas" | "paths" | "content" | "schema" | "responses" if !named => {}
            "properties" | "allOf" | "parameters" | "patternProperties" if !named => named = true,
            "items" if !named => match singular(&words) {
                Some(one) => words = one,
                None => words.push_str("Item"),
            },
            "additionalProperties" if !named => words.push_str("Value"),
            "requestBody" if !named => words.push_str("Body"),
            _ => {
                // An index in `allOf` is not a useful name.
                if !(named && token.bytes().all(|byte| byte.is_ascii_digit())) {
                    words.push_str(&pascal(token));
                }
                named = false;
            }
        }
    }
    words
}

fn rewrite(
    document: &mut Value,
    log: &mut Log,
    index: &Index,
    found: &HashMap<String, Target>,
    inner: &BTreeMap<String, String>,
) {
    walk::objects(document, |members, place| {
        let Some(value) = members.get_mut("$ref") else {
            return;
        };
        let Some(text) = value.as_str().map(str::to_owned) else {
            log.reject(
                Code::MALFORMED_SCHEMA,
                &place.pointer(),
                "`$ref` is not a string",
                "write it as `#/components/schemas/<name>`",
            );
            members.shift_remove("$ref");
            return;
        };
        if reference::name_of(&text).is_some_and(|name| index.names.contains(&name)) {
            return;
        }
        match found.get(&text) {
            Some(Target::Component { name, is_guess }) => {
                *value = Value::from(reference::text(name));
                if *is_guess {
                    log.warn(
                        Code::DANGLING_REFERENCE,
                        &place.pointer(),
                        format!("`{text}` does not exist; it was replaced by a reference to the component `{name}`"),
                        "write it as `#/components/schemas/<name>`",
                    );
                }
            }
            Some(Target::Inside(target)) => {
                let name = inner
                    .get(target.as_str())
                    .expect("every inner target was named");
                *value = Value::from(reference::text(name));
                log.change(
                    &place.pointer(),
                    format!("the schema at `{target}` became the component `{name}`"),
                );
            }
            other => {
                let why = match other {
                    Some(Target::Nothing(why)) if !why.is_empty() => format!(": {why}"),
                    _ => String::new(),
                };
                log.reject(
                    Code::DANGLING_REFERENCE,
                    &place.pointer(),
                    format!("the document has no schema `{text}`{why}"),
                    "correct the name, or add the schema",
                );
                members.shift_remove("$ref");
            }
        }
    });
}

/// Moves the schemas to the components, the innermost first.
fn hoist(document: &mut Value, log: &mut Log, inner: &BTreeMap<String, String>) {
    let mut places: Vec<(Pointer, &String)> = inner
        .iter()
        .map(|(place, name)| {
            let place = Pointer::parse(place).expect("it was made from a pointer");
            (place, name)
        })
        .collect();
    places.sort_by_key(|(place, _)| std::cmp::Reverse(place.tokens().count()));
    for (place, name) in places {
        let Some(node) = place.get_mut(document) else {
            continue;
        };
        let schema = std::mem::replace(node, reference::to(name));
        let home = Pointer::from_tokens(["components", "schemas", name]);
        add_component(document, name, schema);
        log.moved(&place, &home);
    }
}

/// Adds a schema to the components, and `components` to the document if it has none.
pub(crate) fn add_component(document: &mut Value, name: &str, schema: Value) {
    let mut at = document;
    for key in ["components", "schemas"] {
        let Value::Object(members) = at else {
            return;
        };
        let inner = members
            .entry(key)
            .or_insert_with(|| Value::Object(Map::new()));
        if !inner.is_object() {
            *inner = Value::Object(Map::new());
        }
        at = inner;
    }
    if let Value::Object(schemas) = at {
        schemas.insert(name.to_owned(), schema);
    }
}
