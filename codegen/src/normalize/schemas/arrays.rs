//! Arrays: one schema for all elements.
//!
//! A tuple (an array in `items`) becomes an array whose elements are a union.

use serde_json::{Map, Value};

use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::normalize::versions::schema::union_of;
use crate::openapi::keywords;
use crate::openapi::walk;

pub(crate) const PASS: Pass =
    Pass::new("arrays", "gives each array one schema for its items", apply);

fn apply(document: &mut Value, log: &mut Log) {
    walk::objects(document, |members, place| {
        if keywords::type_of(members) != Some("array") {
            return;
        }
        match members.get_mut("items") {
            None => {
                members.insert("items".to_owned(), Value::Object(Map::new()));
                log.change(
                    &place.pointer(),
                    "the array has no `items`; any value was added",
                );
            }
            Some(items) if items.is_array() => {
                let Value::Array(places) = items else {
                    return;
                };
                let places = std::mem::take(places);
                *items = union_of(places);
                log.change(
                    &place.pointer(),
                    "the elements of the tuple became `items`: one type, or a union",
                );
            }
            Some(_) => {}
        }
        members.shift_remove("additionalItems");
    });
}
