//! Fixtures with random changes: nodes are removed, duplicated, retyped, moved and replaced.

use std::collections::HashSet;

use releasepack_codegen::{Code, Severity, Strictness, normalize};
use serde_json::{Map, Value, json};

/// xorshift64*: the same documents on every machine.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let value = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(value).expect("31 bits fit") % limit
    }
}

fn fixtures() -> Vec<Value> {
    let folder = format!("{}/fixtures/normalize", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("the folder can be read").path())
        .collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| {
            let bytes = std::fs::read(path).expect("the fixture can be read");
            let name = path.display().to_string();
            let document = releasepack_codegen::Document::parse(&name, &bytes).ok()?;
            Some(document.value().clone())
        })
        .collect()
}

/// The pointer of every node except the root.
fn places(value: &Value, place: &str, found: &mut Vec<String>) {
    let mut visit = |token: &str, inner: &Value| {
        let token = token.replace('~', "~0").replace('/', "~1");
        let place = format!("{place}/{token}");
        found.push(place.clone());
        places(inner, &place, found);
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, inner)| visit(name, inner)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(index, inner)| visit(&index.to_string(), inner)),
        _ => {}
    }
}

fn odd_value(random: &mut Random, name: &str) -> Value {
    let reference = format!("#/components/schemas/{name}");
    let odd = [
        json!(null),
        json!(true),
        json!(false),
        json!(7),
        json!(-1.5e300),
        json!(""),
        json!("string"),
        json!([]),
        json!({}),
        json!([[]]),
        json!({"$ref": reference}),
        json!({"$ref": 3}),
        json!({"allOf": [{"$ref": reference}, {"properties": {"a": {"$ref": reference}}}]}),
        json!({"oneOf": [{"$ref": reference}, {"type": "null"}, {"type": ["string", "integer"]}]}),
        json!({"anyOf": [{"$ref": reference}, {"required": ["a"]}], "properties": {"a": {"const": 1}}}),
        json!({"enum": [1, "1", null, {}, []]}),
        json!({"type": "array", "items": [{"$ref": reference}, false]}),
        json!({"discriminator": {"propertyName": "a", "mapping": {"x": reference, "y": 4}}}),
        json!({"if": {"$ref": reference}, "then": {"properties": {"b": {"not": {}}}}}),
        json!({"$dynamicRef": "#x", "$dynamicAnchor": "x", "$defs": {"x": {"$ref": "#/$defs/x"}}}),
    ];
    odd[random.below(odd.len())].clone()
}

fn mutate(document: &mut Value, random: &mut Random) {
    let mut all = Vec::new();
    places(document, "", &mut all);
    // Earlier changes may have left nothing.
    if all.is_empty() {
        return;
    }
    let names: Vec<String> = document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .map(|schemas| schemas.keys().cloned().collect())
        .unwrap_or_default();
    let name = if names.is_empty() {
        String::new()
    } else {
        names[random.below(names.len())].clone()
    };
    let place = all[random.below(all.len())].clone();
    let other = all[random.below(all.len())].clone();
    match random.below(5) {
        0 => {
            let (parent, last) = place.rsplit_once('/').expect("it is below the root");
            match document.pointer_mut(parent) {
                Some(Value::Object(members)) => {
                    members.remove(&last.replace("~1", "/").replace("~0", "~"));
                }
                Some(Value::Array(items)) => {
                    items.remove(last.parse().expect("an index"));
                }
                _ => {}
            }
        }
        1 => {
            let copy = document.pointer(&other).cloned().unwrap_or_default();
            if let Some(node) = document.pointer_mut(&place) {
                *node = copy;
            }
        }
        2 => {
            if let Some(Value::Object(members)) = document.pointer_mut(&place) {
                let words = [
                    "allOf",
                    "oneOf",
                    "properties",
                    "items",
                    "$ref",
                    "enum",
                    "type",
                    "required",
                ];
                let word = words[random.below(words.len())];
                members.insert(word.to_owned(), odd_value(random, &name));
            }
        }
        3 => {
            if let Some(Value::Object(members)) = document.pointer_mut(&place) {
                let renamed: Map<String, Value> = std::mem::take(members)
                    .into_iter()
                    .map(|(name, value)| (format!("{name}~/é"), value))
                    .collect();
                *members = renamed;
            }
        }
        _ => {
            if let Some(node) = document.pointer_mut(&place) {
                *node = odd_value(random, &name);
            }
        }
    }
}

/// Every reference of a normalized document names a component.
fn dangling(value: &Value, names: &HashSet<&String>) -> Option<String> {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(text)) = members.get("$ref") {
                let name = text.strip_prefix("#/components/schemas/");
                if name.is_none_or(|name| !names.contains(&name.to_owned())) {
                    return Some(text.clone());
                }
            }
            members
                .iter()
                // These contain data, even if it looks like a schema.
                .filter(|(word, _)| {
                    !matches!(word.as_str(), "example" | "default" | "x-odd" | "x-order")
                })
                .find_map(|(_, inner)| dangling(inner, names))
        }
        Value::Array(list) => list.iter().find_map(|inner| dangling(inner, names)),
        _ => None,
    }
}

#[test]
fn ten_thousand_bent_documents_end_in_the_normal_form_or_in_a_diagnostic() {
    let fixtures = fixtures();
    let mut random = Random(0x5EED_0F5C_4E3A);
    for round in 0..10_000 {
        let mut document = fixtures[round % fixtures.len()].clone();
        for _ in 0..=random.below(4) {
            mutate(&mut document, &mut random);
        }
        let text = document.to_string();
        let strictness = if round % 2 == 0 {
            Strictness::Strict
        } else {
            Strictness::Lenient
        };
        let normalized = normalize(document, strictness);
        // The check reports nodes that an earlier pass should have changed or reported.
        let left = normalized
            .diagnostics
            .iter()
            .find(|diagnostic| diagnostic.code == Code::UNSUPPORTED_SCHEMA);
        assert!(left.is_none(), "round {round}: {left:?}\n{text}");
        let is_refused = normalized
            .diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error);
        if is_refused {
            continue;
        }
        let none = Map::new();
        let schemas = normalized
            .document
            .pointer("/components/schemas")
            .and_then(Value::as_object)
            .unwrap_or(&none);
        let names = schemas.keys().collect();
        let schemas = Value::Object(schemas.clone());
        let lost = dangling(&schemas, &names);
        assert!(lost.is_none(), "round {round}: {lost:?}\n{text}");
    }
}

#[test]
fn the_normal_form_stays_as_it_is() {
    for document in fixtures() {
        let mut once = normalize(document, Strictness::Lenient).document;
        if let Some(Value::Object(schemas)) = once.pointer_mut("/components/schemas") {
            // As published, it is an object without declared properties.
            schemas.retain(|_, schema| *schema != json!({"type": "object", "properties": {}}));
        }
        let twice = normalize(once.clone(), Strictness::Lenient);
        assert_eq!(
            twice.document.pointer("/components/schemas"),
            once.pointer("/components/schemas")
        );
    }
}
