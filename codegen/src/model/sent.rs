//! Finds the schemas that requests contain. There `null` and an absent property are different, for example in patches (RFC 7396);
//! responses seldom distinguish them.

use std::collections::{HashMap, HashSet};

use super::{Operation, Schema, SchemaIndex};

/// The numbers of the schemas that parameters and request bodies contain.
pub(super) fn schemas(operations: &[Operation], schemas: &[Schema]) -> HashSet<SchemaIndex> {
    let numbers: HashMap<&str, SchemaIndex> = schemas
        .iter()
        .enumerate()
        .map(|(number, schema)| (schema.name, number))
        .collect();
    let mut sent = HashSet::new();
    let mut open = Vec::new();
    for operation in operations {
        let parameters = operation.parameters.iter().map(|it| &it.typed);
        let typed = parameters.chain(operation.body.iter().map(|it| &it.typed));
        open.extend(typed.filter_map(|typed| typed.node.component()));
    }
    while let Some(name) = open.pop() {
        let Some(number) = numbers.get(name).copied() else {
            continue;
        };
        if sent.insert(number) {
            let typed = schemas[number].typed().into_iter();
            open.extend(typed.filter_map(|typed| typed.node.component()));
        }
    }
    sent
}
