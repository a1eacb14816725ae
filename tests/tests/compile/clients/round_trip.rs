//! Reads every example of every fixture as the type of its schema, and writes it again.

use std::collections::BTreeSet;

use clients::runtime::data::{Blank, from_json};
use clients::runtime::{NoteKind, Notes};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::examples;

/// An example and the result.
pub struct Tried {
    pub place: &'static str,
    pub faults: Vec<String>,
}

/// Reads an example as `T`, writes it again, and compares. `T` may lose the members `unknown`.
pub fn try_it<T>(place: &'static str, example: &str, unknown: &[&str]) -> Tried
where
    T: Blank + DeserializeOwned + Serialize,
{
    let mut faults = Vec::new();
    match serde_json::from_str::<T>(example) {
        Ok(read) => {
            // A value that is valid for the schema is not an unknown value for its type.
            let mut notes = Notes::on();
            from_json::<T>(example.as_bytes(), &mut notes).expect("it can be read leniently, too");
            let notes = notes.as_slice().iter();
            for note in notes.filter(|it| it.kind != NoteKind::UnknownMember) {
                faults.push(format!("is not known: {note:?}"));
            }
            let written = serde_json::to_string(&read).expect("what was read can be written");
            let before = serde_json::from_str(example).expect("an example is JSON");
            let after = serde_json::from_str(&written).expect("what was written is JSON");
            compare(&before, &after, "", unknown, &mut faults);
        }
        Err(fault) => faults.push(format!("is not read: {fault}")),
    }
    Tried { place, faults }
}

fn compare(before: &Value, after: &Value, place: &str, unknown: &[&str], faults: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(before), Value::Object(after)) => {
            for (name, value) in before {
                let place = format!("{place}/{}", name.replace('~', "~0").replace('/', "~1"));
                match after.get(name) {
                    Some(other) => compare(value, other, &place, unknown, faults),
                    None if value.is_null() || unknown.contains(&place.as_str()) => {}
                    None => faults.push(format!("`{place}` is lost")),
                }
            }
            for name in after.keys().filter(|name| !before.contains_key(*name)) {
                faults.push(format!("`{place}/{name}` was not there"));
            }
        }
        (Value::Array(before), Value::Array(after)) if before.len() == after.len() => {
            for (index, (value, other)) in before.iter().zip(after).enumerate() {
                compare(value, other, &format!("{place}/{index}"), unknown, faults);
            }
        }
        (before, after) if is_same(before, after) => {}
        (before, after) => faults.push(format!("`{place}` was {before} and is {after}")),
    }
}

/// Whether two values are equal, like `1` and `1.0`, or the same point in time.
fn is_same(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Number(one), Value::Number(other)) if one.is_f64() || other.is_f64() => {
            one.as_f64() == other.as_f64()
        }
        (Value::String(one), Value::String(other)) if one != other => {
            let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
            moment(one).is_some() && moment(one) == moment(other)
        }
        (one, other) => one == other,
    }
}

#[test]
fn examples_come_back_as_they_were() {
    let tried = examples::all();
    let known: BTreeSet<&str> = examples::KNOWN.iter().copied().collect();
    let mut complaints = Vec::new();
    for Tried { place, faults } in &tried {
        match (faults.is_empty(), known.contains(place)) {
            (false, false) => complaints.push(format!("{place}:\n  {}", faults.join("\n  "))),
            (true, true) => complaints.push(format!("{place} does not fail any more")),
            _ => {}
        }
    }
    let places: BTreeSet<&str> = tried.iter().map(|it| it.place).collect();
    for place in known.difference(&places) {
        complaints.push(format!("{place} is not an example any more"));
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}
