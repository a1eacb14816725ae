//! What reading allocates.

use std::collections::BTreeMap;

use allocation_counter::{AllocationInfo, measure};
use serde_json::{Value, json};

use crate::runtime::data::{Notes, from_json};
use crate::samples::{Bag, Pet};

/// Reads once, and gives what was allocated by the time that the value was there.
fn while_reading<T>(read: impl FnOnce() -> T) -> AllocationInfo {
    let mut value = None;
    let info = measure(|| value = Some(read()));
    drop(value);
    info
}

fn leniently<T: crate::runtime::data::Blank>(text: &[u8]) -> T {
    from_json(text, &mut Notes::default()).unwrap()
}

/// Five megabytes in a map, which does not move what it holds when it grows.
fn large() -> Vec<u8> {
    let pet = json!({
        "name": "a name with an escape: \n".repeat(8), "age": 3, "weight": 2.5, "born": "2024-02-29",
        "tags": ["one", "two", "three"], "unlisted": ["x".repeat(50)], "parent": {"name": "Rex"},
    });
    let pets: serde_json::Map<String, Value> = (0..14_000)
        .map(|index| (format!("pet {index}"), pet.clone()))
        .collect();
    serde_json::to_vec(&pets).unwrap()
}

#[test]
fn a_large_document_is_never_held_twice() {
    let text = large();
    assert!(text.len() > 5_000_000, "{}", text.len());
    let strictly =
        while_reading(|| serde_json::from_slice::<BTreeMap<String, Pet>>(&text).unwrap());
    let leniently = while_reading(|| leniently::<BTreeMap<String, Pet>>(&text));
    for info in [strictly, leniently] {
        assert!(info.bytes_current > 5_000_000, "{info:?}");
        let most = u64::try_from(info.bytes_current).unwrap() + 2_000;
        assert!(info.bytes_max <= most, "{info:?}");
    }
}

#[test]
fn the_names_of_a_map_are_allocated_once() {
    let text = br#"{"a":1,"b":2,"a longer name":3,"another":4}"#;
    let derived = while_reading(|| serde_json::from_slice::<BTreeMap<String, i64>>(text).unwrap());
    let ours = while_reading(|| leniently::<BTreeMap<String, i64>>(text));
    assert_eq!(ours.count_total, derived.count_total);
    let strictly = while_reading(|| serde_json::from_slice::<Bag>(text).unwrap());
    assert_eq!(strictly.count_total, derived.count_total);
}

#[test]
fn names_with_escapes_are_read_whatever_stood_before() {
    let text = br#"{"a":1,"b\n":2,"c":3,"\u0064":4,"label":"x","l\u0061bel":"y"}"#;
    let expected = json!({"a": 1, "b\n": 2, "c": 3, "d": 4, "label": "y"});
    let bag = leniently::<Bag>(text);
    assert_eq!(serde_json::to_value(&bag).unwrap(), expected);
    let bag: Bag = serde_json::from_reader(text.as_slice()).unwrap();
    assert_eq!(serde_json::to_value(&bag).unwrap(), expected);

    let mut notes = Notes::on();
    from_json::<Pet>(br#"{"x":1,"y\n":2,"z":3,"\u0061ge":4}"#, &mut notes).unwrap();
    let pointers: Vec<&str> = notes
        .as_slice()
        .iter()
        .map(|note| note.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/x", "/y\n", "/z"]);
}
