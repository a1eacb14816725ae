//! Renames component schemas so that their names have only letters, digits, `.`, `_` and `-`, as OpenAPI requires.
//!
//! With other characters (`Page«Pet»`, `Map<String,Pet>`, `pets/Pet`), every reference would need escapes.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::names::Names;
use crate::openapi::reference;
use crate::openapi::walk;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new("component-names", "gives components valid names", apply);

fn apply(document: &mut Value, log: &mut Log) {
    let Some(schemas) = document
        .pointer_mut("/components/schemas")
        .and_then(Value::as_object_mut)
    else {
        return;
    };
    if schemas.keys().all(|name| is_valid(name)) {
        return;
    }
    let mut taken = Names::folded(
        schemas
            .keys()
            .filter(|name| is_valid(name))
            .map(String::as_str),
    );
    let mut renamed = HashMap::new();
    *schemas = std::mem::take(schemas)
        .into_iter()
        .map(|(name, schema)| {
            if is_valid(&name) {
                return (name, schema);
            }
            let new = taken.take(&valid(&name));
            renamed.insert(name, new.clone());
            (new, schema)
        })
        .collect::<Map<_, _>>();
    walk::top_down(document, |schema, _| {
        if let Some(new) = reference::plain(schema).and_then(|name| renamed.get(&name)) {
            schema["$ref"] = Value::from(reference::text(new));
        }
        let mapping = schema.pointer_mut("/discriminator/mapping");
        for target in mapping.and_then(Value::as_object_mut).into_iter().flatten() {
            let name = target.1.as_str().and_then(reference::name_of);
            if let Some(new) = name.and_then(|name| renamed.get(&name)) {
                *target.1 = Value::from(reference::text(new));
            }
        }
    });
    let section = Pointer::from_tokens(["components", "schemas"]);
    let mut renamed: Vec<_> = renamed.into_iter().collect();
    renamed.sort();
    log.moved_together(
        renamed
            .iter()
            .map(|(old, new)| (section.join(old), section.join(new))),
    );
    for (_, new) in &renamed {
        log.change(&section.join(new), format!("renamed to `{new}`"));
    }
}

fn is_valid(name: &str) -> bool {
    !name.is_empty() && name.chars().all(is_allowed)
}

fn is_allowed(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '.' | '_' | '-')
}

fn valid(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|character| {
            if is_allowed(character) {
                character
            } else {
                '_'
            }
        })
        .collect();
    name.trim_matches('_').to_owned()
}
