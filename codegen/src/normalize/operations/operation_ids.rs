//! Gives each operation a unique `operationId`.
//!
//! A missing one is made from the method and the path: `GET /pets/{petId}` is `getPetsByPetId`. Two of them are equal if
//! they give the same name in Rust, whatever their case and separators; the second gets a number.

use std::collections::HashMap;

use heck::{ToSnakeCase, ToUpperCamelCase};
use serde_json::{Map, Value};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::methods::sent;
use crate::openapi::names::Names;
use crate::openapi::walk::each_operation;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new(
    "operation-ids",
    "gives each operation a unique `operationId`",
    apply,
);

fn apply(document: &mut Value, log: &mut Log) {
    // A name that the document gives is never used for an operation without a name.
    let mut taken = Names::new(str::to_snake_case, []);
    each_operation(document, |_, operation| {
        if let Some(Value::String(name)) = operation.get("operationId") {
            taken.claim(name);
        }
    });
    let mut used = HashMap::new();
    each_operation(document, |place, operation| {
        name(log, place, operation, &mut taken, &mut used);
    });
}

/// Names one operation. `taken` has the names that cannot be generated, `used` the operation of each name.
fn name(
    log: &mut Log,
    place: &Pointer,
    operation: &mut Map<String, Value>,
    taken: &mut Names,
    used: &mut HashMap<String, String>,
) {
    let mut tokens = place.tokens().skip(1);
    let path = tokens.next().unwrap_or_default();
    let method = tokens.next().unwrap_or_default();
    let given = operation.get("operationId").and_then(Value::as_str);
    let given = given.unwrap_or_default().trim().to_owned();
    let has_name = !given.to_snake_case().is_empty();
    let stem = if has_name {
        given.clone()
    } else {
        from_path(&sent(&method).to_lowercase(), &path)
    };
    let key = stem.to_snake_case();

    let is_free = if has_name {
        !used.contains_key(&key)
    } else {
        !taken.has(&stem)
    };
    let id = if is_free {
        taken.claim(&stem);
        stem
    } else {
        taken.number(&stem)
    };
    let call = format!("{} {path}", sent(&method));
    if !has_name {
        log.change(place, format!("`operationId` is missing: named `{id}`"));
    } else if !is_free {
        let first = used.get(&key).map_or("another operation", String::as_str);
        let what = format!("`{first}` has the same operationId `{given}`: renamed to `{id}`");
        log.change(&place.join("operationId"), what);
    }
    used.entry(id.to_snake_case()).or_insert(call);
    operation.insert("operationId".to_owned(), id.into());
}

/// `get` and `/pets/{petId}/toys` make `getPetsByPetIdToys`.
fn from_path(method: &str, path: &str) -> String {
    let mut name = method.to_owned();
    for segment in path.split(['/', '?', '&', '=', '#']) {
        let mut rest = segment;
        while let Some((text, after)) = rest.split_once('{') {
            let (parameter, after) = after.split_once('}').unwrap_or((after, ""));
            name.push_str(&text.to_upper_camel_case());
            let parameter = parameter.to_upper_camel_case();
            if !parameter.is_empty() {
                name.push_str("By");
                name.push_str(&parameter);
            }
            rest = after;
        }
        name.push_str(&rest.to_upper_camel_case());
    }
    if name == method {
        name.push_str("Root");
    }
    name
}
