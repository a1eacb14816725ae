//! No node of a document can make the conversion panic, or be lost in silence.

use std::thread;

use releasepack_codegen::{
    Bundle, Document, Pointer, Strictness, generate, lint, normalize, to_json,
};
use serde_json::{Value, json};

use super::case::fixture;

/// The place of every node except the version.
fn places(value: &Value, at: &Pointer, all: &mut Vec<Pointer>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let place = at.join(name);
                places(member, &place, all);
                all.push(place);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                let place = at.index(index);
                places(element, &place, all);
                all.push(place);
            }
        }
        _ => {}
    }
}

fn removed(document: &Value, place: &Pointer) -> Value {
    let mut document = document.clone();
    let parent = place.parent().expect("it is not the root");
    let last = place.last().expect("it is not the root");
    match parent.get_mut(&mut document).expect("it is there") {
        Value::Object(members) => {
            members.shift_remove(&last);
        }
        Value::Array(elements) => {
            elements.remove(last.parse().expect("an index"));
        }
        _ => unreachable!("only these have nodes in them"),
    }
    document
}

#[test]
fn every_node_can_be_removed_or_replaced() {
    let fixture = fixture();
    let document = fixture.value();
    let mut all = Vec::new();
    places(document, &Pointer::root(), &mut all);
    all.retain(|place| place.as_str() != "/swagger");
    assert!(all.len() > 300, "{}", all.len());
    let values = [
        json!(null),
        json!(7),
        json!("a"),
        json!([]),
        json!({}),
        json!([{}]),
        json!({"$ref": "#"}),
    ];
    let workers = thread::available_parallelism().map_or(2, usize::from);
    let (all, values) = (&all, &values);
    thread::scope(|scope| {
        for worker in 0..workers {
            let mine = all.iter().enumerate().skip(worker).step_by(workers);
            scope.spawn(move || {
                for (index, place) in mine {
                    check(&removed(document, place), place);
                    // Each node gets two of the values; together they get all.
                    for value in values.iter().cycle().skip(index).take(2) {
                        let mut document = document.clone();
                        *place.get_mut(&mut document).expect("it is there") = value.clone();
                        check(&document, place);
                    }
                }
            });
        }
    });
}

/// The conversion gives a result whose nodes all have an origin, and all that is reported has a place.
fn check(document: &Value, damage: &Pointer) {
    let normalized = normalize(document.clone(), Strictness::Lenient);
    let places = normalized.diagnostics.iter().map(|it| &it.pointer);
    for place in places.chain(normalized.changes.iter().map(|it| &it.pointer)) {
        let parent = place.parent().unwrap_or_default();
        let is_there = place.get(document).or_else(|| parent.get(document));
        assert!(is_there.is_some(), "{place} is reported for {damage}");
    }
}

#[test]
fn damaged_documents_are_checked_and_generated() {
    let fixture = fixture();
    let document = fixture.value();
    let mut all = Vec::new();
    places(document, &Pointer::root(), &mut all);
    for place in all.iter().step_by(9) {
        let damaged = removed(document, place);
        let _ = lint(&damaged);
        let parsed = Document::parse("damaged.json", to_json(&damaged).as_bytes());
        let Ok(parsed) = parsed else { continue };
        if let Err(faults) = generate(&Bundle::from(parsed), Strictness::Lenient) {
            assert!(!faults.is_empty(), "{place}");
        }
    }
}
