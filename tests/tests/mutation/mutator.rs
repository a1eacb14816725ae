//! Damages a document: removes, duplicates, retypes, renames, truncates and splices its nodes.

use std::fmt::Write as _;

use fastrand::Rng;
use releasepack_codegen::Pointer;
use serde_json::{Map, Value, json};

use super::corpus::Corpus;

/// The text of a damaged document, and a description of the damage.
pub(crate) fn mutate(corpus: &Corpus, seed: u64) -> (String, String) {
    let mut rng = Rng::with_seed(seed);
    let (name, document) = &corpus.documents[rng.usize(..corpus.documents.len())];
    let mut document = document.clone();
    let mut damage = format!("{name}:");
    for _ in 0..rng.usize(1..=4) {
        let places = places(&document);
        let place = places[rng.usize(..places.len())].clone();
        let what = damage_one(&mut rng, corpus, &mut document, &place);
        write!(damage, "\n  {what} {place}").expect("text takes text");
    }
    let mut text = document.to_string();
    // The text may also be cut off.
    if rng.u8(..100) < 4 {
        let mut end = rng.usize(..text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
        write!(damage, "\n  cut after {end} bytes").expect("text takes text");
    }
    (text, damage)
}

/// Every pointer of a document except the root.
fn places(document: &Value) -> Vec<Pointer> {
    fn collect(value: &Value, place: &Pointer, places: &mut Vec<Pointer>) {
        let mut add = |inner: &Value, place: Pointer| {
            places.push(place.clone());
            collect(inner, &place, places);
        };
        match value {
            Value::Object(members) => members
                .iter()
                .for_each(|(name, inner)| add(inner, place.join(name))),
            Value::Array(elements) => elements
                .iter()
                .enumerate()
                .for_each(|(index, inner)| add(inner, place.index(index))),
            _ => {}
        }
    }
    let mut places = Vec::new();
    collect(document, &Pointer::root(), &mut places);
    if places.is_empty() {
        places.push(Pointer::root());
    }
    places
}

fn damage_one(rng: &mut Rng, corpus: &Corpus, document: &mut Value, place: &Pointer) -> String {
    let what = [
        "drop",
        "duplicate",
        "retype",
        "rename",
        "truncate",
        "splice",
    ];
    let what = what[rng.usize(..what.len())];
    match what {
        "drop" => drop_node(document, place),
        "duplicate" => duplicate(rng, document, place),
        "retype" => set(document, place, odd_value(rng)),
        "rename" => rename(rng, document, place),
        "truncate" => truncate(rng, document, place),
        _ => {
            let (_, other) = &corpus.documents[rng.usize(..corpus.documents.len())];
            let others = places(if rng.bool() { other } else { document });
            let from = &others[rng.usize(..others.len())];
            let found = from.get(other).or_else(|| from.get(document));
            let spliced = found.cloned().unwrap_or_default();
            set(document, place, spliced);
            return format!("splice {from} into");
        }
    }
    what.to_owned()
}

fn set(document: &mut Value, place: &Pointer, value: Value) {
    if let Some(node) = place.get_mut(document) {
        *node = value;
    }
}

fn drop_node(document: &mut Value, place: &Pointer) {
    let (Some(parent), Some(name)) = (place.parent(), place.last()) else {
        return;
    };
    match parent.get_mut(document) {
        Some(Value::Object(members)) => {
            members.shift_remove(&name);
        }
        Some(Value::Array(elements)) => {
            let index = name.parse().unwrap_or(0);
            elements.remove(index);
        }
        _ => {}
    }
}

fn duplicate(rng: &mut Rng, document: &mut Value, place: &Pointer) {
    let copy = place.get(document).cloned().unwrap_or_default();
    let (Some(parent), Some(name)) = (place.parent(), place.last()) else {
        return;
    };
    match parent.get_mut(document) {
        Some(Value::Object(members)) => {
            let other = other_name(rng, &name, members);
            members.insert(other, copy);
        }
        Some(Value::Array(elements)) => elements.push(copy),
        _ => {}
    }
}

fn rename(rng: &mut Rng, document: &mut Value, place: &Pointer) {
    let (Some(parent), Some(name)) = (place.parent(), place.last()) else {
        return;
    };
    if let Some(members) = parent.get_mut(document).and_then(Value::as_object_mut) {
        let other = other_name(rng, &name, members);
        let renamed = std::mem::take(members);
        for (key, value) in renamed {
            let key = if key == name { other.clone() } else { key };
            members.insert(key, value);
        }
    }
}

/// Another name: a variation, the name of a sibling, or a name that has a meaning elsewhere.
fn other_name(rng: &mut Rng, name: &str, siblings: &Map<String, Value>) -> String {
    const WORDS: [&str; 24] = [
        "$ref",
        "get",
        "post",
        "parameters",
        "responses",
        "content",
        "schema",
        "type",
        "properties",
        "items",
        "allOf",
        "oneOf",
        "enum",
        "required",
        "default",
        "200",
        "2XX",
        "application/json",
        "*/*",
        "multipart/form-data",
        "x-y",
        "/a/{b",
        "",
        "additionalProperties",
    ];
    match rng.u8(..5) {
        0 => name.to_uppercase(),
        1 => format!("{name}2"),
        2 => name.chars().skip(1).collect(),
        3 => siblings
            .keys()
            .nth(rng.usize(..siblings.len().max(1)))
            .cloned()
            .unwrap_or_default(),
        _ => WORDS[rng.usize(..WORDS.len())].to_owned(),
    }
}

fn truncate(rng: &mut Rng, document: &mut Value, place: &Pointer) {
    let Some(node) = place.get_mut(document) else {
        return;
    };
    match node {
        Value::String(text) => {
            let keep = rng.usize(..=text.chars().count());
            *text = text.chars().take(keep).collect();
        }
        Value::Array(elements) => elements.truncate(rng.usize(..=elements.len())),
        Value::Object(members) => {
            let keep = rng.usize(..=members.len());
            *members = std::mem::take(members).into_iter().take(keep).collect();
        }
        other => *other = Value::Null,
    }
}

/// A value that is rarely valid at a place.
fn odd_value(rng: &mut Rng) -> Value {
    let values = [
        Value::Null,
        json!(true),
        json!(false),
        json!(-1),
        json!(1.5e300),
        json!(u64::MAX),
        json!(""),
        json!("object"),
        json!("\u{0}\u{202e}ü/{}~ "),
        json!([]),
        json!({}),
        json!([null]),
        json!([[]]),
        json!({"": null}),
        json!({"$ref": "#/components/schemas/Pet"}),
        json!({"$ref": "#/components/parameters/Limit"}),
        json!({"$ref": "#"}),
        json!({"$ref": "#/paths"}),
        json!({"$ref": ""}),
        json!({"$ref": 1}),
        json!({"$ref": "other.yaml#/x"}),
        json!({"allOf": [{"$ref": "#/components/schemas/Pet"}, null]}),
        json!({"type": ["null"], "enum": [null]}),
        json!({"oneOf": []}),
    ];
    values[rng.usize(..values.len())].clone()
}
