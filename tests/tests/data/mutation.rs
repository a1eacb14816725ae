//! Damaged values: reading never panics, and it loses nothing but what was damaged.

use std::fmt::Debug;

use fastrand::Rng;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::runtime::data::{Blank, Notes, from_json};
use crate::samples::{Animal, Bag, Branch, Component, Id, Pet, Sizes, Toy, Tree};
use crate::{assert_same, is_same};

const ROUNDS: u64 = 10_000;

/// The members that are required somewhere. Here all others are optional wherever they stand.
const REQUIRED: [&str; 16] = [
    "id", "price", "made", "maker", "small", "count", "large", "huge", "series", "uuid", "kind",
    "type", "x", "y", "ok", "any",
];

/// The steps from the root to a value.
type Path = Vec<String>;

#[test]
fn damage_costs_no_more_than_the_optional_member_around_it() {
    for round in 0..ROUNDS {
        let rng = &mut Rng::with_seed(round);
        match round % 9 {
            0 | 1 => damage::<Pet>(&pet(), rng),
            2 => damage::<Toy>(&toy(), rng),
            3 => damage::<Bag>(&json!({"label": "x", "a": 1, "b": 2}), rng),
            4 => damage::<Sizes>(&sizes(), rng),
            5 => damage::<Animal>(&json!({"kind": "dog", "barks": true}), rng),
            6 => damage::<Component>(&json!({"type": 2, "label": "t"}), rng),
            7 => damage::<Id>(&json!([1, {"x": 1.5, "y": 2.5}, {"a": "2024-02-29"}]), rng),
            _ => damage::<Branch>(&json!({"child": {"a": "x"}, "b": "y"}), rng),
        }
    }
}

#[test]
fn damaged_text_never_panics() {
    let texts = [
        pet().to_string(),
        sizes().to_string(),
        json!([[], [[]]]).to_string(),
    ];
    for round in 0..ROUNDS {
        let rng = &mut Rng::with_seed(round);
        let mut text = texts[rng.usize(..texts.len())].clone().into_bytes();
        for _ in 0..rng.usize(1..4) {
            let at = rng.usize(..text.len());
            match rng.u8(..3) {
                0 => text[at] = rng.u8(..),
                1 => text.truncate(at + 1),
                _ => text.insert(at, *rng.choice(b"{}[]\",:0-").unwrap()),
            }
        }
        agree::<Pet>(&text);
        agree::<Sizes>(&text);
        agree::<Tree>(&text);
        agree::<Id>(&text);
    }
}

/// What is read strictly is read leniently, to the same value.
fn agree<T: Blank + DeserializeOwned + PartialEq + Debug>(text: &[u8]) {
    let lenient = from_json::<T>(text, &mut Notes::on());
    if let Ok(strict) = serde_json::from_slice::<T>(text) {
        assert_eq!(strict, lenient.unwrap(), "{}", text.escape_ascii());
    }
}

fn damage<T>(original: &Value, rng: &mut Rng)
where
    T: Blank + DeserializeOwned + Serialize + PartialEq + Debug,
{
    let read = from_json::<T>(original.to_string().as_bytes(), &mut Notes::default()).unwrap();
    assert_same(&serde_json::to_value(&read).unwrap(), original);

    let mut value = original.clone();
    let mut touched = Vec::new();
    for _ in 0..rng.usize(1..4) {
        touched.extend(damage_once(&mut value, rng));
    }
    let text = value.to_string();
    agree::<T>(text.as_bytes());
    let from_value = serde_json::from_value::<T>(value).is_ok();
    assert_eq!(
        from_value,
        serde_json::from_str::<T>(&text).is_ok(),
        "{text}"
    );

    let absorbed: Option<Vec<Path>> = touched.iter().map(absorber).collect();
    let read = from_json::<T>(text.as_bytes(), &mut Notes::on());
    if let Some(absorbed) = absorbed {
        let read = read.unwrap_or_else(|error| panic!("{error}: {text}"));
        let written = serde_json::to_value(&read).unwrap();
        let absorbed: Vec<&[String]> = absorbed.iter().map(Vec::as_slice).collect();
        assert!(
            is_kept(original, Some(&written), &absorbed),
            "{text} became {written}"
        );
    }
}

/// Damages a value somewhere, and gives where. A new member touches nothing that was there.
fn damage_once(value: &mut Value, rng: &mut Rng) -> Option<Path> {
    let mut path = Vec::new();
    let mut at = value;
    loop {
        let is_deep_enough = rng.u8(..4) == 0;
        let names: Vec<String> = match &*at {
            Value::Object(members) => members.keys().cloned().collect(),
            Value::Array(items) => (0..items.len()).map(|index| index.to_string()).collect(),
            _ => Vec::new(),
        };
        let Some(name) = rng.choice(names).filter(|_| !is_deep_enough) else {
            break;
        };
        if let Value::Object(members) = &mut *at
            && rng.u8(..8) == 0
        {
            members.remove(&name);
            path.push(name);
            return Some(path);
        }
        at = match at {
            Value::Array(items) => &mut items[name.parse::<usize>().unwrap()],
            other => &mut other[name.as_str()],
        };
        path.push(name);
    }
    if let Value::Object(members) = at
        && rng.bool()
    {
        members.insert("new".to_owned(), odd(rng));
        return None;
    }
    *at = odd(rng);
    Some(path)
}

fn odd(rng: &mut Rng) -> Value {
    let values = [
        json!(null),
        json!(false),
        json!(-1),
        json!(2.0),
        json!(2.5),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("odd"),
        json!("2024-02-29"),
        json!([]),
        json!([[[1]], {}]),
        json!({}),
        json!({"id": {"a/b~": [null]}}),
    ];
    rng.choice(values).unwrap()
}

/// The nearest member that may be absent around a damaged value. An element of an array may not.
fn absorber(path: &Path) -> Option<Path> {
    let may_be_absent =
        |name: &String| name.parse::<usize>().is_err() && !REQUIRED.contains(&name.as_str());
    let last = path.iter().rposition(may_be_absent)?;
    Some(path[..=last].to_vec())
}

/// Whether everything that was not damaged is as it was.
fn is_kept(original: &Value, written: Option<&Value>, damaged: &[&[String]]) -> bool {
    if damaged.iter().any(|path| path.is_empty()) {
        return true;
    }
    let inside = |name: &str| -> Vec<&[String]> {
        let paths = damaged.iter().filter_map(|path| path.split_first());
        paths
            .filter(|(first, _)| *first == name)
            .map(|(_, rest)| rest)
            .collect()
    };
    match (original, written) {
        (Value::Object(members), Some(Value::Object(written))) => members
            .iter()
            .all(|(name, member)| is_kept(member, written.get(name), &inside(name))),
        (Value::Array(items), Some(Value::Array(written))) => {
            items.len() == written.len()
                && (items.iter().zip(written).enumerate()).all(|(index, (item, written))| {
                    is_kept(item, Some(written), &inside(&index.to_string()))
                })
        }
        (original, written) => written.is_some_and(|written| is_same(original, written)),
    }
}

fn pet() -> Value {
    json!({
        "name": "Rex", "age": 3, "weight": 2.5, "isTame": true, "born": "2024-02-29", "size": "small",
        "owner": null, "tags": ["a", "b"], "friends": [{}, {"name": "b", "parent": {"age": 7}}],
        "parent": {"age": -1, "chip": u64::MAX}, "toys": {"a": toy(), "b": toy()},
    })
}

fn toy() -> Value {
    json!({"id": 1, "price": null, "made": "2024-01-01", "maker": {"name": "m", "town": "t"}})
}

fn sizes() -> Value {
    json!({
        "small": -1, "count": 2, "large": u64::MAX, "huge": 9_007_199_254_740_993_u64, "any": [1.5],
        "series": [1.0, 2.5], "uuid": "67e55044-10b1-426f-9247-bb680e5fe0c8",
    })
}
