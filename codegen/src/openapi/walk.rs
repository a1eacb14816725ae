//! The walks that change a document: they visit every schema, or every node of a kind.
//!
//! They visit every place where OpenAPI has a schema, also if the value is not valid, because some passes look for malformed
//! nodes. They do not visit values that only look like schemas (examples, defaults, enum values).
//!
//! The order is that of the grammar; below a schema, it is that of the document. A walk skips all nodes that cannot contain
//! wanted nodes, because the passes walk over documents of megabytes some fifty times.

use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::grammar::{Holds, Kind};
pub(crate) use super::place::Place;
use crate::pointer::Pointer;

/// Gets each schema and its place.
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

/// Calls `visit` with each schema that is not inside another one: components, and those of parameters, bodies, responses and
/// headers.
pub(crate) fn roots(document: &mut Value, visit: Visit<'_>) {
    fn go(kind: Kind, node: &mut Value, place: &mut Place, visit: Visit<'_>) {
        if kind == Kind::Schema {
            visit(node, place);
        } else {
            SCHEMAS.below(kind, node, place, &mut |kind, node, place| {
                go(kind, node, place, visit);
            });
        }
    }
    let place = &mut Place::root();
    go(Kind::Document, document, place, visit);
    // Older tools have component schemas here.
    for name in ["definitions", "$defs"] {
        if let Some(schemas) = document.get_mut(name) {
            place.below(name, |place| {
                held(
                    Holds::Map(Kind::Schema),
                    schemas,
                    place,
                    &mut |_, schema, place| {
                        visit(schema, place);
                    },
                );
            });
        }
    }
}

/// Calls `visit` with each schema directly inside this one.
pub(crate) fn children(schema: &mut Value, place: &mut Place, visit: Visit<'_>) {
    SCHEMAS.below(Kind::Schema, schema, place, &mut |_, schema, place| {
        visit(schema, place);
    });
}

/// Whether the passes for operations look at nodes of a kind.
fn is_of_operations(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::PathItem
            | Kind::Operation
            | Kind::Parameter
            | Kind::RequestBody
            | Kind::Responses
            | Kind::Response
            | Kind::Header
            | Kind::MediaType
            | Kind::Encoding
            | Kind::Example
    )
}

/// The value of a member, if it consists of nodes that the passes for operations look at.
pub(crate) fn held_by(kind: Kind, name: &str) -> Option<Holds> {
    let holds = kind.member(name)?;
    holds.kind().filter(|kind| is_of_operations(*kind))?;
    Some(holds)
}

/// Visits every node of a kind, in components and in operations, that is an object and not a `$ref`. Callbacks are not visited:
/// the server sends their requests.
pub(crate) fn each(
    document: &mut Value,
    wanted: Kind,
    mut visit: impl FnMut(&Pointer, &mut Map<String, Value>),
) {
    type Visit<'v> = &'v mut dyn FnMut(&Pointer, &mut Map<String, Value>);
    fn go(ways: &Ways, kind: Kind, node: &mut Value, place: &mut Place, visit: Visit<'_>) {
        if kind != ways.wanted {
            return ways.below(kind, node, place, &mut |kind, node, place| {
                go(ways, kind, node, place, visit);
            });
        }
        if let Some(members) = node.as_object_mut().filter(|it| !it.contains_key("$ref")) {
            visit(&place.pointer(), members);
        }
    }
    let ways = Ways::to(wanted, |kind| {
        is_of_operations(kind) || matches!(kind, Kind::Components | Kind::Document | Kind::Paths)
    });
    go(
        &ways,
        Kind::Document,
        document,
        &mut Place::root(),
        &mut visit,
    );
}

/// Visits every operation; see [`each`].
pub(crate) fn each_operation(
    document: &mut Value,
    visit: impl FnMut(&Pointer, &mut Map<String, Value>),
) {
    each(document, Kind::Operation, visit);
}

/// As [`each`]; the visitor can also read the component schemas.
pub(crate) fn each_with_schemas(
    document: &mut Value,
    wanted: Kind,
    mut visit: impl FnMut(&Map<String, Value>, &Pointer, &mut Map<String, Value>),
) {
    fn section(document: &mut Value) -> Option<&mut Map<String, Value>> {
        document.pointer_mut("/components/schemas")?.as_object_mut()
    }
    // The schemas are taken out meanwhile, so the visitor can read them while it changes another node.
    let schemas = section(document).map(std::mem::take).unwrap_or_default();
    each(document, wanted, |place, node| visit(&schemas, place, node));
    if let Some(section) = section(document) {
        *section = schemas;
    }
}

/// The kinds through which a walk reaches nodes of one kind.
struct Ways {
    wanted: Kind,
    /// By the number of a kind: whether nodes of the wanted kind can stand at it or below it.
    leads: Vec<bool>,
}

/// The ways to schemas.
static SCHEMAS: LazyLock<Ways> = LazyLock::new(|| Ways::to(Kind::Schema, |_| true));

/// Gets each node: its kind, the node and its place.
type VisitNode<'v> = &'v mut dyn FnMut(Kind, &mut Value, &mut Place);

impl Ways {
    /// Finds the ways from a document to nodes of a kind, through kinds that `may_pass` allows.
    fn to(wanted: Kind, may_pass: impl Fn(Kind) -> bool) -> Self {
        let leads = Kind::all().map(|kind| kind == wanted).collect();
        let mut ways = Self { wanted, leads };
        let leads_on = |ways: &Self, kind: Kind| {
            let members = kind.members().map(|member| member.holds);
            let mut all = members.chain(kind.others());
            all.any(|holds| ways.has(holds))
        };
        while let Some(next) = Kind::all()
            .find(|kind| !ways.leads[*kind as usize] && may_pass(*kind) && leads_on(&ways, *kind))
        {
            ways.leads[next as usize] = true;
        }
        ways
    }

    /// Whether a member that holds this leads to wanted nodes.
    fn has(&self, holds: Holds) -> bool {
        holds.kind().is_some_and(|kind| self.leads[kind as usize])
    }

    /// Calls `visit` with each node directly below one of a kind.
    fn below(&self, kind: Kind, node: &mut Value, place: &mut Place, visit: VisitNode<'_>) {
        let Some(members) = node.as_object_mut() else {
            return;
        };
        if kind == Kind::Schema {
            for (keyword, value) in members {
                let Some(holds) = kind.member(keyword).filter(|holds| self.has(*holds)) else {
                    continue;
                };
                place.below(keyword, |place| match (keyword.as_str(), value) {
                    // In older JSON Schema it is an array.
                    ("items", value @ Value::Array(_)) => {
                        held(Holds::List(Kind::Schema), value, place, visit);
                    }
                    // A boolean says whether there may be others, not what they are.
                    ("additionalProperties", Value::Bool(_)) => {}
                    (_, value) => held(holds, value, place, visit),
                });
            }
            return;
        }
        for fixed in kind.members().filter(|member| self.has(member.holds)) {
            if let Some(value) = member(members, fixed.name) {
                place.below(fixed.name, |place| held(fixed.holds, value, place, visit));
            }
        }
        if let Some(holds) = kind.others().filter(|holds| self.has(*holds)) {
            for (name, value) in members.iter_mut().filter(|(name, _)| kind.is_other(name)) {
                place.below(name, |place| held(holds, value, place, visit));
            }
        }
    }
}

/// Calls `visit` with each node that a member holds.
fn held(holds: Holds, value: &mut Value, place: &mut Place, visit: VisitNode<'_>) {
    match (holds, value) {
        (Holds::One(kind), value) => visit(kind, value, place),
        (Holds::List(kind), Value::Array(elements)) => {
            for (index, element) in elements.iter_mut().enumerate() {
                place.element(index, |place| visit(kind, element, place));
            }
        }
        (Holds::Map(kind), Value::Object(members)) => {
            for (name, member) in members {
                place.below(name, |place| visit(kind, member, place));
            }
        }
        _ => {}
    }
}

/// A member of an object. Most objects are so small that comparing each name is faster than hashing one.
fn member<'v>(members: &'v mut Map<String, Value>, key: &str) -> Option<&'v mut Value> {
    const SMALL: usize = 12;
    if members.len() > SMALL {
        return members.get_mut(key);
    }
    let mut found = members.iter_mut().filter(|(name, _)| *name == key);
    found.next().map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::openapi::read;

    /// A document with every member through which schemas can be reached, `depth` steps from the root.
    fn sample(holds: Holds, depth: usize) -> Value {
        let Some(kind) = holds.kind().filter(|_| depth > 0) else {
            return json!({});
        };
        // Schemas in schemas are enough.
        let depth = if kind == Kind::Schema {
            depth.min(2)
        } else {
            depth
        };
        let mut members = Map::new();
        for member in kind.members().filter(|member| SCHEMAS.has(member.holds)) {
            members.insert(member.name.to_owned(), sample(member.holds, depth - 1));
        }
        if let Some(holds) = kind.others() {
            let name = if kind == Kind::PathItem {
                "get"
            } else {
                "name"
            };
            members.insert(name.to_owned(), sample(holds, depth - 1));
        }
        match holds {
            Holds::List(_) => json!([members]),
            Holds::Map(_) => json!({"name": members}),
            _ => members.into(),
        }
    }

    #[test]
    fn both_walks_find_the_same_schemas() {
        let mut document = sample(Holds::One(Kind::Document), 7);
        let (mut read, mut changed) = (Vec::new(), Vec::new());
        read::nodes(&document, |kind, place, _| {
            if kind == Kind::Schema {
                read.push(place.pointer());
            }
        });
        top_down(&mut document, |_, place| changed.push(place.pointer()));
        read.sort();
        changed.sort();
        assert_eq!(read, changed);
        for end in ["/allOf/0", "/$defs/name", "/not", "/contentSchema"] {
            assert!(
                read.iter().any(|place| place.as_str().ends_with(end)),
                "{end}"
            );
        }
    }
}
