//! Reads every example of every fixture as the type of its schema, and writes it again; and so values that are made for every
//! component.

use std::collections::{BTreeMap, BTreeSet};

use clients::runtime::data::{Blank, from_json};
use clients::runtime::{NoteKind, Notes};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{examples, instances};

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
    let mut faults = changes::<T>(example, unknown);
    if faults.is_empty() {
        // A value that is valid for the schema is not an unknown value for its type.
        let mut notes = Notes::on();
        from_json::<T>(example.as_bytes(), &mut notes).expect("it can be read leniently, too");
        let notes = notes.as_slice().iter();
        for note in notes.filter(|it| it.kind != NoteKind::UnknownMember) {
            faults.push(format!("is not known: {note:?}"));
        }
    }
    Tried { place, faults }
}

/// What is different after reading and writing. `T` may lose the members `unknown`.
fn changes<T>(example: &str, unknown: &[&str]) -> Vec<String>
where
    T: DeserializeOwned + Serialize,
{
    let mut changes = Vec::new();
    match serde_json::from_str::<T>(example) {
        Ok(read) => {
            let written = serde_json::to_string(&read).expect("what was read can be written");
            let before = serde_json::from_str(example).expect("an example is JSON");
            let after = serde_json::from_str(&written).expect("what was written is JSON");
            compare(&before, &after, "", unknown, &mut changes);
        }
        Err(fault) => changes.push(format!("is not read: {fault}")),
    }
    changes
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

/// Made values that change when they are read and written: the beginning of the name, and the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "normalize_malformed_schemas#/components/schemas/One",
        "`required: name` is read as `required: [name]`",
    ),
    (
        "normalize_newer_keywords#/components/schemas/Map with an unknown member",
        "all other members have the type of those whose names have a pattern",
    ),
    (
        "normalize_newer_keywords#/components/schemas/Node",
        "`$dynamicRef` is followed, which the maker of the values does not do",
    ),
    (
        "normalize_schema_types#/components/schemas/Number",
        "a schema without a type has the type that its `minimum` is for",
    ),
    (
        "normalize_schema_types#/components/schemas/Text",
        "a schema without a type has the type that its `maxLength` is for",
    ),
    (
        "normalize_schema_types#/components/schemas/When",
        "a schema without a type has the type that its `format` is for",
    ),
    (
        "vendors_chat_parlance#/components/schemas/Mentions null",
        "`null` belongs to what contains the component: an option",
    ),
];

/// A value that is valid for a component: what it shows, the value as JSON, and the members that no schema declares.
type Instance = (String, String, Vec<String>);

/// Tries the made values of one component after the other.
pub struct Tries {
    instances: BTreeMap<String, Vec<Instance>>,
    count: usize,
    /// The values that changed, each with what happened.
    changed: Vec<(String, Vec<String>)>,
}

impl Tries {
    /// Tries the values of the component at `place`, whose type is `T`.
    pub fn of<T>(&mut self, place: &str)
    where
        T: DeserializeOwned + Serialize,
    {
        for instance in self
            .instances
            .remove(place)
            .expect("the component has values")
        {
            let (about, json, unknown) = instance;
            let unknown: Vec<&str> = unknown.iter().map(String::as_str).collect();
            let faults = changes::<T>(&json, &unknown);
            self.count += 1;
            if !faults.is_empty() {
                let name = format!("{place} {about}: {json}");
                self.changed.push((name, faults));
            }
        }
    }
}

#[test]
fn made_values_of_all_components_come_back_as_they_were() {
    let mut tries = Tries {
        instances: serde_json::from_str(include_str!("instances.json")).expect("it is JSON"),
        count: 0,
        changed: Vec::new(),
    };
    instances::all(&mut tries);
    let Tries { count, changed, .. } = tries;
    println!("{} of {count} made values change", changed.len());
    let is_of = |name: &str, exception: &str| name.starts_with(exception);
    let unexplained: Vec<String> = changed
        .iter()
        .filter(|(name, _)| !EXCEPTIONS.iter().any(|(it, _)| is_of(name, it)))
        .map(|(name, faults)| format!("{name}\n  {}", faults.join("\n  ")))
        .collect();
    let stale: Vec<&str> = EXCEPTIONS
        .iter()
        .map(|(exception, _)| *exception)
        .filter(|exception| !changed.iter().any(|(name, _)| is_of(name, exception)))
        .collect();
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
    assert!(stale.is_empty(), "these do not change any more: {stale:#?}");
    assert!(
        changed.len() * 100 <= count,
        "more than one in a hundred changes"
    );
}
