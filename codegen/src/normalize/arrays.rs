//! Arrays: with one schema for their items.
//!
//! Tuples (a list under `items`) become arrays of the union of what their places allow.

use serde_json::{Map, Value, json};

use super::{Work, keywords, walk};

pub(super) fn apply(work: &mut Work) {
    walk::top_down(work, |work, schema, place| {
        let Some(members) = schema.as_object_mut() else {
            return;
        };
        if keywords::type_of(members) != Some("array") {
            return;
        }
        match members.get_mut("items") {
            None => {
                members.insert("items".to_owned(), Value::Object(Map::new()));
                work.changed(&place.pointer(), "the items of an array may be anything");
            }
            Some(items @ Value::Array(_)) => {
                let list = items.take();
                *items = union_of(list);
                work.changed(
                    &place.pointer(),
                    "the places of a tuple are items of one type or a union",
                );
            }
            Some(_) => {}
        }
        members.shift_remove("additionalItems");
    });
}

/// The one schema that all are equal to, or the union of them.
pub(crate) fn union_of(list: Value) -> Value {
    let Value::Array(list) = list else {
        return list;
    };
    let mut distinct: Vec<Value> = Vec::new();
    for schema in list {
        if !distinct.contains(&schema) {
            distinct.push(schema);
        }
    }
    match distinct.len() {
        0 => json!({}),
        1 => distinct.remove(0),
        _ => json!({ "anyOf": distinct }),
    }
}
