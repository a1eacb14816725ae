//! Finds the component schema that a reference leads to.

use std::collections::HashMap;

use openapiv3::Type;

use super::Typed;
use super::node::Node;
use super::schema::{Schema, Shape};

/// The schemas by the names that the document has for them.
pub(super) struct Components<'s, 'd>(HashMap<&'d str, &'s Schema<'d>>);

/// The kind of a value, as parameters and parts distinguish it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueKind {
    Scalar,
    Array,
    Object,
    Any,
}

impl<'s, 'd> Components<'s, 'd> {
    pub(super) fn new(schemas: &'s [Schema<'d>]) -> Self {
        let schemas = schemas.iter();
        Self(schemas.map(|schema| (schema.name, schema)).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&'s Schema<'d>> {
        self.0.get(name).copied()
    }

    /// The schema that an alias leads to.
    pub(super) fn resolved(&self, mut node: Node<'d>) -> Node<'d> {
        // No chain of aliases is longer than the number of components.
        for _ in 0..self.0.len() {
            let target = node.reference().and_then(|name| self.get(name));
            match target.map(|target| &target.shape) {
                Some(Shape::Alias(typed)) => node = typed.node,
                _ => break,
            }
        }
        node
    }

    pub(super) fn kind(&self, typed: &Typed<'d>) -> ValueKind {
        let node = typed.node;
        let resolved = self.resolved(node);
        if let Some(name) = resolved.reference() {
            return match self.get(name).map(|schema| &schema.shape) {
                Some(Shape::StringEnum(_)) => ValueKind::Scalar,
                Some(Shape::Object(_)) => ValueKind::Object,
                Some(Shape::Union(_) | Shape::Alias(_)) | None => ValueKind::Any,
            };
        }
        // The `null` of an alias is one of its values.
        let is_own = node.reference().is_none();
        if resolved.is_nullable() && !(is_own && typed.is_without_null) {
            return ValueKind::Any;
        }
        match (resolved, resolved.ty()) {
            (Node::Files, _) | (_, Some(Type::Array(_))) => ValueKind::Array,
            (_, Some(Type::Object(_))) => ValueKind::Object,
            (Node::File, _) | (_, Some(_)) => ValueKind::Scalar,
            (_, None) => ValueKind::Any,
        }
    }
}
