//! Aliases that form a loop: they describe no value.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::diagnostic::Code;
use crate::normalize::Pass;
use crate::normalize::log::Log;
use crate::openapi::reference;
use crate::pointer::Pointer;

pub(crate) const PASS: Pass = Pass::new("recursion", "rejects aliases of themselves", apply);

fn apply(document: &mut Value, log: &mut Log) {
    let section = Pointer::from_tokens(["components", "schemas"]);
    let Some(Value::Object(schemas)) = section.get(document) else {
        return;
    };
    let aliases: HashMap<&String, String> = schemas
        .iter()
        .filter_map(|(name, schema)| Some((name, reference::target(schema)?)))
        .collect();
    let mut sound: HashSet<&String> = HashSet::new();
    let mut looping: HashSet<String> = HashSet::new();
    for name in schemas.keys() {
        let mut path = Vec::new();
        let mut seen = HashSet::new();
        let mut at = name;
        let ends = loop {
            if sound.contains(at) {
                break true;
            }
            if looping.contains(at) || !seen.insert(at) {
                break false;
            }
            path.push(at);
            match aliases.get(at) {
                Some(next) => at = next,
                None => break true,
            }
        };
        if ends {
            sound.extend(path);
        } else {
            looping.extend(path.into_iter().cloned());
        }
    }
    let names: Vec<String> = schemas
        .keys()
        .filter(|name| looping.contains(*name))
        .cloned()
        .collect();
    for name in names {
        let place = section.join(&name);
        log.reject(
            Code::REFERENCE_LOOP,
            &place,
            format!("`{name}` is an alias of itself"),
            "replace one of the references in the loop by a definition",
        );
        if let Some(schema) = place.get_mut(document) {
            *schema = Value::Object(Map::new());
        }
    }
}
