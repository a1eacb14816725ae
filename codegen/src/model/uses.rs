//! Finds the schemas that requests contain and those that responses contain.
//!
//! In requests `null` and an absent property are different, for example in patches (RFC 7396); responses seldom distinguish
//! them. Users build only what is sent.

use std::collections::{HashMap, HashSet};

use super::{Operation, Response, Schema, SchemaIndex, Typed};

/// The numbers of the schemas that parameters and request bodies contain.
pub(super) fn sent(operations: &[Operation], schemas: &[Schema]) -> HashSet<SchemaIndex> {
    let parts = operations.iter().flat_map(|operation| {
        let parameters = operation.parameters.iter().map(|it| &it.typed);
        parameters.chain(operation.body.iter().map(|it| &it.typed))
    });
    contained(parts, schemas)
}

/// The numbers of the schemas that responses contain.
pub(super) fn received(operations: &[Operation], schemas: &[Schema]) -> HashSet<SchemaIndex> {
    let responses = operations
        .iter()
        .flat_map(|operation| operation.success.iter().chain(&operation.errors));
    let parts = responses.flat_map(Response::typed);
    contained(parts, schemas)
}

fn contained<'o, 'd: 'o>(
    parts: impl Iterator<Item = &'o Typed<'d>>,
    schemas: &[Schema],
) -> HashSet<SchemaIndex> {
    let numbers: HashMap<&str, SchemaIndex> = schemas
        .iter()
        .enumerate()
        .map(|(number, schema)| (schema.name, number))
        .collect();
    let mut found = HashSet::new();
    let mut open: Vec<&str> = parts.filter_map(|typed| typed.node.component()).collect();
    while let Some(name) = open.pop() {
        let Some(number) = numbers.get(name).copied() else {
            continue;
        };
        if found.insert(number) {
            let typed = schemas[number].typed().into_iter();
            open.extend(typed.filter_map(|typed| typed.node.component()));
        }
    }
    found
}
