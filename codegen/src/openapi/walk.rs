//! Visits every schema of a document, wherever one can stand, with its place.
//!
//! Anything that stands where a schema is expected is visited, also what is none: documents are hostile, and passes that
//! look for malformed nodes want to see them. Values that only look like schemas (examples, defaults, enum values) are not.

use serde_json::{Map, Value};

use crate::Pointer;

/// A place that grows and shrinks while a document is walked, so that a pointer is made only where one is needed.
pub(crate) struct Place {
    text: String,
}

impl Place {
    pub(crate) fn root() -> Self {
        Self {
            text: String::new(),
        }
    }

    pub(crate) fn at(pointer: &Pointer) -> Self {
        Self {
            text: pointer.as_str().to_owned(),
        }
    }

    /// The place as a pointer.
    pub(crate) fn pointer(&self) -> Pointer {
        Pointer::parse(&self.text).expect("a place is empty or begins with a slash")
    }

    /// The place as RFC 6901 writes it.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether this is `/components/schemas/<name>`.
    pub(crate) fn is_component(&self) -> bool {
        self.text
            .strip_prefix("/components/schemas/")
            .is_some_and(|rest| !rest.contains('/'))
    }

    /// Whether this is one of the schemas of an `allOf`.
    pub(crate) fn is_part(&self) -> bool {
        let mut tokens = self.text.rsplit('/');
        let is_index = tokens
            .next()
            .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
        is_index && tokens.next() == Some("allOf")
    }

    /// Runs `inner` one step below.
    pub(crate) fn below(&mut self, token: &str, inner: impl FnOnce(&mut Self)) {
        let length = self.text.len();
        self.text.push('/');
        for character in token.chars() {
            match character {
                '~' => self.text.push_str("~0"),
                '/' => self.text.push_str("~1"),
                other => self.text.push(other),
            }
        }
        inner(self);
        self.text.truncate(length);
    }
}

/// What is called with each schema.
pub(crate) type Visit<'v> = &'v mut dyn FnMut(&mut Value, &mut Place);

/// Calls `visit` with every schema of the document, the outer one before those inside it.
pub(crate) fn top_down(document: &mut Value, mut visit: impl FnMut(&mut Value, &mut Place)) {
    roots(document, &mut |schema, place| {
        outer_first(schema, place, &mut visit);
    });
}

/// Calls `visit` with the members of every schema that is an object, the outer one before those inside it.
pub(crate) fn objects(
    document: &mut Value,
    mut visit: impl FnMut(&mut Map<String, Value>, &Place),
) {
    top_down(document, |schema, place| {
        if let Some(members) = schema.as_object_mut() {
            visit(members, place);
        }
    });
}

/// Calls `visit` with every schema of the document, those inside another before the outer one.
pub(crate) fn bottom_up(document: &mut Value, mut visit: impl FnMut(&mut Value, &mut Place)) {
    roots(document, &mut |schema, place| {
        inner_first(schema, place, &mut visit);
    });
}

/// Calls `visit` with a schema and every schema inside it, the outer one last.
fn inner_first(schema: &mut Value, place: &mut Place, visit: Visit<'_>) {
    children(schema, place, &mut |child, place| {
        inner_first(child, place, visit);
    });
    visit(schema, place);
}

/// Calls `visit` with a schema and every schema inside it, the outer one first.
pub(crate) fn outer_first(schema: &mut Value, place: &mut Place, visit: Visit<'_>) {
    visit(schema, place);
    children(schema, place, &mut |child, place| {
        outer_first(child, place, visit);
    });
}

const SINGLE: &[&str] = &[
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contentSchema",
    "additionalItems",
];
const LISTS: &[&str] = &["allOf", "oneOf", "anyOf", "prefixItems"];
const NAMED: &[&str] = &[
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
];

/// Calls `visit` with each schema that stands directly inside this one.
pub(crate) fn children(schema: &mut Value, place: &mut Place, visit: Visit<'_>) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    for (keyword, value) in members {
        let keyword = keyword.as_str();
        if SINGLE.contains(&keyword) {
            place.below(keyword, |place| match value {
                Value::Array(list) if keyword == "items" => elements(list, place, visit),
                // Whether there may be others, not what they are.
                Value::Bool(_) if keyword == "additionalProperties" => {}
                value => visit(value, place),
            });
        } else if LISTS.contains(&keyword) {
            if let Value::Array(list) = value {
                place.below(keyword, |place| elements(list, place, visit));
            }
        } else if NAMED.contains(&keyword)
            && let Value::Object(named) = value
        {
            place.below(keyword, |place| entries(named, place, visit));
        }
    }
}

fn elements(list: &mut [Value], place: &mut Place, visit: Visit<'_>) {
    for (index, value) in list.iter_mut().enumerate() {
        place.below(&index.to_string(), |place| visit(value, place));
    }
}

fn entries(named: &mut Map<String, Value>, place: &mut Place, visit: Visit<'_>) {
    for (name, value) in named {
        place.below(name, |place| visit(value, place));
    }
}

/// Calls `visit` with each schema that stands inside no other: components, and those of parameters, bodies, replies and
/// headers.
pub(crate) fn roots(document: &mut Value, visit: Visit<'_>) {
    let place = &mut Place::root();
    named_below(document, "components", place, &mut |kind, value, place| {
        if let Value::Object(named) = value {
            for (name, node) in named {
                place.below(name, |place| match kind {
                    "schemas" => visit(node, place),
                    "parameters" | "headers" => parameter(node, place, visit),
                    "requestBodies" => content(node, place, visit),
                    "responses" => response(node, place, visit),
                    "pathItems" => path_item(node, place, visit),
                    "callbacks" => each_member(node, place, &mut |_, node, place| {
                        path_item(node, place, visit);
                    }),
                    _ => {}
                });
            }
        }
    });
    // What older tools write for components.
    for key in ["definitions", "$defs"] {
        named_below(document, key, place, &mut |_, node, place| {
            visit(node, place);
        });
    }
    for key in ["paths", "webhooks"] {
        named_below(document, key, place, &mut |_, node, place| {
            path_item(node, place, visit);
        });
    }
}

type VisitMember<'v> = &'v mut dyn FnMut(&str, &mut Value, &mut Place);

fn each_member(node: &mut Value, place: &mut Place, visit: VisitMember<'_>) {
    if let Value::Object(members) = node {
        for (name, value) in members {
            place.below(name, |place| visit(name, value, place));
        }
    }
}

fn named_below(node: &mut Value, key: &str, place: &mut Place, visit: VisitMember<'_>) {
    if let Some(inner) = member(node, key) {
        place.below(key, |place| each_member(inner, place, visit));
    }
}

fn each_element(
    node: &mut Value,
    key: &str,
    place: &mut Place,
    visit: &mut dyn FnMut(&mut Value, &mut Place),
) {
    if let Some(Value::Array(list)) = member(node, key) {
        place.below(key, |place| elements(list, place, visit));
    }
}

fn path_item(node: &mut Value, place: &mut Place, visit: Visit<'_>) {
    each_element(node, "parameters", place, &mut |node, place| {
        parameter(node, place, visit);
    });
    each_member(node, place, &mut |key, node, place| {
        if matches!(
            key,
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query"
        ) {
            operation(node, place, visit);
        }
    });
}

fn operation(node: &mut Value, place: &mut Place, visit: Visit<'_>) {
    each_element(node, "parameters", place, &mut |node, place| {
        parameter(node, place, visit);
    });
    if let Some(body) = member(node, "requestBody") {
        place.below("requestBody", |place| content(body, place, visit));
    }
    named_below(node, "responses", place, &mut |_, node, place| {
        response(node, place, visit);
    });
    named_below(node, "callbacks", place, &mut |_, node, place| {
        each_member(node, place, &mut |_, node, place| {
            path_item(node, place, visit);
        });
    });
}

/// A parameter or a header.
fn parameter(node: &mut Value, place: &mut Place, visit: Visit<'_>) {
    schema_of(node, place, visit);
    content(node, place, visit);
}

fn response(node: &mut Value, place: &mut Place, visit: Visit<'_>) {
    named_below(node, "headers", place, &mut |_, node, place| {
        parameter(node, place, visit);
    });
    content(node, place, visit);
}

fn content(node: &mut Value, place: &mut Place, visit: Visit<'_>) {
    named_below(node, "content", place, &mut |_, media, place| {
        schema_of(media, place, visit);
        named_below(media, "encoding", place, &mut |_, encoding, place| {
            named_below(encoding, "headers", place, &mut |_, node, place| {
                schema_of(node, place, visit);
            });
        });
    });
}

fn schema_of(node: &mut Value, place: &mut Place, visit: Visit<'_>) {
    if let Some(schema) = member(node, "schema") {
        place.below("schema", |place| visit(schema, place));
    }
}

/// A member of an object. Most objects are so small that looking at each name is quicker than hashing the one.
fn member<'v>(node: &'v mut Value, key: &str) -> Option<&'v mut Value> {
    const SMALL: usize = 12;
    let members = node.as_object_mut()?;
    if members.len() > SMALL {
        return members.get_mut(key);
    }
    let mut found = members.iter_mut().filter(|(name, _)| *name == key);
    found.next().map(|(_, value)| value)
}
