//! The place of every node of a value: a tree parallel to the value, with twelve bytes for each node.

use std::collections::HashMap;

use serde_json::Value;

use crate::pointer::Pointer;

/// One node. The nodes have the order of the text; the children of a node follow it directly.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    /// The byte where its key begins; for an element of an array, where the element begins.
    key: u32,
    /// The byte where its own text begins.
    start: u32,
    /// The number of nodes in its subtree, including itself.
    size: u32,
}

/// The nodes of a document, the root first.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans(Vec<Node>);

impl Spans {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Begins a node. [`Spans::close`] must be called with the result when the node is complete.
    pub(super) fn open(&mut self, key: Option<usize>, start: usize) -> usize {
        self.0.push(Node {
            key: narrow(key.unwrap_or(start)),
            start: narrow(start),
            size: 1,
        });
        self.0.len() - 1
    }

    pub(super) fn close(&mut self, node: usize) {
        self.0[node].size = narrow(self.0.len() - node);
    }

    /// Removes `node` and all later nodes from the tree, and gives them.
    pub(super) fn detach(&mut self, node: usize) -> Self {
        Self(self.0.split_off(node))
    }

    /// A copy of the subtree of a node.
    pub(super) fn copy(&self, node: usize) -> Self {
        Self(self.0[node..node + self.0[node].size as usize].to_vec())
    }

    /// Adds a copy of a subtree, under another key.
    pub(super) fn attach(&mut self, subtree: &Self, key: Option<usize>) {
        let at = self.0.len();
        self.0.extend_from_slice(&subtree.0);
        if let Some(key) = key {
            self.0[at].key = narrow(key);
        }
    }

    /// The key of the child at `position` of `parent`.
    pub(super) fn key_of_child(&self, parent: usize, position: usize) -> Option<usize> {
        // The parent is still open, so its size is not known yet.
        let mut children = self.siblings(parent + 1, self.0.len());
        children
            .nth(position)
            .map(|child| self.0[child].key as usize)
    }

    /// Copies of the subtrees of the root's children.
    pub(super) fn children(&self) -> impl Iterator<Item = Self> {
        self.children_of(0).map(|child| self.copy(child))
    }

    pub(super) fn key(&self) -> Option<usize> {
        self.0.first().map(|node| node.key as usize)
    }

    /// The children of a node, by their indices.
    fn children_of(&self, parent: usize) -> impl Iterator<Item = usize> {
        let size = self.0.get(parent).map_or(0, |node| node.size as usize);
        self.siblings(parent + 1, parent + size)
    }

    /// A node and the siblings after it that begin before `end`.
    fn siblings(&self, first: usize, end: usize) -> impl Iterator<Item = usize> {
        let next = move |child: &usize| Some(child + self.0.get(*child)?.size as usize);
        let siblings = std::iter::successors(Some(first), next);
        siblings.take_while(move |child| *child < end)
    }

    /// The pointer of the innermost node at a byte.
    pub(super) fn pointer_at(&self, value: &Value, offset: usize) -> Pointer {
        let (mut node, mut value, mut place) = (0, value, Pointer::root());
        'down: loop {
            let children = self.children_of(node).enumerate();
            let before = children.filter(|(_, child)| self.0[*child].key as usize <= offset);
            let Some((position, child)) = before.last() else {
                return place;
            };
            place = match value {
                Value::Object(members) => match members.keys().nth(position) {
                    Some(name) => place.join(name),
                    None => return place,
                },
                _ => place.index(position),
            };
            value = nth(value, position);
            node = child;
            let found = self.0[child];
            if found.key as usize == offset || found.start as usize == offset {
                break 'down place;
            }
        }
    }
}

/// If a node has more children, they are indexed.
const MANY: usize = 32;

/// Finds the places of many nodes. The time for each does not grow with the number of its siblings.
pub(super) struct Finder<'d> {
    spans: &'d Spans,
    root: &'d Value,
    /// The children of the nodes that have many.
    known: HashMap<usize, Children<'d>>,
}

struct Children<'d> {
    positions: HashMap<&'d str, usize>,
    nodes: Vec<u32>,
}

impl<'d> Finder<'d> {
    pub(super) fn new(spans: &'d Spans, root: &'d Value) -> Self {
        Self {
            spans,
            root,
            known: HashMap::new(),
        }
    }

    /// The byte where the node at a pointer begins, or its nearest ancestor.
    pub(super) fn offset(&mut self, pointer: &Pointer) -> usize {
        let (mut node, mut value) = (0, self.root);
        for token in pointer.tokens() {
            let Some((child, below)) = self.child(node, value, &token) else {
                break;
            };
            (node, value) = (child, below);
        }
        self.spans.0.get(node).map_or(0, |found| {
            let is_container = matches!(value, Value::Object(_) | Value::Array(_));
            (if is_container { found.key } else { found.start }) as usize
        })
    }

    fn child(&mut self, node: usize, value: &'d Value, token: &str) -> Option<(usize, &'d Value)> {
        let (below, count) = match value {
            Value::Object(members) => (members.get(token)?, members.len()),
            Value::Array(elements) => (elements.get(token.parse::<usize>().ok()?)?, elements.len()),
            _ => return None,
        };
        let child = if count > MANY {
            let spans = self.spans;
            let known = self
                .known
                .entry(node)
                .or_insert_with(|| Children::of(spans, node, value));
            let position = match value {
                Value::Object(_) => *known.positions.get(token)?,
                _ => token.parse().ok()?,
            };
            *known.nodes.get(position)? as usize
        } else {
            let position = match value {
                Value::Object(members) => members.keys().position(|name| name == token)?,
                _ => token.parse().ok()?,
            };
            self.spans.children_of(node).nth(position)?
        };
        Some((child, below))
    }
}

impl<'d> Children<'d> {
    fn of(spans: &Spans, node: usize, value: &'d Value) -> Self {
        let names = value
            .as_object()
            .into_iter()
            .flat_map(|members| members.keys());
        let positions = names
            .enumerate()
            .map(|(at, name)| (name.as_str(), at))
            .collect();
        let nodes = spans.children_of(node).map(narrow).collect();
        Self { positions, nodes }
    }
}

fn nth(value: &Value, position: usize) -> &Value {
    let child = match value {
        Value::Object(members) => members.values().nth(position),
        Value::Array(elements) => elements.get(position),
        _ => None,
    };
    child.unwrap_or(&Value::Null)
}

/// Converts an offset or a number of nodes. Both are at most [`super::MAX_BYTES`], which fits.
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
