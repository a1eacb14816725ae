//! Follows references within a document. Only this module limits chains of references and detects loops.

use serde_json::{Map, Value};

use super::uri::{Target, pointer, pointer_in};
use super::{of, plain};
use crate::pointer::Pointer;

/// The longest chain of references that is followed. Published documents have two or three.
pub(crate) const MAX_HOPS: usize = 100;

/// Why a reference has no target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It names a file or a URL.
    Elsewhere,
    /// The part after `#` is not a JSON pointer.
    NotAPointer,
    /// The document has nothing at this place.
    Missing(Pointer),
}

/// Why a chain of references has no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endless {
    /// It refers to itself.
    Loop,
    /// It has more than [`MAX_HOPS`] references.
    TooLong,
}

/// The place that a reference to its own document names.
pub(crate) fn local(text: &str) -> Result<Pointer, Fault> {
    match Target::read(text, "") {
        Target::Here(fragment) => pointer(&fragment).ok_or(Fault::NotAPointer),
        _ => Err(Fault::Elsewhere),
    }
}

/// One step: the place and the node that a reference names.
pub(crate) fn step<'d>(document: &'d Value, text: &str) -> Result<(Pointer, &'d Value), Fault> {
    let place = local(text)?;
    match place.get(document) {
        Some(node) => Ok((place, node)),
        None => Err(Fault::Missing(place)),
    }
}

/// Calls `next` until it gives `None`. Gives the last value.
pub(crate) fn follow<T: PartialEq>(
    first: T,
    mut next: impl FnMut(&T) -> Option<T>,
) -> Result<T, Endless> {
    let mut seen = Vec::new();
    let mut at = first;
    while let Some(further) = next(&at) {
        seen.push(at);
        if seen.contains(&further) {
            return Err(Endless::Loop);
        }
        if seen.len() >= MAX_HOPS {
            return Err(Endless::TooLong);
        }
        at = further;
    }
    Ok(at)
}

/// A node of a document. Two are equal if they are the same node, not if they have equal values.
struct Node<'d>(&'d Value);

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl<'d> Node<'d> {
    fn next(&self, document: &'d Value) -> Option<Self> {
        let (_, target) = step(document, of(self.0)?).ok()?;
        Some(Self(target))
    }
}

/// The node at the end of a chain of references; a dangling reference is itself the end. `None` for a loop.
pub(crate) fn resolved<'d>(document: &'d Value, node: &'d Value) -> Option<&'d Value> {
    let last = follow(Node(node), |node| node.next(document));
    last.ok().map(|node| node.0)
}

/// As [`resolved`], for references between component schemas.
pub(crate) fn resolved_schema<'d>(
    schemas: &'d Map<String, Value>,
    schema: &'d Value,
) -> Option<&'d Value> {
    let last = follow(Node(schema), |node| {
        Some(Node(schemas.get(&plain(node.0)?)?))
    });
    last.ok().map(|node| node.0)
}

/// Whether `test` is true of a node or of a node in its chain of references.
pub(crate) fn any(document: &Value, node: &Value, test: impl Fn(&Value) -> bool) -> bool {
    let mut is_found = false;
    let _ = follow(Node(node), |node| {
        is_found |= test(node.0);
        node.next(document).filter(|_| !is_found)
    });
    is_found
}

/// The node at a place, and its real place: below a `$ref`, the search goes on at the target.
pub(crate) fn node_at<'d>(document: &'d Value, place: &Pointer) -> Option<(Pointer, &'d Value)> {
    let reversed = |place: &Pointer| {
        let mut tokens: Vec<String> = place.tokens().collect();
        tokens.reverse();
        tokens
    };
    let mut rest = reversed(place);
    let (mut at, mut node) = (Pointer::root(), document);
    let mut hops = 0;
    while let Some(token) = rest.pop() {
        let inner = match node {
            Value::Object(members) => members.get(&token),
            Value::Array(elements) => token.parse().ok().and_then(|at: usize| elements.get(at)),
            _ => None,
        };
        if let Some(inner) = inner {
            at = at.join(&token);
            node = inner;
            continue;
        }
        let target = pointer_in(of(node)?)?;
        hops += 1;
        if hops > MAX_HOPS {
            return None;
        }
        rest.push(token);
        rest.extend(reversed(&target));
        (at, node) = (Pointer::root(), document);
    }
    Some((at, node))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_reference_is_followed_to_its_end() {
        let document = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/c"}, "c": {"d": 1}});
        assert_eq!(resolved(&document, &document["a"]), Some(&document["c"]));
        let inside = node_at(&document, &Pointer::from_tokens(["a", "d"]));
        let written = Pointer::from_tokens(["c", "d"]);
        assert_eq!(inside, Some((written, &json!(1))));
    }

    #[test]
    fn a_chain_without_an_end_is_a_fault() {
        let document = json!({"a": {"$ref": "#/b"}, "b": {"$ref": "#/a"}});
        assert_eq!(resolved(&document, &document["a"]), None);
        assert_eq!(node_at(&document, &Pointer::from_tokens(["a", "d"])), None);
        assert_eq!(follow(0, |at| Some((at + 1) % 7)), Err(Endless::Loop));
        assert_eq!(follow(0, |at| Some(at + 1)), Err(Endless::TooLong));
        assert_eq!(follow(0, |at| (*at < 9).then_some(at + 1)), Ok(9));
    }
}
