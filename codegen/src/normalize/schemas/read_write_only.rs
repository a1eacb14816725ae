//! Required properties that are `readOnly` or `writeOnly` become optional: they are absent in the other direction.

use std::collections::HashSet;

use serde_json::Value;

use super::quoted;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::reference;
use crate::openapi::walk;

pub(crate) const PASS: Pass = Pass::new(
    "read-write-only",
    "makes required `readOnly` and `writeOnly` properties optional",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    let one_way = |schema: &Value| {
        ["readOnly", "writeOnly"]
            .iter()
            .any(|word| schema.get(word) == Some(&Value::Bool(true)))
    };
    let components: HashSet<String> = super::members(document.pointer("/components/schemas"))
        .filter(|(_, schema)| one_way(schema))
        .map(|(name, _)| name.clone())
        .collect();
    walk::objects(document, |members, place| {
        let Some(Value::Array(mut required)) = members.get_mut("required").map(Value::take) else {
            return;
        };
        let properties = members.get("properties").and_then(Value::as_object);
        let mut freed = Vec::new();
        required.retain(|name| {
            let property = name
                .as_str()
                .and_then(|name| properties.and_then(|properties| properties.get(name)));
            let is_one_way = property.is_some_and(|schema| {
                one_way(schema)
                    || reference::target(schema).is_some_and(|name| components.contains(&name))
            });
            if is_one_way {
                freed.push(name.as_str().unwrap_or_default().to_owned());
            }
            !is_one_way
        });
        if required.is_empty() {
            members.shift_remove("required");
        } else {
            members.insert("required".to_owned(), Value::Array(required));
        }
        if !freed.is_empty() {
            log.change(
                &place.pointer(),
                format!(
                    "made optional, because only requests or only responses have them: {}",
                    quoted(freed)
                ),
            );
        }
    });
}
