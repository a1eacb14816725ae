//! What requests hold: there it matters whether a field is `null` or not there (RFC 7396 says so of patches), which answers
//! seldom tell apart.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{Operation, Schema, component_name};

/// The numbers of the schemas that parameters and bodies of requests hold.
pub(super) fn schemas(operations: &[Operation], schemas: &[Schema]) -> HashSet<usize> {
    let numbers: HashMap<&str, usize> = schemas
        .iter()
        .enumerate()
        .map(|(number, schema)| (schema.name.as_str(), number))
        .collect();
    let mut sent = HashSet::new();
    let mut open = Vec::new();
    for operation in operations {
        let parameters = operation.parameters.iter().map(|it| &it.typed);
        for typed in parameters.chain(operation.body.iter().map(|it| &it.typed)) {
            named(&typed.schema, &mut open);
        }
    }
    while let Some(name) = open.pop() {
        let Some(number) = numbers.get(name.as_str()).copied() else {
            continue;
        };
        if sent.insert(number) {
            for typed in schemas[number].typed() {
                named(&typed.schema, &mut open);
            }
        }
    }
    sent
}

/// The components that a schema names.
fn named(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(name) = members.get("$ref").and_then(Value::as_str) {
                names.extend(component_name(name));
            }
            let inner = ["allOf", "items", "additionalProperties"];
            for member in inner.iter().filter_map(|word| members.get(*word)) {
                named(member, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| named(item, names)),
        _ => {}
    }
}
