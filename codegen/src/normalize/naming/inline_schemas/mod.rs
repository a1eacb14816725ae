//! Moves inline schemas that become Rust types to components with names.
//!
//! These are string enums, objects with properties and unions. A reference takes their place. Equal schemas share a
//! component; what may differ between places (description, default, `nullable`) stays next to the reference.

mod name;
mod site;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::normalize::Pass;
use crate::normalize::compositions::all_of::Hierarchy;
use crate::normalize::log::Log;
use crate::normalize::schemas::schema_references::add_component;
use crate::openapi::keywords;
use crate::openapi::reference;
use crate::openapi::walk;
use crate::pointer::Pointer;
use site::{Parameters, Site};

/// Prefix of the placeholder for the name of a group. No component has such a name: `component-names` has run before.
const PLACEHOLDER: &str = "\u{0}group ";

/// The index of the group of a placeholder.
fn placeholder(name: &str) -> Option<usize> {
    name.strip_prefix(PLACEHOLDER)?.parse().ok()
}

/// Equal schemas, and all their places.
struct Group {
    schema: Map<String, Value>,
    is_enum: bool,
    uses: Vec<Use>,
}

/// One place of a group.
struct Use {
    place: Pointer,
    origin: Pointer,
    /// The use that contains this one, and its original place.
    parent: Option<(usize, Pointer)>,
    title: Option<String>,
    description: Option<String>,
}

impl Use {
    fn site(&self, parameters: &Parameters) -> Site {
        Site::of(&self.origin, &self.place, parameters)
    }
}

pub(crate) const PASS: Pass = Pass::new(
    "inline-schemas",
    "moves inline enums, objects and unions to components",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    hoist(document, log, &|schema, _| kind(schema));
}

pub(crate) const COMPOSITIONS: Pass = Pass::new(
    "composed-schemas",
    "names the objects that `allOf` merges",
    apply_to_compositions,
);

/// Moves schemas that are merged from objects (`allOf`, keywords next to a union). Only with a name can a schema that
/// contains itself be merged in a finite number of steps.
fn apply_to_compositions(document: &mut Value, log: &mut Log) {
    let schemas = document.pointer("/components/schemas");
    let hierarchy = match schemas.and_then(Value::as_object) {
        Some(schemas) => Hierarchy::new(schemas),
        None => Hierarchy::new(&Map::new()),
    };
    hoist(document, log, &|schema, place| {
        let members = schema.as_object()?;
        let is_merged = members.contains_key("allOf") && reference::target(schema).is_none();
        let has_union = keywords::union(members).is_some();
        let is_beside = has_union
            && members.keys().any(|keyword| {
                !keywords::is_annotation(keyword)
                    && !matches!(
                        keyword.as_str(),
                        "oneOf" | "anyOf" | "discriminator" | "type"
                    )
            });
        let is_composed = (is_merged || is_beside) && !place.is_part();
        (is_composed && hierarchy.is_object(schema)).then_some(Kind::Composition)
    });
}

/// A name made from a place.
pub(crate) fn words_of(place: &Pointer) -> String {
    Site::of(place, place, &Parameters::default()).words()
}

/// Selects the schemas that a pass moves.
type Choice<'c> = &'c dyn Fn(&Value, &walk::Place) -> Option<Kind>;

fn hoist(document: &mut Value, log: &mut Log, choice: Choice<'_>) {
    let collected = collect(document, log, choice);
    if collected.groups.is_empty() {
        return;
    }
    let names = name::choose(document, &collected);
    for ((_, group), name) in collected.groups.into_iter().zip(&names) {
        let home = Pointer::from_tokens(["components", "schemas", name]);
        let first = &group.uses[0];
        let schema = Value::Object(component(group.schema, &group.uses));
        add_component(document, name, schema);
        log.moved(&first.place, &home);
        if group.uses.len() > 1 {
            let origins = group.uses.iter().map(|used| used.origin.clone());
            log.facts.note(&home).uses = origins.collect();
        }
        let what = if group.uses.len() == 1 {
            format!("became the component `{name}`")
        } else {
            format!(
                "became the component `{name}`, shared by {} places",
                group.uses.len()
            )
        };
        log.change(&first.place, what);
    }
    walk::top_down(document, |schema, _| {
        if let Some(index) = reference::plain(schema).and_then(|name| placeholder(&name)) {
            schema["$ref"] = Value::from(reference::text(&names[index]));
        }
    });
}

/// The groups, and the group of each use.
struct Collected {
    groups: IndexMap<String, Group>,
    group_of_use: Vec<usize>,
    parameters: Parameters,
}

fn collect(document: &mut Value, log: &Log, choice: Choice<'_>) -> Collected {
    let mut collected = Collected {
        groups: IndexMap::new(),
        group_of_use: Vec::new(),
        parameters: Parameters::new(document),
    };
    walk::roots(document, &mut |schema, place| {
        visit(log, choice, &mut collected, schema, place, None);
    });
    collected
}

fn visit(
    log: &Log,
    choice: Choice<'_>,
    collected: &mut Collected,
    schema: &mut Value,
    place: &mut walk::Place,
    parent: Option<&(usize, Pointer)>,
) {
    let hoisted = !place.is_component() && choice(schema, place).is_some();
    let mine = hoisted.then(|| {
        collected.group_of_use.push(usize::MAX);
        let origin = log.origin(&place.pointer());
        (collected.group_of_use.len() - 1, origin)
    });
    walk::children(schema, place, &mut |child, place| {
        visit(
            log,
            choice,
            collected,
            child,
            place,
            mine.as_ref().or(parent),
        );
    });
    let (Some((mine, origin)), Some(kind)) = (mine, choice(schema, place)) else {
        return;
    };
    let (content, around) = split(schema);
    let place = place.pointer();
    let text = |keyword: &str| {
        let text = schema.get(keyword)?.as_str()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    let used = Use {
        title: text("title"),
        description: text("description"),
        place,
        origin,
        parent: parent.cloned(),
    };
    let mut key = canonical(&content);
    if kind == Kind::Enum {
        // Two properties with equal values but different names are different enums; the values may change.
        key.push_str(&used.site(&collected.parameters).last_word());
    }
    let entry = collected.groups.entry(key);
    let index = entry.index();
    let group = entry.or_insert_with(|| Group {
        schema: content,
        is_enum: kind == Kind::Enum,
        uses: Vec::new(),
    });
    group.uses.push(used);
    collected.group_of_use[mine] = index;
    *schema = reference::annotated(&format!("{PLACEHOLDER}{index}"), around);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Enum,
    Object,
    Union,
    Composition,
}

/// The kind of a schema that must be a component; `None` for other schemas.
fn kind(schema: &Value) -> Option<Kind> {
    let members = schema.as_object()?;
    if members.contains_key("$ref") {
        None
    } else if keywords::union(members).is_some() {
        Some(Kind::Union)
    } else if members.contains_key("properties") {
        Some(Kind::Object)
    } else if members.contains_key("enum") && members.get("type")?.as_str()? == "string" {
        Some(Kind::Enum)
    } else {
        None
    }
}

/// Splits a schema into the shared keywords and those of the place.
fn split(schema: &Value) -> (Map<String, Value>, Map<String, Value>) {
    const AROUND: &[&str] = &[
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "nullable",
        "externalDocs",
        "xml",
    ];
    let members = schema.as_object().cloned().unwrap_or_default();
    let (mut around, content): (Map<_, _>, Map<_, _>) = members
        .into_iter()
        .partition(|(keyword, _)| AROUND.contains(&keyword.as_str()));
    around.shift_remove("title");
    (content, around)
}

/// A component. It has a title and a description if they are the same in all places.
fn component(mut schema: Map<String, Value>, uses: &[Use]) -> Map<String, Value> {
    let agreed = |of: &dyn Fn(&Use) -> Option<&String>| {
        let first = of(&uses[0])?;
        uses.iter()
            .all(|used| of(used) == Some(first))
            .then(|| Value::from(first.as_str()))
    };
    let agreed = [
        ("title", agreed(&|used| used.title.as_ref())),
        ("description", agreed(&|used| used.description.as_ref())),
    ];
    for (keyword, value) in agreed {
        if let Some(value) = value {
            schema.insert(keyword.to_owned(), value);
        }
    }
    schema
}

/// Serializes a schema so that equal schemas are equal strings, in any order of their members.
fn canonical(members: &Map<String, Value>) -> String {
    let mut schema = Value::Object(members.clone());
    schema.sort_all_objects();
    schema.to_string()
}
