//! Finds the members of a value that its schema declares, however the schema is composed.

use releasepack_codegen::Pointer;
use serde_json::Value;

/// The members of a value, at any depth, that no schema declares or requires to keep.
pub(crate) fn unknown(document: &Value, schema: &Pointer, value: &Value) -> Vec<Pointer> {
    let mut unknown = Vec::new();
    let schema = schema.get(document).into_iter().collect();
    look(document, schema, value, &Pointer::root(), &mut unknown);
    unknown
}

fn look(
    document: &Value,
    schemas: Vec<&Value>,
    value: &Value,
    place: &Pointer,
    unknown: &mut Vec<Pointer>,
) {
    let schemas = parts(document, schemas);
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let place = place.join(name);
                match of_member(&schemas, name) {
                    Some(inner) => look(document, inner, member, &place, unknown),
                    None => unknown.push(place),
                }
            }
        }
        Value::Array(elements) => {
            let items = schemas.iter().filter_map(|it| it.get("items"));
            let first = schemas.iter().filter_map(|it| it["prefixItems"].as_array());
            let items: Vec<&Value> = items.chain(first.flatten()).collect();
            for (index, element) in elements.iter().enumerate() {
                let place = place.index(index);
                look(document, items.clone(), element, &place, unknown);
            }
        }
        _ => {}
    }
}

/// The schemas of a member; `None` if no schema declares or keeps the member.
fn of_member<'d>(schemas: &[&'d Value], name: &str) -> Option<Vec<&'d Value>> {
    let declared: Vec<&Value> = schemas
        .iter()
        .filter_map(|it| it["properties"].get(name))
        .collect();
    if !declared.is_empty() {
        return Some(declared);
    }
    let rest = schemas.iter().flat_map(|it| {
        let patterns = it["patternProperties"].as_object();
        let patterns = patterns.into_iter().flat_map(|it| it.values());
        patterns.chain(it.get("additionalProperties"))
    });
    let rest: Vec<&Value> = rest.filter(|it| **it != false).collect();
    let is_map = !schemas.iter().any(|it| it.get("properties").is_some());
    (is_map || !rest.is_empty()).then_some(rest)
}

/// Schemas, and all schemas that they are composed of.
fn parts<'d>(document: &'d Value, schemas: Vec<&'d Value>) -> Vec<&'d Value> {
    const WORDS: [&str; 5] = ["allOf", "anyOf", "oneOf", "then", "else"];
    let mut parts: Vec<&Value> = Vec::new();
    let mut open = schemas;
    while let Some(schema) = open.pop() {
        if parts.iter().any(|part| std::ptr::eq(*part, schema)) {
            continue;
        }
        parts.push(schema);
        let target = schema["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
        open.extend(target.and_then(|it| Pointer::parse(it)?.get(document)));
        for word in WORDS {
            match schema.get(word) {
                Some(Value::Array(several)) => open.extend(several),
                Some(one) => open.push(one),
                None => {}
            }
        }
    }
    parts
}
